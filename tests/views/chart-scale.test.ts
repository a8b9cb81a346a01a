import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { scaleOf } from "../../views/chart-scale.ts";

describe("An axis", () => {
  test("goes in round steps over all values", () => {
    expect(scaleOf([3600, 16_092], { withZero: false }).ticks).toEqual([0, 5000, 10_000, 15_000, 20_000]);
    expect(scaleOf([0.15, 1.25], { withZero: true }).ticks).toEqual([0, 0.5, 1, 1.5]);
    expect(scaleOf([-1.5, 12], { withZero: true }).ticks).toEqual([-5, 0, 5, 10, 15]);
  });

  test("of bars has zero, that of a line need not", () => {
    expect(scaleOf([1.08, 1.09], { withZero: true }).from).toBe(0);
    expect(scaleOf([1.08, 1.09], { withZero: false }).from).toBeGreaterThan(1);
  });

  test("has few steps and holds every value, whatever they are", () => {
    const value = fc.integer().map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.boolean(), (values, withZero) => {
        const { from, to, ticks } = scaleOf(values, { withZero });
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
        const least = Math.min(...values);
        expect(from).toBeLessThanOrEqual(least + Math.abs(least) * 1e-9);
        expect(to).toBeGreaterThanOrEqual(Math.max(...values) - Math.abs(to) * 1e-9);
      }),
    );
  });
});
