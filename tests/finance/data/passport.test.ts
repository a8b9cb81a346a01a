/** What a passport counts, by the clock of its series, and how it is said. */
import { describe, expect, test } from "bun:test";
import { passportWarnings } from "../../../src/finance/data/passport.ts";
import type { Series } from "../../../src/finance/data/series-facts.ts";
import { inLanguage, type Language } from "../../../src/texts/say.ts";
import { seriesOf, timesFrom } from "./series-of.ts";

const warnings = ({ passport }: Series, language: Language = "en") =>
  passportWarnings(passport).map((words) => inLanguage(words, language));

const hour = 3_600_000;
/** Bars of Monday to Friday, as the clock of the zone shows them. */
const weekdays = (firstMonday: string, weeks: number, days = [0, 1, 2, 3, 4]) =>
  Array.from({ length: weeks }, (_, week) =>
    days.map((day) => Date.parse(firstMonday) + (week * 7 + day) * 24 * hour),
  ).flat();

describe("Bars on a weekend", () => {
  test.each([
    ["Asia/Tokyo", "2024-01-08T00:00:00+09:00"],
    ["Australia/Brisbane", "2024-01-08T00:00:00+10:00"],
    ["Europe/Athens", "2024-01-08T00:00:00+02:00"],
    ["UTC", "2024-01-08T00:00:00Z"],
  ])("are none from Monday to Friday, in %s", (zone, monday) => {
    expect(seriesOf(weekdays(monday, 8), { zone }).passport.weekend_rows).toBe(0);
  });

  test.each([
    ["Asia/Tokyo", "2024-01-08T00:00:00+09:00"],
    ["Europe/Athens", "2024-01-08T00:00:00+02:00"],
    ["UTC", "2024-01-08T00:00:00Z"],
  ])("are those of its Saturdays and Sundays, in %s", (zone, monday) => {
    const whole = weekdays(monday, 4, [0, 1, 2, 3, 4, 5, 6]);
    expect(seriesOf(whole, { zone }).passport.weekend_rows).toBe(8);
  });

  test("are not those of the hours in which markets open on Sunday in New York", () => {
    const sunday = timesFrom("2024-01-07T17:00:00-05:00", 1, 100);
    expect(seriesOf(sunday, { zone: "America/New_York" }).passport.weekend_rows).toBe(0);
    const tokyo = timesFrom("2024-01-08T00:00:00+09:00", 4, 30);
    expect(seriesOf(tokyo, { zone: "Asia/Tokyo" }).passport.weekend_rows).toBe(0);
  });

  test("are none of weeks and months: these begin on any day", () => {
    expect(seriesOf(timesFrom("2024-01-07T00:00:00Z", 168, 20)).passport.weekend_rows).toBe(0);
    const months = Array.from({ length: 24 }, (_, at) => Date.UTC(2024, at, 1));
    expect(seriesOf(months).passport.weekend_rows).toBe(0);
  });
});

test("Days in the warnings are those of the series' own clock", () => {
  const times = [...timesFrom("2024-01-01T22:00:00Z", 24, 30), ...timesFrom("2024-01-31T22:00:00Z", 4, 30)];
  const series = seriesOf(times, { zone: "EET" });
  expect(warnings(series).join()).toContain("from D1 to H4 at 2024-02-01.");
  const { passport } = series;
  const split = { ...passport, scale_breaks: [{ at: "2024-01-01T22:00:00.000Z", ratio: 0.5 }] };
  expect(warnings({ ...series, passport: split }).join()).toContain("at 2024-01-02, as after a split");
});

test("One and many are said in two ways", () => {
  const series = seriesOf(timesFrom("2024-01-01T00:00:00Z", 24, 30));
  const counting = (count: number, language: Language) =>
    warnings(
      {
        ...series,
        passport: {
          ...series.passport,
          gaps: { count, share: 0.1 },
          ...{ weekend_rows: count, duplicate_times: count, ohlc_violations: count },
          ...{ zero_or_negative: count, outliers: count },
        },
      },
      language,
    );
  expect(counting(1, "en")).toEqual([
    "About 10 % of the bars are missing, in 1 gap.",
    "1 bar lies on a weekend.",
    "1 bar has the time of another one.",
    "In 1 bar the high or the low is not the highest or lowest price.",
    "1 bar has a price of zero or below.",
    "1 return is far outside of the others.",
  ]);
  expect(counting(1, "de").join(" ")).not.toMatch(/1 (?:Kerzen|Lücken|Renditen)/);
  expect(counting(1, "es").join(" ")).not.toMatch(/1 (?:velas|huecos|rendimientos)/);
  expect(counting(2, "en")[1]).toBe("2 bars lie on a weekend.");
});

test("Of ticks with hundreds of thousands of different steps the most frequent ones are counted exactly", () => {
  let time = Date.UTC(2024, 0, 1);
  const times = [time];
  // Steps of 1 ms to 5 minutes, each another one; every second one is 250 ms.
  for (let at = 1; at < 300_000; at++) {
    time += at % 2 === 0 ? 250 : at + 1000;
    times.push(time);
  }
  const { passport } = seriesOf(times);
  expect(passport.timeframe).toBe("tick");
  expect(passport.intervals).toHaveLength(8);
  expect(passport.intervals[0]).toEqual({ seconds: 0.25, count: 149_999 });
});
