import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  InvalidRequestError,
  ModelUnusableError,
  NotFoundError,
  UnknownModelError,
} from "../../src/errors.ts";
import { ModelNotObtainableError } from "../../src/models/model-errors.ts";
import { chooseModel, ensureModel, type ModelPlace, presentModels } from "../../src/models/model-store.ts";
import { removeModel } from "../../src/models/remove-model.ts";
import { hub, hubSource } from "./fake-hub.ts";
import { entryFor, ModelFolder, tinyGguf } from "./tiny-gguf.ts";

const [big, middle, tiny, own] = [tinyGguf(1), tinyGguf(2), tinyGguf(3), tinyGguf(4)];
const memory = { totalBytes: 4_000_000, mayHaveGpu: false };
let folder: ModelFolder;
let place: ModelPlace;

beforeEach(() => {
  folder = new ModelFolder();
  const entry = (id: string, bytes: Buffer, minMemoryBytes: number) =>
    entryFor(bytes, {
      id,
      aliases: [`${id}-alias`],
      file: `${id}.gguf`,
      minMemoryBytes,
      ...(id === "tiny" ? { tiny: true, sizeBytes: 1 } : {}),
      sources: [{ type: "path", path: `elsewhere/${id}.gguf` }],
    });
  place = {
    projectRoot: folder.projectRoot,
    modelsDir: folder.modelsDir,
    catalog: [
      entry("big", big, 8_000_000),
      entry("middle", middle, 2_000_000),
      entry("tiny", tiny, 1_000),
      entryFor(own, { id: "vectors", aliases: [], file: "vectors.gguf", purpose: "embedding" }),
    ],
  };
});
afterEach(() => folder[Symbol.dispose]());

const choose = (wanted: string) => chooseModel(wanted, place, { memory });
const ensure = (wanted: string, isPatient = false) =>
  ensureModel(wanted, place, {
    isPatient,
    memory,
    environment: process.env,
    hub: { endpoint: "http://127.0.0.1:1", token: null },
    onProgress: () => {},
    signal: new AbortController().signal,
  });

describe("auto takes", () => {
  test("the first of the catalogue that is here and fits the memory", async () => {
    folder.write("models/big.gguf", big);
    folder.write("models/middle.gguf", middle);
    folder.write("models/tiny.gguf", tiny);
    expect((await choose("auto")).id).toBe("middle");
  });

  test("a model of the user's own before the tiny one", async () => {
    folder.write("models/tiny.gguf", tiny);
    folder.write("models/my-model.gguf", own);
    expect((await choose("auto")).id).toBe("my-model");
  });

  test("a large model rather than none that fits", async () => {
    folder.write("models/big.gguf", big);
    expect((await choose("auto")).id).toBe("big");
  });

  test("the next when one is corrupt, and says what is wrong with the first when all are", async () => {
    folder.write("models/middle.gguf", middle.subarray(0, 300));
    folder.write("models/tiny.gguf", tiny);
    expect((await choose("auto")).id).toBe("tiny");
    folder.write("models/tiny.gguf", "");
    expect(await choose("auto").catch((cause: unknown) => cause)).toMatchObject({
      facts: { file: "middle.gguf", reason: "truncated" },
    });
  });

  test("never a part of a download", async () => {
    folder.write("models/middle.gguf.part", middle);
    folder.write("models/big.gguf.ipull", big);
    expect(presentModels(place)).toEqual([]);
    expect(await choose("auto").catch((cause: unknown) => cause)).toBeInstanceOf(ModelUnusableError);
  });
});

describe("a model can be named", () => {
  test("by id, by alias, by file and by path", async () => {
    folder.write("models/middle.gguf", middle);
    folder.write("models/my-model.gguf", own);
    const outside = folder.write("outside/other.gguf", own);
    expect((await choose("middle")).id).toBe("middle");
    expect((await choose("middle-alias")).id).toBe("middle");
    expect((await choose("my-model")).id).toBe("my-model");
    expect((await choose("my-model.gguf")).id).toBe("my-model");
    expect(await choose(outside)).toMatchObject({ id: "other", path: outside });
    expect((await choose("outside/other.gguf")).path).toBe(outside);
  });

  test("a known one that is not here is a sentence with the command that brings it", async () => {
    const cause: unknown = await choose("big-alias").catch((thrown) => thrown);
    expect(cause).toBeInstanceOf(ModelUnusableError);
    expect(String(cause)).toContain('"./run.sh models pull big"');
  });

  test("an unknown one is refused", async () => {
    expect(await choose("gpt-9").catch((cause: unknown) => cause)).toBeInstanceOf(UnknownModelError);
  });
});

describe("a model is ensured", () => {
  test("by taking what is here", async () => {
    folder.write("models/tiny.gguf", tiny);
    folder.write("elsewhere/middle.gguf", middle);
    expect((await ensure("tiny")).id).toBe("tiny");
  });

  test("for auto, by fetching the smallest, or with patience the first that fits the memory", async () => {
    const asked = new Set<string>();
    using server = hub(middle, (request) => {
      asked.add(new URL(request.url).pathname);
      return null;
    });
    const catalog = place.catalog.map((entry) => ({
      ...entry,
      sources: [hubSource(server.port, entry.file)],
    }));
    place = { ...place, catalog };
    const best = await ensure("auto", true);
    expect(best).toMatchObject({ id: "middle", path: join(folder.modelsDir, "middle.gguf") });
    expect([...asked]).toEqual(["/middle.gguf"]);
    removeModel("middle", place);
    expect(await ensure("auto").catch((cause: unknown) => cause)).toMatchObject({ id: "middle" });
    expect([...asked]).toEqual(["/middle.gguf", "/tiny.gguf"]);
  });

  test("or the sentence says that it could not be", async () => {
    expect(await ensure("auto").catch((cause: unknown) => cause)).toBeInstanceOf(ModelNotObtainableError);
    expect(await ensure("big").catch((cause: unknown) => cause)).toBeInstanceOf(ModelNotObtainableError);
  });

  test("never by fetching what the user wrote wrongly", async () => {
    folder.write("elsewhere/tiny.gguf", tiny);
    expect(await ensure("tinny").catch((cause: unknown) => cause)).toBeInstanceOf(UnknownModelError);
  });
});

describe("removing a model", () => {
  test("takes its file, its parts and its stamp", async () => {
    const path = folder.write("models/middle.gguf", middle);
    folder.write("models/middle.gguf.part", "part");
    await choose("middle");
    expect(existsSync(join(folder.modelsDir, ".verified/middle.gguf.json"))).toBeTrue();
    expect(removeModel("middle-alias", place)).toBe(path);
    for (const name of ["middle.gguf", "middle.gguf.part", ".verified/middle.gguf.json"])
      expect(existsSync(join(folder.modelsDir, name))).toBeFalse();
  });

  test("also takes one of the user's own, by name or file", () => {
    const path = folder.write("models/my-model.gguf", own);
    expect(removeModel("my-model.gguf", place)).toBe(path);
    expect(existsSync(path)).toBeFalse();
  });

  test("is refused for what is not there, for what is unknown, and for what recall needs", () => {
    folder.write("models/vectors.gguf", own);
    expect(() => removeModel("big", place)).toThrow(NotFoundError);
    expect(() => removeModel("gpt-9", place)).toThrow(UnknownModelError);
    expect(() => removeModel("../outside.gguf", place)).toThrow(UnknownModelError);
    expect(() => removeModel("vectors", place)).toThrow(InvalidRequestError);
    expect(() => removeModel("vectors.gguf", place)).toThrow(InvalidRequestError);
    expect(existsSync(join(folder.modelsDir, "vectors.gguf"))).toBeTrue();
  });
});
