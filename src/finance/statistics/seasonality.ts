import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { choice, optional } from "../calculators/input-fields.ts";
import type { Bars } from "../data/bars.ts";
import { findingsOf } from "./finding.ts";
import { median } from "./moments.ts";
import { needBars, simpleReturns } from "./price-returns.ts";
import { lateBeginOfDays, sessionsOf, zoneField } from "./sessions.ts";
import type { Finding, Statistic } from "./statistic.ts";
import { wilsonShare } from "./wilson-share.ts";

export const monthNames = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
] as const;
/** From Monday. */
export const weekdayNames = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

interface SeasonParameters {
  readonly by: "month" | "weekday";
  /** Left out: all of them. */
  readonly only?: (typeof monthNames | typeof weekdayNames)[number];
  readonly zone: string;
}

export const seasonality: Statistic<SeasonParameters> = {
  name: "seasonality",
  version: 1,
  title: "Seasonality",
  summary: "How often the price rose in each month of the year or on each day of the week.",
  parameters: Type.Object({
    by: choice(["month", "weekday"], { title: "By", default: "month" }),
    only: optional(
      choice([...monthNames, ...weekdayNames], { title: "Only", description: "Empty: all of them." }),
    ),
    zone: zoneField(),
  }),
  formula:
    "return of a month = its last close ÷ the last close of the month before − 1; of a weekday = the day's last close ÷ the last close of the day before that has bars − 1; by the clock of the zone; share = rises ÷ (rises + falls), interval by Wilson, 95 %; the last month or day of the data counts only when bars follow it, and a month only when the one before it is there",
  source: "Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927",
  series: 1,
  sessionOf: ({ by }) => (by === "month" ? "month" : "day"),
  compute(bars, { by, only, zone }) {
    needBars(bars.close.length, 3);
    // Prices at or below zero have no returns.
    simpleReturns(bars.close);
    const names: readonly string[] = by === "month" ? monthNames : weekdayNames;
    const returns = returnsBySeason(bars, by, zone);
    const seasons = names
      .map((name, index) => ({ name, returns: returns.get(index) ?? [] }))
      .filter(({ name, returns: each }) => (only === undefined ? each.length > 0 : name === only));
    const [first, ...others] = seasons.flatMap(({ name, returns: each }) => ofSeason(bars, name, each));
    const finding = findingsOf(bars);
    const none = finding("share", say`Share of rises`, Number.NaN, {
      ...{ unit: "%", n: bars.close.length, steps: say`no case` },
      reason: say`There is no such case in this span.`,
    });
    const fewest = Math.min(...seasons.map(({ returns: each }) => each.length));
    return {
      results: [first ?? none, ...others],
      warnings: [
        ...(fewest < 30 ? [say`There are only ${fewest} cases: the share may be chance.`] : []),
        ...(by === "weekday" ? lateWords(bars, zone) : []),
      ],
      assumptions: [say`No costs and no spread`],
    };
  },
};

function lateWords({ time }: Bars, zone: string): readonly Words[] {
  const hour = lateBeginOfDays(time, zone);
  if (hour === null) return [];
  return [
    say`The days of this series begin at ${hour}:00 in ${{ verbatim: zone }}, and count as the weekday on which they begin. Choose the time zone in which they begin at midnight, such as EET.`,
  ];
}

/** Returns by the index of the month or the weekday. */
function returnsBySeason({ time, close }: Bars, by: SeasonParameters["by"], zone: string) {
  const sessions = sessionsOf(time, zone, by === "month" ? "month" : "day");
  const returns = new Map<number, number[]>();
  for (let at = 1; at < sessions.length - 1; at++) {
    const [before, session] = [sessions[at - 1], sessions[at]];
    if (before === undefined || session === undefined) continue;
    // A missing month is no part of the next one's return.
    if (by === "month" && session.number !== before.number + 1) continue;
    const change = (close[session.to] ?? Number.NaN) / (close[before.to] ?? Number.NaN) - 1;
    const season = by === "month" ? session.number % 12 : (((session.number + 3) % 7) + 7) % 7;
    const list = returns.get(season) ?? [];
    list.push(change);
    returns.set(season, list);
  }
  return returns;
}

function ofSeason(bars: Bars, name: string, returns: readonly number[]): Finding[] {
  const key = name.toLowerCase();
  const of = (what: Words): Words => say`${name}: ${what}`;
  const wins = returns.filter((each) => each > 0).length;
  const decided = returns.filter((each) => each !== 0).length;
  const finding = findingsOf(bars);
  const reason = say`There is no such case in this span.`;
  // A figure has observations: those that were looked at.
  const n = Math.max(1, returns.length);
  return [
    finding(`${key}-share`, of(say`Share of rises`), decided === 0 ? Number.NaN : (wins / decided) * 100, {
      ...{ unit: "%", n, steps: say`${wins} ÷ ${decided}`, reason },
      ...(decided === 0 ? {} : { interval: wilsonShare(wins, decided) }),
    }),
    finding(`${key}-cases`, of(say`Cases`), returns.length, {
      ...{ n, decimals: 0, steps: say`counted in ${returns.length} cases` },
    }),
    finding(`${key}-rises`, of(say`Rises`), wins, {
      ...{ n, decimals: 0, steps: say`counted in ${returns.length} cases` },
    }),
    finding(`${key}-median`, of(say`Median return`), median(returns) * 100, {
      ...{ unit: "%", n, steps: say`the middle one of ${returns.length} returns`, reason },
    }),
  ];
}
