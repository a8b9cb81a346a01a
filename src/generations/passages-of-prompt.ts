/**
 * Brings the passages of questions into a prompt, before the question and its files. How many of them the question's own prompt
 * has room for is decided once and stored with the question: later prompts repeat them to the letter, so that caches stay valid.
 */
import { filesShare } from "../chat/attached-files.ts";
import { type PromptTurn, promptBudget } from "../chat/context.ts";
import type { ChatMessage } from "../chat/engine.ts";
import { passagesBeforeQuestion } from "../chat/told-passages.ts";
import type { Store } from "../store/database.ts";
import type { QuotedPassage } from "../store/documents.ts";
import type { ContextReceipt } from "../store/schema.ts";

interface PassagesInput {
  readonly store: Pick<Store, "documents" | "commit">;
  /** Up to and including the question, oldest first, with their files. */
  readonly turns: readonly PromptTurn[];
  readonly systemPrompt: string;
  readonly contextSize: number | null;
  readonly maxTokens: number;
  /** The question's prompt was made before: a resumed answer has the same. */
  readonly wasMade: boolean;
  readonly countTokens: (messages: readonly ChatMessage[]) => Promise<number>;
}

interface PromptWithPassages {
  readonly turns: readonly PromptTurn[];
  /** For the receipt; undefined: the question has none. */
  readonly passages: ContextReceipt["passages"];
}

export async function withPassages(input: PassagesInput): Promise<PromptWithPassages> {
  const { store, turns, wasMade } = input;
  const question = turns.at(-1);
  const asked = turns.filter(({ role }) => role === "user").map(({ id }) => id);
  const byMessage = store.documents.ofMessages(asked);
  if (byMessage.size === 0 || question === undefined) return { turns, passages: undefined };
  const chosen = byMessage.get(question.id) ?? [];
  const told = wasMade || chosen.length === 0 ? chosen : await fitting(input, question, chosen);
  if (told.length < chosen.length)
    await store.commit(() => store.documents.quote(question.id, told.map(chosenOf)));
  return {
    turns: turns.map((turn) => {
      const passages = turn === question ? told : (byMessage.get(turn.id) ?? []);
      return passages.length === 0
        ? turn
        : { ...turn, promptContext: turn.promptContext + passagesBeforeQuestion(passages) };
    }),
    passages:
      told.length === 0
        ? undefined
        : told.map(({ documentId, number, page, score }) => ({ documentId, number, page, score })),
  };
}

const chosenOf = ({ documentId, number, score }: QuotedPassage) => ({ documentId, number, score });

/**
 * As many as have room, the nearest to the question, in the order that they have; one at least, so that a prompt that is too long
 * says so.
 */
async function fitting(
  { systemPrompt, contextSize, maxTokens, countTokens }: PassagesInput,
  question: PromptTurn,
  chosen: readonly QuotedPassage[],
): Promise<readonly QuotedPassage[]> {
  const budget = promptBudget(contextSize, maxTokens);
  if (budget === null) return chosen;
  const nearest = chosen.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1));
  const kept = (count: number) => {
    const near = new Set(nearest.slice(0, count));
    return chosen
      .filter((passage) => near.has(passage))
      .map((passage, at) => ({ ...passage, position: at + 1 }));
  };
  const tokensOf = (count: number) =>
    countTokens([
      { role: "system", content: systemPrompt },
      {
        role: "user",
        content: question.promptContext + passagesBeforeQuestion(kept(count)) + question.content,
      },
    ]);
  const bare = await tokensOf(0);
  const room = Math.min(budget, bare + Math.floor(budget * filesShare));
  let count = chosen.length;
  while (count > 1 && (await tokensOf(count)) > room) count = Math.max(1, Math.floor(count * 0.85));
  return kept(count);
}
