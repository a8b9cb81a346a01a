/** What holds of every indicator, on any bars. */
import { describe, expect, test } from "bun:test";
import type { Indicator } from "../../../src/finance/indicators/indicator.ts";
import { indicatorNamed, indicators } from "../../../src/finance/indicators/indicators.ts";
import { growthOf, mostGrowth } from "../growth.ts";
import { changedBars, slicedBars } from "./changed-bars.ts";
import { defaultsOf } from "./defaults-of.ts";
import { randomBars } from "./random-bars.ts";

const each = indicators.map((indicator) => [indicator.name, indicator] as const);
const long = randomBars(200_000, 3, 1e6);
const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

test("Indicators have names of their own, in kebab-case", () => {
  const names = indicators.map(({ name }) => name);
  expect(names.filter((name) => !kebab.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(names.map((name) => indicatorNamed(name)?.name)).toEqual(names);
});

describe.each(each)("%s", (_, indicator) => {
  const parameters = defaultsOf(indicator);
  const bars = randomBars(1500);
  const lines = indicator.compute(bars, parameters);

  test("gives lines with one value for each bar", () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
    for (const { name, values, settledFrom } of lines) {
      expect(name).toMatch(kebab);
      expect(values).toHaveLength(1500);
      expect(Number.isInteger(settledFrom)).toBe(true);
      expect(settledFrom).toBeLessThan(1500);
      expect(values.some((value) => Number.isFinite(value))).toBe(true);
    }
  });

  test("never looks ahead: a prefix of the bars gives a prefix of the values", () => {
    for (const length of [0, 1, 2, 3, 19, 20, 21, 100, 777]) {
      const short = indicator.compute(slicedBars(bars, 0, length), parameters);
      expect(short.map(({ name }) => name)).toEqual(lines.map(({ name }) => name));
      short.forEach(({ values, settledFrom }, at) => {
        expect([...values]).toEqual([...(lines[at]?.values ?? []).slice(0, length)]);
        expect(settledFrom).toBe(Math.min(lines[at]?.settledFrom ?? 0, length));
      });
    }
  });

  test("is undefined before it has enough bars, and then, on moving prices, never again", () => {
    for (const { values, settledFrom } of lines) {
      const first = values.findIndex((value) => !Number.isNaN(value));
      expect(first).toBeLessThanOrEqual(settledFrom);
      expect(values.subarray(first).some(Number.isNaN)).toBe(false);
      expect(values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
    }
  });

  test("follows the prices into another currency: twice the price, the same picture", () => {
    const doubled = changedBars(bars, (column, name) =>
      name === "time" || name === "volume" ? column : column.map((value) => value * 2),
    );
    indicator.compute(doubled, parameters).forEach(({ unit, values }, at) => {
      const factor = unit === "price" ? 2 : 1;
      // By two nothing is rounded: to the last bit.
      expect([...values]).toEqual([...(lines[at]?.values ?? [])].map((value) => value * factor));
    });
  });

  test("says how many bars it needs for a settled value", () => {
    const needed = indicator.settlesAfter(parameters);
    if (needed === Number.POSITIVE_INFINITY) return;
    for (const { settledFrom } of indicator.compute(slicedBars(bars, 0, needed + 1), parameters))
      expect(settledFrom).toBeLessThanOrEqual(needed);
  });

  test("takes four times as long for four times the bars, with its largest periods, too: never the square of it", () => {
    for (const stated of [{}, largest(indicator)]) {
      const chosen = defaultsOf(indicator, stated);
      const growth = growthOf((count) => indicator.compute(slicedBars(long, 0, count), chosen));
      expect(growth).toBeLessThan(mostGrowth);
    }
  });
});

// The level of the on-balance volume is counted from the first bar: its formula says so.
test.each(each.filter(([name]) => name !== "obv"))(
  "%s forgets where the data began, to 1e-9, once it is settled",
  (_, indicator) => {
    const parameters = defaultsOf(indicator);
    const bars = randomBars(1500);
    const lines = indicator.compute(bars, parameters);
    for (const { name, values, settledFrom } of lines) {
      const size = usualSize(values);
      for (const start of [1, 7, 60, 333, 500, 700, 900]) {
        const later = indicator
          .compute(slicedBars(bars, start), parameters)
          .find((each) => each.name === name);
        const wrong = Array.from({ length: 1500 - start }, (_, index) => index).filter(
          (index) =>
            index >= (later?.settledFrom ?? 0) &&
            index + start >= settledFrom &&
            !(Math.abs((later?.values[index] ?? 0) - (values[index + start] ?? 0)) <= 1e-9 * size),
        );
        expect(wrong).toEqual([]);
      }
    }
  },
);

/** The root of the mean square. */
function usualSize(values: Float64Array): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return Math.sqrt(defined.reduce((sum, value) => sum + value * value, 0) / defined.length);
}

/** Each period at its upper limit; of a fast and a slow one, the fast one stays. */
const largest = ({ parameters }: Indicator) =>
  Object.fromEntries(
    Object.entries(parameters.properties).flatMap(([name, { type, maximum }]) =>
      type === "integer" && name !== "fast" ? [[name, maximum]] : [],
    ),
  );
