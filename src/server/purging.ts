/** Removes for good, now and then, what was deleted long ago. */
import { trimAudit } from "../accounts/audit.ts";
import type { ConversationLibrary } from "../conversations/library.ts";
import { StorageError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";

/** In milliseconds. Each time a bounded number of programs' requests is removed, so it must come often enough. */
const interval = 60_000;

/** Purges at once and then every minute, until it is disposed of. */
export function startPurging(library: ConversationLibrary, store: Store, log: Log): Disposable {
  const purge = () => purgeOnce(library, store, log);
  purge();
  const timer = setInterval(purge, interval);
  return { [Symbol.dispose]: () => clearInterval(timer) };
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
