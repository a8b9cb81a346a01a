/** Conversations, messages and answers as the API tells them. */
import type { Conversation, Generation, Message } from "../store/schema.ts";
import type { Workspace } from "../workspace.ts";
import { usageOf } from "./chat-chunks.ts";

export const conversationFacts = (conversation: Conversation) => ({
  id: conversation.id,
  title: conversation.title,
  folder: conversation.folder === "" ? null : conversation.folder,
  pinned: conversation.pinnedAt !== null,
  archived: conversation.archivedAt !== null,
  forked_from: conversation.forkedFrom,
  created_at: isoTime(conversation.createdAt),
  updated_at: isoTime(conversation.updatedAt),
});

export function messageFacts({ messages, generations }: Workspace, message: Message) {
  const generation = message.role === "user" ? undefined : messages.generationOf(message.id);
  return {
    id: message.id,
    parent_id: message.parentId,
    role: message.role,
    content: generation?.endedAt === null ? generations.textSoFar(generation.id).text : message.content,
    created_at: isoTime(message.createdAt),
    /** The message itself and those beside it, oldest first: other wordings of a question, other answers to it. */
    siblings: messages.siblingIds(message),
    generation: generation === undefined ? null : generationFacts(generation),
  };
}

export const generationFacts = (generation: Generation) => ({
  id: generation.id,
  conversation_id: generation.conversationId,
  message_id: generation.messageId,
  question_id: generation.questionId,
  state: generation.state,
  model: generation.writers.at(-1)?.model ?? generation.model,
  writers: generation.writers.map(({ engine, model, modelHash, fromToken }) => ({
    engine,
    model,
    model_hash: modelHash,
    from_token: fromToken,
  })),
  finish_reason: generation.finishReason,
  error: generation.error,
  usage: usageOf(generation.usage),
  sampling: generation.sampling,
  timings: generation.timings,
  created_at: isoTime(generation.createdAt),
  started_at: generation.startedAt === null ? null : isoTime(generation.startedAt),
  ended_at: generation.endedAt === null ? null : isoTime(generation.endedAt),
});

const isoTime = (time: number) => new Date(time).toISOString();
