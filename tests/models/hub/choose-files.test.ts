/** What the files of a repository are, and which of them suit a machine. */
import { describe, expect, test } from "bun:test";
import { ModelUnusableError, NotFoundError } from "../../../src/errors.ts";
import { chooseFiles, contentsOf } from "../../../src/models/hub/choose-files.ts";
import { kindOfFile, quantisationOf } from "../../../src/models/hub/file-kinds.ts";

const gb = 1e9;

describe("by its name a file is", () => {
  test.each([
    ["Qwen3-4B-Q4_K_M.gguf", "model", "Q4_K_M"],
    ["qwen2.5-1.5b-instruct-q4_k_m.gguf", "model", "Q4_K_M"],
    ["Qwen3-30B-A3B-UD-Q4_K_XL.gguf", "model", "UD-Q4_K_XL"],
    ["Llama-3.2-1B-Instruct-IQ3_XXS.gguf", "model", "IQ3_XXS"],
    ["Phi-3-mini-4k-instruct-q4.gguf", "model", null],
    ["Phi-3-mini-4k-instruct-fp16.gguf", "model", "F16"],
    ["gpt-oss-20b-mxfp4.gguf", "model", "MXFP4"],
    ["gpt-oss-20b-MXFP4_MOE.gguf", "model", "MXFP4_MOE"],
    ["SmolLM2-135M-Instruct.Q4_1.gguf", "model", "Q4_1"],
    ["BF16/Qwen3-32B-BF16-00001-of-00002.gguf", "model", "BF16"],
    ["Q8_0/model-00001-of-00003.gguf", "model", "Q8_0"],
    ["model-Q4_0_4_8.gguf", "model", "Q4_0_4_8"],
    ["bitnet-TQ2_0.gguf", "model", "TQ2_0"],
    ["mmproj-model-f16.gguf", "projector", "F16"],
    ["gemma-3-4b-it-mmproj-BF16.gguf", "projector", "BF16"],
    ["Qwen3-4B-imatrix.gguf", "importance-matrix", null],
    ["mtp-GLM-4.5-Q8_0.gguf", "draft", "Q8_0"],
    ["Qwen3-0.6B-draft-Q4_0.gguf", "draft", "Q4_0"],
    ["eagle3-Q8_0.gguf", "draft", "Q8_0"],
    ["nomic-embed-text-v1.5.Q8_0.gguf", "embedding", "Q8_0"],
    ["bge-m3-Q8_0.gguf", "embedding", "Q8_0"],
    ["my-lora-f16.gguf", "adapter", "F16"],
    ["ggml-vocab-llama.gguf", "model", null],
    ["README.md", "other", null],
  ] as const)("%s: %s %s", (path, kind, quantisation) => {
    const expected = path === "ggml-vocab-llama.gguf" ? "vocabulary" : kind;
    expect(kindOfFile(path)).toBe(expected);
    expect(quantisationOf(path)).toBe(quantisation);
  });

  test("for embeddings, where the repository's name says so", () => {
    expect(kindOfFile("model-f16.gguf", "Qwen/Qwen3-Embedding-0.6B-GGUF")).toBe("embedding");
    expect(kindOfFile("model-f16.gguf", "embedders/Qwen3-0.6B-GGUF")).toBe("model");
  });
});

const repository = (files: Readonly<Record<string, number>>) => ({
  ...{ repository: "user/repo", revision: "main", licence: null },
  files: Object.entries(files).map(([path, size]) => ({ path, sizeBytes: size * gb, sha256: null })),
});
const usual = repository({
  "m-Q2_K.gguf": 2,
  "m-Q3_K_M.gguf": 3,
  "m-Q4_K_M.gguf": 4,
  "m-Q5_K_M.gguf": 5,
  "m-Q8_0-00001-of-00002.gguf": 5,
  "m-Q8_0-00002-of-00002.gguf": 3,
  "m-BF16.gguf": 16,
  "mmproj-F16.gguf": 1,
  "README.md": 0,
});

function choose(gigabytes: number, change: object = {}, listed = usual) {
  const memory = { totalBytes: gigabytes * gb, mayHaveGpu: false };
  const name = { repository: "user/repo", quantisation: null, file: null, revision: null, ...change };
  return chooseFiles(contentsOf(listed, memory), name, memory);
}

describe("of its quantisations is chosen", () => {
  test("the usual one, on a machine that could take a larger one, too", () => {
    expect(choose(64)).toMatchObject({ quantisation: "Q4_K_M", fit: "fits" });
    expect(choose(7)).toMatchObject({ quantisation: "Q4_K_M", fit: "fits" });
  });

  test("the largest that fits, where the usual one does not", () => {
    expect(choose(6)).toMatchObject({ quantisation: "Q3_K_M", fit: "fits" });
    expect(choose(5)).toMatchObject({ quantisation: "Q2_K", fit: "fits" });
  });

  test("one that is tight, where none fits; and none that is too big", () => {
    expect(choose(2.5)).toMatchObject({ quantisation: "Q2_K", fit: "tight" });
    expect(() => choose(1)).toThrow(ModelUnusableError);
    expect(() => choose(1)).toThrow("the smallest has 2.0 GB and this machine has 1.0 GB of memory");
  });

  test("the asked one, in small letters or capitals, though it is too big", () => {
    expect(choose(64, { quantisation: "q8_0" })).toMatchObject({ quantisation: "Q8_0", sizeBytes: 8 * gb });
    expect(choose(1, { quantisation: "BF16" })).toMatchObject({ fit: "too-big" });
    expect(choose(64, { quantisation: "q8_0" }).files.map(({ path }) => path)).toEqual([
      "m-Q8_0-00001-of-00002.gguf",
      "m-Q8_0-00002-of-00002.gguf",
    ]);
  });

  test("no unknown one: the sentence names those there are", () => {
    expect(() => choose(64, { quantisation: "Q6_K" })).toThrow(NotFoundError);
    expect(() => choose(64, { quantisation: "Q6_K" })).toThrow(
      "It has Q2_K, Q3_K_M, Q4_K_M, Q5_K_M, Q8_0, BF16.",
    );
  });

  test("the asked file, also by a later part of it", () => {
    expect(choose(64, { file: "m-Q5_K_M.gguf" })).toMatchObject({ quantisation: "Q5_K_M" });
    expect(choose(64, { file: "m-Q8_0-00002-of-00002.gguf" }).files).toHaveLength(2);
    expect(() => choose(64, { file: "other.gguf" })).toThrow(NotFoundError);
    expect(() => choose(64, { file: "mmproj-F16.gguf" })).toThrow("reads pictures");
  });

  test("none of which a part is missing", () => {
    const listed = repository({ "m-Q4_K_M-00001-of-00002.gguf": 1, "m-Q2_K.gguf": 1 });
    expect(choose(64, {}, listed)).toMatchObject({ quantisation: "Q2_K" });
  });

  test("the full weights only where nothing else is there", () => {
    expect(choose(64, {}, repository({ "m-BF16.gguf": 2, "m-Q6_K.gguf": 1 }))).toMatchObject({
      quantisation: "Q6_K",
    });
    expect(choose(64, {}, repository({ "m-f16.gguf": 2 }))).toMatchObject({ quantisation: "F16" });
  });

  test("nothing that writes no answers: the sentence says what it is", () => {
    const refusal = (path: string) => () => choose(64, {}, repository({ [path]: 1 }));
    expect(refusal("nomic-embed-Q8_0.gguf")).toThrow("is for embeddings, not for answers");
    expect(refusal("mmproj-F16.gguf")).toThrow("reads pictures");
    expect(refusal("style-lora.gguf")).toThrow("is an adapter");
    expect(refusal("vocab.gguf")).toThrow("holds no model");
    expect(refusal("model.safetensors")).toThrow("has no GGUF files");
  });
});
