/** Removes for good what was deleted, or was never to be kept, once its time is over. It knows nothing of owners' libraries. */

import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { erasingProject } from "./erase-project.ts";

const hourMs = 3_600_000;
/** How long what was deleted can be restored, in days, unless its owner has set it. */
export const defaultTrashDays = 30;
/** How long a program can continue its answers of /v1 by default, in milliseconds. */
const keptRequestsMs = 30 * 24 * hourMs;
/** How long a temporary chat can be continued, and brought back after it was deleted, in milliseconds. */
const keptTemporaryMs = 24 * hourMs;
const keptDeletedTemporaryMs = hourMs / 6;
/** How long a file waits for its question, or a file of prices for its answers, in milliseconds. */
const keptUnsentMs = 24 * hourMs;
/** Removing rows blocks all else. */
export const mostPurgedAtOnce = 500;

/**
 * Of all owners: conversations, messages, documents, projects, and memories, whose text has left all receipts when they were deleted.
 * @param now milliseconds since 1970
 * @param keptFor how long an owner's trash keeps what was deleted, in milliseconds
 * @returns how many conversations
 */
export function purgeOld(store: Store, now: number, keptFor: (ownerId: OwnerId) => number): number {
  const { contents, conversations, datasets, documents, files, messages, memories, users } = store;
  let purged = 0;
  for (const ownerId of [null, ...users.list().map(({ id }) => id)]) {
    const deletedBefore = now - keptFor(ownerId);
    memories.erase(memories.deletedBefore(deletedBefore, mostPurgedAtOnce, ownerId));
    documents.erase(documents.deletedBefore(deletedBefore, mostPurgedAtOnce, ownerId));
    messages.purge(deletedBefore, mostPurgedAtOnce, ownerId);
    purged += conversations.purge(deletedBefore, ownerId);
    for (const id of store.projects.deletedBefore(deletedBefore, ownerId))
      for (const _ of erasingProject(store, id));
  }
  const attachedBefore = now - keptUnsentMs;
  files.purgeUnused(attachedBefore, mostPurgedAtOnce);
  datasets.purge(attachedBefore);
  contents.purge(attachedBefore, mostPurgedAtOnce);
  const limit = mostPurgedAtOnce;
  return (
    purged +
    conversations.purgeUnlisted("api", { updatedBefore: now - keptRequestsMs, deletedBefore: 0, limit }) +
    conversations.purgeUnlisted("temporary", {
      updatedBefore: now - keptTemporaryMs,
      deletedBefore: now - keptDeletedTemporaryMs,
      limit,
    })
  );
}
