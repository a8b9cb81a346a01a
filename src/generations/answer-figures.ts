/**
 * The figures of one answer, each with how it is known. Sources are the user's own words up to the question, what they noted
 * themselves and was recalled for it, and the facts that were logged before a figure. Never a source: what a model wrote, in
 * this answer or an earlier one, in a summary, or in a memory of an exchange. It knows nothing of HTTP or of HTML.
 */
import { classifyFigures, type Figure } from "../finance/numbers/classify-figures.ts";
import type { Store } from "../store/database.ts";
import type { PlacedFact } from "../store/facts.ts";
import type { Generation } from "../store/schema.ts";

type FigureDeps = Pick<Store, "facts" | "memories" | "messages" | "tokenLog">;

export interface AnswerFigures {
  /** In the order of the log. */
  readonly facts: readonly PlacedFact[];
  /** How much of the text, from its beginning, is the card of the desk; 0: it has none. In UTF-16 units. */
  readonly cardLength: number;
  /**
   * @param text all of the answer, or whole blocks of it
   * @param options `from`: where it begins in the answer; `isWhole`: nothing can follow that belongs to it
   * @returns the figures in order, with offsets in `text`
   */
  figuresIn(text: string, options: { readonly from: number; readonly isWhole: boolean }): readonly Figure[];
}

/** How far back the user's words are a source, in messages of either side. */
const longestPath = 400;

/** @param generation one of a chat: what a client of /v1 asks for is not classified */
export function answerFigures(
  { facts, memories, messages, tokenLog }: FigureDeps,
  { id, questionId, receipt, writers }: Pick<Generation, "id" | "questionId" | "receipt" | "writers">,
): AnswerFigures {
  const placed = facts.ofGeneration(id);
  const said = messages
    .ancestors(questionId, longestPath)
    .filter(({ role }) => role === "user")
    .map(({ id, content }) => ({ where: id, text: content }));
  const noted = (receipt?.memories ?? []).flatMap(({ id, key, value }) => {
    const memory = memories.get(id);
    const isOwnNote = memory !== undefined && memory.messageId === null && memory.conversationId === null;
    return isOwnNote && value !== undefined ? [{ where: "", text: `${key}: ${value}` }] : [];
  });
  const quotes = [...noted, ...said];
  const [desk, next] = writers;
  const card = desk?.engine === "desk" ? tokenLog.read(id, 0, next?.fromToken) : [];
  return {
    facts: placed,
    cardLength: card.reduce((length, { card, text }) => length + (card ? text.length : 0), 0),
    figuresIn: (text, { from, isWhole }) =>
      classifyFigures(
        text,
        { facts: placed.map(({ fact, textOffset }) => ({ fact, at: textOffset - from })), quotes },
        { isWhole },
      ),
  };
}
