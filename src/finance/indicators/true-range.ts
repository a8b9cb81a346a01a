/** How far a bar reached, the gap from the close before it included (Wilder 1978). */
import type { Bars } from "../data/bars.ts";
import { wilderMean, wilderSettles } from "./smoothing.ts";
import { at } from "./windows.ts";

/** max(high, close before) − min(low, close before); of the first bar: high − low. */
export function trueRange({ high, low, close }: Bars): Float64Array {
  const ranges = new Float64Array(close.length);
  for (let index = 0; index < close.length; index++) {
    const before = index === 0 ? at(high, 0) : at(close, index - 1);
    const beforeLow = index === 0 ? at(low, 0) : before;
    ranges[index] = Math.max(at(high, index), before) - Math.min(at(low, index), beforeLow);
  }
  return ranges;
}

/** Wilder's average of the true range. */
export const averageTrueRange = (bars: Bars, period: number) => wilderMean(trueRange(bars), period);

/** The first index with a settled average true range. */
export const averageTrueRangeSettles = (period: number) => period - 1 + wilderSettles(period);
