/**
 * Lets a model tell in short what exchanges said, step by step, so that however long they are it reads no more at once
 * than it can hold. Each step is made of the summary so far and of what follows, and no number gets into it that does not
 * stand there. It knows nothing of storage, or of when a summary is wanted.
 */
import type { Exchange, TurnSummary } from "../chat/context.ts";
import type { ChatMessage, Engine } from "../chat/engine.ts";
import { withoutMadeUpNumbers } from "./made-up-numbers.ts";
import { piecesOf, takeReadable } from "./summary-pieces.ts";

interface SummaryTask {
  readonly engine: Engine;
  readonly conversationId: string;
  /** What is known in short of what came before the exchanges; '' when nothing did. */
  readonly earlier: string;
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Gets the summary after each step that ends with an exchange; the next step waits for it. */
  readonly onSummary: (summary: TurnSummary) => Promise<void>;
  readonly signal: AbortSignal;
}

/** A summary takes an eighth of what the engine holds, and no more than this. */
const contextShare = 1 / 8;
const mostSummaryTokens = 400;
/** The most tokens to read at once: a summary of more would lose too much, and block the engine for too long. */
export const mostReadTokens = 2_048;
const wordsOfToken = 0.6;

/**
 * @returns false when the model had nothing usable to say, or cannot hold enough to be asked
 * @throws what the engine throws; signal.reason when aborted
 */
export async function writeSummary(task: SummaryTask): Promise<boolean> {
  const { engine, onSummary, signal } = task;
  const { contextSize, model } = engine.status();
  const size = contextSize ?? Number.POSITIVE_INFINITY;
  const maxTokens = Math.min(mostSummaryTokens, Math.floor(size * contextShare));
  const readTokens = Math.min(mostReadTokens, size - 2 - maxTokens);
  let content = task.earlier;
  let rest = piecesOf(task.exchanges);
  while (rest.length > 0) {
    const fits = async (texts: readonly string[]) =>
      (await engine.countTokens(requestFor(content, texts, maxTokens), signal)) <= readTokens;
    const step = await takeReadable(rest, fits);
    if (step === null) return false;
    const texts = step.taken.map(({ text }) => text);
    const written = await answerOf(task, requestFor(content, texts, maxTokens), maxTokens);
    content = withoutMadeUpNumbers(written, [content, ...texts].join("\n\n"));
    if (content === "") return false;
    rest = step.rest;
    const messageId = step.taken.at(-1)?.endsWith ?? null;
    if (messageId !== null) await onSummary({ messageId, content, model: model ?? engine.name });
  }
  return true;
}

function requestFor(earlier: string, texts: readonly string[], maxTokens: number): readonly ChatMessage[] {
  const rules = [
    "You keep the memory of a conversation: what you do not write down is forgotten.",
    "Write one summary of all that you are given, in plain sentences, in the language of the conversation.",
    `Use at most ${Math.floor(maxTokens * wordsOfToken)} words.`,
    "Keep what the user wants, has, decided and asked, what was answered, names, and every figure that may matter later.",
    "Copy each number to the letter, with its sign and unit, and say what it is of. Never round, convert, add up, count or estimate; write no number that is not there.",
    "Write the summary and nothing else.",
  ];
  const before = earlier === "" ? [] : ["Summary of what was said before:", earlier, "What was said then:"];
  return [
    { role: "system", content: rules.join(" ") },
    { role: "user", content: [...before, ...texts, "Write the summary of all of this."].join("\n\n") },
  ];
}

async function answerOf(
  { engine, conversationId, signal }: SummaryTask,
  messages: readonly ChatMessage[],
  maxTokens: number,
): Promise<string> {
  const sampling = { temperature: 0.3, topP: 0.9, maxTokens, seed: 1, stop: [], topLogprobs: null };
  let text = "";
  let isCut = false;
  const request = { generationId: `summary:${conversationId}`, conversationId, messages, sampling };
  for await (const event of engine.generate(request, signal)) {
    if (event.type === "token") text += event.text;
    if (event.type === "finish") isCut = event.reason === "length";
  }
  return isCut ? withoutLastSentence(text) : text;
}

/** Where it was cut a number may have been cut too. */
function withoutLastSentence(text: string): string {
  const sentences = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)];
  return text.slice(0, sentences.at(-1)?.index ?? 0);
}
