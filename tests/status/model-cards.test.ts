/** What the choice of a model shows of each. */
import { expect, test } from "bun:test";
import { modelCards } from "../../src/status/model-cards.ts";
import type { EngineReport } from "../../src/status/status-report.ts";

const report = (status: object, models: readonly string[] = []) =>
  ({ status, models }) as never as EngineReport;
const statesOf = (...engines: readonly EngineReport[]) =>
  modelCards(engines, new Map()).map(
    ({ id, state, canLoad }) => `${id} ${state}${canLoad ? ", can be loaded" : ""}`,
  );

test("The first engine that is ready answers; another one is ready, and files can be loaded", () => {
  const vllm = report({ engine: "vllm", model: "big", state: "ready" });
  const llama = report({ engine: "llama", model: "small", state: "ready" }, ["other"]);
  expect(statesOf(vllm, llama)).toEqual(["big answers", "small ready", "other stored, can be loaded"]);
});

test("While the first one loads, the other answers", () => {
  const vllm = report({ engine: "vllm", model: "big", state: "starting", progress: 0.4 });
  const llama = report({ engine: "llama", model: "small", state: "ready" }, ["big"]);
  expect(statesOf(vllm, llama)).toEqual(["big loading", "small answers"]);
  expect(modelCards([vllm, llama], new Map())[0]?.progress).toBe(0.4);
});

test("A failed engine holds no model, and what it could load instead is offered", () => {
  expect(statesOf(report({ engine: "llama", model: "small", state: "failed" }, ["small"]))).toEqual([
    "small stored, can be loaded",
  ]);
});

test("The name and the size come from the file", () => {
  const size = { name: "Small", sizeBytes: 1, memoryBytes: 2, fit: "fits" } as const;
  const [card] = modelCards(
    [report({ engine: "llama", model: "small", state: "ready" })],
    new Map([["small", size]]),
  );
  expect(card).toMatchObject({ name: "Small", size });
});
