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

describe("Two series are compared", () => {
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
