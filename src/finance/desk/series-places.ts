/** Where in a series a span of the calendar begins and ends: by time, never by counting bars. */
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
  /** The span's own bounds, and the zone of the clock that they are of. */
  readonly from: number;
  readonly to: number | null;
  readonly zone: string;
}

const dayMs = 86_400_000;

/** Whether a bar is a day or more: such bars have dates, whatever the reader's clock shows. */
const isOfDays = (timeframe: Timeframe): boolean => (lengthOf(timeframe) ?? 0) >= dayMs;

/** @param readerZone of the reader's clock @param times of the owner's series */
export async function barsInSpan(
  { from: begin, to: end, isOfDays: hasDates }: CalendarSpan,
  { id, timeframe, passport }: KnownSeries,
  readerZone: string,
  times: TimesOf,
): Promise<SpanBars> {
  const zone = hasDates && isOfDays(timeframe) ? (passport.zone ?? "UTC") : readerZone;
  const clock = new LocalTime(zone);
  const from = clock.instantOf(begin);
  const to = end === null ? null : clock.instantOf(end);
  const lastOver = async (moment: number) => {
    const near = await times(id, { to: moment - 1, limit: 3 });
    return near.findLast((time) => endOfBar(time, passport) <= moment) ?? null;
  };
  const newest = passport.last === null ? null : Date.parse(passport.last);
  const last = to === null ? newest : await lastOver(to);
  return {
    last: last !== null && last >= from ? last : null,
    ...{ before: await lastOver(from), from, to, zone },
  };
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
