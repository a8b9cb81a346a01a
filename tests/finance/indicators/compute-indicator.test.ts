/** Indicators as facts: what is refused, and which clock a session is of. */
import { describe, expect, test } from "bun:test";
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Series } from "../../../src/finance/data/series-facts.ts";
import { computeIndicator } from "../../../src/finance/indicators/compute-indicator.ts";
import { indicatorNamed } from "../../../src/finance/indicators/indicators.ts";
import { seriesOf, timesFrom } from "../data/series-of.ts";
import { defaultsOf } from "./defaults-of.ts";

function compute(name: string, series: Series, stated: Readonly<Record<string, unknown>> = {}) {
  const indicator = indicatorNamed(name);
  if (indicator === undefined) throw new Error(`There is no ${name}.`);
  const whole = { ...series, stated: Object.keys(stated), now: Date.UTC(2030, 0, 1) };
  return computeIndicator(indicator, defaultsOf(indicator, stated), whole);
}

describe("Before the first bar", () => {
  const series = seriesOf(timesFrom("2020-01-01T22:00:00Z", 24, 30), { zone: "EET" });
  const empty = { ...series, bars: seriesOf([]).bars };

  test("there is no value, and no fact of 1970: the refusal says when the data begins", () => {
    try {
      compute("rsi", empty);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      expect(error.facts.param).toBe("at");
      expect(error.message).toContain("begins at 2020-01-02.");
    }
  });

  test("nor of a series without any bar", () => {
    expect(() => compute("rsi", seriesOf([]))).toThrow("There are no bars.");
  });
});

describe("A session", () => {
  // Two days of New York, whose midnight is 05:00 UTC, and one hour more.
  const times = timesFrom("2024-01-02T05:00:00Z", 1, 49);
  const own = seriesOf(times, { zone: "America/New_York" });
  const value = (series: Series, stated = {}) => compute("vwap", series, stated).facts[0]?.value;

  test("begins by the clock of the series, where nobody names another", () => {
    const close = own.bars.close.at(-1) ?? 0;
    // Its first bar: the typical price of that alone.
    expect(Number(value(own))).toBeCloseTo(close, 9);
    expect(value(own)).toBe(value(own, { zone: "America/New_York" }));
    expect(value(own)).not.toBe(value(own, { zone: "UTC" }));
  });

  test("names its clock among the parameters: computed again it is the same fact", () => {
    const [fact] = compute("vwap", own).facts;
    expect(fact?.formula.parameters).toMatchObject({ zone: "America/New_York", sessionStart: "00:00" });
    const { dataset: _, at: __, ...parameters } = fact?.formula.parameters ?? {};
    expect(compute("vwap", own, parameters).facts[0]?.id).toBe(fact?.id ?? "");
    expect(fact?.inputs.find(({ name }) => name === "zone")).toMatchObject({ from: "default" });
  });
});
