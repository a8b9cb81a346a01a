/** What holds of every indicator with any parameters that its schema allows, on bars that stand still, too. */
import { expect, test } from "bun:test";
import type { TSchema } from "@sinclair/typebox";
import fc from "fast-check";
import { InvalidRequestError } from "../../../src/errors.ts";
import type { Bars } from "../../../src/finance/data/bars.ts";
import type { Indicator } from "../../../src/finance/indicators/indicator.ts";
import { indicators } from "../../../src/finance/indicators/indicators.ts";
import { changedBars, slicedBars } from "./changed-bars.ts";
import { defaultsOf } from "./defaults-of.ts";
import { randomBars } from "./random-bars.ts";

/** Periods around the length of the data. */
const longest = 60;

function anyValueOf(schema: TSchema): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.anyOf))
    return fc.constantFrom(...schema.anyOf.map((each: { readonly const?: unknown }) => each.const));
  if (schema.type === "integer")
    return fc.integer({ min: Number(schema.minimum), max: Math.min(longest, Number(schema.maximum)) });
  if (schema.type === "number")
    return fc.double({ min: 0.01, max: Math.min(5, Number(schema.maximum)), noNaN: true });
  return fc.constant(schema.default);
}

const parametersOf = ({ parameters }: Indicator) =>
  fc.record(
    Object.fromEntries(
      Object.entries(parameters.properties).map(([name, schema]) => [name, anyValueOf(schema)]),
    ),
  );

/** Walks in which some stretches do not move at all. */
const anyBars = fc
  .record({
    length: fc.integer({ min: 0, max: 150 }),
    seed: fc.integer(),
    flatFrom: fc.nat(150),
    flat: fc.nat(80),
  })
  .map(({ length, seed, flatFrom, flat }): Bars => {
    const walk = randomBars(length, seed);
    const price = walk.close[flatFrom] ?? 1;
    return changedBars(walk, (column, name) =>
      name === "time" || name === "volume"
        ? column
        : column.map((value, index) => (index >= flatFrom && index < flatFrom + flat ? price : value)),
    );
  });

/** null: the parameters make no sense together. */
function linesOf(indicator: Indicator, bars: Bars, stated: Readonly<Record<string, unknown>>) {
  try {
    return indicator.compute(bars, defaultsOf(indicator, stated));
  } catch (error) {
    if (error instanceof InvalidRequestError) return null;
    throw error;
  }
}

test.each(indicators.map((indicator) => [indicator.name, indicator] as const))(
  "%s: a prefix gives a prefix, and no value is infinite",
  (_, indicator) => {
    fc.assert(
      fc.property(anyBars, parametersOf(indicator), fc.nat(150), (bars, stated, cut) => {
        const lines = linesOf(indicator, bars, stated);
        fc.pre(lines !== null);
        const short = linesOf(indicator, slicedBars(bars, 0, cut), stated);
        lines?.forEach(({ values, settledFrom }, at) => {
          expect(values).toHaveLength(bars.time.length);
          expect([...values].filter((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toEqual([]);
          expect([...(short?.[at]?.values ?? [])]).toEqual([...values.slice(0, cut)]);
          expect(settledFrom).toBeGreaterThanOrEqual(0);
          expect(settledFrom).toBeLessThanOrEqual(bars.time.length);
        });
      }),
      { numRuns: 150 },
    );
  },
);

test("Indicators that are held between bounds stay there", () => {
  const bounded = [...["rsi", "adx", "plus-di", "minus-di", "stochastic-k", "stochastic-d"]];
  const able = indicators.filter(({ name }) => ["rsi", "adx", "stochastic"].includes(name));
  fc.assert(
    fc.property(
      anyBars,
      fc.constantFrom(...able),
      fc.integer({ min: 1, max: 30 }),
      (bars, indicator, period) => {
        for (const { name, values } of linesOf(indicator, bars, { period }) ?? []) {
          expect(bounded).toContain(name);
          expect([...values].filter((value) => value < -1e-9 || value > 100 + 1e-9)).toEqual([]);
        }
      },
    ),
  );
});
