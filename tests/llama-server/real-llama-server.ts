/** A real llama-server on the small model, launched as the program launches it; where there is one on this machine. */
import { LlamaServerClient } from "../../src/engines/llama-server/llama-server-client.ts";
import { LlamaServerEngine } from "../../src/engines/llama-server/llama-server-engine.ts";
import { LaunchedEngine } from "../../src/engines/upstream/launched-engine.ts";
import { AppError } from "../../src/errors.ts";
import { findLlamaServer } from "../../src/llama-server/llama-server-command.ts";
import { LlamaServerLauncher } from "../../src/llama-server/llama-server-launcher.ts";
import { createLog } from "../../src/log.ts";
import { freePort } from "../../src/process/port.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { smallModelPath } from "../fakes/small-model.ts";
import { TestFolder } from "../process/started-program.ts";

/** Why there is none; null: there is one. */
export function whyNoLlamaServer(): string | null {
  try {
    findLlamaServer({ command: process.env.LLAMA_SERVER_COMMAND ?? null });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

export async function startRealLlamaServer() {
  const folder = new TestFolder();
  const settings = readSettings(
    folder.environment({
      ...{ ENGINE: "llama-server", LLAMA_THREADS: "1", LLAMA_CONTEXT: "1024", LLAMA_GPU: "off" },
      ...(process.env.LLAMA_SERVER_COMMAND === undefined
        ? {}
        : { LLAMA_SERVER_COMMAND: process.env.LLAMA_SERVER_COMMAND }),
    }),
    folder.path,
  );
  const launcher = new LlamaServerLauncher({
    ...{ settings, port: await freePort(), cores: 1, environment: process.env },
    timings: { probeIntervalMs: 100 },
  });
  const launched = new LaunchedEngine({ engine: "llama-server", orchestrator: { send: () => {} } });
  launcher.onChange((line) => launched.update(line));
  launched.update(launcher.line());
  const engine = new LlamaServerEngine({
    name: "llama-server",
    client: new LlamaServerClient({ baseUrl: launcher.url, apiKey: launcher.apiKey }),
    slots: settings.llama.parallel,
    launched: () => launched.status(),
    replace: async () => ({ loaded: Promise.resolve() }),
    hashOf: async () => "hash of the small model",
    probeIntervalMs: 100,
    log: createLog("error", () => {}),
  });
  await launcher.load({ model: "small", file: smallModelPath, projector: null });
  return {
    ...{ engine, launcher },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await launcher[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
