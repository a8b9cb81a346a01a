/**
 * An embedder without a model: a text's meaning is the topics its words belong to. Texts of one topic are alike
 * though they share no word; a text of no topic is alike to nothing but itself.
 */
import type { Embedder } from "../../src/chat/engine.ts";

const topics: readonly (readonly string[])[] = [
  ["risk", "cautious", "careful", "gamble", "volatile"],
  ["retire", "retirement", "pension", "old-age"],
  ["house", "home", "mortgage", "flat"],
  ["salary", "income", "wage", "earn"],
  ["weather", "rain", "sunny"],
];
/** Texts of no topic are spread over as many dimensions. */
const spread = 27;

export interface FakeEmbedder extends Embedder {
  /** Every text that was asked for, in order. */
  readonly embedded: string[];
  /** What it does from now on: `work`, `fail` with an error, or `hang` for ever, deaf to its signal. */
  behaviour: "work" | "fail" | "hang";
  /** Texts that contain this are refused. */
  refuses: string | null;
}

export function createFakeEmbedder(model = "fake-embedder"): FakeEmbedder {
  const fake: FakeEmbedder = {
    model,
    dimensions: topics.length + spread,
    longestText: 100,
    embedded: [],
    behaviour: "work",
    refuses: null,
    async embed(texts) {
      fake.embedded.push(...texts);
      if (fake.behaviour === "hang") await new Promise(() => {});
      const { refuses } = fake;
      if (fake.behaviour === "fail" || (refuses !== null && texts.some((text) => text.includes(refuses))))
        throw new Error("The fake embedder fails, as it was told to.");
      return texts.map(fakeVector);
    },
    countTokens: async (texts) => texts.map((text) => text.split(" ").length),
    async [Symbol.asyncDispose]() {},
  };
  return fake;
}

/** @returns a unit-length vector that depends on the text alone */
export function fakeVector(text: string): Float32Array {
  const vector = new Float32Array(topics.length + spread);
  const words = text.toLowerCase().match(/[\p{L}-]+/gu) ?? [];
  for (const [index, topic] of topics.entries())
    vector[index] = words.filter((word) => topic.includes(word)).length;
  if (vector.every((value) => value === 0)) {
    const place = topics.length + Number(Bun.hash(text) % BigInt(spread));
    vector[place] = 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
