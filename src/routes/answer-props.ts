/** Turns stored rows into what the views are given. */
import type { AnswerProps, TurnProps } from "../../views/props.ts";
import type { Outcome } from "../generations/generation-update.ts";
import type { Generation } from "../store/schema.ts";
import type { ConversationsPort, GenerationsPort } from "./page-ports.ts";

/** An answer as it stands now. */
export function answerNow(generations: GenerationsPort, generation: Generation): AnswerProps {
  return answerProps(generation, generations.textSoFar(generation.id));
}

/** An answer that has just ended: the outcome is newer than the row it began with. */
export function answerAtEnd(
  generations: GenerationsPort,
  generation: Generation,
  outcome: Outcome,
): AnswerProps {
  return answerProps({ ...generation, ...outcome }, generations.textSoFar(generation.id));
}

function answerProps(
  generation: Generation,
  { text, cursor }: { readonly text: string; readonly cursor: number },
): AnswerProps {
  return {
    id: generation.id,
    conversationId: generation.conversationId,
    state: generation.state,
    text,
    cursor,
    model: generation.writers.at(-1)?.model ?? generation.model,
    tokensPerSecond: generation.timings?.decodePerSecond ?? null,
    cut: generation.finishReason === "length",
    error: generation.error,
  };
}

/** Pairs each question of a thread with its answer. */
export function turnsOf(
  thread: ReturnType<ConversationsPort["thread"]>,
  generations: GenerationsPort,
): { question: string; answer: AnswerProps | null }[] {
  const turns: { question: string; answer: AnswerProps | null }[] = [];
  for (const { message, generation } of thread) {
    if (message.role === "user") turns.push({ question: message.content, answer: null });
    const turn = turns.at(-1);
    if (generation !== null && turn !== undefined) turn.answer = answerNow(generations, generation);
  }
  return turns satisfies TurnProps[];
}

export const isUnfinished = ({ state }: { readonly state: Generation["state"] }) =>
  state === "queued" || state === "running";
