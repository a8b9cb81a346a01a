/** The rows with which an answer begins. */
import type { ApiRequest } from "../chat/api-request.ts";
import type { ContextReceipt, Generation, Message } from "../store/schema.ts";

const titleLength = 60;

export function newGeneration(
  row: Pick<
    Generation,
    "conversationId" | "questionId" | "model" | "sampling" | "memoryContext" | "idempotencyKey" | "createdAt"
  > &
    Partial<Pick<Generation, "id" | "namesModel" | "mayWait" | "receipt" | "request" | "writers">>,
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

/** Of a prompt that is not made yet, whose beginning is given. */
export const receiptWith = (systemPrompt: string, project?: ContextReceipt["project"]): ContextReceipt => ({
  systemPrompt,
  ...(project === undefined ? {} : { project }),
  messageIds: [],
  droppedMessageIds: [],
  memories: [],
  promptTokens: null,
  budgetTokens: null,
});

/** The beginning that was given for a prompt that is not made yet; null: the owner's instructions apply. */
export function givenPrompt({ receipt }: Pick<Generation, "receipt">): string | null {
  return receipt === null || isMade(receipt) ? null : receipt.systemPrompt;
}

/** Whether a prompt was made, or what it recalls is known. */
export const isMade = ({ promptTokens, memories }: ContextReceipt) =>
  promptTokens !== null || memories.length > 0;

/** What was said before, as far as a conversation has it: a kept request of /v1 can be continued in the chat. */
export function earlierMessages(
  request: ApiRequest | undefined,
  conversationId: string,
  createdAt: number,
): readonly Message[] {
  const earlier: Message[] = [];
  const messages = request?.messages ?? [];
  // The question stands for itself, also where calls and their results follow it.
  const question = messages.findLastIndex(({ role }) => role === "user");
  for (const { role, content } of messages.slice(0, question)) {
    if ((role !== "user" && role !== "assistant") || content === "") continue;
    earlier.push({
      id: Bun.randomUUIDv7(),
      conversationId,
      parentId: earlier.at(-1)?.id ?? null,
      role,
      content,
      promptContext: "",
      createdAt,
      deletedAt: null,
    });
  }
  return earlier;
}

export function titleFrom(message: string): string {
  const line = message.replaceAll(/\s+/g, " ").trim();
  return line.length <= titleLength ? line : `${line.slice(0, titleLength - 1).trimEnd()}…`;
}
