import { expect, test } from "bun:test";
import { join } from "node:path";
import { loadCatalog } from "../../src/models/catalog.ts";
import { tinyModels } from "../../src/models/tiny-model.ts";

const isTiny = tinyModels(loadCatalog(join(import.meta.dir, "../../models/catalog.json")));

test.each([
  ["smollm2-135m-instruct"],
  ["demo"],
  ["SmolLM2-135M-Instruct.Q4_1.gguf"],
  ["/home/me/models/SmolLM2-135M-Instruct.Q4_1.gguf"],
  ["HuggingFaceTB/SmolLM2-135M-Instruct"],
])("%s is a tiny model, whatever an engine calls it", (model) => {
  expect(isTiny({ model })).toBe(true);
});

test("a file of another name is known by its hash", () => {
  const modelHash = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";
  expect(isTiny({ model: "mine.gguf", modelHash })).toBe(true);
  expect(isTiny({ model: "mine.gguf", modelHash: null })).toBe(false);
});

test.each([["qwen2.5-1.5b-instruct-q4"], ["phi3"], ["auto"], ["all-minilm-l6-v2"], [""]])(
  "%s is none",
  (model) => {
    expect(isTiny({ model })).toBe(false);
  },
);
