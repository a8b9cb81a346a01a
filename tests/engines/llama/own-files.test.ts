/** Files that a person put there: one that cannot be loaded costs only itself, and nobody is told to fetch it again. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { LlamaEngine } from "../../../src/engines/llama/llama-engine.ts";
import type { ModelFile } from "../../../src/engines/llama/model-file.ts";
import { createLog } from "../../../src/log.ts";
import { never } from "../../contract/engine-contract.ts";
import { ModelFolder, tinyGgufOf } from "../../models/tiny-gguf.ts";

const good = join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf");

const engineOf = (files: readonly ModelFile[]) =>
  new LlamaEngine({
    threads: 1,
    parallel: 1,
    contextSize: 512,
    gpu: false,
    resolveModel: async (_, __, failed = new Set()) => {
      const file = files.find(({ path }) => !failed.has(path)) ?? files[0];
      if (file === undefined) throw new Error("no file");
      return file;
    },
    log: createLog("error", () => {}),
  });

test("a file that cannot be loaded is passed over for the next one", async () => {
  using folder = new ModelFolder();
  const path = folder.write("models/odd.gguf", tinyGgufOf({ "general.architecture": "wobble" }));
  await using engine = engineOf([
    { id: "odd", path, sha256: null, isOwn: true, architecture: "wobble" },
    { id: "good", path: good, sha256: null },
  ]);
  await engine.ensureReady(never);
  expect(engine.status()).toMatchObject({ state: "ready", model: "good" });
});

test("where there is no other, its architecture is named", async () => {
  using folder = new ModelFolder();
  const path = folder.write("models/odd.gguf", tinyGgufOf({ "general.architecture": "wobble" }));
  await using engine = engineOf([{ id: "odd", path, sha256: null, isOwn: true, architecture: "wobble" }]);
  await expect(engine.ensureReady(never)).rejects.toMatchObject({
    message: expect.stringMatching(
      /^odd could not be loaded: its architecture, wobble, (?!.*Fetch it again)/,
    ),
  });
});
