/** A stop is what somebody wants last: no answer that was ended by it, and no load, may start the engine again. */
import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineStatus } from "../../../src/chat/engine.ts";
import { runTurn, type Turn } from "../../../src/chat/run-turn.ts";
import { EnginePool } from "../../../src/engines/engine-pool.ts";
import { LlamaEngine, type LlamaEngineOptions } from "../../../src/engines/llama/llama-engine.ts";
import { EngineFailedError, EngineUnavailableError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { never, request } from "../../contract/engine-contract.ts";

const path = join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf");
const notAModel = join(import.meta.dir, "not-a-model.gguf.txt");
const modelOf = (id: string) => ({ id, path, sha256: "x".repeat(64) });
const wasStopped = { message: expect.stringContaining("was stopped") };

const engines: LlamaEngine[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine[Symbol.asyncDispose]();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function createEngine(options: Partial<LlamaEngineOptions> = {}): LlamaEngine {
  const engine = new LlamaEngine({
    threads: 1,
    parallel: 2,
    contextSize: 512,
    gpu: false,
    resolveModel: async (wanted) => modelOf(wanted ?? "small"),
    log: createLog("error", () => {}),
    ...options,
  });
  engines.push(engine);
  return engine;
}

const longAnswer = request(`Tell me about gold${" and silver".repeat(60)}.`, {
  maxTokens: 100,
  temperature: 0,
});
const turn: Turn = {
  generationId: longAnswer.generationId,
  request: { model: "small", conversationId: "c", tokens: 400 },
  sampling: longAnswer.sampling,
  prompt: async () => longAnswer.messages,
  written: () => null,
  onPosition() {},
  onLoading() {},
};

/** Acts once, when the answer has three tokens. */
function atThirdToken(act: () => void): (event: { readonly type: string }) => undefined {
  let tokens = 0;
  return ({ type }) => {
    if (type === "token" && ++tokens === 3) act();
  };
}

async function whenWriting(events: AsyncIterable<{ type: string }>, act: () => void): Promise<void> {
  const on = atThirdToken(act);
  for await (const event of events) on(event);
}

test("an answer that a stop has ended does not start the engine again when it is tried anew", async () => {
  const engine = createEngine();
  await using pool = new EnginePool([[engine]]);
  let stopped = Promise.resolve();
  let atOnce: EngineStatus | null = null;
  const stop = atThirdToken(() => {
    stopped = engine.stop();
    atOnce = engine.status();
  });
  const answer = runTurn(turn, pool, never, stop);
  expect(await answer.catch((error: unknown) => error)).toBeInstanceOf(EngineUnavailableError);
  expect(atOnce).toMatchObject({ state: "stopped", problem: wasStopped.message });
  await stopped;
  expect(engine.status()).toMatchObject({ state: "stopped", busySlots: 0 });
  await expect(engine.ensureReady(never)).rejects.toMatchObject(wasStopped);
});

test("a stop while another model is loading is not undone by the load that it ends", async () => {
  let asked = 0;
  let stopped: Promise<void> | null = null;
  const engine = createEngine({
    resolveModel: async (wanted) => {
      // First to verify it, then to load it.
      if (wanted === "other" && ++asked === 2) stopped = engine.stop();
      return modelOf(wanted ?? "small");
    },
  });
  await engine.ensureReady(never);
  const load = engine.load("other", never);
  expect(await load.catch((error: unknown) => error)).toBeInstanceOf(EngineFailedError);
  expect(stopped).not.toBeNull();
  await stopped;
  expect(engine.status().state).toBe("stopped");
  await expect(engine.ensureReady(never)).rejects.toMatchObject(wasStopped);
});

test("a stop while another model is verified is not undone by the load that follows", async () => {
  const engine = createEngine({
    resolveModel: async (wanted) => {
      if (wanted === "other") await engine.stop();
      return modelOf(wanted ?? "small");
    },
  });
  await engine.ensureReady(never);
  await expect(engine.load("other", never)).rejects.toMatchObject(wasStopped);
  expect(engine.status()).toMatchObject({ state: "stopped", model: "small" });
});

test("a model is not loaded before the one that was stopped is saved and gone", async () => {
  const stateFolder = mkdtempSync(join(tmpdir(), "states-"));
  folders.push(stateFolder);
  const happened: string[] = [];
  const log = createLog("debug", (line) => {
    const event = ["kv-state-saved", "kv-state-loaded"].find((name) => line.includes(name));
    if (event) happened.push(event);
  });
  const resolveModel = async (wanted: string | null) => {
    happened.push("load");
    return modelOf(wanted ?? "small");
  };
  const engine = createEngine({ stateFolder, log, resolveModel });
  const answer = whenWriting(engine.generate(longAnswer, never), () => {
    void engine.stop();
    engine.start();
    expect(engine.status().state).toBe("starting");
  });
  expect(await answer.catch((error: unknown) => error)).toBeInstanceOf(EngineFailedError);
  await engine.ensureReady(never);
  expect(happened).toEqual(["load", "kv-state-saved", "load"]);
  await whenWriting(engine.generate(longAnswer, never), () => {});
  expect(happened).toEqual(["load", "kv-state-saved", "load", "kv-state-loaded"]);
});

test("a start tries again what could not be loaded before", async () => {
  let chosen = notAModel;
  const engine = createEngine({ resolveModel: async () => ({ ...modelOf("small"), path: chosen }) });
  await expect(engine.ensureReady(never)).rejects.toMatchObject({ code: "model_unusable" });
  chosen = path;
  engine.start();
  await engine.ensureReady(never);
  expect(engine.status()).toMatchObject({ state: "ready", problem: null });
});

test("an answer that a restart has ended is written by the engine when it is back (it failed)", async () => {
  const engine = createEngine();
  await using pool = new EnginePool([[engine]]);
  const restart = atThirdToken(() => {
    // As ServerStatus does it.
    void engine.stop();
    engine.start();
  });
  await runTurn(turn, pool, never, restart);
  expect(engine.status()).toMatchObject({ state: "ready", busySlots: 0 });
});
