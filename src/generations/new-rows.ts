/** The rows with which an answer begins. */
import type { Generation, Message } from "../store/schema.ts";

const titleLength = 60;

export function newGeneration(
  row: Pick<
    Generation,
    "conversationId" | "questionId" | "model" | "sampling" | "memoryContext" | "idempotencyKey" | "createdAt"
  > &
    Partial<Pick<Generation, "receipt" | "request">>,
): Generation {
  return {
    id: Bun.randomUUIDv7(),
    messageId: Bun.randomUUIDv7(),
    state: "queued",
    request: null,
    receipt: null,
    writers: [],
    finishReason: null,
    usage: null,
    timings: null,
    error: null,
    crashes: 0,
    startedAt: null,
    endedAt: null,
    ...row,
  };
}

/** The message that holds the answer; empty until it has ended. */
export const answerMessage = ({ messageId, conversationId, questionId, createdAt }: Generation): Message => ({
  id: messageId,
  conversationId,
  parentId: questionId,
  role: "assistant",
  content: "",
  promptContext: "",
  createdAt,
  deletedAt: null,
});

export function titleFrom(message: string): string {
  const line = message.replaceAll(/\s+/g, " ").trim();
  return line.length <= titleLength ? line : `${line.slice(0, titleLength - 1).trimEnd()}…`;
}
