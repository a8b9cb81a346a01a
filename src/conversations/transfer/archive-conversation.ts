/** A stored conversation in the form that an archive has of it, and back. */
import { withoutKeys } from "../../generations/continue-answer.ts";
import type { Conversation, Generation, LoggedToken, Message } from "../../store/schema.ts";
import type { WholeConversation } from "../../store/whole-conversations.ts";
import type { ArchiveConversation, ArchiveGeneration, ArchiveMessage } from "./archive-format.ts";

/** What was deleted, and what follows it, is left out. */
export function archiveConversationOf({
  conversation,
  messages,
  generations,
}: WholeConversation): ArchiveConversation {
  const { deletedAt: _, ownerId: __, origin: ___, ...row } = conversation;
  const there = thoseThere(messages);
  return {
    ...row,
    leafId: row.leafId !== null && there.has(row.leafId) ? row.leafId : null,
    messages: messages.filter(({ id }) => there.has(id)).map(archiveMessageOf),
    generations: generations.filter(({ messageId }) => there.has(messageId)).map(archiveGenerationOf),
  };
}

/** @param ownerId its new owner */
export function wholeConversationOf(
  archived: ArchiveConversation,
  ownerId: string | null,
): WholeConversation {
  const { messages, generations, ...row } = archived;
  const conversationId = row.id;
  return {
    conversation: { ...row, ownerId, origin: "chat", deletedAt: null } satisfies Conversation,
    messages: messages.map((message) => ({ ...message, conversationId, deletedAt: null }) satisfies Message),
    generations: generations.map(({ tokens, ...generation }) => ({
      ...({ ...generation, conversationId, idempotencyKey: null, request: null } satisfies Generation),
      tokens,
    })),
  };
}

/** The ids of the messages that can be reached from a root without passing a deleted one. */
function thoseThere(messages: readonly Message[]): ReadonlySet<string> {
  const children = Map.groupBy(messages, ({ parentId }) => parentId);
  const there = new Set<string>();
  const next: (string | null)[] = [null];
  for (let above = next.pop(); above !== undefined; above = next.pop())
    for (const { id, deletedAt } of children.get(above) ?? [])
      if (deletedAt === null) {
        there.add(id);
        next.push(id);
      }
  return there;
}

function archiveMessageOf({ conversationId: _, deletedAt: __, ...message }: Message): ArchiveMessage {
  return message;
}

function archiveGenerationOf({
  conversationId: _,
  idempotencyKey: __,
  request: ___,
  tokens,
  ...generation
}: WholeConversation["generations"][number]): ArchiveGeneration {
  return { ...generation, tokens: withoutKeys(tokens).map(withFiniteLogprob) };
}

/** A token that its model considered impossible has -Infinity, which JSON turns into null. */
function withFiniteLogprob(token: LoggedToken): LoggedToken {
  if (!("logprob" in token) || typeof token.logprob === "number") return token;
  const { logprob: _, ...rest } = token;
  return rest;
}
