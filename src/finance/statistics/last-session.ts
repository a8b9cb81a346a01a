/** High, low and close of the last day, week or month of a series that is over. */
import { say, type Words } from "../../texts/say.ts";
import { count, optional } from "../calculators/input-fields.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Bars } from "../data/bars.ts";
import { findingsOf, priceDecimals } from "./finding.ts";
import { needBars, needRangeOf, simpleReturns } from "./price-returns.ts";
import { type SessionKind, sessionField, sessionsOf, zoneField } from "./sessions.ts";
import type { Finding } from "./statistic.ts";

export interface SessionParameters {
  readonly session: SessionKind;
  readonly zone: string;
  /** Sessions at the end that are left out: one that is not over has no last word. Where nobody states it, the clock and the data do. */
  readonly unfinished?: number;
}

export const sessionFields = {
  session: sessionField(),
  zone: zoneField(),
  unfinished: optional(count({ title: "Sessions left out at the end", maximum: 10 })),
};

/**
 * @returns its prices, as figures too; `of` makes a level of them
 * @throws InvalidRequestError where no session is whole
 */
export function lastSession(bars: Bars, { session, zone, unfinished = 0 }: SessionParameters) {
  needBars(bars.close.length, 2);
  simpleReturns(bars.close);
  needRangeOf(bars);
  const sessions = sessionsOf(bars.time, zone, session);
  // The first one may have begun before the data does.
  if (sessions.length < 2 + unfinished)
    refuse("dataset", say`There is no whole session of this kind in the data that is over.`);
  const { from = 0, to = 0 } = sessions.at(-1 - unfinished) ?? {};
  const high = bars.high.slice(from, to + 1).reduce((most, price) => Math.max(most, price));
  const low = bars.low.slice(from, to + 1).reduce((least, price) => Math.min(least, price));
  const close = bars.close[to] ?? 0;
  const n = to - from + 1;
  const finding = findingsOf(bars);
  const decimals = Math.max(...[high, low, close].map(priceDecimals));
  const at = bars.time[from] ?? 0;
  // One digit more than the prices: levels are means.
  const of = (name: string, label: Words, value: number, steps: Words, digits = Math.min(8, decimals + 1)) =>
    finding(name, label, value, { unit: "price", n, decimals: digits, steps, at });
  const results: readonly [Finding, Finding, Finding] = [
    of(
      "session-high",
      say`High of the session`,
      high,
      n === 1 ? say`the high of the bar` : say`the highest of ${n} highs`,
      decimals,
    ),
    of(
      "session-low",
      say`Low of the session`,
      low,
      n === 1 ? say`the low of the bar` : say`the lowest of ${n} lows`,
      decimals,
    ),
    of(
      "session-close",
      say`Close of the session`,
      close,
      n === 1 ? say`the close of the bar` : say`the last of ${n} closes`,
      decimals,
    ),
  ];
  return { results, high, low, close, of };
}
