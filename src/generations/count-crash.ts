/** Counts that the server died while an answer was written. */
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Generation } from "../store/schema.ts";

/** @returns how often it has died so */
export function countCrash(
  { generations }: Pick<Store, "generations">,
  { id, crashes }: Generation,
  log: Log,
): number {
  try {
    return generations.addCrash(id);
  } catch (error) {
    // The program starts all the same, so that what is there can be read: the answer ends, and is continued later.
    log.error("crash-not-counted", { generation: id, error });
    return crashes;
  }
}
