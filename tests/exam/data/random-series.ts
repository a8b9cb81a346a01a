/** Price series that nobody has seen before: a random walk by a seed. It knows nothing of the program. */
import { randomFrom } from "../../faults/random.ts";

/** Prices as they are written: decimal texts. */
export interface Row {
  /** Milliseconds since 1970 (UTC). */
  readonly time: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: number;
}

interface Walk {
  readonly seed: number;
  /** The first price. */
  readonly start: number;
  readonly decimals: number;
  /** From one bar to the next, in milliseconds. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

/** Weekends have no bars, and some other bars are missing. */
export function randomSeries({ seed, start, decimals, step, from, to }: Walk): readonly Row[] {
  const random = randomFrom(seed);
  const rows: Row[] = [];
  let price = start;
  const drift = (random() - 0.45) * 0.001;
  for (let time = from; time <= to; time += step) {
    const weekday = new Date(time).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const open = price;
    price = Math.max(start / 10, price * (1 + drift + (random() - 0.5) * 0.024));
    const high = Math.max(open, price) * (1 + random() * 0.006);
    const low = Math.min(open, price) * (1 - random() * 0.006);
    const volume = Math.floor(random() * 10_000) + 1;
    const isMissing = random() < 0.01 && rows.length > 0 && time < to;
    const text = (value: number) => value.toFixed(decimals);
    if (!isMissing)
      rows.push({ time, open: text(open), high: text(high), low: text(low), close: text(price), volume });
  }
  return rows;
}
