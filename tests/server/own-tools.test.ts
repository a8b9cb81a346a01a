/** Which models are offered tools, and whether their owner wants it. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { loadCatalog } from "../../src/models/catalog.ts";
import { modelSizesBy } from "../../src/models/model-size.ts";
import { Preferences } from "../../src/preferences/preferences.ts";
import { ownTools } from "../../src/server/own-tools.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const catalog = loadCatalog(join(import.meta.dir, "../../models/catalog.json"));

describe("The size of a model", () => {
  const sizeOf = modelSizesBy(catalog);
  test.each([
    ["phi3", 3.8],
    ["meta-llama/Llama-3.1-8B-Instruct", 8],
    ["SmolLM2-135M-Instruct.Q4_1.gguf", 0.135],
    ["gpt-oss:20b", 20],
    ["Mixtral-8x7B-v0.1", 7],
    ["qwen2.5-0.5b-instruct-q4_k_m.gguf", 0.5],
    ["Qwen3-30B-A3B", 30],
    ["some-model", null],
    ["bge-m3", null],
  ])("%s: %p billion parameters", (name, billions) => {
    expect(sizeOf(name)).toBe(billions);
  });
});

describe("An owner's tools", () => {
  test("are there for a question that they have a bearing on, until the owner wants none", async () => {
    using store = temporaryStore();
    const preferences = new Preferences({ store, defaults: readSettings({}, "/nonexistent").personal });
    const toolsFor = ownTools({ store, preferences, catalog });
    const question = "How large may my position size be?";
    expect(toolsFor(question, null)?.tools.map(({ name }) => name)).toContain("position-size");
    expect(toolsFor(question, null)?.limits("phi3").offered).toBeGreaterThan(0);
    expect(toolsFor(question, null)?.limits("SmolLM2-135M-Instruct.Q4_1.gguf").offered).toBe(0);
    expect(toolsFor("Hello there.", null)).toBeNull();
    // Without a series there is nothing to ask an indicator of.
    expect(toolsFor("What is the RSI of gold?", null)?.tools.map(({ name }) => name) ?? []).not.toContain(
      "rsi",
    );
    await preferences.ofOwner(null).change({ tools: false });
    expect(toolsFor(question, null)).toBeNull();
  });
});
