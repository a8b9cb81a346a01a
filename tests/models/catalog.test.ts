import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { SettingsError, UnknownModelError } from "../../src/errors.ts";
import { chatModels, findEntry, knownNames, loadCatalog, requireEntry } from "../../src/models/catalog.ts";
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
    expect(chatModels(catalog).map((entry) => entry.tiny)).toEqual([false, false, false, false, true]);
    expect(chatModels(catalog).at(-1)?.sources[0]?.type).toBe("wheel");
  });

  test("an unknown name is refused with those that are known", () => {
    expect(() => requireEntry(catalog, "gpt-9")).toThrow(UnknownModelError);
    expect(() => requireEntry(catalog, "gpt-9")).toThrow(
      /There is no model "gpt-9"\. Known models: auto, phi-3/,
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
