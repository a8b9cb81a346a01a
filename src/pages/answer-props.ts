/** Turns stored rows into what the views are given. */
import type { AnswerProps, QuestionProps, TurnProps } from "../../views/props.ts";
import { canContinue } from "../generations/continue-answer.ts";
import type { Outcome } from "../generations/generation-update.ts";
import type { Generation } from "../store/schema.ts";
import type { ConversationsPort, GenerationsPort } from "./page-ports.ts";

type ThreadEntry = ReturnType<ConversationsPort["thread"]>[number];

/** An answer as it stands now. */
export function answerNow(
  generations: GenerationsPort,
  generation: Generation,
  siblings: readonly string[],
): AnswerProps {
  return answerProps(generation, generations.textSoFar(generation.id), siblings);
}

/** An answer that has just ended: the outcome is newer than the row it began with. */
export function answerAtEnd(
  generations: GenerationsPort,
  generation: Generation,
  outcome: Outcome,
  siblings: readonly string[],
): AnswerProps {
  const endedAt = generations.get(generation.id)?.endedAt ?? null;
  return answerProps({ ...generation, ...outcome, endedAt }, generations.textSoFar(generation.id), siblings);
}

/**
 * An answer out of a thread. The text of one that has ended stands in its message: its log, which is many times as
 * long, is not read, and is counted only where the count says something.
 */
function answerInThread(
  generations: GenerationsPort,
  { message, siblings }: ThreadEntry,
  generation: Generation,
): AnswerProps {
  if (isUnfinished(generation)) return answerNow(generations, generation, siblings);
  const isPlain = generation.state === "done" && generation.finishReason !== "length";
  const countMatters = !isPlain || generation.writers.length > 1;
  const cursor = countMatters ? generations.tokenCount(generation.id) : Number.MAX_SAFE_INTEGER;
  return answerProps(generation, { text: message.content, cursor }, siblings);
}

function answerProps(
  generation: Generation,
  { text, cursor }: { readonly text: string; readonly cursor: number },
  siblings: readonly string[],
): AnswerProps {
  return {
    id: generation.id,
    conversationId: generation.conversationId,
    messageId: generation.messageId,
    siblings,
    state: generation.state,
    text,
    cursor,
    writers: shownWriters(generation, cursor),
    tokensPerSecond: generation.timings?.decodePerSecond ?? null,
    cut: generation.finishReason === "length",
    canContinue: text !== "" && canContinue(generation, cursor),
    error: generation.error,
    endedAt: generation.endedAt,
  };
}

/**
 * Who wrote something, each change once; the engine's name is needed only where there was more than one.
 * @param tokenCount how many entries the log has
 */
function shownWriters({ writers, model }: Generation, tokenCount: number): readonly string[] {
  const wrote = writers.filter(
    ({ fromToken }, index) => fromToken < (writers[index + 1]?.fromToken ?? tokenCount),
  );
  const engines = new Set(wrote.map(({ engine }) => engine));
  const names = wrote.map((writer) =>
    engines.size > 1 ? `${writer.model} (${writer.engine})` : writer.model,
  );
  const changes = names.filter((name, index) => name !== names[index - 1]);
  return changes.length > 0 ? changes : [writers.at(-1)?.model ?? model];
}

/** Pairs each question of a thread with its answer. */
export function turnsOf(
  thread: readonly ThreadEntry[],
  generations: GenerationsPort,
): { question: QuestionProps; answer: AnswerProps | null }[] {
  const turns: { question: QuestionProps; answer: AnswerProps | null }[] = [];
  for (const entry of thread) {
    const { message, generation, siblings } = entry;
    if (message.role === "user")
      turns.push({ question: { id: message.id, text: message.content, siblings }, answer: null });
    const turn = turns.at(-1);
    if (generation !== null && turn !== undefined)
      turn.answer = answerInThread(generations, entry, generation);
  }
  return turns satisfies TurnProps[];
}

export const isUnfinished = ({ state }: { readonly state: Generation["state"] }) =>
  state === "queued" || state === "running";
