/** Puts one memory into the store; its vector is made later, in the background. */
import { rewriteQuotes } from "../../generations/quoted-memories.ts";
import type { Store } from "../../store/database.ts";
import type { Memory, OwnerId } from "../../store/schema.ts";
import type { ArchiveMemory } from "./archive-format.ts";
import { copyOf } from "./import-conversation.ts";
import { stableId } from "./stable-id.ts";

const textFields = ["id", "key", "value", "category", "conversationId"] as const;

/** With logins the ids follow from the owner, that of the memory which replaces it, too. */
const ownedBy = (ownerId: string, { supersededBy = null, ...memory }: ArchiveMemory): ArchiveMemory => ({
  ...memory,
  id: stableId("own", ownerId, memory.id),
  ...(supersededBy === null ? {} : { supersededBy: stableId("own", ownerId, supersededBy) }),
});

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
  const own = ownerId === null ? memory : ownedBy(ownerId, memory);
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
      kind: row.kind ?? (row.conversationId === null ? "fact" : "exchange"),
      source: row.source ?? (row.conversationId === null ? "entered" : "exchange"),
      place: row.place ?? null,
      validFrom: row.validFrom ?? null,
      validTo: row.validTo ?? null,
      confidence: row.confidence ?? 1,
      supersededBy: row.supersededBy ?? null,
      dismissals: row.dismissals ?? 0,
      projectId: row.projectId ?? null,
      importId: null,
      isCompared: false,
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

  /** What its user has said of it here meanwhile makes no other memory of it. */
  function isOf(row: Memory, { messageId = null, createdAt, ...said }: ArchiveMemory): boolean {
    return (
      textFields.every((field) => row[field] === said[field]) &&
      (row.messageId === messageId || messageId === null) &&
      (row.createdAt === createdAt || createdAt > now)
    );
  }
}
