/** Moving sums, means and extremes of a column: each value from the last `period` ones. Undefined (NaN) until there are as many. */

/** @returns a column of `length` values, all undefined */
const undefinedColumn = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

/** Mean of the last `period` values. @param from the first index that has a value */
export function movingMean(values: Float64Array, period: number, from = 0): Float64Array {
  const means = undefinedColumn(values.length);
  // What rounding loses is carried along (Neumaier 1974): a plain running sum drifts over a million bars.
  let sum = 0;
  let lost = 0;
  for (let index = from; index < values.length; index++) {
    const added = values[index] ?? Number.NaN;
    const withAdded = sum + added;
    lost += Math.abs(sum) >= Math.abs(added) ? sum - withAdded + added : added - withAdded + sum;
    sum = withAdded;
    if (index >= from + period) {
      const removed = -(values[index - period] ?? Number.NaN);
      const without = sum + removed;
      lost += Math.abs(sum) >= Math.abs(removed) ? sum - without + removed : removed - without + sum;
      sum = without;
    }
    if (index >= from + period - 1) means[index] = (sum + lost) / period;
  }
  return means;
}
