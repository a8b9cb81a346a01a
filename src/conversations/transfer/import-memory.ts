/** Puts one memory into the store; its vector is made later, in the background. */
import { rewriteQuotes } from "../../generations/quoted-memories.ts";
import type { Store } from "../../store/database.ts";
import type { Memory, OwnerId } from "../../store/schema.ts";
import type { ArchiveMemory } from "./archive-format.ts";
import { copyOf } from "./import-conversation.ts";
import { stableId } from "./stable-id.ts";

/**
 * With logins its id follows from its owner and its original id (see importConversation). What was deleted here meanwhile is there again.
 * @param now no date is later: what comes from the future would be the newest for ever
 * @returns false when it exists already @throws StorageError
 */
export function importMemory(
  store: Store,
  ownerId: OwnerId,
  memory: ArchiveMemory,
  now = Date.now(),
): boolean {
  const own = ownerId === null ? memory : { ...memory, id: stableId("own", ownerId, memory.id) };
  const copy = { ...memory, id: stableId(...copyOf(ownerId), JSON.stringify(memory)) };
  for (const row of [memory, own, copy]) {
    const present = store.memories.getAny(row.id);
    if (present?.ownerId === ownerId && (row === copy || isOf(present, row))) return keep(present);
  }
  const free = [own, copy].find(({ id }) => store.memories.getAny(id) === undefined);
  return insert(free ?? { ...memory, id: Bun.randomUUIDv7() });

  function insert(row: ArchiveMemory): boolean {
    store.memories.insert({
      ...row,
      messageId: row.messageId ?? null,
      createdAt: Math.min(row.createdAt, now),
      ownerId,
      embedding: null,
      embeddingModel: null,
      deletedAt: null,
      withdrawnAt: null,
    });
    return true;
  }

  function keep({ id, deletedAt }: Memory): boolean {
    if (deletedAt === null) return false;
    store.memories.setDeleted(id, null);
    rewriteQuotes(store, [id]);
    return true;
  }

  function isOf(row: Memory, { messageId = null, createdAt, ...said }: ArchiveMemory): boolean {
    const { key, value, category, conversationId } = row;
    return (
      Bun.deepEquals({ id: row.id, key, value, category, conversationId }, said) &&
      (row.messageId === messageId || messageId === null) &&
      (row.createdAt === createdAt || createdAt > now)
    );
  }
}
