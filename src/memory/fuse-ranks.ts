/** Joins ranked lists whose scores cannot be compared, by the places alone. */
import type { Memory } from "../store/schema.ts";

export interface RecalledMemory {
  readonly memory: Memory;
  /** 0 to 1; comparable within one recall only. */
  readonly score: number;
}

/** Dampens the first places' lead; 60 is the value of the paper. */
const damping = 60;

/**
 * Reciprocal rank fusion: the sum over the lists of 1 / (60 + place), divided by its greatest possible value
 * (Cormack, Clarke and Büttcher, 2009, https://doi.org/10.1145/1571941.1572114).
 * @param lists each with the best first
 * @returns every memory once, the best first; of equals the one of the earlier list, then of the better place
 */
export function fuseRanks(lists: readonly (readonly Memory[])[]): RecalledMemory[] {
  const best = lists.length / (damping + 1);
  const fused = new Map<string, { memory: Memory; score: number }>();
  for (const list of lists)
    for (const [index, memory] of list.entries()) {
      const score = 1 / (damping + index + 1) / best;
      const known = fused.get(memory.id);
      fused.set(memory.id, { memory, score: score + (known?.score ?? 0) });
    }
  return [...fused.values()].sort((left, right) => right.score - left.score);
}
