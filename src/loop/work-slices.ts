/**
 * Long work in slices: it runs for a few milliseconds, then everything else gets its turn of the event loop. However many
 * works there are, one of them runs in each turn, so that a request waits for one slice and no more. It knows nothing of
 * what the work is.
 */

import { turnQueue } from "./turn-queue.ts";

/** In milliseconds. */
const sliceMs = 5;

/** The work that has waited longest comes first. There is one event loop, and so one queue. */
const nextSlice = turnQueue(1);

/** The slices of one work, which begins in this turn. Its steps ask `isOver` as often as they can, and await `next()` when it is. */
export class WorkSlices {
  #endsAt = performance.now() + sliceMs;

  /** Whether the work has had its time for this turn. */
  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  async next(): Promise<void> {
    await nextSlice();
    this.#endsAt = performance.now() + sliceMs;
  }
}

/**
 * Runs a generator to its end; where it yields it may be interrupted.
 * @param slices of the work that it is a part of
 * @returns everything that it yielded
 */
export async function inSlices<Piece>(
  work: Iterable<Piece>,
  slices: WorkSlices = new WorkSlices(),
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const piece of work) {
    pieces.push(piece);
    if (slices.isOver) await slices.next();
  }
  return pieces;
}

/** Runs a generator to its end; where it yields it may be interrupted. @returns what it returns */
export async function resultInSlices<Result>(
  work: Generator<unknown, Result, undefined>,
  slices: WorkSlices = new WorkSlices(),
): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (slices.isOver) await slices.next();
  }
}
