/**
 * Reads answers, finished or being written: their text, their tokens, and a stream that replays and then follows live.
 * It knows nothing of how an answer is made.
 */
import type { Store } from "../store/database.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { ShutdownRequest } from "./generation-errors.ts";
import { endOfBatch, type GenerationUpdate, type Outcome, writerAt } from "./generation-update.ts";
import type { LiveRun } from "./live-run.ts";
import type { UnsavedOutcomes } from "./unsaved-outcomes.ts";
import { textOf } from "./written-text.ts";

interface AnswerReaderDeps {
  readonly store: Pick<Store, "generations" | "tokenLog">;
  readonly live: ReadonlyMap<string, LiveRun>;
  readonly unsaved: Pick<UnsavedOutcomes, "shown">;
}

export class AnswerReader {
  readonly #deps: AnswerReaderDeps;

  constructor(deps: AnswerReaderDeps) {
    this.#deps = deps;
  }

  get(id: string): Generation | undefined {
    const stored = this.#deps.store.generations.get(id);
    const unsaved = this.#deps.unsaved.shown(id);
    if (stored === undefined || unsaved === undefined) return stored;
    const { tokenCount: _, ...end } = unsaved;
    return { ...stored, ...end };
  }

  /** The answer's text as it is on disk, without the model's reasoning, and how many tokens the log holds of it. */
  textSoFar(id: string): { readonly text: string; readonly cursor: number } {
    const tokens = this.tokens(id, 0);
    return { text: textOf(tokens), cursor: tokens.length };
  }

  /** How many tokens the log holds of it. */
  tokenCount(id: string): number {
    return this.#deps.live.get(id)?.committed.length ?? this.#deps.store.tokenLog.count(id);
  }

  tokens(id: string, from: number): readonly LoggedToken[] {
    const live = this.#deps.live.get(id);
    return live ? live.committed.slice(from) : this.#deps.store.tokenLog.read(id, from);
  }

  /** How a generation ended; null while it is unfinished. */
  outcome(generation: Generation): Outcome | null {
    const { id, state, finishReason, usage, timings, error, writers } = generation;
    if (state === "queued" || state === "running") return null;
    const tokenCount = this.#deps.store.tokenLog.count(id);
    return { state, finishReason, usage, timings, error, writers, tokenCount };
  }

  /**
   * Replays what comes after the first `after` tokens, then follows live; `end` is last, exactly once. An aborted
   * reader just ends. While the server shuts down the iteration throws ShutdownRequest: the reader comes back.
   */
  follow(id: string, after: number, signal: AbortSignal): AsyncGenerator<GenerationUpdate, void, undefined> {
    return this.#deps.live.get(id)?.follow(after, signal) ?? this.#replay(id, after, signal);
  }

  async *#replay(
    id: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationUpdate, void, undefined> {
    const generation = this.get(id);
    if (generation === undefined) return;
    const { tokenLog } = this.#deps.store;
    const { writers } = generation;
    // Before anything is yielded: an answer that is continued meanwhile must not lend this end its cursor.
    const outcome = this.outcome(generation);
    const end = outcome?.tokenCount ?? tokenLog.count(id);
    for (let from = after; from < end; ) {
      if (signal.aborted) return;
      const tokens = tokenLog.read(id, from, endOfBatch(writers, from, end));
      if (tokens.length === 0) throw new ShutdownRequest("The answer was removed while it was read.");
      yield { type: "tokens", from, tokens, writer: writerAt(writers, from) };
      from += tokens.length;
    }
    // Neither live nor ended: its end could not be stored, or the server is going down. The reader comes back.
    if (outcome === null) throw new ShutdownRequest("The answer is resumed when the server starts.");
    if (signal.aborted) return;
    yield { type: "end", outcome };
  }

  /**
   * Waits for an answer's end, as one of its readers.
   * @returns null when the signal was aborted before, or there is no such answer (any more)
   * @throws ShutdownRequest while the server shuts down
   */
  ended(id: string, signal: AbortSignal): Promise<Outcome | null> {
    return outcomeOf(this.follow(id, this.tokenCount(id), signal));
  }
}

/** @returns how an answer's updates end; null when they end without an end */
export async function outcomeOf(updates: AsyncIterable<GenerationUpdate>): Promise<Outcome | null> {
  for await (const update of updates) if (update.type === "end") return update.outcome;
  return null;
}
