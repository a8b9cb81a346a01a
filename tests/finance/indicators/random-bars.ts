/** Prices that nobody paid, the same for the same seed. */
import type { Bars } from "../../../src/finance/data/bars.ts";

const hour = 3_600_000;

/** Numbers between 0 and 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A walk in steps of 1 cent, in hours from 2024-01-01 00:00 UTC, with volumes. */
export function randomBars(length: number, seed = 1, start = 100): Bars {
  const random = randomNumbers(seed);
  const cents = (price: number) => Math.max(1, Math.round(price * 100)) / 100;
  const column = () => new Float64Array(length);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let last = start;
  for (let index = 0; index < length; index++) {
    const open = cents(last * (1 + (random() - 0.5) * 0.004));
    const close = cents(open * (1 + (random() - 0.5) * 0.02));
    bars.time[index] = Date.UTC(2024, 0, 1) + index * hour;
    bars.open[index] = open;
    bars.close[index] = close;
    bars.high[index] = cents(Math.max(open, close) * (1 + random() * 0.006));
    bars.low[index] = Math.min(open, close, cents(Math.min(open, close) * (1 - random() * 0.006)));
    bars.volume[index] = Math.floor(random() * 10_000);
    last = close;
  }
  return bars;
}
