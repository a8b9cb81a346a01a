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
export function* mergedBars(there: SourcedBars, fresh: SourcedBars): Steps<Merged> {
  const unknown = yield* unknownOf(there, fresh);
  if (unknown.length === 0) return { bars: there, added: 0 };
  const added = unknown.length === fresh.time.length ? fresh : yield* pickedBars(fresh, unknown);
  return { bars: yield* inOrder(there, added), added: unknown.length };
}

type Steps<Result> = Generator<void, Result, undefined>;

/** The places of those that are not there yet. Bars are compared with those of their time alone. */
function* unknownOf(there: SourcedBars, fresh: SourcedBars): Steps<Uint32Array> {
  const unknown = new Uint32Array(fresh.time.length);
  let count = 0;
  let known = 0;
  let steps = 0;
  for (let at = 0; at < fresh.time.length; ) {
    const time = fresh.time[at] ?? 0;
    for (; (there.time[known] ?? Number.POSITIVE_INFINITY) < time; known++)
      if (++steps % barsAtOnce === 0) yield;
    const [end, knownEnd] = [endOfTime(fresh, at, time), endOfTime(there, known, time)];
    for (const place of unknownOfOneTime(
      { bars: there, from: known, to: knownEnd },
      { bars: fresh, from: at, to: end },
    )) {
      unknown[count++] = place;
      if (++steps % barsAtOnce === 0) yield;
    }
    at = end;
    known = knownEnd;
    if (++steps % barsAtOnce === 0) yield;
  }
  return unknown.slice(0, count);
}

interface Span {
  readonly bars: SourcedBars;
  readonly from: number;
  /** Without this one. */
  readonly to: number;
}

function* unknownOfOneTime(there: Span, fresh: Span): Generator<number, void, undefined> {
  const isOne = there.to - there.from === 1 && fresh.to - fresh.from === 1;
  if (isOne && isSame(there.bars, there.from, fresh.bars, fresh.from)) return;
  const left = new Map<string, number>();
  if (!isOne)
    for (let at = there.from; at < there.to; at++) {
      const key = keyOf(there.bars, at);
      left.set(key, (left.get(key) ?? 0) + 1);
    }
  for (let at = fresh.from; at < fresh.to; at++) {
    const key = left.size === 0 ? "" : keyOf(fresh.bars, at);
    const equal = left.get(key) ?? 0;
    if (equal === 0) yield at;
    else left.set(key, equal - 1);
  }
}

function endOfTime({ time }: SourcedBars, from: number, of: number): number {
  let at = from;
  while (time[at] === of) at++;
  return at;
}

const columns = ["open", "high", "low", "close"] as const;

const isSame = (one: SourcedBars, at: number, other: SourcedBars, place: number): boolean =>
  columns.every((column) => Object.is(one[column][at], other[column][place])) &&
  Object.is(one.volume?.[at] ?? Number.NaN, other.volume?.[place] ?? Number.NaN);

function keyOf({ open, high, low, close, volume }: SourcedBars, at: number): string {
  return `${open[at]} ${high[at]} ${low[at]} ${close[at]} ${volume?.[at] ?? Number.NaN}`;
}

function* inOrder(one: SourcedBars, other: SourcedBars): Steps<SourcedBars> {
  const hasVolume = one.volume !== null || other.volume !== null;
  const both = yield* gathered([one, other], hasVolume);
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
