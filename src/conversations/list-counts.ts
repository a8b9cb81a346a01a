/** How many conversations a list has. */
import type { ConversationQueries } from "../store/conversations.ts";

/** Those that are not archived, in all and in each folder, by its name; and the archived ones. */
export interface ListCounts {
  readonly all: number;
  readonly archived: number;
  readonly folders: readonly { readonly name: string; readonly count: number }[];
}

export function listCounts(rows: ReturnType<ConversationQueries["counts"]>): ListCounts {
  const folders = new Map<string, number>();
  let all = 0;
  let archived = 0;
  for (const { folder, isArchived, count } of rows) {
    if (isArchived) archived += count;
    else all += count;
    if (folder !== "") folders.set(folder, (folders.get(folder) ?? 0) + (isArchived ? 0 : count));
  }
  return { all, archived, folders: [...folders].map(([name, count]) => ({ name, count })) };
}
