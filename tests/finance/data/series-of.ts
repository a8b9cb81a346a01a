/** Series of made-up prices: a bar a step, without a hole. */
import type { Bars } from "../../../src/finance/data/bars.ts";
import { passportOf } from "../../../src/finance/data/passport.ts";
import type { Series } from "../../../src/finance/data/series-facts.ts";
import type { Timeframe } from "../../../src/finance/data/timeframe.ts";

interface Shape {
  readonly symbol?: string;
  readonly zone?: string | null;
  readonly timeframe?: Timeframe | null;
  /** Open, high and low are known. */
  readonly hasRange?: boolean;
}

/** @param times of the bars, milliseconds since 1970 */
export function seriesOf(times: readonly number[], shape: Shape = {}): Series {
  const { symbol = "XAUUSD", zone = "UTC", timeframe = null, hasRange = true } = shape;
  const close = Float64Array.from(times, (_, at) => 100 + (at % 7) * 0.5 + at * 0.01);
  const of = (change: number) =>
    hasRange ? close.map((price) => price + change) : close.map(() => Number.NaN);
  const bars: Bars = {
    ...{ time: Float64Array.from(times), open: of(0), high: of(1), low: of(-1), close },
    volume: close.map(() => 10),
  };
  const declared = { zone, timeframe, volume: "real", adjustment: null, decimals: 2 } as const;
  return { datasetId: `d-${symbol}`, symbol, passport: passportOf(bars, declared), bars };
}

/** @param hours from bar to bar */
export const timesFrom = (first: string, hours: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => Date.parse(first) + at * hours * 3_600_000);
