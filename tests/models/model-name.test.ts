import { expect, test } from "bun:test";
import { ModelPurposeError, UnknownModelError } from "../../src/errors.ts";
import type { Catalog } from "../../src/models/catalog.ts";
import { isEmbeddingName, ModelNotRunningError, resolveModelName } from "../../src/models/model-name.ts";
import { entryFor, tinyGguf } from "./tiny-gguf.ts";

const bytes = tinyGguf();
const catalog: Catalog = [
  entryFor(bytes, { id: "phi-3-mini", aliases: ["phi3"] }),
  entryFor(bytes, { id: "small", aliases: ["demo"] }),
  entryFor(bytes, { id: "vectors", aliases: ["embedding"], purpose: "embedding" }),
];
const asked = (wanted: string, ...answering: string[]) => resolveModelName(catalog, wanted, answering).id;

test("an alias is a wish: what runs answers when the model of that name does not", () => {
  expect(asked("phi3", "small")).toBe("small");
  expect(asked("phi3", "phi-3-mini")).toBe("phi-3-mini");
  expect(asked("phi3", "small", "phi-3-mini")).toBe("phi-3-mini");
  expect(asked("PHI3", "small")).toBe("small");
});

test("an id is meant exactly: another model does not answer in its name", () => {
  expect(asked("small", "small")).toBe("small");
  expect(() => asked("phi-3-mini", "small")).toThrow(ModelNotRunningError);
  expect(() => asked("phi-3-mini", "small")).toThrow('Use "small" or "auto"');
});

test("auto is what runs", () => {
  expect(asked("auto", "small", "phi-3-mini")).toBe("small");
  expect(asked("AUTO", "small")).toBe("small");
});

test("while nothing can answer yet, a name means its model, and auto stays auto", () => {
  expect(asked("phi3")).toBe("phi-3-mini");
  expect(asked("small")).toBe("small");
  expect(asked("auto")).toBe("auto");
});

test("a model that is not in the catalogue can be asked for while it runs", () => {
  expect(asked("my-own-model", "my-own-model")).toBe("my-own-model");
  expect(asked("auto", "my-own-model")).toBe("my-own-model");
});

test("an unknown name, and one that does not chat, is refused with the names that are known", () => {
  expect(() => asked("gpt-9", "my-own-model")).toThrow(UnknownModelError);
  expect(() => asked("gpt-9", "my-own-model")).toThrow(/Known models: .*phi3.*my-own-model/);
  expect(() => asked("embedding", "small")).toThrow(ModelPurposeError);
});

test("Clients' default names were unknown, so that an unchanged program failed: they mean what runs", () => {
  for (const name of [
    "gpt-4o-mini",
    "gpt-4o",
    "gpt-4",
    "gpt-3.5-turbo",
    "gpt-4.1-nano",
    "gpt-5-mini",
    "o4-mini",
  ])
    expect(asked(name, "small")).toBe("small");
  for (const name of [
    "gpt-4o-2024-08-06",
    "GPT-4o",
    "o1",
    "o3-mini",
    "llama3.2",
    "llama3.2:latest",
    "claude-3-5-sonnet-20241022",
    "claude-opus-5",
    "llama3",
  ])
    expect(asked(name, "small")).toBe("small");
  expect(asked("gpt-4o-mini")).toBe("auto");
  expect(asked("gpt-4o", "small", "gpt-4o")).toBe("gpt-4o");
  expect(asked("", "small")).toBe("small");
  for (const name of ["gpt-9", "o9", "gpt-45", "claude-4", "llama", "my-gpt-4"])
    expect(() => asked(name, "small")).toThrow(UnknownModelError);
});

test("A model that really has such a name is the one that is meant", () => {
  const own: Catalog = [entryFor(bytes, { id: "llama3.2" }), ...catalog];
  expect(resolveModelName(own, "llama3.2", ["llama3.2", "small"]).id).toBe("llama3.2");
  expect(() => resolveModelName(own, "llama3.2", ["small"])).toThrow(ModelNotRunningError);
});

test("MODEL_FALLBACK=running answers any name", () => {
  expect(resolveModelName(catalog, "nobody-knows-it", ["small"], { fallback: "running" }).id).toBe("small");
  expect(resolveModelName(catalog, "phi-3-mini", ["small"], { fallback: "running" }).id).toBe("small");
  expect(resolveModelName(catalog, "phi-3-mini", ["small", "phi-3-mini"], { fallback: "running" }).id).toBe(
    "phi-3-mini",
  );
});

test("the names of embedding models, OpenAI's too, say in a chat what they are for", () => {
  for (const name of ["vectors", "text-embedding-3-small", "text-embedding-ada-002"])
    expect(() => asked(name, "small")).toThrow('is an embedding model and cannot answer. Use "small"');
  expect(isEmbeddingName(catalog, "text-embedding-3-large")).toBe(true);
  expect(isEmbeddingName(catalog, "small")).toBe(false);
});

test("a name of a model that can be loaded means that model, whatever runs", () => {
  const named = (wanted: string, ...loadable: string[]) =>
    resolveModelName(catalog, wanted, ["small"], { loadable });
  expect(named("own-file", "small", "own-file")).toEqual({ id: "own-file", isNamed: true });
  expect(named("own-file.gguf", "own-file")).toEqual({ id: "own-file", isNamed: true });
  expect(named("phi3", "small", "phi-3-mini")).toEqual({ id: "phi-3-mini", isNamed: true });
  expect(named("small", "small")).toEqual({ id: "small", isNamed: true });
});

test("no name, auto and an alias whose file is not here mean what runs: nothing is loaded for them", () => {
  for (const name of ["", "auto", "phi3", "gpt-4o"])
    expect(resolveModelName(catalog, name, ["small"], { loadable: ["small"] })).toEqual({
      id: "small",
      isNamed: false,
    });
});

test("a name of the catalogue whose file is not here is refused as before", () => {
  expect(() => resolveModelName(catalog, "phi-3-mini", ["small"], { loadable: ["small"] })).toThrow(
    ModelNotRunningError,
  );
});
