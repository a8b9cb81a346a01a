/** The tokens of an answer's log combined: the shown text, its length, and the state from which an engine continues. */
import type { Usage } from "../chat/chat-event.ts";
import type { Continuation } from "../chat/engine.ts";
import type { Generation, LoggedToken, Writer } from "../store/schema.ts";

/** The answer itself, without the model's reasoning. */
export const textOf = (tokens: readonly LoggedToken[]) =>
  tokens.map((token) => (token.reasoning ? "" : token.text)).join("");

/** What the model thought before and between. */
export const thoughtOf = (tokens: readonly LoggedToken[]) =>
  tokens.map((token) => (token.reasoning ? token.text : "")).join("");

/** Whether its last part is a thought, which nobody has ended. */
export const isThinking = (tokens: readonly LoggedToken[]) => tokens.at(-1)?.reasoning === true;

/** How many tokens of it are a thought. */
export const thoughtCountOf = (tokens: readonly LoggedToken[]) =>
  tokens.reduce((sum, { reasoning, ids }) => sum + (reasoning ? Math.max(1, ids.length) : 0), 0);

/** The number of the models' tokens: an entry may have several; a marker, a call or its pieces, facts, a card and an echo have none. */
export const countOf = (tokens: readonly LoggedToken[]) =>
  tokens.reduce((sum, entry) => sum + (isOfModel(entry) ? Math.max(1, entry.ids.length) : 0), 0);

/** Whether it is a model's token. */
const isOfModel = ({
  continued,
  thoughtOver,
  toolPiece,
  toolCall,
  toolUse,
  toolStep,
  toolResult,
  facts,
  card,
  echoed,
}: LoggedToken): boolean =>
  !(continued || thoughtOver || toolPiece || toolCall || toolUse || toolStep || toolResult || facts) &&
  !(card || echoed);

/** For an answer that its engine did not finish. */
export const usageSoFar = (
  { receipt }: Pick<Generation, "receipt">,
  tokens: readonly LoggedToken[],
): Usage => ({
  promptTokens: receipt?.promptTokens ?? 0,
  cachedTokens: 0,
  completionTokens: countOf(tokens),
});

/** The ids are useful only when one model wrote all of the text, and reported the ids of every token. */
export function continuationOf(
  tokens: readonly LoggedToken[],
  writers: readonly Writer[],
): Continuation | null {
  // What was written before a tool ran is in the prompt; a call that was begun is written again.
  const start = startOfRound(tokens);
  // The program's own words begin an answer, or part its rounds.
  const written = tokens
    .slice(start)
    .filter(
      ({ continued, thoughtOver, toolPiece, echoed, card }) =>
        !continued && !thoughtOver && !toolPiece && !echoed && !(card && start > 0),
    );
  if (written.length === 0) return null;
  const text = textOf(written);
  const isThoughtOver = tokens.slice(start).some(({ thoughtOver }) => thoughtOver);
  const hashes = new Set(
    writers.filter(({ fromToken }) => fromToken < tokens.length).map((writer) => writer.modelHash),
  );
  const [modelHash] = hashes;
  const spoken = written.filter(({ reasoning }) => !reasoning);
  const known = { text, ...thoughtBefore(written), ...(isThoughtOver ? { isThoughtOver } : {}) };
  const idsKnown = spoken.every(({ ids }) => ids.length > 0);
  if (hashes.size !== 1 || typeof modelHash !== "string" || !idsKnown) return known;
  return { ...known, tokens: { modelHash, ids: spoken.flatMap(({ ids }) => ids) } };
}

/** No model thinks again after it has begun to speak: such a thought came of an answer that was begun anew. */
function thoughtBefore(tokens: readonly LoggedToken[]): Pick<Continuation, "thought"> {
  const firstSpoken = tokens.findIndex(({ reasoning }) => !reasoning);
  const lastThought = tokens.findLastIndex(({ reasoning }) => reasoning);
  const isFirst = lastThought >= 0 && (firstSpoken === -1 || lastThought < firstSpoken);
  if (!isFirst) return {};
  return { thought: tokens.filter(({ reasoning }) => reasoning).map(({ text, ids }) => ({ text, ids })) };
}

/** Where in the log the text of the current round begins; 0: no tool has been called. */
export function startOfRound(taken: readonly LoggedToken[]): number {
  const last = taken.findLastIndex(({ toolResult }) => toolResult !== undefined);
  return last + 1;
}
