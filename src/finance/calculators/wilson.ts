/** The Wilson score interval of a share (Wilson 1927): where the true share lies, in 95 of 100 samples. */
import { Exact } from "./exact.ts";

/** The 97.5 % point of the normal distribution. */
const z = new Exact("1.959963984540054");

interface Interval {
  readonly low: Exact;
  readonly high: Exact;
}

/** @param share between 0 and 1 @param n above zero */
export function wilsonInterval(share: Exact, n: number): Interval {
  const squared = z.times(z);
  const scale = squared.div(n).plus(1);
  const centre = share.plus(squared.div(2 * n)).div(scale);
  const variance = share.times(share.minus(1).neg()).div(n);
  const half = variance
    .plus(squared.div(new Exact(4).times(n).times(n)))
    .sqrt()
    .times(z)
    .div(scale);
  return { low: Exact.max(0, centre.minus(half)), high: Exact.min(1, centre.plus(half)) };
}
