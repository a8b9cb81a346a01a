/** Statistics as facts: which series may be compared, and what their sentences say. */
import { describe, expect, test } from "bun:test";
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Series } from "../../../src/finance/data/series-facts.ts";
import { computeStatistic } from "../../../src/finance/statistics/compute-statistic.ts";
import { statisticNamed } from "../../../src/finance/statistics/statistics.ts";
import { seriesOf, timesFrom } from "../data/series-of.ts";
import { defaultsOf } from "../indicators/defaults-of.ts";

const now = Date.UTC(2026, 0, 1);

function compute(name: string, series: Series, other: Series | null = null, stated: object = {}) {
  const statistic = statisticNamed(name);
  if (statistic === undefined) throw new Error(`There is no ${name}.`);
  const parameters = defaultsOf(statistic, { ...stated });
  return computeStatistic(statistic, parameters, { series, other, stated: Object.keys(stated), now });
}

const refusal = (act: () => unknown) => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return { param: error.facts.param, message: error.message };
  }
};

const days = timesFrom("2024-01-01T00:00:00Z", 24, 60);

test("The days of its observations are those of the series' own clock", () => {
  const series = seriesOf(timesFrom("2024-01-01T22:00:00Z", 24, 30), { zone: "EET" });
  const [fact] = compute("drawdown", series).facts;
  expect(fact?.warnings).toContain("From 30 observations of XAUUSD D1, 2024-01-02 to 2024-01-31.");
});

test("Times that count twice are warned of in the second series, too", () => {
  const twice = seriesOf([days[0] ?? 0, ...days], { symbol: "XAGUSD" });
  const { warnings } = compute("correlation", seriesOf(days), twice);
  expect(warnings).toContain("1 bar has the time of another one: that time counts twice.");
});

describe("Two series are compared", () => {
  test("over the span of both: computed again, no bar of the second one is left out", () => {
    const silver = seriesOf(days, { symbol: "XAGUSD" });
    const [fact] = compute("correlation", seriesOf(days.slice(3, -2)), silver).facts;
    expect(fact?.formula.parameters).toMatchObject({
      from: "2024-01-01T00:00:00.000Z",
      to: "2024-02-29T00:00:00.000Z",
    });
  });

  const gold = seriesOf(days);
  const silver = (hours: number, zone: string | null) =>
    seriesOf(timesFrom("2024-01-01T00:00:00Z", hours, 240), { symbol: "XAGUSD", zone });

  test("of one timeframe only: a day's close is not that of its first four hours", () => {
    expect(refusal(() => compute("correlation", gold, silver(4, "UTC")))).toMatchObject({
      param: "other",
      message: expect.stringMatching(/D1.*H4/),
    });
    expect(compute("correlation", gold, silver(24, "UTC")).facts[0]?.value).not.toBeNull();
  });

  test("by clocks that are known of both, or of neither", () => {
    expect(refusal(() => compute("correlation", gold, silver(24, null)))).toMatchObject({
      param: "other",
      message: expect.stringContaining("XAGUSD D1"),
    });
    const undeclared = seriesOf(days, { zone: null });
    expect(refusal(() => compute("correlation", undeclared, silver(24, "UTC")))).toMatchObject({
      param: "other",
      message: expect.stringContaining("XAUUSD D1"),
    });
    expect(compute("correlation", undeclared, silver(24, null)).facts[0]?.value).not.toBeNull();
  });
});

describe("Levels of a session", () => {
  // 60 days from 1 January: the last one is 29 February.
  const at = (moment: string) => {
    const statistic = statisticNamed("session-levels");
    if (statistic === undefined) throw new Error("There is no such statistic.");
    return computeStatistic(statistic, defaultsOf(statistic), {
      ...{ series: seriesOf(days), other: null, stated: [], now: Date.parse(moment) },
    }).facts[0];
  };
  test("are of no bar that is not over, though midnight has passed within it", () => {
    const statistic = statisticNamed("session-levels");
    if (statistic === undefined) throw new Error("There is no such statistic.");
    const series = seriesOf(timesFrom("2024-01-01T22:00:00Z", 24, 30));
    const found = computeStatistic(statistic, defaultsOf(statistic), {
      ...{ series, other: null, stated: [], now: Date.parse("2024-01-31T10:00:00Z") },
    });
    expect(found.facts[0]?.asOf?.instant).toBe("2024-01-29T22:00:00.000Z");
    expect(found.warnings.join(" ")).not.toContain("left out");
  });
  test("are of the last one that is over, whoever asks, and are computed again as they were", () => {
    expect(at("2024-02-29T12:00:00Z")?.asOf?.instant).toBe("2024-02-28T00:00:00.000Z");
    expect(at("2024-02-29T12:00:00Z")?.formula.parameters.unfinished).toBe(1);
    expect(at("2024-03-01T12:00:00Z")?.asOf?.instant).toBe("2024-02-29T00:00:00.000Z");
  });
});

test("Weekdays are not computed of weeks, and months of whole months", () => {
  const weeks = seriesOf(timesFrom("2024-01-01T00:00:00Z", 24 * 7, 60), { timeframe: "W1" });
  for (const by of ["weekday", "month"])
    expect(refusal(() => compute("seasonality", weeks, null, { by }))?.message).toContain(
      "no parts of the sessions",
    );
  const before1970 = seriesOf(timesFrom("1969-01-01T00:00:00Z", 24, 200));
  expect(compute("seasonality", before1970, null, { by: "weekday" }).facts.map(({ name }) => name)).toContain(
    "sunday-share",
  );
});

test("days that begin in the evening count as the weekday before, which is said; by the broker's clock they do not", () => {
  // 22:00 UTC is midnight in winter by the clock of most brokers.
  const late = seriesOf(timesFrom("2024-01-01T22:00:00Z", 24, 60), { timeframe: "D1" });
  const warnings = (zone: string) =>
    compute("seasonality", late, null, { by: "weekday", zone }).warnings.join();
  expect(warnings("UTC")).toContain("begin at 22:00 in UTC");
  expect(warnings("EET")).not.toContain("begin at");
  expect(compute("seasonality", late, null, { by: "month" }).warnings.join()).not.toContain("begin at");
  const hours = seriesOf(timesFrom("2024-01-01T22:00:00Z", 1, 600), { timeframe: "H1" });
  expect(compute("seasonality", hours, null, { by: "weekday" }).warnings.join()).not.toContain("begin at");
});
