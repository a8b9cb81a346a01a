/** Figures of statistics. */
import { say, type Words } from "../../texts/say.ts";
import { Exact } from "../calculators/exact.ts";
import { figure, undefinedFigure } from "../calculators/figure.ts";
import type { Bars } from "../data/bars.ts";
import type { Finding } from "./statistic.ts";

interface Shape {
  readonly unit?: string | null;
  /** How many decimals are shown. */
  readonly decimals?: number;
  readonly steps: Words;
  readonly n: number;
  /** Why there is none, where the value is no number. */
  readonly reason?: Words;
  readonly at?: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

/** Figures of one span: each says from when to when. */
export function findingsOf({ time }: Pick<Bars, "time">) {
  const [from = 0] = time;
  const to = time.at(-1) ?? from;
  return (name: string, label: Words, value: number, shape: Shape): Finding => {
    const { unit = null, decimals = 2, steps, n, reason, at, interval } = shape;
    const text = (each: number) => new Exact(each).toFixed(decimals);
    const result = Number.isFinite(value)
      ? figure(name, label, new Exact(value), { unit, decimals, steps })
      : undefinedFigure(name, label, unit, steps, reason ?? say`There are too few bars.`);
    return {
      ...result,
      ...{ n, from, to },
      ...(at === undefined ? {} : { at }),
      ...(interval === undefined || result.value === null
        ? {}
        : { interval: { low: text(interval.low), high: text(interval.high) } }),
    };
  };
}

/** A price, with all of its digits. */
export const priceDecimals = (price: number) => Math.min(8, new Exact(price).decimalPlaces());
