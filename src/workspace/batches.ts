/**
 * Several questions at once, each a conversation of its own. What belongs together follows from the keys with which they were
 * asked, so that a batch is there as long as its answers are: after a reload, and after a crash. It knows nothing of HTTP.
 */
import { AppError, NotFoundError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import type { RetryOptions } from "../generations/store-question.ts";
import type { Generation, Message } from "../store/schema.ts";
import { say } from "../texts/say.ts";

export type BatchesOfOwner = ReturnType<typeof batchesOf>;

/** A question of a batch with its newest answer. */
export interface BatchEntry {
  readonly question: Message;
  readonly answer: Message;
  readonly generation: Generation;
}

interface OwnerParts {
  /** Theirs, by their keys from one to another, in the order of the keys. */
  readonly withKeys: (from: string, to: string) => readonly Generation[];
  readonly conversations: { readonly get: (id: string) => object | undefined };
  readonly messages: {
    readonly get: (id: string) => Message | undefined;
    readonly isThere: (id: string) => boolean;
    readonly siblingIds: (message: Message) => readonly string[];
    readonly generationOf: (id: string) => Generation | undefined;
  };
  readonly generations: {
    readonly ask: (question: Question) => Promise<Generation>;
    readonly retry: (id: string, options: RetryOptions) => Promise<Generation>;
    readonly stop: (id: string) => boolean;
  };
}

/** The most questions of a batch. */
export const mostTogether = 20;
const mostListed = 20;
/** What is asked is part of it: a form from the browser's history sends its old id with other questions. */
const keyOf = (id: string, number: number, text: string) =>
  `batch:${id}:${String(number).padStart(2, "0")}:${Bun.hash(text).toString(36)}`;

export function batchesOf(parts: OwnerParts) {
  const { conversations, messages, generations, withKeys } = parts;
  const entryOf = ({ questionId, messageId, conversationId }: Generation): BatchEntry[] => {
    const question = messages.get(questionId);
    const first = messages.get(messageId);
    const isThere = conversations.get(conversationId) !== undefined && messages.isThere(questionId);
    if (!isThere || question === undefined || first === undefined) return [];
    const answer = messages.get(messages.siblingIds(first).at(-1) ?? "");
    const generation = answer === undefined ? undefined : messages.generationOf(answer.id);
    return answer === undefined || generation === undefined ? [] : [{ question, answer, generation }];
  };
  /** Without those whose conversation was deleted. @throws NotFoundError */
  const get = (id: string): readonly BatchEntry[] => {
    const asked = withKeys(`batch:${id}:`, `batch:${id};`);
    if (asked.length > 0) return asked.flatMap(entryOf);
    throw new NotFoundError(say`There is no such batch. Its answers may have been deleted.`);
  };
  return {
    get,
    /**
     * Asks in the order of the questions, each once however often it is sent.
     * @param from how many questions the batch has already
     * @returns how many were asked, and why the next one was not
     */
    async ask(
      id: string,
      questions: readonly Question[],
      from = 0,
    ): Promise<{ readonly asked: number; readonly problem: AppError | null }> {
      for (const [index, question] of questions.entries())
        try {
          await generations.ask({ ...question, idempotencyKey: keyOf(id, from + index, question.message) });
        } catch (error) {
          if (error instanceof AppError) return { asked: index, problem: error };
          throw error;
        }
      return { asked: questions.length, problem: null };
    },
    /** The newest first, each with its first question. */
    recent(): readonly { readonly id: string; readonly first: Generation; readonly count: number }[] {
      const byBatch = new Map<string, Generation[]>();
      for (const generation of withKeys("batch:", "batch;")) {
        const id = /batch:([^:]+):\d+:\w+$/.exec(generation.idempotencyKey ?? "")?.[1];
        if (id !== undefined) byBatch.set(id, [...(byBatch.get(id) ?? []), generation]);
      }
      return [...byBatch]
        .flatMap(([id, [first, ...rest]]) =>
          first === undefined ? [] : [{ id, first, count: rest.length + 1 }],
        )
        .toSorted((a, b) => b.first.createdAt - a.first.createdAt)
        .slice(0, mostListed);
    },
    /** Stops what is being written or waits. @throws NotFoundError */
    stop(id: string): void {
      for (const { generation } of get(id)) generations.stop(generation.id);
    },
    /** Asks again what was stopped or has failed. @throws NotFoundError, or what asking throws */
    async askRest(id: string): Promise<void> {
      for (const { generation } of get(id))
        if (generation.state === "failed" || generation.state === "stopped")
          await generations.retry(generation.id, { idempotencyKey: `page:batch:${generation.id}` });
    },
  };
}
