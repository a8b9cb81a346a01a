/** Files that lie beside models: MODEL=auto took a vision model's companion though a good model lay beside it. */
import { expect, test } from "bun:test";
import { ggufKind } from "../../src/models/gguf-kind.ts";
import { chooseModel, presentModels } from "../../src/models/model-store.ts";
import { entryFor, ModelFolder, tinyGguf, tinyGgufOf } from "./tiny-gguf.ts";

const companions: [string, Buffer, RegExp][] = [
  ["mmproj-model-f16.gguf", tinyGgufOf({ "general.architecture": "clip" }), /pictures/],
  ["mmproj.gguf", tinyGgufOf({ "general.architecture": "llama", "general.type": "mmproj" }), /pictures/],
  ["lora.gguf", tinyGgufOf({ "general.architecture": "llama", "general.type": "adapter" }), /adapter/],
  ["vocab.gguf", tinyGgufOf({ "general.architecture": "llama" }, 0), /vocabulary/],
  ["bge.gguf", tinyGgufOf({ "general.architecture": "bert" }), /for embeddings, not for answers/],
  ["nomic.gguf", tinyGgufOf({ "general.architecture": "nomic-bert" }), /for embeddings, not for answers/],
  ["qwen.gguf", tinyGgufOf({ "general.architecture": "qwen3", "qwen3.pooling_type": 3 }), /for embeddings/],
  ["rank.gguf", tinyGgufOf({ "general.architecture": "qwen3", "qwen3.pooling_type": 4 }), /ranks/],
  ["big-00002-of-00003.gguf", tinyGgufOf({ "split.no": 1 }), /first, big-00001-of-00003\.gguf/],
  ["renamed.gguf", tinyGgufOf({ "split.no": 2 }), /part 3/],
];

for (const [name, bytes, words] of companions)
  test(`${name} is neither listed nor taken, and says what it is when it is named`, async () => {
    using folder = new ModelFolder();
    const place = { catalog: [], modelsDir: folder.modelsDir, projectRoot: folder.projectRoot };
    const path = folder.write(`models/${name}`, bytes);
    folder.write("models/zeta.gguf", tinyGguf());
    expect(presentModels(place).map(({ id }) => id)).toEqual(["zeta"]);
    expect((await chooseModel("auto", place)).id).toBe("zeta");
    for (const wanted of [name, path, name.replace(".gguf", "")])
      await expect(chooseModel(wanted, place)).rejects.toMatchObject({
        code: "model_unusable",
        message: expect.stringMatching(words),
      });
    expect(ggufKind(path).otherwise).toMatch(words);
  });

test("where nothing else lies, what lies there is named", async () => {
  using folder = new ModelFolder();
  folder.write("models/mmproj.gguf", tinyGgufOf({ "general.architecture": "clip" }));
  const place = { catalog: [], modelsDir: folder.modelsDir, projectRoot: folder.projectRoot };
  await expect(chooseModel("auto", place)).rejects.toMatchObject({
    message: expect.stringContaining("mmproj.gguf reads pictures"),
  });
});

test("the first part of a split model, and a file that is no GGUF, are left to whoever loads them", () => {
  using folder = new ModelFolder();
  const first = folder.write(
    "models/big-00001-of-00003.gguf",
    tinyGgufOf({ "general.architecture": "llama", "split.no": 0 }, 0),
  );
  expect(ggufKind(first).otherwise).toBeNull();
  expect(ggufKind(folder.write("models/page.gguf", "<html>")).otherwise).toBeNull();
});

test("the catalogue's own model of embeddings is none for answers", async () => {
  using folder = new ModelFolder();
  const bytes = tinyGguf();
  folder.write("models/tiny-chat.gguf", bytes);
  const catalog = [entryFor(bytes, { purpose: "embedding" })];
  const place = { catalog, modelsDir: folder.modelsDir, projectRoot: folder.projectRoot };
  await expect(chooseModel("models/tiny-chat.gguf", place)).rejects.toMatchObject({
    message: expect.stringContaining("for embeddings, not for answers"),
  });
});

test("a file that could not be loaded is passed over by auto", async () => {
  using folder = new ModelFolder();
  const failed = new Set([folder.write("models/alpha.gguf", tinyGguf())]);
  folder.write("models/beta.gguf", tinyGguf(1));
  const place = { catalog: [], modelsDir: folder.modelsDir, projectRoot: folder.projectRoot };
  expect((await chooseModel("auto", place, { failed })).id).toBe("beta");
});
