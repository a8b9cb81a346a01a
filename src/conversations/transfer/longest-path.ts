/** How deep a tree of messages is. */

import { say } from "../../texts/say.ts";
import { ImportRefusedError } from "./transfer-errors.ts";

/**
 * In steps, of which each is short.
 * @param parents of each message the one that it follows; one that is not there counts as none
 * @returns in messages
 * @throws ImportRefusedError when a message follows itself
 */
export function* lengthOfLongestPath(
  parents: ReadonlyMap<string, string | null>,
): Generator<void, number, undefined> {
  const lengths = new Map<string, number>();
  for (const start of parents.keys()) {
    yield;
    // A set keeps the order in which it was filled, and looks members up at once.
    const upwards = new Set<string>();
    let at: string | null = start;
    while (at !== null && parents.has(at) && !lengths.has(at)) {
      if (upwards.has(at)) throw new ImportRefusedError(say`The messages follow each other in a circle.`);
      upwards.add(at);
      yield;
      at = parents.get(at) ?? null;
    }
    let length = at === null ? 0 : (lengths.get(at) ?? 0);
    for (const id of [...upwards].reverse()) yield void lengths.set(id, ++length);
  }
  let longest = 0;
  for (const length of lengths.values()) longest = Math.max(longest, length);
  return longest;
}
