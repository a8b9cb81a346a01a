/** Starts the fake llama-server as a process of its own, on a free port. */
import { join } from "node:path";
import type { LlamaServerScenario } from "./fake-llama-server.ts";
import { saidAddress } from "./said-address.ts";

export interface FakeLlamaServer extends AsyncDisposable {
  readonly url: string;
}

export async function startFakeLlamaServer(...scenarios: LlamaServerScenario[]): Promise<FakeLlamaServer> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "fake-llama-server.ts")], {
    env: { ...process.env, FAKE_LLAMA_SERVER: scenarios.join(",") },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const url = await saidAddress(child.stdout, /listening on (http:\S+)/);
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
