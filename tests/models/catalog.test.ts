import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { SettingsError, UnknownModelError } from "../../src/errors.ts";
import { chatModels, findEntry, knownNames, loadCatalog, requireEntry } from "../../src/models/catalog.ts";
import { suits } from "../../src/models/suits-machine.ts";
import { entryFor, ModelFolder, tinyGguf } from "./tiny-gguf.ts";

const ours = join(import.meta.dir, "../../models/catalog.json");

describe("the project's catalogue", () => {
  const catalog = loadCatalog(ours);

  test("knows phi3, which is what simple clients send, and does not mind capitals", () => {
    expect(findEntry(catalog, "phi3")?.id).toBe("phi-3-mini-4k-instruct-q4");
    expect(findEntry(catalog, "PHI3")?.id).toBe("phi-3-mini-4k-instruct-q4");
  });

  test("knows the file of every model to the byte", () => {
    for (const entry of catalog) expect(entry.sha256).toBeString();
  });

  test("has one tiny model, the last choice, and it comes from the package registry", () => {
    const tiny = chatModels(catalog).filter((entry) => entry.tiny);
    expect(tiny).toEqual(chatModels(catalog).slice(-1));
    expect(tiny.at(-1)?.sources[0]?.type).toBe("wheel");
  });

  test("files of the hub are named to the commit, so that what their hash is never changes", () => {
    const hubs = catalog.flatMap(({ sources }) =>
      sources.flatMap((source) => (source.type === "hub" ? [source.uri] : [])),
    );
    expect(hubs.filter((uri) => /#[0-9a-f]{40}$/.test(uri)).length).toBeGreaterThanOrEqual(hubs.length - 1);
  });

  test.each([
    ["a small laptop", 4e9, false, "qwen3.5-2b-q4"],
    ["a laptop", 8e9, false, "qwen3.5-4b-q4"],
    [
      "a laptop without a card, whose processor reads nine billion parameters too slowly",
      16e9,
      false,
      "qwen3.5-4b-q4",
    ],
    ["a computer with a card", 16e9, true, "qwen3.5-9b-q4"],
    [
      "a computer without a card, for which a mixture of experts is fast enough",
      24e9,
      false,
      "gpt-oss-20b-mxfp4",
    ],
    ["a workstation", 64e9, false, "qwen3.6-35b-a3b-q4"],
    ["a single-board computer", 1e9, false, "smollm2-135m-instruct"],
  ])("%s gets the best model that is fast enough there", (_, totalBytes, mayHaveGpu, best) => {
    const suited = chatModels(catalog).filter((entry) => suits(entry, { totalBytes, mayHaveGpu }));
    expect(suited[0]?.id).toBe(best);
  });

  test("an unknown name is refused with those that are known", () => {
    expect(() => requireEntry(catalog, "gpt-9")).toThrow(UnknownModelError);
    expect(() => requireEntry(catalog, "gpt-9")).toThrow(
      /There is no model "gpt-9"\. Known models: auto, qwen3\.6-35b/,
    );
  });

  test("the embedding model is not offered for chat", () => {
    expect(knownNames(catalog)).not.toContain("all-minilm-l6-v2");
    expect(knownNames(catalog)).toContain("phi3");
  });
});

describe("a catalogue that cannot be used is refused with the place that is wrong", () => {
  const entry = entryFor(tinyGguf());
  const cases: [string, unknown, RegExp][] = [
    ["no JSON", "{", /catalog\.json, cannot be used: /],
    ["no models", { models: [] }, /\/models/],
    ["an unknown key", { models: [{ ...entry, colour: "red" }] }, /\/models\/0\/colour/],
    [
      "a file outside of the folder",
      { models: [{ ...entry, file: "../../etc/passwd.gguf" }] },
      /\/models\/0\/file/,
    ],
    [
      "a name that is given twice",
      { models: [entry, { ...entry, id: "tiny" }] },
      /the name "tiny" is given twice/,
    ],
  ];
  for (const [problem, content, sentence] of cases)
    test(problem, () => {
      using folder = new ModelFolder();
      const path = folder.write(
        "catalog.json",
        typeof content === "string" ? content : JSON.stringify(content),
      );
      expect(() => loadCatalog(path)).toThrow(SettingsError);
      expect(() => loadCatalog(path)).toThrow(sentence);
    });

  test("no file", () => {
    expect(() => loadCatalog("/no/such/catalog.json")).toThrow(SettingsError);
  });
});
