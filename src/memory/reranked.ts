/**
 * Puts what was found for a question into the order that a ranking model gives it, where one is here and answers in time. Such a model
 * reads question and text together, which says more of the order than two vectors do. What is found at all is decided before: how
 * high a score must be differs from model to model.
 */
import type { RankerLookup } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import { inTime } from "./in-time.ts";

interface RerankDeps {
  /** null, or left out: none is here. */
  readonly ranker?: RankerLookup | undefined;
  readonly log: Log;
}

/** How long a question waits for its ranking, in milliseconds. */
const deadlineMs = 3_000;
/** So many times as many are found as are wanted, so that the ranking model has a choice. */
const choice = 3;

/**
 * @param find finds so many at most, the best first
 * @returns at most `limit`, the best first: as they were found where nothing ranks them
 * @throws `signal.reason`, and what `find` throws
 */
export async function reranked<Found>(
  question: string,
  limit: number,
  { ranker: rankerHere, log }: RerankDeps,
  find: (limit: number) => Promise<readonly Found[]>,
  textOf: (found: Found) => string,
  signal: AbortSignal,
): Promise<Found[]> {
  const ranker = limit > 0 ? (rankerHere?.() ?? null) : null;
  const found = await find(ranker === null ? limit : limit * choice);
  if (ranker === null || found.length < 2) return found.slice(0, limit);
  try {
    const ranks = await inTime(
      (cut) => ranker.rank(question, found.map(textOf), cut),
      deadlineMs,
      () => new Error(`The ranking model did not answer within ${deadlineMs} ms.`),
      signal,
    );
    return found
      .map((each, index) => ({ each, score: ranks[index]?.score ?? 0 }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ each }) => each);
  } catch (error) {
    signal.throwIfAborted();
    log.warn("not_ranked", { model: ranker.model, error });
    return found.slice(0, limit);
  }
}
