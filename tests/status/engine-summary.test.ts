import { expect, test } from "bun:test";
import type { EngineStatus } from "../../src/chat/engine.ts";
import { summarizeEngine } from "../../src/status/engine-summary.ts";

const engine = (fields: Partial<EngineStatus>): EngineStatus => ({
  engine: "llama",
  state: "ready",
  since: 0,
  model: "small",
  modelHash: null,
  problem: null,
  progress: null,
  phase: null,
  slots: 4,
  busySlots: 0,
  contextSize: null,
  details: {},
  ...fields,
});

test("while a better engine loads, it is told which one answers meanwhile", () => {
  const loading = engine({
    engine: "vllm",
    state: "starting",
    model: null,
    progress: 0.4,
    phase: "downloading",
  });
  expect(summarizeEngine([loading, engine({})], [])).toMatchObject({
    state: "starting",
    progress: 0.4,
    phase: "downloading",
    meanwhile: "small",
  });
  expect(summarizeEngine([loading], [])).toMatchObject({ state: "starting", meanwhile: null });
});

test("one that has failed or was stopped is told of only when no other can answer", () => {
  const failed = engine({ engine: "vllm", state: "failed", model: null, problem: "It broke." });
  expect(summarizeEngine([failed, engine({})], [])).toMatchObject({ state: "ready", model: "small" });
  expect(summarizeEngine([failed, engine({ state: "stopped" })], [])).toMatchObject({ state: "stopped" });
  expect(summarizeEngine([failed], [])).toMatchObject({ state: "failed", problem: "It broke." });
  expect(summarizeEngine([], [])).toMatchObject({ state: "failed", problem: expect.any(String) });
});

test("until it is started again, whole seconds are left", () => {
  const waiting = engine({ state: "starting", retryAt: 10_000 });
  expect(summarizeEngine([waiting], [], 1_500)).toMatchObject({ retryInSeconds: 9 });
  expect(summarizeEngine([waiting], [], 10_001)).toMatchObject({ retryInSeconds: 0 });
  expect(summarizeEngine([engine({ state: "starting" })], [])).toMatchObject({ retryInSeconds: null });
});
