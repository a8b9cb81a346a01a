/** The floor of recall, with the embedding model that is part of the program: constants may change, these figures hold. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { LlamaEmbedder } from "../../src/engines/llama/llama-embedder.ts";
import { loadLlama } from "../../src/engines/llama/llama-runtime.ts";
import { createMemory } from "../../src/memory/memory.ts";
import {
  besides,
  falseRecall,
  measureMemory,
  ofKinds,
  recallAt3,
  type Share,
} from "../eval/memory/measure.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";
import { measureRecall } from "./measure-recall.ts";

let llama: Awaited<ReturnType<typeof loadLlama>>;
let embedder: LlamaEmbedder;
const { signal } = new AbortController();

beforeAll(async () => {
  llama = await loadLlama(1, false, silent);
  embedder = new LlamaEmbedder({
    model: "all-minilm-l6-v2",
    modelPath: join(import.meta.dir, "../../models/all-MiniLM-L6-v2-q8_0.gguf"),
    dimensions: 384,
    library: async () => llama,
    log: silent,
  });
});
afterAll(async () => {
  await embedder[Symbol.asyncDispose]();
  await llama.dispose();
});

test("what is remembered is found in other words, and what does not bear on a question stays away", async () => {
  const { fitting, reserved, unrelated } = await measureRecall(embedder);
  expect(fitting.found).toBeGreaterThanOrEqual(0.8);
  expect(reserved.found).toBeGreaterThanOrEqual(0.85);
  expect(fitting.falseEach).toBeLessThanOrEqual(0.85);
  expect(reserved.falseEach).toBeLessThanOrEqual(0.9);
  expect(unrelated.falseEach).toBeLessThanOrEqual(0.1);
  expect(unrelated.withFalse).toBeLessThanOrEqual(0.07);
}, 120_000);

test("what six people ask of what they have stated is found, also as of a time before, and little else is", async () => {
  const asked = ofKinds(await measureMemory(embedder), ["p", "n", "s", "a", "x"]);
  const shareOf = ({ hits, of }: Share) => hits / of;
  for (const isHeldOut of [false, true])
    expect(shareOf(recallAt3(asked.filter((one) => one.isHeldOut === isHeldOut)))).toBeGreaterThanOrEqual(
      0.79,
    );
  expect(shareOf(recallAt3(ofKinds(asked, ["n", "a"])))).toBeGreaterThanOrEqual(0.96);
  expect(shareOf(falseRecall(asked))).toBeLessThanOrEqual(0.06);
  expect(besides(asked)).toBeLessThanOrEqual(0.8);
}, 300_000);

test("a rule about risk is found by a question about losses, whatever its key is", async () => {
  for (const key of [
    "risk rule",
    "rule",
    "note",
    "r1",
    "max_risk",
    "Trading",
    "my first rule",
    "important",
  ]) {
    using store = temporaryStore();
    await using memory = createMemory({ store, embedder, log: silent });
    const value = "Never risk more than 1.25% on one trade";
    await memory.memorize({ ownerId: null, key, value, category: "general" });
    await memory.pending();
    const ask = "How much may I lose on a single position?";
    expect(await memory.recall(ask, 3, { ownerId: null, signal })).toMatchObject([{ memory: { value } }]);
    for (const other of [
      "What is a pip?",
      "Which film should I watch tonight?",
      "What is the capital of France?",
    ])
      expect(await memory.recall(other, 3, { ownerId: null, signal })).toEqual([]);
  }
}, 120_000);

test("the end of a long memory is found too, and a text of any length has a vector", async () => {
  using store = temporaryStore();
  await using memory = createMemory({ store, embedder, log: silent });
  const filler = "The meeting of the housing association was about the roof and the bicycle cellar. ".repeat(
    60,
  );
  const value = `${filler}${"Dr. Sommer in the Goethe street is the dentist. ".repeat(6)}`;
  await memory.memorize({ ownerId: null, key: "minutes", value, category: "general" });
  await memory.memorize({ ownerId: null, key: "long", value: "word ".repeat(4_000), category: "general" });
  await memory.memorize({ ownerId: null, key: "signs", value: "\u200b\u2800", category: "general" });
  await memory.memorize({ ownerId: null, key: "unbroken", value: "价".repeat(20_000), category: "general" });
  await memory.pending();
  expect(store.memories.toEmbed(null, 9)).toEqual([]);
  const found = await memory.recall("Who is my tooth doctor?", 3, { ownerId: null, signal });
  expect(found[0]?.memory.key).toBe("minutes");
}, 120_000);

test("a text of 509 tokens is read, one of 510 is cut, and one without a token has a vector", async () => {
  const text = (tokens: number) => "a ".repeat(tokens).trim();
  expect(await embedder.countTokens([text(509), text(510)], signal)).toEqual([509, 510]);
  expect(embedder.longestText).toBe(509);
  const vectors = await embedder.embed(["", "\u200b", text(508), text(509), text(510), text(2_000)], signal);
  expect(vectors.map(({ length }) => length)).toEqual(Array(6).fill(384));
}, 120_000);
