/** Closes of two series at the times that both have. Nothing is filled in. */
import type { Bars } from "../data/bars.ts";

interface Aligned {
  readonly time: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export function aligned(first: Bars, second: Bars): Aligned {
  const most = Math.min(first.time.length, second.time.length);
  const columns = {
    time: new Float64Array(most),
    first: new Float64Array(most),
    second: new Float64Array(most),
  };
  let count = 0;
  for (let one = 0, two = 0; one < first.time.length && two < second.time.length; ) {
    const ahead = (first.time[one] ?? 0) - (second.time[two] ?? 0);
    if (ahead === 0) {
      columns.time[count] = first.time[one] ?? 0;
      columns.first[count] = first.close[one] ?? 0;
      columns.second[count] = second.close[two] ?? 0;
      count++;
    }
    if (ahead <= 0) one++;
    if (ahead >= 0) two++;
  }
  return {
    time: columns.time.subarray(0, count),
    first: columns.first.subarray(0, count),
    second: columns.second.subarray(0, count),
  };
}
