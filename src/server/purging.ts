/** Removes for good, now and then, what was deleted long ago. */
import { trimAudit } from "../accounts/audit.ts";
import type { ConversationLibrary } from "../conversations/library.ts";
import { StorageError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import { TidyFiles } from "./tidy-files.ts";

/** In milliseconds. Each time a bounded number of programs' requests is removed, so it must come often enough. */
const interval = 60_000;

interface PurgingDeps {
  readonly library: ConversationLibrary;
  readonly store: Store;
  /** How many answers are unfinished. */
  readonly unfinished: () => number;
  /** Drops what engines have cached of these conversations. */
  readonly forget: (isForgotten: (conversationId: string) => boolean) => void;
  readonly log: Log;
}

/**
 * Purges at once and then every minute, until it is disposed of; between, what is erased leaves the files and the caches
 * of engines. Another process may delete a user with everything, so what is gone is looked for, too.
 */
export function startPurging({ library, store, unfinished, forget, log }: PurgingDeps): Disposable {
  const forgetDeleted = () => forget((id) => store.conversations.get(id) === undefined);
  const purge = () => {
    purgeOnce(library, store, log);
    forgetDeleted();
  };
  purge();
  const timer = setInterval(purge, interval);
  const tidying = new TidyFiles({ store, unfinished, onErased: forgetDeleted, log });
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      tidying[Symbol.dispose]();
      // Before the caches are written to the disk.
      forgetDeleted();
    },
  };
}

/** The program also starts when nothing can be written: data can be read, and the page gives the reason. */
function purgeOnce(library: ConversationLibrary, { audit }: Store, log: Log): void {
  try {
    library.purge();
    trimAudit(audit, Date.now());
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.warn("deleted-not-purged", { error });
  }
}
