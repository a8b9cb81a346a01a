/**
 * Serves pages that ours is compared with: the naive one, and one with Streamdown where npm has it. Streamdown and React are
 * installed into a folder that is thrown away; the project does not depend on them.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOfTokens, tokensOf } from "../../fakes/scripted-answers.ts";

export const streamdownVersion = "2.7.1";
const packages = [`streamdown@${streamdownVersion}`, "react@19.2.0", "react-dom@19.2.0"];

export interface PeerServer extends Disposable {
  readonly naive: string;
  /** null: it could not be had. */
  readonly streamdown: string | null;
}

/** @param turns what was said before, one text a message */
export async function servePeers(
  turns: readonly string[],
  { tokens, rate }: { readonly tokens: number; readonly rate: number },
): Promise<PeerServer> {
  const naive = await bundled(join(import.meta.dir, "naive.ts"));
  const streamdown = await streamdownScript();
  const page = (script: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Peer</title>
<style>body{font:16px/1.6 system-ui;margin:0 auto;max-width:46rem}.message{margin-block:1rem}</style>
<button id="ask">Ask</button><main id="thread"></main>
<script type="application/json" id="turns">${JSON.stringify(turns).replaceAll("<", "\\u003c")}</script>
<script type="module" src="/${script}.js"></script></html>`;
  const scripts: Readonly<Record<string, string | null>> = { naive, streamdown };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/tokens") return tokenStream(tokens, rate);
      const [, name = "", kind] = /^\/(\w+)(\.js)?$/.exec(pathname) ?? [];
      const script = scripts[name];
      if (typeof script !== "string") return new Response(null, { status: 404 });
      if (kind === ".js") return new Response(script, { headers: { "content-type": "text/javascript" } });
      return new Response(page(name), { headers: { "content-type": "text/html" } });
    },
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    naive: `${url}/naive`,
    streamdown: streamdown === null ? null : `${url}/streamdown`,
    [Symbol.dispose]: () => void server.stop(true),
  };
}

/** One frame a token, at the rate. A page that is behind gets what is due when it reads. */
function tokenStream(tokens: number, rate: number): Response {
  const frames = tokensOf(answerOfTokens(tokens)).map((token) => `data: ${JSON.stringify(token)}\n\n`);
  const encoder = new TextEncoder();
  const startedAt = performance.now();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const dueAt = startedAt + (sent * 1000) / rate;
      await Bun.sleep(Math.max(0, dueAt - performance.now()));
      const due = Math.min(frames.length, Math.ceil(((performance.now() - startedAt) * rate) / 1000));
      controller.enqueue(encoder.encode(frames.slice(sent, Math.max(due, sent + 1)).join("")));
      sent = Math.max(due, sent + 1);
      if (sent >= frames.length) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

async function streamdownScript(): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), "streamdown-"));
  try {
    await Bun.write(join(folder, "package.json"), '{"private":true}');
    const install = Bun.spawn([process.execPath, "add", "--no-save", ...packages], {
      cwd: folder,
      stdio: ["ignore", "ignore", "ignore"],
    });
    if ((await install.exited) !== 0) return null;
    copyFileSync(join(import.meta.dir, "read-tokens.ts"), join(folder, "read-tokens.ts"));
    copyFileSync(join(import.meta.dir, "streamdown-page.txt"), join(folder, "page.js"));
    return await bundled(join(folder, "page.js"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundled(file: string): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [file],
    target: "browser",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [script] = outputs;
  if (script === undefined) throw new Error(`${file} could not be bundled.`);
  return script.text();
}
