/** Notes when a conversation was looked at, so that the list can mark what came since. */
import { StorageError } from "../errors.ts";
import type { Store } from "../store/database.ts";
import type { Conversation } from "../store/schema.ts";

/**
 * Writes nothing where everything was seen already. What the storage refuses is noted the next time.
 * @param now milliseconds since 1970
 * @returns whether a mark in the list is gone
 */
export async function noteSeen(
  { conversations, commit }: Store,
  { id, seenAt, updatedAt }: Conversation,
  now: number,
): Promise<boolean> {
  if (seenAt !== null && seenAt >= updatedAt) return false;
  try {
    await commit(() => void conversations.update(id, { seenAt: Math.max(now, updatedAt) }));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return false;
  }
  return seenAt !== null;
}
