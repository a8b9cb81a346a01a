/**
 * Continues an answer that has ended: whether that makes sense, the continuation marker for the log, and the row's way back
 * into the queue. It knows nothing of running answers.
 *
 * The marker keeps cursors true. A reader has the number of entries that it has seen, and the end counts as one more: after N
 * tokens the end has the cursor N + 1. Without a marker the next token would get that cursor too, and a reader that comes back
 * with it would never get that token. So the log gets an entry without text in the end's place, and all later entries have
 * cursors that nobody has seen.
 */
import { InvalidRequestError } from "../errors.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { say } from "../texts/say.ts";

/**
 * Whether an answer can be continued. One that fills the model's context cannot: the last engine ended it without a token.
 */
export function canContinue(
  { state, finishReason, writers }: Pick<Generation, "state" | "finishReason" | "writers">,
  tokenCount: number,
): boolean {
  if (state !== "done") return true;
  return finishReason === "length" && writers.at(-1)?.fromToken !== tokenCount;
}

/** @throws InvalidRequestError when it cannot be continued */
export function refuseToContinue(generation: Generation, tokenCount: number): void {
  if (canContinue(generation, tokenCount)) return;
  throw new InvalidRequestError(
    generation.finishReason === "length"
      ? say`The model cannot hold more of this conversation. Begin a new one to go on.`
      : say`This answer is complete. Ask a further question instead.`,
  );
}

/**
 * The entry that takes the place of the end in the log.
 * @param key the client's Idempotency-Key
 */
export function markOf({ state, endedAt }: Pick<Generation, "state" | "endedAt">, key?: string): LoggedToken {
  const continued = state === "done" ? "length" : state === "stopped" ? "stopped" : "failed";
  const mark = { text: "", ids: [], continued } as const;
  return key === undefined ? mark : { ...mark, asked: { key, endedAt } };
}

/**
 * Whether this key has continued an answer that has ended. A marker whose end is still the row's comes from a crash before the
 * row was written: then it has not.
 */
export const wasContinuedBy = (
  key: string,
  { endedAt }: Pick<Generation, "endedAt">,
  tokens: readonly LoggedToken[],
): boolean => tokens.some(({ asked }) => asked?.key === key && asked.endedAt !== endedAt);

/** Keys are between one client and one answer: copies and exports go without them. */
export const withoutKeys = (tokens: readonly LoggedToken[]): readonly LoggedToken[] =>
  tokens.map(({ asked: _, ...token }) => token);

/**
 * The row of an answer that is continued.
 * @param tokens the log, with the new marker: an answer that was cut gets the same number of further tokens
 */
export function queuedAgain(
  { sampling }: Pick<Generation, "sampling">,
  tokens: readonly LoggedToken[],
): Pick<
  Generation,
  "state" | "sampling" | "finishReason" | "usage" | "timings" | "error" | "crashes" | "endedAt"
> {
  const raises = tokens.filter(({ continued }) => continued === "length").length;
  const wasRaisedNow = tokens.at(-1)?.continued === "length";
  const maxTokens = wasRaisedNow
    ? sampling.maxTokens + Math.ceil(sampling.maxTokens / raises)
    : sampling.maxTokens;
  return {
    state: "queued",
    sampling: { ...sampling, maxTokens },
    finishReason: null,
    usage: null,
    timings: null,
    error: null,
    crashes: 0,
    endedAt: null,
  };
}

/** The cursor from which on a reader lacks what the last continuation wrote; 0 when there was none. */
export const continuedFrom = (tokens: readonly LoggedToken[]) =>
  tokens.findLastIndex(({ continued }) => continued !== undefined) + 1;
