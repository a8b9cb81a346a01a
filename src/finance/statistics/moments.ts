/** Mean, scatter and middle of samples. */

export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Of a sample: divided by n − 1. Exactly 0 where all values are the same. */
export const sampleDeviation = (values: Float64Array) => Math.sqrt(covariance(values, values));

/** Of two samples of the same length, divided by n − 1. */
export function covariance(first: Float64Array, second: Float64Array): number {
  if (isConstant(first) || isConstant(second)) return 0;
  const firstMean = mean(first);
  const secondMean = mean(second);
  let sum = 0;
  first.forEach((value, index) => {
    sum += (value - firstMean) * ((second[index] ?? Number.NaN) - secondMean);
  });
  return sum / (first.length - 1);
}

/** Rounding gives equal values a mean that is not quite theirs. */
const isConstant = (values: Float64Array) => values.every((value) => value === values[0]);

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] ?? Number.NaN) + upper) / 2;
}
