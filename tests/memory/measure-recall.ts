/** How well the labelled set is recalled, as the program does it: three memories a question. */
import type { Embedder } from "../../src/chat/engine.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";
import { facts, fitting, type RecallQuestion, reserved, unrelated } from "./recall-set.ts";

export interface RecallFigures {
  /** The share of the questions for which one of the memories that bear on it is recalled. */
  readonly found: number;
  /** Recalled memories that do not bear on the question, for each question. */
  readonly falseEach: number;
  /** The share of the questions for which there is one. */
  readonly withFalse: number;
  readonly missed: readonly string[];
}

export interface RecallReport {
  readonly fitting: RecallFigures;
  readonly reserved: RecallFigures;
  readonly unrelated: RecallFigures;
}

export async function measureRecall(embedder: Embedder | null): Promise<RecallReport> {
  using store = temporaryStore();
  let time = 0;
  await using memory = createMemory({ store, embedder, log: silent, now: () => ++time });
  for (const { id, key, value, category, isExchange } of facts) {
    const source = isExchange ? { conversationId: `of ${id}` } : {};
    await memory.memorize({ id, ownerId: null, key, value, category, ...source });
  }
  await memory.pending();
  const { signal } = new AbortController();
  const figures = async (questions: readonly RecallQuestion[]): Promise<RecallFigures> => {
    let found = 0;
    let wrong = 0;
    let withFalse = 0;
    const missed: string[] = [];
    for (const { ask, fits } of questions) {
      const ids = (await memory.recall(ask, 3, { ownerId: null, signal })).map((hit) => hit.memory.id);
      const ill = ids.filter((id) => !fits.includes(id)).length;
      wrong += ill;
      if (ill > 0) withFalse++;
      if (ids.some((id) => fits.includes(id))) found++;
      else if (fits.length > 0) missed.push(ask);
    }
    const each = (count: number) => count / questions.length;
    return { found: each(found), falseEach: each(wrong), withFalse: each(withFalse), missed };
  };
  return {
    fitting: await figures(fitting),
    reserved: await figures(reserved),
    unrelated: await figures(unrelated.map((ask) => ({ ask, fits: [] }))),
  };
}
