/** Finds paths in the tree of a conversation, without the texts of its messages. It knows nothing of storage. */
import type { ConversationOutline, OutlinedMessage } from "../store/whole-conversations.ts";

/** The ids of the messages that can be reached from a root without passing a deleted one. */
export function thoseThere(messages: readonly OutlinedMessage[]): ReadonlySet<string> {
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

/**
 * The message and all that it follows, oldest first.
 * @param leafId null: the end of the newest path
 */
export function pathTo({ messages }: ConversationOutline, leafId: string | null): readonly string[] {
  const parents = new Map(messages.map(({ id, parentId }) => [id, parentId]));
  const path: string[] = [];
  for (let at = leafId ?? newestLeaf(messages); at !== null && parents.has(at); at = parents.get(at) ?? null)
    path.push(at);
  return path.reverse();
}

/** Each message's last child that is not deleted is its newest one, since they stand oldest first. */
function newestLeaf(messages: readonly OutlinedMessage[]): string | null {
  const newestChild = new Map<string | null, string>();
  for (const { id, parentId, deletedAt } of messages) if (deletedAt === null) newestChild.set(parentId, id);
  let leaf: string | null = null;
  for (let at = newestChild.get(null); at !== undefined; at = newestChild.get(at)) leaf = at;
  return leaf;
}
