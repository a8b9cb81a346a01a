/** How many threads decode. */
import { availableParallelism } from "node:os";

/**
 * ggml's threads spin while they wait: more than the cores there are makes decoding collapse. One core is left to the event
 * loop.
 * @param wanted null: all cores but one
 */
export function threadsFor(wanted: number | null, cores = availableParallelism()): number {
  return Math.min(wanted ?? Math.max(1, cores - 1), cores);
}
