/** A ranking model with random weights: what it says means nothing, but it says the same each time, and of each text its own. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LlamaRanker } from "../../../src/engines/llama/llama-ranker.ts";
import { loadLlama } from "../../../src/engines/llama/llama-runtime.ts";
import { EngineUnavailableError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { ggufKind } from "../../../src/models/gguf-kind.ts";
import { rankingModelIn } from "../../../src/models/ranking-model.ts";
import { never } from "../../contract/engine-contract.ts";
import { writeRandomModel } from "../../models/random-model.ts";

const folder = mkdtempSync(join(tmpdir(), "ranker-"));
const log = createLog("error", () => {});
const library = () => loadLlama(1, false, log);
const open = (modelPath: string) =>
  new LlamaRanker({ model: "tiny-reranker", modelPath, threads: 1, library, log });

let path = "";
beforeAll(async () => {
  path = await writeRandomModel(join(folder, "tiny-reranker.gguf"), { family: "qwen3", ranks: true });
  await writeRandomModel(join(folder, "a-chat-model.gguf"), { family: "llama" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("A ranking model", () => {
  test("is found among the models, and offered for no answers", () => {
    expect(rankingModelIn(folder)).toBe(path);
    expect(ggufKind(path)).toMatchObject({ ranks: true, otherwise: "ranks texts, and writes no answers" });
    expect(rankingModelIn(join(folder, "nothing"))).toBeNull();
  });

  test("gives each text its score, whatever stands beside it, and reads a long one in parts", async () => {
    await using ranker = open(path);
    const texts = ["A bond is a loan.", "Gold is a metal.", "the price of a bond ".repeat(900)];
    const ranked = await ranker.rank("What is a bond?", texts, never);
    for (const { score } of ranked) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
    }
    expect(ranked[0]?.score).not.toBe(ranked[1]?.score);
    expect(ranked[2]?.tokens).toBeGreaterThan(2048);
    const [alone] = await ranker.rank("What is a bond?", ["Gold is a metal."], never);
    expect(alone).toEqual(ranked[1]);
    expect(await ranker.countQuestion("What is a bond?", never)).toBeLessThan(10);
  });

  test("is ended while it ranks, and ranks no more", async () => {
    const ranker = open(path);
    const ranking = ranker.rank("What?", ["One.", "Two.", "Three."], never).catch((error: unknown) => error);
    await ranker[Symbol.asyncDispose]();
    await ranking;
    expect(ranker.rank("What?", ["One."], never)).rejects.toBeInstanceOf(EngineUnavailableError);
  });

  test("whose file is broken says so", async () => {
    const broken = join(folder, "broken.txt");
    writeFileSync(broken, "no model");
    await using ranker = open(broken);
    await expect(ranker.rank("What?", ["One."], never)).rejects.toThrow("could not be loaded");
  });
});
