/** Puts one memory into the store; its vector is made later, in the background. */
import type { Store } from "../../store/database.ts";
import type { ArchiveMemory } from "./archive-format.ts";
import { stableId } from "./stable-id.ts";

/** @returns false when it is there already @throws StorageError */
export function importMemory(store: Store, memory: ArchiveMemory): boolean {
  const present = store.memories.get(memory.id);
  if (present === undefined) return insert(memory);
  const { ownerId: _, embedding: __, embeddingModel: ___, ...text } = present;
  if (Bun.deepEquals(text, memory)) return false;
  const copy = { ...memory, id: stableId("copy", JSON.stringify(memory)) };
  return store.memories.get(copy.id) === undefined && insert(copy);

  function insert(row: ArchiveMemory): boolean {
    store.memories.insert({ ...row, ownerId: null, embedding: null, embeddingModel: null });
    return true;
  }
}
