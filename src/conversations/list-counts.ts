/** How many conversations a list has. */
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";

/** Those that are not archived, in all, in each folder and in each project that has some, by name; and the archived ones. */
export interface ListCounts {
  readonly all: number;
  readonly archived: number;
  readonly folders: readonly { readonly name: string; readonly count: number }[];
  readonly projects: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}

export function listCounts(
  { conversations, projects }: Pick<Store, "conversations" | "projects">,
  ownerId: OwnerId,
): ListCounts {
  const folders = new Map<string, number>();
  let all = 0;
  let archived = 0;
  for (const { folder, isArchived, count } of conversations.counts(ownerId)) {
    if (isArchived) archived += count;
    else all += count;
    if (folder !== "") folders.set(folder, (folders.get(folder) ?? 0) + (isArchived ? 0 : count));
  }
  return {
    ...{ all, archived },
    folders: [...folders].map(([name, count]) => ({ name, count })),
    projects: projects.listed(ownerId),
  };
}
