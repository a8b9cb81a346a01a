/** Where in a series a span of the calendar begins and ends: by time, never by counting bars. */
import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import { LocalTime } from "../data/local-time.ts";
import type { Passport } from "../data/passport.ts";
import { endOfBar } from "../data/series-facts.ts";
import { lengthOf, type Timeframe } from "../data/timeframe.ts";
import type { CalendarSpan } from "./series-span.ts";

export interface KnownSeries {
  readonly id: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly passport: Passport;
}

/** Openings of bars, in order. */
export type TimesOf = (
  id: string,
  span: { readonly from?: number; readonly to?: number; readonly limit?: number },
) => Promise<Float64Array>;

export interface SpanBars {
  /** The last bar that is over when the span is; null: none begins in the span. */
  readonly last: number | null;
  /** The last bar that was over when the span began; null: the data begins later. */
  readonly before: number | null;
  /** Openings of bars that had begun when the span began or ended, and were not over: they are left out. null: there is none. */
  readonly cut: { readonly begin: number | null; readonly end: number | null };
  /** The span's own bounds, and the zone of the clock that they are of. */
  readonly from: number;
  readonly to: number | null;
  readonly zone: string;
}

export interface SpanReader {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the reader's clock. */
  readonly zone: string;
  /** Of the owner's series. */
  readonly times: TimesOf;
}

const dayMs = 86_400_000;

/** Whether a bar is a day or more: such bars have dates, whatever the reader's clock shows. */
const isOfDays = (timeframe: Timeframe): boolean => (lengthOf(timeframe) ?? 0) >= dayMs;

export async function barsInSpan(
  { from: begin, to: end, isOfDays: hasDates, before: sinceMs }: CalendarSpan,
  { id, timeframe, passport }: KnownSeries,
  reader: SpanReader,
): Promise<SpanBars> {
  const zone = hasDates && isOfDays(timeframe) ? (passport.zone ?? "UTC") : reader.zone;
  const clock = new LocalTime(zone);
  const from = sinceMs === undefined ? clock.instantOf(begin) : reader.now - sinceMs;
  const to = end === null ? null : clock.instantOf(end);
  const around = async (moment: number) => {
    const near = await reader.times(id, { to: moment - 1, limit: 3 });
    const last = near.at(-1) ?? null;
    return {
      over: near.findLast((time) => endOfBar(time, passport) <= moment) ?? null,
      cut: last !== null && endOfBar(last, passport) > moment ? last : null,
    };
  };
  const newest = passport.last === null ? null : Date.parse(passport.last);
  const atBegin = await around(from);
  const atEnd = to === null ? { over: newest, cut: null } : await around(to);
  return {
    last: atEnd.over !== null && atEnd.over >= from ? atEnd.over : null,
    before: atBegin.over,
    cut: { begin: atBegin.cut, end: atEnd.cut },
    ...{ from, to, zone },
  };
}

/**
 * Whether a change or a range of the span can be computed of such bars. Of weeks across its bounds, and of days within hours, it would be
 * of another span; what a shorter bar leaves out is said beside the figure.
 */
export const fitsSpan = ({ timeframe }: KnownSeries, span: CalendarSpan, { cut }: SpanBars): boolean =>
  (span.isOfDays || !isOfDays(timeframe)) &&
  ((lengthOf(timeframe) ?? 0) <= dayMs || (cut.begin === null && cut.end === null));

/** @throws InvalidRequestError always: the figure would be of another span */
export function refuseUnfit({ symbol, timeframe }: KnownSeries): never {
  refuse(
    "dataset",
    say`The bars of ${{ verbatim: `${symbol} ${timeframe}` }} do not begin and end with this span: a figure of them would be of another one. Import shorter bars, or ask for a span of whole bars.`,
  );
}

/** Bars of a day are best for a span of days; then shorter ones, then longer ones. @returns the best first */
export function byFitness(list: readonly KnownSeries[], isOfHours: boolean): readonly KnownSeries[] {
  const length = ({ timeframe }: KnownSeries) => lengthOf(timeframe) ?? 0;
  const rank = (series: KnownSeries) => {
    const ms = length(series);
    if (isOfHours) return ms === 0 ? 1e12 : ms;
    return ms > dayMs ? 1e12 + ms : dayMs - ms;
  };
  return list.toSorted((a, b) => rank(a) - rank(b));
}

/** When the last bar of a series is over. */
export const endOfData = ({ passport }: KnownSeries): number =>
  passport.last === null ? Number.NEGATIVE_INFINITY : endOfBar(Date.parse(passport.last), passport);

/** Whether another of the series has bars of which this one could have its next bar. @param until later ones do not matter */
export async function isBehind(
  series: KnownSeries,
  list: readonly KnownSeries[],
  times: TimesOf,
  until = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const from = endOfData(series);
  for (const other of list) {
    const to = Math.min(endOfData(other), until) - (lengthOf(series.timeframe) ?? 0);
    if (other.id === series.id || to < from) continue;
    if ((await times(other.id, { from, to, limit: 1 })).length > 0) return true;
  }
  return false;
}

/** The fittest first, and those that are behind another last. */
export async function byFreshness(
  list: readonly KnownSeries[],
  times: TimesOf,
): Promise<readonly KnownSeries[]> {
  const [fresh, behind]: [KnownSeries[], KnownSeries[]] = [[], []];
  for (const series of byFitness(list, false))
    ((await isBehind(series, list, times)) ? behind : fresh).push(series);
  return [...fresh, ...behind];
}
