/** Copies a path of messages, with the answers as they were written, into a conversation of its own. */
import { textOf } from "../generations/written-text.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, Message } from "../store/schema.ts";

/** @param last the message at which the copy ends @returns the new conversation */
export function copyPath(store: Store, from: Conversation, last: Message, now: number): Conversation {
  const path = store.messages.ancestors(last.id);
  const newIds = new Map(path.map(({ id }) => [id, Bun.randomUUIDv7()]));
  const id = Bun.randomUUIDv7();
  const copied = store.transaction(() => {
    store.conversations.insert({
      id,
      title: from.title,
      titledBy: from.titledBy,
      folder: from.folder,
      createdAt: now,
      updatedAt: now,
      leafId: newIds.get(last.id) ?? null,
      forkedFrom: from.id,
    });
    return path.flatMap((message) => {
      const newId = newIds.get(message.id) ?? message.id;
      const parentId = message.parentId === null ? null : (newIds.get(message.parentId) ?? null);
      const generation = store.generations.forMessage(message.id);
      // One that is being written belongs to where it was asked; the copy has what was written until now.
      const unfinished = generation !== undefined && generation.endedAt === null;
      const tokens = generation === undefined ? [] : store.tokenLog.read(generation.id);
      const content = unfinished ? textOf(tokens) : message.content;
      store.messages.insert({ ...message, id: newId, conversationId: id, parentId, content });
      if (generation === undefined) return [];
      const copy = {
        ...generation,
        id: Bun.randomUUIDv7(),
        conversationId: id,
        messageId: newId,
        questionId: newIds.get(generation.questionId) ?? generation.questionId,
        idempotencyKey: null,
        ...(unfinished ? { state: "stopped" as const, endedAt: now } : {}),
      };
      store.generations.insert(copy);
      return [{ generationId: copy.id, firstIndex: 0, tokens }];
    });
  });
  // The log has a connection of its own, which would wait for the transaction's lock.
  store.tokenLog.append(copied);
  const conversation = store.conversations.get(id);
  if (conversation === undefined) throw new Error("The copy that was just stored is not there.");
  return conversation;
}
