/**
 * Adds bars to those that are there. The same row twice in one file is two rows, and the same file twice adds nothing: of n equal
 * rows in the file and m that are there, n - m are added.
 */
import { barsAtOnce, gathered, pickedBars, type SourcedBars } from "./stored-bars.ts";

interface Merged {
  readonly bars: SourcedBars;
  /** How many of the new ones were not there before. */
  readonly added: number;
}

/** @param there, @param fresh both sorted by time; where they meet, those that were there come first */
export function* mergedBars(there: SourcedBars, fresh: SourcedBars): Generator<void, Merged, undefined> {
  const present = new Map<string, number>();
  const [from, to] = [fresh.time[0] ?? 0, fresh.time.at(-1) ?? 0];
  for (let at = 0; at < there.time.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const time = there.time[at] ?? 0;
    if (time < from || time > to) continue;
    const key = keyOf(there, at);
    present.set(key, (present.get(key) ?? 0) + 1);
  }
  const added = present.size === 0 ? fresh : yield* pickedBars(fresh, yield* unknownOf(fresh, present));
  return { bars: yield* inOrder(there, added), added: added.time.length };
}

/** The places of those that are not there yet. */
function* unknownOf(
  fresh: SourcedBars,
  present: Map<string, number>,
): Generator<void, Uint32Array, undefined> {
  const unknown: number[] = [];
  for (let at = 0; at < fresh.time.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const key = keyOf(fresh, at);
    const left = present.get(key) ?? 0;
    if (left === 0) unknown.push(at);
    else present.set(key, left - 1);
  }
  return Uint32Array.from(unknown);
}

function keyOf({ time, open, high, low, close, volume }: SourcedBars, at: number): string {
  return `${time[at]} ${open[at]} ${high[at]} ${low[at]} ${close[at]} ${volume?.[at] ?? Number.NaN}`;
}

function* inOrder(one: SourcedBars, other: SourcedBars): Generator<void, SourcedBars, undefined> {
  const hasVolume = one.volume !== null || other.volume !== null;
  const both = gathered([one, other], hasVolume);
  if ((one.time.at(-1) ?? Number.NEGATIVE_INFINITY) <= (other.time[0] ?? Number.POSITIVE_INFINITY))
    return both;
  const order = new Uint32Array(both.time.length);
  let [left, right] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const takesLeft =
      right >= other.time.length ||
      (left < one.time.length && (one.time[left] ?? 0) <= (other.time[right] ?? 0));
    order[at] = takesLeft ? left++ : one.time.length + right++;
  }
  return yield* pickedBars(both, order);
}
