/** Makes a memory of a finished exchange, so that later conversations can draw on it. */
import { withoutMarkup } from "../generations/without-markup.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import type { AssistantMemory } from "./memory.ts";
import type { NewMemory } from "./stored-memories.ts";

interface Exchange {
  /** Whose conversation it is. */
  readonly ownerId: OwnerId;
  readonly conversationId: string;
  /** The answer's message: what is remembered of it goes with it. */
  readonly messageId: string;
  readonly question: string;
  readonly answer: string;
}

const exchangeCategory = "conversation";

const keyLength = 80;
const questionLength = 400;
const answerLength = 800;

/** @returns the memory; null when its owner wants none, or the question or the answer is empty */
export async function rememberExchange(
  memory: Pick<AssistantMemory, "memorize" | "remembersExchanges">,
  { ownerId, conversationId, messageId, question, answer }: Exchange,
): Promise<Memory | null> {
  if (!memory.remembersExchanges(ownerId)) return null;
  const exchange = exchangeOf({ conversationId, messageId, question, answer });
  return exchange === null ? null : memory.memorize({ ...exchange, ownerId, source: "exchange" });
}

/** @returns null when the question or the answer is empty */
export function exchangeOf({
  conversationId,
  messageId,
  question,
  answer,
}: Omit<Exchange, "ownerId">): Omit<NewMemory, "ownerId"> | null {
  const asked = shortened(question, questionLength);
  const answered = shortened(withoutMarkup(answer), answerLength);
  if (asked === "" || answered === "") return null;
  return {
    key: shortened(question, keyLength),
    value: `Question: ${asked}\nAnswer: ${answered}`,
    category: exchangeCategory,
    kind: "exchange",
    conversationId,
    messageId,
  };
}

/**
 * On one line, cut at a word where there is one near the end, never inside a character that people see as one.
 * @param length at most, in UTF-16 units, the ellipsis included
 */
export function shortened(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line.length <= length) return line;
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (cut.length + segment.length > length - 1) break;
    cut += segment;
  }
  const lastBlank = cut.lastIndexOf(" ");
  return `${(lastBlank > length / 2 ? cut.slice(0, lastBlank) : cut).trimEnd()}…`;
}
