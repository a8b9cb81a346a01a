/**
 * Moving means and extremes of a column: each value comes from the last `period` ones. A value is undefined (NaN) until there are
 * as many, and wherever one of them is undefined.
 */

/** @returns a column of `length` values, all undefined */
export const undefinedColumn = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

/** A sum that gives back what rounding lost (Neumaier 1974): a plain running sum drifts over a million bars. */
class ExactSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.lost;
  }
}

/** The mean of the last `period` values. */
export function movingMean(values: Float64Array, period: number): Float64Array {
  const means = undefinedColumn(values.length);
  const sum = new ExactSum();
  let defined = 0;
  for (let index = 0; index < values.length; index++) {
    const added = at(values, index);
    if (!Number.isNaN(added)) {
      sum.add(added);
      defined++;
    }
    const removed = index < period ? Number.NaN : at(values, index - period);
    if (!Number.isNaN(removed)) {
      sum.add(-removed);
      defined--;
    }
    if (defined === period) means[index] = sum.value / period;
  }
  return means;
}

/** The mean of the last `period` values, the newest with the weight `period`, the oldest with 1. All values must be defined. */
export function weightedMean(values: Float64Array, period: number): Float64Array {
  const means = undefinedColumn(values.length);
  const sum = new ExactSum();
  const weighted = new ExactSum();
  const weights = (period * (period + 1)) / 2;
  for (let index = 0; index < values.length; index++) {
    const added = at(values, index);
    // Each of the older ones weighs one less than a bar before.
    if (index >= period) {
      weighted.add(-sum.value);
      sum.add(-at(values, index - period));
    }
    weighted.add(added * Math.min(index + 1, period));
    sum.add(added);
    if (index >= period - 1) means[index] = weighted.value / weights;
  }
  return means;
}

/** The highest of the last `period` values; all must be defined. */
export const highest = (values: Float64Array, period: number) => extreme(values, period, 1);

/** The lowest of the last `period` values; all must be defined. */
export const lowest = (values: Float64Array, period: number) => extreme(values, period, -1);

/** Keeps the indices that may still become the extreme, the extreme first: each enters and leaves once. */
function extreme(values: Float64Array, period: number, sign: 1 | -1): Float64Array {
  const found = undefinedColumn(values.length);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let index = 0; index < values.length; index++) {
    const value = at(values, index);
    while (tail > head && (value - at(values, at(queue, tail - 1))) * sign >= 0) tail--;
    queue[tail++] = index;
    if (at(queue, head) <= index - period) head++;
    if (index >= period - 1) found[index] = at(values, at(queue, head));
  }
  return found;
}

/** The value at an index that is within the column. */
export function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? Number.NaN;
}
