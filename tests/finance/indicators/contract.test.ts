/** What holds of every indicator, on any bars. */
import { describe, expect, test } from "bun:test";
import type { Bars } from "../../../src/finance/data/bars.ts";
import { indicatorNamed, indicators } from "../../../src/finance/indicators/indicators.ts";
import { defaultsOf } from "./defaults-of.ts";
import { randomBars } from "./random-bars.ts";

const each = indicators.map((indicator) => [indicator.name, indicator] as const);
const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const columns = ["time", "open", "high", "low", "close", "volume"] as const;
const changed = (bars: Bars, change: (column: Float64Array, name: string) => Float64Array): Bars =>
  Object.fromEntries(columns.map((name) => [name, change(bars[name] ?? new Float64Array(), name)])) as never;
const slice = (bars: Bars, from: number, to?: number) => changed(bars, (column) => column.slice(from, to));

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
      const short = indicator.compute(slice(bars, 0, length), parameters);
      expect(short.map(({ name }) => name)).toEqual(lines.map(({ name }) => name));
      short.forEach(({ values, settledFrom }, at) => {
        expect([...values]).toEqual([...(lines[at]?.values ?? []).slice(0, length)]);
        expect(settledFrom).toBe(Math.min(lines[at]?.settledFrom ?? 0, length));
      });
    }
  });
});
