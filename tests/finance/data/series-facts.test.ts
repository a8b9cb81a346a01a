/** What is said against a figure over a span of bars. */
import { describe, expect, test } from "bun:test";
import { type Series, seriesWarnings, spanProblem } from "../../../src/finance/data/series-facts.ts";
import { inLanguage, type Language } from "../../../src/texts/say.ts";
import { seriesOf, timesFrom } from "./series-of.ts";

const long = Date.UTC(2030, 0, 1);
const warnings = (series: Series, now = long, language: Language = "en") =>
  seriesWarnings(series, now).map((words) => inLanguage(words, language));
const open = "The last bar is not over yet: its value will change.";

describe("Bars of the same time", () => {
  test("count twice, and the figure says so", () => {
    const days = timesFrom("2024-01-01T00:00:00Z", 24, 30);
    const [first = 0, second = 0] = days;
    expect(warnings(seriesOf(days))).toEqual([]);
    expect(warnings(seriesOf([first, first, ...days.slice(1)]))).toEqual([
      "1 bar has the time of another one: that time counts twice.",
    ]);
    expect(warnings(seriesOf([first, first, second, second, ...days.slice(2)]))).toEqual([
      "2 bars have the time of another one: those times count more than once.",
    ]);
  });

  test("are nothing odd among ticks", () => {
    const [first = 0, ...ticks] = timesFrom("2024-01-01T00:00:00Z", 1 / 3600, 30);
    expect(warnings(seriesOf([first, first, ...ticks], { timeframe: "tick" }))).toEqual([]);
  });
});

describe("The last bar", () => {
  const days = timesFrom("2024-01-01T00:00:00Z", 24, 30);

  test("is open until its end, and not longer", () => {
    const end = (days.at(-1) ?? 0) + 24 * 3_600_000;
    expect(warnings(seriesOf(days), end - 1)).toEqual([open]);
    expect(warnings(seriesOf(days), end)).toEqual([]);
  });

  test("in the future is of another clock than it seems: a broker's that nobody declared", () => {
    const last = days.at(-1) ?? 0;
    expect(warnings(seriesOf(days, { zone: null }), last - 3 * 3_600_000)).toEqual([
      "The last bar begins in the future: it is not over, or its time is of another time zone.",
    ]);
  });

  test("of a month is open until the month's end, 28 to 31 days later", () => {
    const months = (count: number) => Array.from({ length: count }, (_, at) => Date.UTC(2024, at, 1));
    expect(warnings(seriesOf(months(12)), Date.UTC(2024, 11, 31, 12))).toEqual([open]);
    expect(warnings(seriesOf(months(14)), Date.UTC(2025, 2, 1, 0, 0, 1))).toEqual([]);
  });

  test("of a day ends at midnight of its own clock, on a day of 23 hours, too", () => {
    const eet = [...timesFrom("2024-03-01T22:00:00Z", 24, 30)];
    const series = seriesOf(eet, { zone: "EET" });
    // 31 March 2024, 00:00 to 24:00 EET: the clock is put forward.
    expect(warnings(series, Date.parse("2024-03-31T20:59:59Z"))).toEqual([open]);
    expect(warnings(series, Date.parse("2024-03-31T21:00:00Z"))).toEqual([]);
  });
});

describe("A span across a change of timeframe", () => {
  const changing = (changes: number, zone = "UTC") => {
    const times = [Date.parse("2020-01-01T22:00:00Z")];
    for (let block = 0; block <= changes; block++)
      for (let bar = 0; bar < 20; bar++)
        times.push((times.at(-1) ?? 0) + (block % 2 === 0 ? 24 : 4) * 3_600_000);
    return seriesOf(times, { zone });
  };
  const problem = (series: Series) => {
    const words = spanProblem(series);
    return words === null ? null : inLanguage(words, "en");
  };

  test("is named by the day that the series' own clock shows", () => {
    expect(problem(changing(1))).toContain("at 2020-01-21:");
    expect(problem(changing(1, "EET"))).toContain("at 2020-01-22:");
  });

  test("is refused after the last change that the passport has room for, too", () => {
    const whole = changing(24);
    const { bars } = whole;
    const from = bars.time.length - 30;
    expect(whole.passport.interval_changes).toHaveLength(20);
    const end = { ...bars, time: bars.time.slice(from), close: bars.close.slice(from) };
    expect(problem({ ...whole, bars: end })).toContain("more often than");
    const start = { ...bars, time: bars.time.slice(0, 15), close: bars.close.slice(0, 15) };
    expect(problem({ ...whole, bars: start })).toBeNull();
  });
});
