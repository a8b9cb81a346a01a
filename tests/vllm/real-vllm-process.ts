/** Launches a real vLLM as the program does: found, checked, started, supervised and probed by its own launcher. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VllmClient } from "../../src/engines/vllm/vllm-client.ts";
import { VllmEngine } from "../../src/engines/vllm/vllm-engine.ts";
import type { LaunchLine } from "../../src/ipc/orchestrator-message.ts";
import { createLog } from "../../src/log.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { VllmLauncher } from "../../src/vllm/vllm-launcher.ts";
import { vllmFolder } from "../../src/vllm/vllm-plan.ts";
import { realVllmPlace } from "./real-vllm-place.ts";

export interface RealVllm extends AsyncDisposable {
  readonly launcher: VllmLauncher;
  readonly model: string;
  /** What the launcher told while it started. */
  readonly told: readonly LaunchLine[];
  /** Ours on top of it. */
  engine(apiKey?: string): VllmEngine;
  /** Asks it without our engine. */
  ask(path: string, body: object): Promise<unknown>;
  /** Its answers under way and waiting, by its own count. */
  running(): Promise<number>;
}

export interface RealModel {
  readonly name: string;
  /** A folder. */
  readonly weights: string;
  /** Tokens of prompt and answer together. */
  readonly context: number;
}

const textModel = (): RealModel => ({
  name: "smollm2-135m-instruct",
  weights: realVllmPlace(process.env).weights,
  context: 2048,
});

/** Resolves when it is healthy. */
export async function startRealVllm(
  { name: model, weights, context }: RealModel = textModel(),
): Promise<RealVllm> {
  const { environment } = realVllmPlace(process.env);
  const dataDir = mkdtempSync(join(tmpdir(), "real-vllm-"));
  const variables = {
    DATA_DIR: dataDir,
    VLLM_MODEL: weights,
    VLLM_CONTEXT: String(context),
    // In bfloat16 two tokens of this small model are often equally likely, and rounding decides between them.
    VLLM_ARGS: "--dtype float32",
    VLLM_START_SECONDS: "240",
  };
  const settings = readSettings(variables, dataDir);
  mkdirSync(join(dataDir, "logs"));
  symlinkSync(environment, vllmFolder(settings));
  const launcher = new VllmLauncher({
    settings,
    served: { model: weights, names: [model, "demo"], contextSize: settings.vllm.context },
    machine: { hasCudaGpu: false, exists: () => true, which: () => null, cores: 2 },
    port: freePort(),
    environment: { ...process.env, HF_HUB_OFFLINE: "1" },
    timings: { giveUpUnreadyAfter: 1 },
  });
  const end = async () => {
    await launcher[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const told = [launcher.line()];
  const { promise: settled, resolve } = Promise.withResolvers<LaunchLine>();
  launcher.onChange((line) => {
    told.push(line);
    if (line.state === "ready" || line.state === "failed") resolve(line);
  });
  launcher.start();
  const { state, problem } = await settled;
  if (state === "failed") {
    const log = launcher.logTail(40).join("\n");
    await end();
    throw new Error(`The real vLLM did not start: ${problem}\n${log}`);
  }
  return {
    launcher,
    model,
    told,
    engine: (apiKey = launcher.apiKey) =>
      new VllmEngine({
        name: "vllm",
        client: new VllmClient({ baseUrl: launcher.url, apiKey }),
        slots: 4,
        launched: null,
        probeIntervalMs: 500,
        log: createLog("error", () => {}),
      }),
    ask: async (path, body) => {
      const response = await fetch(`${launcher.url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${launcher.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({ model, ...body }),
      });
      return response.json();
    },
    running: () => runningAt(launcher.url),
    [Symbol.asyncDispose]: end,
  };
}

function freePort(): number {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = server;
  server.stop(true);
  return port;
}

async function runningAt(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const found = [...metrics.matchAll(/^vllm:num_requests_(?:running|waiting)\{[^}]*\} (\S+)$/gm)];
  if (found.length === 0) throw new Error("vLLM's metrics do not tell how many answers are under way.");
  return found.reduce((sum, [, count]) => sum + Number(count), 0);
}
