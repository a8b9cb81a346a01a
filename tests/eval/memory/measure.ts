/** How well the memories of the synthetic users are recalled, as the program does it: three a question. */
import type { Embedder } from "../../../src/chat/engine.ts";
import { createMemory } from "../../../src/memory/memory.ts";
import type { RecallOptions } from "../../../src/memory/recall.ts";
import { silent, temporaryStore } from "../../store/temporary-store.ts";
import { type EvalQuestion, evalUsers, type QuestionKind } from "./read-users.ts";

interface Asked extends EvalQuestion {
  readonly user: string;
  /** The ids of what was recalled, best first. */
  readonly recalled: readonly string[];
  readonly scores: readonly number[];
}

export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** Of questions on which something bears: for how many one of it is among the three. */
export const recallAt3 = (asked: readonly Asked[]): Share => {
  const positive = asked.filter(({ fits }) => fits.length > 0);
  return { hits: positive.filter(found).length, of: positive.length };
};

/** Of questions on which nothing bears: for how many something was recalled. */
export const falseRecall = (asked: readonly Asked[]): Share => {
  const negative = asked.filter(({ fits }) => fits.length === 0);
  return { hits: negative.filter(({ recalled }) => recalled.length > 0).length, of: negative.length };
};

/** How many memories that do not bear on it come along with a question on which something does. */
export const besides = (asked: readonly Asked[]): number => {
  const positive = asked.filter(({ fits }) => fits.length > 0);
  const others = positive.map(({ recalled, fits }) => recalled.filter((id) => !fits.includes(id)).length);
  return others.reduce((sum, count) => sum + count, 0) / Math.max(1, positive.length);
};

export const found = ({ recalled, fits }: Asked) => recalled.some((id) => fits.includes(id));

export const ofKinds = (asked: readonly Asked[], kinds: readonly QuestionKind[]) =>
  asked.filter(({ kind }) => kinds.includes(kind));

/** @param by left out: by words and by meaning */
export async function measureMemory(
  embedder: Embedder | null,
  by?: RecallOptions["by"],
): Promise<readonly Asked[]> {
  const { signal } = new AbortController();
  const asked: Asked[] = [];
  for (const { name, facts, questions } of evalUsers) {
    using store = temporaryStore();
    let time = 0;
    await using memory = createMemory({ store, embedder, log: silent, now: () => ++time });
    const statedAt = new Map<string, number>();
    for (const fact of facts)
      statedAt.set(fact.id, (await memory.memorize({ ...fact, ownerId: null })).createdAt);
    await memory.pending();
    for (const question of questions) {
      const asOf = question.asOf === null ? {} : { asOf: statedAt.get(question.asOf) ?? Number.NaN };
      const options = { ownerId: null, signal, ...asOf, ...(by === undefined ? {} : { by }) };
      const hits = await memory.recall(question.ask, 3, options);
      asked.push({
        ...question,
        user: name,
        recalled: hits.map((hit) => hit.memory.id),
        scores: hits.map(({ score }) => score),
      });
    }
  }
  return asked;
}
