/** Other bars out of some: a part of them, or other prices. */
import type { Bars } from "../../../src/finance/data/bars.ts";

type Change = (column: Float64Array, name: keyof Bars) => Float64Array;

export const changedBars = (bars: Bars, change: Change): Bars => ({
  time: change(bars.time, "time"),
  open: change(bars.open, "open"),
  high: change(bars.high, "high"),
  low: change(bars.low, "low"),
  close: change(bars.close, "close"),
  volume: bars.volume === null ? null : change(bars.volume, "volume"),
});

export const slicedBars = (bars: Bars, from: number, to?: number): Bars =>
  changedBars(bars, (column) => column.slice(from, to));
