/** Puts one memory into the store; its vector is made later, in the background. */
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import type { ArchiveMemory } from "./archive-format.ts";
import { copyOf } from "./import-conversation.ts";
import { stableId } from "./stable-id.ts";

/** @returns false when it is there already @throws StorageError */
export function importMemory(store: Store, ownerId: OwnerId, memory: ArchiveMemory): boolean {
  const present = store.memories.get(memory.id);
  if (present === undefined) return insert(memory);
  const { ownerId: whose, embedding: _, embeddingModel: __, ...text } = present;
  if (whose === ownerId && Bun.deepEquals(text, memory)) return false;
  const copy = { ...memory, id: stableId(...copyOf(ownerId), JSON.stringify(memory)) };
  const copied = store.memories.get(copy.id);
  if (copied === undefined) return insert(copy);
  return copied.ownerId !== ownerId && insert({ ...memory, id: Bun.randomUUIDv7() });

  function insert(row: ArchiveMemory): boolean {
    store.memories.insert({ ...row, ownerId, embedding: null, embeddingModel: null });
    return true;
  }
}
