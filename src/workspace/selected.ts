/** What a person does with several conversations at once. Each tells how it was before, so that all can be undone together. */
import { NoConversationError } from "../conversations/conversation-errors.ts";
import type { ConversationLibrary } from "../conversations/library.ts";
import { resultInSlices } from "../loop/work-slices.ts";

type Library = Pick<ConversationLibrary, "get" | "change" | "remove" | "bringBack">;

interface Former {
  readonly id: string;
  /** '' for none. */
  readonly folder: string;
}

/** Archives them, or takes them out of the archive. @returns those that were there */
export const archiveSelected = (library: Library, ids: readonly string[], archived: boolean) =>
  eachThere(library, ids, ({ id }) => void library.change(id, { archived }));

/**
 * @param folderOf of each its folder, '' for none
 * @returns those that were there, with the folders that they were in
 * @throws InvalidRequestError for a name that is too long; nothing is moved then
 */
export const moveSelected = (
  library: Library,
  ids: readonly string[],
  folderOf: (id: string) => string,
): Promise<readonly Former[]> =>
  eachThere(library, ids, ({ id }) => void library.change(id, { folder: folderOf(id) }));

/** Puts them into the trash. @returns those that were there */
export const removeSelected = (library: Library, ids: readonly string[]) =>
  eachThere(library, ids, ({ id }) => library.remove(id));

/** Takes them out of the trash; one that was erased meanwhile is passed over. */
export async function restoreSelected(library: Library, ids: readonly string[]): Promise<void> {
  function* steps(): Generator<void, void, undefined> {
    for (const id of ids) {
      try {
        library.bringBack(id);
      } catch (error) {
        if (!(error instanceof NoConversationError)) throw error;
      }
      yield;
    }
  }
  await resultInSlices(steps());
}

function eachThere(
  library: Library,
  ids: readonly string[],
  change: (conversation: Former) => void,
): Promise<readonly Former[]> {
  function* steps(): Generator<void, readonly Former[], undefined> {
    const changed: Former[] = [];
    for (const id of ids) {
      // Another tab may have deleted it.
      const found = library.get(id);
      if (found === undefined) continue;
      change(found);
      changed.push({ id, folder: found.folder });
      yield;
    }
    return changed;
  }
  return resultInSlices(steps());
}
