/** Erases a deleted project for good: its instructions, also where receipts repeat them, and what is remembered in it. */
import { forgetInReceipts } from "../generations/project-receipts.ts";
import { rewriteQuotes } from "../generations/quoted-memories.ts";
import type { Store } from "../store/database.ts";

/** How many memories are erased in one transaction. */
const memoriesAtOnce = 100;

/** In steps, of which each is short. Its conversations and documents stay. What a crash leaves of it is still in the trash. */
export function* erasingProject(
  store: Pick<Store, "projects" | "memories" | "messages" | "generations" | "transaction">,
  id: string,
): Generator<void, void, undefined> {
  yield* forgetInReceipts(store, id);
  for (;;) {
    const ids = store.projects.memoriesOf(id).slice(0, memoriesAtOnce);
    if (ids.length === 0) break;
    yield store.transaction(() => {
      for (const memoryId of ids) store.memories.setDeleted(memoryId, Date.now());
      rewriteQuotes(store, ids);
      store.memories.erase(ids);
    });
  }
  store.projects.erase(id);
}
