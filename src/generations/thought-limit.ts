/** Where a model's thought is ended before it ends by itself. It knows nothing of engines. */
import type { Sampling } from "../chat/engine.ts";
import type { LoggedToken } from "../store/schema.ts";
import { isThinking, startOfRound, thoughtCountOf } from "./written-text.ts";

/** What is logged there: a resumed answer does not think on. */
export const thoughtEnd: LoggedToken = { text: "", ids: [], thoughtOver: true };

/**
 * Whether the thought ends with the last entry, since it has all the tokens that it may have, or since the user wants the answer. It is
 * ended once: a model that thinks on all the same is let.
 */
export function isThoughtAtEnd(
  taken: readonly LoggedToken[],
  { thoughtTokens }: Pick<Sampling, "thoughtTokens">,
  { isToAnswer }: { readonly isToAnswer: boolean },
): boolean {
  if (!isThinking(taken) || (!isToAnswer && thoughtTokens === undefined)) return false;
  const round = taken.slice(startOfRound(taken));
  if (round.some(({ thoughtOver }) => thoughtOver)) return false;
  return isToAnswer || thoughtCountOf(round) >= (thoughtTokens ?? Number.POSITIVE_INFINITY);
}
