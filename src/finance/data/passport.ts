/** What can be known of a price series before anything is computed with it: its extent, and whatever is odd about it. */
import { say, type Words } from "../../texts/say.ts";
import type { Bars } from "./bars.ts";
import { LocalTime } from "./local-time.ts";
import { barsAtOnce } from "./stored-bars.ts";
import { lengthOf, type Timeframe, timeframeOfStep } from "./timeframe.ts";

export interface Passport {
  readonly rows: number;
  /** ISO 8601, UTC; null: there are no rows. */
  readonly first: string | null;
  readonly last: string | null;
  /** Of the times as they were declared, or as they say themselves; null: nobody has said it, and they are taken as UTC. */
  readonly zone: string | null;
  readonly timeframe: Timeframe | null;
  /** How often bars follow each other by so many seconds, the most frequent first. */
  readonly intervals: readonly { readonly seconds: number; readonly count: number }[];
  /** Where bars begin to follow each other at another pace. */
  readonly interval_changes: readonly {
    readonly at: string;
    readonly from: Timeframe;
    readonly to: Timeframe;
  }[];
  /** Steps longer than the timeframe, but for weekends; `share`: how many of all bars are missing there, about. */
  readonly gaps: { readonly count: number; readonly share: number };
  readonly weekend_rows: number;
  /** Bars whose time another bar has, too. */
  readonly duplicate_times: number;
  /** The high below the low, or the open or close outside of both. */
  readonly ohlc_violations: number;
  readonly zero_or_negative: number;
  /** Returns further from the median than twelve times the median distance. */
  readonly outliers: number;
  /** Where all prices go to another level at once, as after a split or another unit. */
  readonly scale_breaks: readonly { readonly at: string; readonly ratio: number }[];
  readonly volume: "tick" | "real" | "unknown" | "none";
  /** Whether dividends and splits are in the prices; null: nobody has said it. */
  readonly adjustment: "raw" | "split" | "total" | null;
  /** Digits after the mark, at most. */
  readonly decimals: number;
  /** Open, high and low are there. */
  readonly has_range: boolean;
}

interface Declared extends Pick<Passport, "zone" | "volume" | "adjustment" | "decimals"> {
  /** null: as the times say it. */
  readonly timeframe: Timeframe | null;
}

const dayMs = 24 * 3_600_000;
const mostIntervals = 8;
/** Changes of pace or level, at most; later ones are left out. */
export const mostListed = 20;

export function passportOf(bars: Bars, declared: Declared): Passport {
  const steps = passportIn(bars, declared);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

type Steps<Result> = Generator<void, Result, undefined>;

/** The same as `passportOf`; where it yields it may be interrupted. */
export function* passportIn(bars: Bars, declared: Declared): Steps<Passport> {
  const { time, open } = bars;
  const rows = time.length;
  const steps = yield* stepsOf(time);
  const timeframe = declared.timeframe ?? mainTimeframe(steps, rows);
  const length = timeframe === null ? null : lengthOf(timeframe);
  return {
    rows,
    first: rows === 0 ? null : iso(time[0]),
    last: rows === 0 ? null : iso(time[rows - 1]),
    zone: declared.zone,
    timeframe,
    intervals: [...steps.counts]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, mostIntervals)
      .map(([ms, count]) => ({ seconds: ms / 1000, count })),
    interval_changes: timeframe === "tick" ? [] : (yield* intervalChanges(time)).slice(0, mostListed),
    gaps: length === null ? { count: 0, share: 0 } : yield* gapsIn(time, length),
    weekend_rows: yield* weekendRows(time, length, declared.zone),
    duplicate_times: steps.none,
    ...(yield* oddities(bars)),
    volume: declared.volume,
    adjustment: declared.adjustment,
    decimals: declared.decimals,
    has_range: rows > 0 && !Number.isNaN(open[0]),
  };
}

const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString();

/** By the clock of the series; weeks and months begin on any day. */
function* weekendRows(time: Float64Array, length: number | null, zone: string | null): Steps<number> {
  if (length !== null && length > dayMs) return 0;
  const clock = new LocalTime(zone);
  const isWeekend = (ms: number) =>
    length === dayMs
      ? isBeforeOpening(clock.shownAt(ms), 17)
      : // Within a day markets are open or closed at one instant, whatever the clocks show: in Tokyo on Monday, in UTC on Sunday.
        isBeforeOpening(ms, 20) && isBeforeOpening(clock.shownAt(ms), 24);
  return yield* countWhere(time.length, (at) => isWeekend(time[at] ?? 0));
}

/** Saturday, and Sunday before an hour. @param ms what a clock shows, as if it were UTC */
function isBeforeOpening(ms: number, sundayHour: number): boolean {
  const date = new Date(ms);
  const day = date.getUTCDay();
  return day === 6 || (day === 0 && date.getUTCHours() < sundayHour);
}

function* countWhere(length: number, is: (at: number) => boolean): Steps<number> {
  let count = 0;
  for (let at = 0; at < length; at++) {
    if (at % barsAtOnce === 0) yield;
    if (is(at)) count += 1;
  }
  return count;
}

interface StepCounts {
  /** By the length of a step from bar to bar, in milliseconds: the most frequent ones. */
  readonly counts: ReadonlyMap<number, number>;
  /** By the timeframe that a step is; null: of none, and shorter than a minute. */
  readonly named: ReadonlyMap<Timeframe | null, number>;
  /** Bars at the time of the one before. */
  readonly none: number;
}

function* stepsOf(time: Float64Array): Steps<StepCounts> {
  const counts = yield* frequentSteps(time);
  const named = new Map<Timeframe | null, number>();
  let none = 0;
  for (let at = 1; at < time.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const step = (time[at] ?? 0) - (time[at - 1] ?? 0);
    if (step === 0) none += 1;
    const known = counts.get(step);
    if (known !== undefined) counts.set(step, known + 1);
    const name = timeframeOfStep(step);
    if (name !== null || step < 60_000) named.set(name, (named.get(name) ?? 0) + 1);
  }
  return { counts, named, none };
}

/** Kinds of steps that are counted, at most: each two of a million ticks may follow each other at another pace. */
const mostKinds = 4096;

/**
 * Every step that more than one in 4096 bars has, and some others, each with 0. Misra and Gries, Finding Repeated Elements, 1982:
 * where there is no room for another kind, each one that is there counts one less.
 */
function* frequentSteps(time: Float64Array): Steps<Map<number, number>> {
  const kinds = new Map<number, number>();
  for (let at = 1; at < time.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const step = (time[at] ?? 0) - (time[at - 1] ?? 0);
    const known = kinds.get(step);
    if (known !== undefined || kinds.size < mostKinds) kinds.set(step, (known ?? 0) + 1);
    else
      for (const [kind, count] of kinds)
        if (count === 1) kinds.delete(kind);
        else kinds.set(kind, count - 1);
  }
  for (const kind of kinds.keys()) kinds.set(kind, 0);
  return kinds;
}

/** The most frequent one; where most steps are none, the prices are ticks. */
function mainTimeframe({ named }: StepCounts, rows: number): Timeframe | null {
  if (rows < 2) return null;
  if ((named.get(null) ?? 0) > (rows - 1) / 2) return "tick";
  const names = [...named].filter(([name]) => name !== null);
  return names.sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Bars in a row that must agree before their pace counts. */
const paceWindow = 16;

function* intervalChanges(time: Float64Array): Steps<Passport["interval_changes"]> {
  const changes: { at: string; from: Timeframe; to: Timeframe }[] = [];
  let present: Timeframe | null = null;
  let candidate: Timeframe | null = null;
  let since = 0;
  let seen = 0;
  for (let at = 1; at < time.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const step = timeframeOfStep((time[at] ?? 0) - (time[at - 1] ?? 0));
    if (step === null) continue;
    if (step === present) {
      candidate = null;
      continue;
    }
    if (step !== candidate) [candidate, since, seen] = [step, at - 1, 0];
    seen += 1;
    if (seen < Math.min(paceWindow, time.length - 1)) continue;
    if (present !== null) changes.push({ at: iso(time[since]), from: present, to: step });
    [present, candidate] = [step, null];
  }
  return changes;
}

function* gapsIn(time: Float64Array, length: number): Steps<Passport["gaps"]> {
  let [count, missing] = [0, 0];
  for (let at = 1; at < time.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const [before, now] = [time[at - 1] ?? 0, time[at] ?? 0];
    const step = now - before;
    // A month has up to 31 days, a day of a clock change 25 hours.
    if (step <= length * 1.1) continue;
    if (length <= dayMs && step <= 3.2 * dayMs && crossesWeekend(before, now)) continue;
    count += 1;
    missing += Math.max(1, Math.round(step / length) - 1);
  }
  const all = time.length + missing;
  return { count, share: all === 0 ? 0 : Math.round((missing / all) * 10_000) / 10_000 };
}

function crossesWeekend(from: number, to: number): boolean {
  for (let at = from; at <= to; at += dayMs / 4) if (new Date(at).getUTCDay() === 6) return true;
  return false;
}

type Oddities = Pick<Passport, "ohlc_violations" | "zero_or_negative" | "outliers" | "scale_breaks">;

function* oddities({ time, open, high, low, close }: Bars): Steps<Oddities> {
  let [violations, notPositive] = [0, 0];
  const returns = new Float64Array(Math.max(0, close.length - 1));
  for (let at = 0; at < close.length; at++) {
    if (at % barsAtOnce === 0) yield;
    const [o, h, l, c] = [open[at] ?? 0, high[at] ?? 0, low[at] ?? 0, close[at] ?? 0];
    if (h < l || o > h || o < l || c > h || c < l) violations += 1;
    if (c <= 0 || o <= 0 || h <= 0 || l <= 0) notPositive += 1;
    if (at > 0) returns[at - 1] = Math.log(c / (close[at - 1] ?? 0));
  }
  const sampled = sampleOf(returns).filter(Number.isFinite);
  const middle = medianOf(sampled);
  const distance = medianOf(sampled.map((each) => Math.abs(each - middle)));
  const isOutlier = (at: number) => Math.abs((returns[at] ?? 0) - middle) > 12 * distance;
  const outliers = distance === 0 ? 0 : yield* countWhere(returns.length, isOutlier);
  return {
    ohlc_violations: violations,
    zero_or_negative: notPositive,
    outliers,
    scale_breaks: (yield* scaleBreaks(time, close, returns)).slice(0, mostListed),
  };
}

/** Every so many-th value: the median of some ten thousand is the one of a million, and sorting those would block all else. */
function sampleOf(values: Float64Array): Float64Array {
  const step = Math.ceil(values.length / mostSorted);
  return step <= 1
    ? values
    : Float64Array.from({ length: Math.floor(values.length / step) }, (_, at) => values[at * step] ?? 0);
}
const mostSorted = 50_000;

function medianOf(values: Float64Array): number {
  if (values.length === 0) return 0;
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Half more or a third less in one step, and it stays so. */
const jump = Math.log(1.5);
const levelWindow = 10;

function* scaleBreaks(
  time: Float64Array,
  close: Float64Array,
  returns: Float64Array,
): Steps<Passport["scale_breaks"]> {
  const found: { at: string; ratio: number }[] = [];
  for (let at = 0; at < returns.length; at++) {
    if (at % barsAtOnce === 0) yield;
    if (Math.abs(returns[at] ?? 0) < jump) continue;
    const before = medianOf(close.slice(Math.max(0, at + 1 - levelWindow), at + 1));
    const after = medianOf(close.slice(at + 1, at + 1 + levelWindow));
    if (before <= 0 || after <= 0 || Math.abs(Math.log(after / before)) < jump) continue;
    found.push({ at: iso(time[at + 1]), ratio: Number((after / before).toPrecision(4)) });
  }
  return found;
}

/** Sentences for people about what is odd. */
export function passportWarnings(passport: Passport): readonly Words[] {
  const { zone, interval_changes, gaps, weekend_rows, duplicate_times, scale_breaks } = passport;
  const { ohlc_violations, zero_or_negative, outliers, volume, has_range } = passport;
  const dayOf = (at: string) => ({ verbatim: new LocalTime(zone).dayAt(Date.parse(at)) });
  const [change] = interval_changes;
  const [level] = scale_breaks;
  const when = (is: boolean, words: Words) => (is ? [words] : []);
  const counted = (count: number, one: Words, many: Words) => (count === 0 ? [] : [count === 1 ? one : many]);
  const missing = Math.round(gaps.share * 100);
  return [
    ...when(zone === null, say`No zone is declared: the times are taken as UTC.`),
    ...(change === undefined
      ? []
      : [
          say`The bars change from ${{ verbatim: change.from }} to ${{ verbatim: change.to }} at ${dayOf(change.at)}.`,
        ]),
    ...when(
      gaps.share > 0.05,
      gaps.count === 1
        ? say`About ${missing} % of the bars are missing, in 1 gap.`
        : say`About ${missing} % of the bars are missing, in ${gaps.count} gaps.`,
    ),
    ...counted(weekend_rows, say`1 bar lies on a weekend.`, say`${weekend_rows} bars lie on a weekend.`),
    ...counted(
      duplicate_times,
      say`1 bar has the time of another one.`,
      say`${duplicate_times} bars have the time of another one.`,
    ),
    ...counted(
      ohlc_violations,
      say`In 1 bar the high or the low is not the highest or lowest price.`,
      say`In ${ohlc_violations} bars the high or the low is not the highest or lowest price.`,
    ),
    ...counted(
      zero_or_negative,
      say`1 bar has a price of zero or below.`,
      say`${zero_or_negative} bars have a price of zero or below.`,
    ),
    ...counted(
      outliers,
      say`1 return is far outside of the others.`,
      say`${outliers} returns are far outside of the others.`,
    ),
    ...(level === undefined
      ? []
      : [say`All prices change by a factor of ${level.ratio} at ${dayOf(level.at)}, as after a split.`]),
    ...when(volume === "none", say`There is no volume.`),
    ...when(!has_range, say`There is a close alone: no open, high and low.`),
  ];
}
