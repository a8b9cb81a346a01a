/** Starts the fake llama-server as a process of its own, on a free port. */
import { join } from "node:path";
import type { LlamaServerScenario } from "./fake-llama-server.ts";

export interface FakeLlamaServer extends AsyncDisposable {
  readonly url: string;
}

export async function startFakeLlamaServer(...scenarios: LlamaServerScenario[]): Promise<FakeLlamaServer> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "fake-llama-server.ts")], {
    env: { ...process.env, FAKE_LLAMA_SERVER: scenarios.join(",") },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const reader = child.stdout.getReader();
  const decoder = new TextDecoder();
  let output = "";
  let url: string | undefined;
  while (url === undefined) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The fake llama-server ended: ${output}`);
    output += decoder.decode(value, { stream: true });
    url = /listening on (http:\S+)/.exec(output)?.[1];
  }
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
