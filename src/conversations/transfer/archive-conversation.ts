/** The rows of a stored conversation in the form that an archive has of them, and back. */
import { withoutKeys } from "../../generations/continue-answer.ts";
import type { ChosenPassage } from "../../store/documents.ts";
import type { AttachedFile } from "../../store/files.ts";
import type { Conversation, Generation, LoggedToken, Message, Rating } from "../../store/schema.ts";
import type { ConversationToStore } from "../../store/whole-conversations.ts";
import type { ArchiveConversation, ArchiveGeneration, ArchiveMessage } from "./archive-format.ts";

/**
 * @param there the ids of the messages that the archive has: what was deleted, and what follows it, is left out
 * @param documents the ids of those that it is asked about
 */
export function archiveHeadOf(
  {
    deletedAt: _,
    ownerId: __,
    origin: ___,
    seenAt: ____,
    instructions,
    settings,
    projectId,
    ...row
  }: Conversation,
  there: ReadonlySet<string>,
  documents: readonly string[] = [],
): Omit<ArchiveConversation, "messages" | "generations"> {
  return {
    ...row,
    ...(instructions === "" ? {} : { instructions }),
    ...(settings === null ? {} : { settings }),
    ...(projectId === null ? {} : { projectId }),
    ...(documents.length === 0 ? {} : { documents }),
    leafId: row.leafId !== null && there.has(row.leafId) ? row.leafId : null,
  };
}

export function archiveMessageOf(
  { conversationId: _, deletedAt: __, ...message }: Message,
  files: readonly AttachedFile[],
  rating: Rating | null = null,
  passages: readonly ChosenPassage[] = [],
): ArchiveMessage {
  const named = files.map(({ name, kind, mediaType, size }) => ({ name, kind, mediaType, size }));
  return {
    ...message,
    ...(named.length === 0 ? {} : { files: named }),
    ...(rating === null ? {} : { rating }),
    ...(passages.length === 0
      ? {}
      : { passages: passages.map(({ documentId, number, score }) => ({ documentId, number, score })) }),
  };
}

export function archiveGenerationOf({
  conversationId: _,
  idempotencyKey: __,
  request: ___,
  namesModel: ____,
  mayWait: ______,
  ...generation
}: Generation): Omit<ArchiveGeneration, "tokens"> {
  return generation;
}

export const archiveTokensOf = (tokens: readonly LoggedToken[]): readonly LoggedToken[] =>
  withoutKeys(tokens).map(withFiniteLogprob);

/** Its rows are made while they are stored. @param ownerId its new owner */
export function wholeConversationOf(
  {
    messages,
    generations,
    documents = [],
    instructions = "",
    settings,
    projectId = null,
    ...row
  }: ArchiveConversation,
  ownerId: string | null,
): ConversationToStore {
  const conversationId = row.id;
  return {
    conversation: {
      ...row,
      ...{ instructions, settings: settings ?? null, projectId },
      ...{ ownerId, origin: "chat", deletedAt: null, seenAt: null },
    } satisfies Conversation,
    messages: messages
      .values()
      .map(
        ({ files: _, rating: __, passages: ___, ...message }) =>
          ({ ...message, conversationId, deletedAt: null }) satisfies Message,
      ),
    documents,
    passages: messages
      .values()
      .flatMap(({ id: messageId, passages }) => (passages === undefined ? [] : [{ messageId, passages }])),
    ratings: messages
      .values()
      .flatMap(({ id: messageId, rating }) => (rating === undefined ? [] : [{ messageId, rating }])),
    generations: generations.values().map(({ tokens, ...generation }) => ({
      ...({ ...generation, conversationId, idempotencyKey: null, request: null } satisfies Generation),
      tokens,
    })),
  };
}

/** A token that its model considered impossible has -Infinity, which JSON turns into null. */
function withFiniteLogprob(token: LoggedToken): LoggedToken {
  if (!("logprob" in token) || typeof token.logprob === "number") return token;
  const { logprob: _, ...rest } = token;
  return rest;
}
