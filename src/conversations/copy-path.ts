/** Copies a path of messages, with the answers as they were written, into a conversation of its own. */
import { textOf } from "../generations/written-text.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, Message } from "../store/schema.ts";
import type { GenerationWithLog } from "../store/whole-conversations.ts";

/** @param last the message at which the copy ends @returns the new conversation */
export function copyPath(store: Store, from: Conversation, last: Message, now: number): Conversation {
  const path = store.messages.ancestors(last.id);
  const newIds = new Map(path.map(({ id }) => [id, Bun.randomUUIDv7()]));
  const id = Bun.randomUUIDv7();
  const messages: Message[] = [];
  const generations: GenerationWithLog[] = [];
  for (const message of path) {
    const newId = newIds.get(message.id) ?? message.id;
    const parentId = message.parentId === null ? null : (newIds.get(message.parentId) ?? null);
    const generation = store.generations.forMessage(message.id);
    // One that is being written belongs to where it was asked; the copy has what was written until now.
    const unfinished = generation !== undefined && generation.endedAt === null;
    const tokens = generation === undefined ? [] : store.tokenLog.read(generation.id);
    const content = unfinished ? textOf(tokens) : message.content;
    messages.push({ ...message, id: newId, conversationId: id, parentId, content });
    if (generation === undefined) continue;
    generations.push({
      ...generation,
      id: Bun.randomUUIDv7(),
      conversationId: id,
      messageId: newId,
      questionId: newIds.get(generation.questionId) ?? generation.questionId,
      idempotencyKey: null,
      tokens,
      ...(unfinished ? { state: "stopped", endedAt: now } : {}),
    });
  }
  // The logs in the same transaction as their rows: a copy without them could be neither continued nor exported.
  store.wholeConversations.insert({
    conversation: {
      id,
      ownerId: from.ownerId,
      origin: "chat",
      title: from.title,
      titledBy: from.titledBy,
      folder: from.folder,
      createdAt: now,
      updatedAt: now,
      leafId: newIds.get(last.id) ?? null,
      forkedFrom: from.id,
      pinnedAt: null,
      archivedAt: null,
      deletedAt: null,
    },
    messages,
    generations,
  });
  const conversation = store.conversations.get(id);
  if (conversation === undefined) throw new Error("The copy that was just stored is not there.");
  return conversation;
}
