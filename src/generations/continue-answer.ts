/**
 * What it takes to go on with an answer that has ended: whether that makes sense, the mark that the log gets, and how
 * the row is put back into the queue. It knows nothing of running answers.
 *
 * The mark keeps cursors true. A reader holds the number of entries that it has seen, and the end counts as one more:
 * after N tokens the end has the cursor N + 1. Were the next token simply appended, it would get that cursor too, and a
 * reader that comes back with it would never be given that token. So the log gets an entry without text in the end's
 * place, and whatever is written after it has a cursor that nobody has seen.
 */
import { InvalidRequestError } from "../errors.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";

/**
 * Whether an answer can be gone on with. One that fills the model's context cannot: the engine that was asked last
 * ended it without a token.
 */
export function canContinue(
  { state, finishReason, writers }: Pick<Generation, "state" | "finishReason" | "writers">,
  tokenCount: number,
): boolean {
  if (state !== "done") return true;
  return finishReason === "length" && writers.at(-1)?.fromToken !== tokenCount;
}

/** @throws InvalidRequestError when it cannot be gone on with */
export function refuseToContinue(generation: Generation, tokenCount: number): void {
  if (canContinue(generation, tokenCount)) return;
  throw new InvalidRequestError(
    generation.finishReason === "length"
      ? "The model cannot hold more of this conversation. Begin a new one to go on."
      : "This answer is complete. Ask a further question instead.",
  );
}

/**
 * The entry that takes the place of the end in the log.
 * @param key of whoever asked for it
 */
export function markOf({ state, endedAt }: Pick<Generation, "state" | "endedAt">, key?: string): LoggedToken {
  const continued = state === "done" ? "length" : state === "stopped" ? "stopped" : "failed";
  const mark = { text: "", ids: [], continued } as const;
  return key === undefined ? mark : { ...mark, asked: { key, endedAt } };
}

/**
 * Whether an answer that has ended was gone on with because of this key. A mark whose end is still the row's was left by a
 * crash before the row was written: then it was not.
 */
export const wasContinuedBy = (
  key: string,
  { endedAt }: Pick<Generation, "endedAt">,
  tokens: readonly LoggedToken[],
): boolean => tokens.some(({ asked }) => asked?.key === key && asked.endedAt !== endedAt);

/** Keys lie between one client and one answer: what is taken elsewhere goes without them. */
export const withoutKeys = (tokens: readonly LoggedToken[]): readonly LoggedToken[] =>
  tokens.map(({ asked: _, ...token }) => token);

/**
 * The row of an answer that goes on.
 * @param tokens the log, the new mark included: an answer that was cut may have as many tokens again as it was first
 * allowed
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
