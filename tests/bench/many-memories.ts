/**
 * As many memories as are asked for, with vectors as those of texts lie: each is a mixture of two that the embedding model has made of
 * the evaluation's facts and questions (tests/eval/memory), and of some noise of its own.
 */
import type { Embedder } from "../../src/chat/engine.ts";
import { packVectors, vectorName } from "../../src/memory/memory-vectors.ts";
import type { Store } from "../../src/store/database.ts";
import { openEvalEmbedder } from "../eval/eval-embedder.ts";
import { evalUsers } from "../eval/memory/read-users.ts";
import { memory } from "../store/rows.ts";

const dimensions = 384;
/** So many memories are of one account: they lie nearer to each other. */
const ofAccount = 20;
const atOnce = 1_000;
const model = "mixed";

const facts = evalUsers.flatMap((user) => user.facts);
const questions = evalUsers
  .flatMap((user) =>
    user.questions.map(({ ask, fits }) => ({ ask, of: user.facts.find(({ id }) => id === fits[0]) })),
  )
  .flatMap(({ ask, of }) => (of === undefined ? [] : { ask, fact: facts.indexOf(of) }));

export class ManyMemories {
  constructor(
    private readonly ofFacts: readonly Float32Array[],
    private readonly ofQuestions: readonly Float32Array[],
  ) {}

  /** Stored, embedded and compared before, in another run. */
  async fill(store: Store, count: number): Promise<void> {
    const embeddingModel = vectorName(model);
    for (let from = 0; from < count; from += atOnce)
      await store.commit(() => {
        for (let at = from; at < Math.min(count, from + atOnce); at++) {
          const embedding = packVectors([this.#vectorAt(at)]);
          const own = { ...textAt(at), id: Bun.randomUUIDv7(), createdAt: at + 1, kind: "fact" as const };
          store.memories.insert(memory({ ...own, embeddingModel, embedding, isCompared: true }));
        }
      });
  }

  /** On one of `count`; every other one names its account. */
  questionAt(at: number, count: number): string {
    const asked = Math.floor((at * 7919) % count);
    const some = questions.filter(({ fact }) => fact === asked % facts.length);
    const { ask } = some[at % some.length] ?? questions[at % questions.length] ?? { ask: "" };
    return at % 2 === 0 ? ask : `${ask} (account ${accountOf(asked)})`;
  }

  /** Knows the texts of this file; takes no time. */
  embedder(): Embedder {
    return {
      ...{ model, dimensions, longestText: 500 },
      embed: async (texts) => texts.map((text) => this.#vectorOf(text)),
      countTokens: async (texts) => texts.map((text) => text.split(" ").length),
      async [Symbol.asyncDispose]() {},
    };
  }

  #vectorOf(text: string): Float32Array {
    const [, number] = / no (\d+):/.exec(text) ?? [];
    if (number !== undefined) return this.#vectorAt(Number(number));
    const [, ask = text, account] = /^(.*?)\??(?: \(account (\d+)\))?$/.exec(text) ?? [];
    const at = questions.findIndex((question) => question.ask.startsWith(ask.replace(/[?!.]+$/, "")));
    return this.#mixed(this.ofQuestions[Math.max(0, at)], account, text);
  }

  #vectorAt(at: number): Float32Array {
    return this.#mixed(this.ofFacts[at % facts.length], `${accountOf(at)}`, `${at}`);
  }

  #mixed(own: Float32Array | undefined, account: string | undefined, noise: string): Float32Array {
    const other =
      account === undefined
        ? undefined
        : this.ofQuestions[Number(Bun.hash(account) % BigInt(questions.length))];
    const random = randomFrom(noise);
    const mixed = new Float32Array(dimensions);
    let squares = 0;
    for (let index = 0; index < dimensions; index++) {
      const value = (own?.[index] ?? 0) + 0.6 * (other?.[index] ?? 0) + 0.06 * random();
      mixed[index] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    for (let index = 0; index < dimensions; index++) mixed[index] = (mixed[index] ?? 0) / length;
    return mixed;
  }
}

export async function openManyMemories(): Promise<ManyMemories> {
  await using opened = await openEvalEmbedder();
  const { signal } = new AbortController();
  const embed = (texts: readonly string[]) => opened.embedder.embed(texts, signal);
  return new ManyMemories(
    await embed(facts.map(({ category, key, value }) => `${category}, ${key}: ${value}`)),
    await embed(questions.map(({ ask }) => ask)),
  );
}

export function textAt(at: number) {
  const { key, value, category } = facts[at % facts.length] ?? { key: "", value: "", category: "general" };
  return { key: `${key} no ${at}`, value: `${value} (account ${accountOf(at)})`, category };
}

const accountOf = (at: number) => Math.floor(at / ofAccount);

/** -0.5 to 0.5 (xorshift32). */
function randomFrom(text: string): () => number {
  let state = Number(Bun.hash(text) % 0xffff_fffen) + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000 - 0.5;
  };
}
