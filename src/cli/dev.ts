/**
 * `bun run dev`: the server alone, restarted when a file changes; unfinished answers are resumed, a model is loaded anew.
 * `/components` shows what pages are made of. `bun run dev --fake` needs no model: a scripted upstream answers at once, and `pages` as a question lists what it knows.
 * It exits with the server's own code.
 */
import { join } from "node:path";
import { parseWords, run } from "./run.ts";

const usage = `Usage: dev [--fake] [--pace MS]

  --fake       answers come from a script instead of a model; the first word of a question chooses one:
               hello, markdown, wide, long, paragraphs, html, tiny, "tokens 1000" …
  --pace MS    milliseconds between two tokens of a scripted answer (20)`;

const projectRoot = join(import.meta.dir, "../..");

async function main(words: readonly string[]): Promise<number> {
  const { values } = parseWords(words, {
    fake: { type: "boolean" },
    pace: { type: "string", default: "20" },
  });
  await using upstream = values.fake ? await startScriptedUpstream(values.pace) : null;
  const server = Bun.spawn(
    [process.execPath, "--watch", "--no-clear-screen", "src/server.ts", "--components"],
    {
      cwd: projectRoot,
      env: {
        ...process.env,
        ...(upstream === null ? {} : { ENGINE: "vllm", VLLM_URL: upstream.url }),
      },
      stdio: ["inherit", "inherit", "inherit"],
    },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
  // Awaited here: the upstream lives as long as the server.
  return await server.exited;
}

interface Upstream extends AsyncDisposable {
  readonly url: string;
}

/** The tests' own fake vLLM, as a process; it is no part of the program. */
async function startScriptedUpstream(paceMs: string): Promise<Upstream> {
  const file = join(projectRoot, "tests/fakes/fake-vllm.ts");
  const child = Bun.spawn([process.execPath, file, "serve", "scripted", "--port", "0"], {
    env: { ...process.env, FAKE_VLLM_SCRIPTS: "1", FAKE_VLLM_PACE_MS: paceMs },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const reader = child.stdout.getReader();
  const decoder = new TextDecoder();
  let output = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    output += decoder.decode(chunk.value, { stream: true });
    const [, url] = /running on (http:\S+)/.exec(output) ?? [];
    if (url !== undefined)
      return {
        url,
        [Symbol.asyncDispose]: async () => {
          child.kill();
          await child.exited;
        },
      };
  }
  throw new Error(`The scripted upstream ended before it listened.\n${output}`);
}

if (import.meta.main) await run(main, { usage });
