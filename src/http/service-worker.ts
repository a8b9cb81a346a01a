/**
 * Serves public/service-worker.js, with what its page needs written before it: browsers ask for it again and again, and take a
 * change of it as a new version. It knows nothing of what the script does.
 */
import { Elysia } from "elysia";
import type { StaticFiles } from "./static-files.ts";

/** What /offline loads. */
const shellFiles = ["every-page.css", "every-page.js", "favicon.svg", "inter-latin.woff2"] as const;

export const createServiceWorker = ({ asset, scriptOf }: Pick<StaticFiles, "asset" | "scriptOf">) =>
  new Elysia({ name: "service-worker" }).get(
    "/service-worker.js",
    () => {
      const assets = shellFiles.map(asset);
      const script = scriptOf("service-worker.js");
      const version = Bun.hash(script + assets.join()).toString(36);
      return new Response(`const shell = ${JSON.stringify({ version, assets })};\n${script}`, {
        headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" },
      });
    },
    { detail: { hide: true } },
  );
