/**
 * What a reader of a generation sees. A reader holds a cursor: the number of tokens it has already seen.
 * It knows nothing of engines, of SSE or of HTML.
 */
import type { FinishReason, Timings, Usage } from "../chat/chat-event.ts";
import type { LoggedToken, StoredError, Writer } from "../store/schema.ts";

/** How an answer ended: `done` by the model, `stopped` by the user, or `failed` with its text kept. */
export interface Outcome {
  readonly state: "done" | "stopped" | "failed";
  readonly finishReason: FinishReason | null;
  readonly usage: Usage | null;
  readonly timings: Timings | null;
  readonly error: StoredError | null;
  readonly writers: readonly Writer[];
  /** How many entries the log holds; the end has the cursor `tokenCount + 1`. */
  readonly tokenCount: number;
}

export type GenerationUpdate =
  /**
   * While no token comes, before the first one or in mid-answer: its place in the queue (1 is next; paused: it has yielded its
   * slot to others, and will be resumed), the loading progress of its model (0 to 1, null when unknown), or the share of the
   * prompt that has been read (0 to 1). It has no cursor: it is progress, which a later reader does not need.
   */
  | { readonly type: "waiting"; readonly position: number; readonly paused?: true }
  | { readonly type: "loading"; readonly phase: string | null; readonly progress: number | null }
  | {
      readonly type: "reading";
      readonly progress: number;
      /** Of the prompt: how many were read, and how many of those the cache had; absent: not known yet. */
      readonly tokens?: { readonly processed: number; readonly total: number; readonly cached: number };
    }
  /** Tokens `from` to `from + tokens.length - 1`, already on disk, and the engine and model that wrote all of them. */
  | {
      readonly type: "tokens";
      readonly from: number;
      readonly tokens: readonly LoggedToken[];
      /** null: not known. */
      readonly writer: Writer | null;
    }
  /** Exactly once, last. */
  | { readonly type: "end"; readonly outcome: Outcome };

export type Progress = Extract<GenerationUpdate, { type: "waiting" | "loading" | "reading" }>;

/** The most tokens that a reader gets at once. */
export const mostAtOnce = 128;

/** The engine and model that wrote the token with this index; null: not known. */
export const writerAt = (writers: readonly Writer[], index: number): Writer | null =>
  writers.findLast(({ fromToken }) => fromToken <= index) ?? null;

/** The next update of a reader who has seen so many of these entries. */
export function updateFrom(
  writers: readonly Writer[],
  entries: readonly LoggedToken[],
  from: number,
): Extract<GenerationUpdate, { type: "tokens" }> {
  const tokens = entries.slice(from, endOfBatch(writers, from, entries.length));
  return { type: "tokens", from, tokens, writer: writerAt(writers, from) };
}

/** Where an update that begins with token `from` ends: before `end`, and with the last token of the same writer. */
export function endOfBatch(writers: readonly Writer[], from: number, end: number): number {
  let until = Math.min(end, from + mostAtOnce);
  for (const { fromToken } of writers) if (fromToken > from) until = Math.min(until, fromToken);
  return until;
}
