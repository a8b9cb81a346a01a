/** Averages with an endless memory: each value comes from the one before it, and the first from a simple mean (the seed). */
import { at, undefinedColumn } from "./windows.ts";

/**
 * What may be left of the seed in a settled value. It is below the 1e-9 that is promised, since a seed may be some times what it
 * is a part of: a range after a quieter time, a difference of averages.
 */
const leftOfSeed = 1e-10;

/** @param kept the share of the last value in the next one @returns how many bars after the seed a value is settled */
const barsToForget = (kept: number) => (kept <= 0 ? 0 : Math.ceil(Math.log(leftOfSeed) / Math.log(kept)));

/** An average of averages forgets k bars in k + 1 ways, one for each share of them between the two. */
function barsToForgetTwice(kept: number): number {
  let bars = barsToForget(kept);
  while ((bars + 1) * kept ** bars > leftOfSeed) bars++;
  return bars;
}

/** How many bars after its seed an exponential average is settled. */
export const emaSettles = (period: number) => barsToForget(1 - 2 / (period + 1));

/** How many bars after its seed an exponential average of an exponential average is settled; the longer period counts. */
export const emaTwiceSettles = (period: number) => barsToForgetTwice(1 - 2 / (period + 1));

/** How many bars after its seed Wilder's average is settled. */
export const wilderSettles = (period: number) => barsToForget(1 - 1 / period);

/** How many bars after its seed Wilder's average of Wilder's averages is settled. */
export const wilderTwiceSettles = (period: number) => barsToForgetTwice(1 - 1 / period);

/** Exponential moving average: 2 ÷ (n + 1) of each new value; the first is the mean of the first n defined ones. */
export const exponentialMean = (values: Float64Array, period: number) =>
  smoothed(values, period, 2 / (period + 1));

/** Wilder's average: 1 ÷ n of each new value; the first is the mean of the first n defined ones. */
export const wilderMean = (values: Float64Array, period: number) => smoothed(values, period, 1 / period);

function smoothed(values: Float64Array, period: number, share: number): Float64Array {
  const means = undefinedColumn(values.length);
  const first = values.findIndex((value) => !Number.isNaN(value));
  const seeded = first + period - 1;
  if (first < 0 || seeded >= values.length) return means;
  let mean = 0;
  for (let index = first; index <= seeded; index++) mean += at(values, index);
  mean /= period;
  means[seeded] = mean;
  for (let index = seeded + 1; index < values.length; index++) {
    mean += (at(values, index) - mean) * share;
    means[index] = mean;
  }
  return means;
}
