/**
 * What the page of Open WebUI weighs: its package of PyPI brings the built page, which is served here with gzip and without its
 * server. It then loads what its first page names, and nothing that it would ask for afterwards: it weighs at least so much.
 * LibreChat publishes no built page on a registry.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import type { Browser } from "@playwright/test";
import { showVisit, visit } from "./page-visit.ts";

const version = "0.12.4";

export async function benchWeight(browser: Browser): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "open-webui-"));
  const name = `open_webui-${version}-py3-none-any.whl`;
  try {
    const did =
      (await run(
        "python3",
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "-d",
        folder,
        `open-webui==${version}`,
      )) && (await run("python3", "-m", "zipfile", "-e", join(folder, name), folder));
    if (!did) return console.log(`\nOpen WebUI ${version} could not be downloaded.`);
    using server = serveFolder(join(folder, "open_webui/frontend"));
    showVisit(`Open WebUI ${version}, without its server`, await visit(browser, server.url, 4));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(...command: readonly string[]): Promise<boolean> {
  const child = Bun.spawn([...command], { stdio: ["ignore", "ignore", "ignore"] });
  return (await child.exited) === 0;
}

function serveFolder(folder: string): Disposable & { readonly url: string } {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      const file = Bun.file(
        join(folder, pathname === "/" ? "index.html" : normalize(decodeURIComponent(pathname))),
      );
      if (!(await file.exists())) return new Response("{}", { status: 404 });
      const headers = { "content-type": file.type };
      if (!/text|javascript|json|svg/.test(file.type)) return new Response(file, { headers });
      const zipped = Bun.gzipSync(await file.bytes());
      return new Response(zipped, { headers: { ...headers, "content-encoding": "gzip" } });
    },
  });
  return { url: `http://127.0.0.1:${server.port}/`, [Symbol.dispose]: () => void server.stop(true) };
}
