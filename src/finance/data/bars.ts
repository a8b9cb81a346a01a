/** Bars of one instrument and timeframe as columns, oldest first. Times: milliseconds since 1970 (UTC) of each bar's opening. */
export interface Bars {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** null: the data has none. Never invented. */
  readonly volume: Float64Array | null;
}
