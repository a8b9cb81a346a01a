import { expect, test } from "bun:test";
import { UnknownModelError } from "../../src/errors.ts";
import type { Catalog } from "../../src/models/catalog.ts";
import { ModelNotRunningError, resolveModelName } from "../../src/models/model-name.ts";
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
  expect(() => asked("phi-3-mini", "small")).toThrow('Ask for "small" or "auto"');
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
  expect(() => asked("embedding", "small")).toThrow(UnknownModelError);
});
