/** What is right, by plain loops over the rows as they were made. It knows nothing of the program. */
import type { Row } from "./random-series.ts";

export const closesOf = (rows: readonly Row[]) => rows.map(({ close }) => Number(close));
const highsOf = (rows: readonly Row[]) => rows.map(({ high }) => Number(high));
const lowsOf = (rows: readonly Row[]) => rows.map(({ low }) => Number(low));

const last = <Value>(list: readonly Value[]): Value => {
  const found = list[list.length - 1];
  if (found === undefined) throw new Error("There is nothing.");
  return found;
};

/** Rows of a span; `to` is not included. */
export const within = (rows: readonly Row[], from: number, to = Number.POSITIVE_INFINITY) =>
  rows.filter(({ time }) => time >= from && time < to);

/** Per cent, from the last close before the span. */
export function changeOver(rows: readonly Row[], from: number, to = Number.POSITIVE_INFINITY): number {
  const before = rows.filter(({ time }) => time < from);
  const span = within(rows, from, to);
  const base = before.length > 0 ? last(before) : span[0];
  return (Number(last(span).close) / Number(base?.close) - 1) * 100;
}

export const highest = (rows: readonly Row[]) => highsOf(rows).reduce((most, price) => Math.max(most, price));
export const lowest = (rows: readonly Row[]) => lowsOf(rows).reduce((least, price) => Math.min(least, price));

export function average(rows: readonly Row[], period: number): number {
  let sum = 0;
  for (const price of closesOf(rows).slice(-period)) sum += price;
  return sum / period;
}

/** Wilder 1978: the first means are of `period` changes. */
export function relativeStrength(rows: readonly Row[], period: number): number {
  const closes = closesOf(rows);
  let [up, down] = [0, 0];
  for (let at = 1; at < closes.length; at++) {
    const change = (closes[at] ?? 0) - (closes[at - 1] ?? 0);
    const [gain, loss] = [Math.max(change, 0), Math.max(-change, 0)];
    if (at <= period) {
      up += gain / period;
      down += loss / period;
    } else {
      up = (up * (period - 1) + gain) / period;
      down = (down * (period - 1) + loss) / period;
    }
  }
  return 100 - 100 / (1 + up / down);
}

/** Wilder's, as TA-Lib begins it: without the first bar. The two agree after some hundred bars. */
export function trueRangeAverages(rows: readonly Row[], period: number): readonly number[] {
  const [closes, highs, lows] = [closesOf(rows), highsOf(rows), lowsOf(rows)];
  const averages: number[] = [];
  let sum = 0;
  for (let at = 0; at < rows.length; at++) {
    const [high, low, before] = [highs[at] ?? 0, lows[at] ?? 0, closes[at - 1] ?? 0];
    const range = at === 0 ? 0 : Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
    if (at < period) sum += range;
    if (at === period) averages[at] = (sum + range) / period;
    if (at > period) averages[at] = ((averages[at - 1] ?? 0) * (period - 1) + range) / period;
  }
  return averages;
}

export function scatterAYear(rows: readonly Row[]): number {
  const closes = closesOf(rows);
  const logs: number[] = [];
  for (let at = 1; at < closes.length; at++) logs.push(Math.log((closes[at] ?? 1) / (closes[at - 1] ?? 1)));
  let mean = 0;
  for (const each of logs) mean += each / logs.length;
  let squares = 0;
  for (const each of logs) squares += (each - mean) ** 2;
  const years = (last(rows).time - (rows[0]?.time ?? 0)) / (365.2425 * 86_400_000);
  return Math.sqrt(squares / (logs.length - 1)) * Math.sqrt(logs.length / years) * 100;
}

export function deepestFall(rows: readonly Row[]): number {
  let [high, depth] = [0, 0];
  for (const price of closesOf(rows)) {
    if (price > high) high = price;
    if (price / high - 1 < depth) depth = price / high - 1;
  }
  return depth * 100;
}

/** Pearson's, of log returns between times that both have. */
export function correlationOf(first: readonly Row[], second: readonly Row[]): number {
  const others = new Map(second.map(({ time, close }) => [time, Number(close)]));
  const pairs = first.flatMap(({ time, close }) => {
    const other = others.get(time);
    return other === undefined ? [] : [[Number(close), other] as const];
  });
  const [ones, twos]: [number[], number[]] = [[], []];
  for (let at = 1; at < pairs.length; at++) {
    const [now, before] = [pairs[at], pairs[at - 1]];
    if (now === undefined || before === undefined) continue;
    ones.push(Math.log(now[0] / before[0]));
    twos.push(Math.log(now[1] / before[1]));
  }
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const [one, two] = [mean(ones), mean(twos)];
  let [both, left, right] = [0, 0, 0];
  for (let at = 0; at < ones.length; at++) {
    const [a, b] = [(ones[at] ?? 0) - one, (twos[at] ?? 0) - two];
    both += a * b;
    left += a * a;
    right += b * b;
  }
  return both / Math.sqrt(left * right);
}

export interface Share {
  readonly cases: number;
  readonly wins: number;
  /** Per cent of those that rose or fell. */
  readonly share: number;
}

const shareOf = (cases: number, wins: number, losses: number): Share => ({
  cases,
  wins,
  share: (wins / (wins + losses)) * 100,
});

/** How often the close was higher (or lower) so many bars after a run of falls (or rises). */
export function afterRun(
  rows: readonly Row[],
  { run, isFalling, horizon, isUp }: { run: number; isFalling: boolean; horizon: number; isUp: boolean },
): Share {
  const closes = closesOf(rows);
  let [cases, wins, losses] = [0, 0, 0];
  for (let at = run; at + horizon < closes.length; at++) {
    let holds = true;
    for (let back = 0; back < run; back++) {
      const change = (closes[at - back] ?? 0) - (closes[at - back - 1] ?? 0);
      if (isFalling ? change >= 0 : change <= 0) holds = false;
    }
    if (!holds) continue;
    cases++;
    const later = ((closes[at + horizon] ?? 0) - (closes[at] ?? 0)) * (isUp ? 1 : -1);
    if (later > 0) wins++;
    if (later < 0) losses++;
  }
  return shareOf(cases, wins, losses);
}

/** Of the months of this name that are whole, and have one before them. */
export function ofMonth(rows: readonly Row[], month: number): Share {
  const ends = new Map<number, number>();
  for (const { time, close } of rows) {
    const date = new Date(time);
    ends.set(date.getUTCFullYear() * 12 + date.getUTCMonth(), Number(close));
  }
  const newest = Math.max(...ends.keys());
  let [cases, wins, losses] = [0, 0, 0];
  for (const [number, close] of ends) {
    const before = ends.get(number - 1);
    if (number % 12 !== month || before === undefined || number === newest) continue;
    cases++;
    if (close > before) wins++;
    if (close < before) losses++;
  }
  return shareOf(cases, wins, losses);
}

/** From Monday, 0. The last day of the data does not count: it may not be over. */
export function ofWeekday(rows: readonly Row[], weekday: number): Share {
  const closes = closesOf(rows);
  let [cases, wins, losses] = [0, 0, 0];
  for (let at = 1; at < rows.length - 1; at++) {
    if ((new Date(rows[at]?.time ?? 0).getUTCDay() + 6) % 7 !== weekday) continue;
    cases++;
    const change = (closes[at] ?? 0) - (closes[at - 1] ?? 0);
    if (change > 0) wins++;
    if (change < 0) losses++;
  }
  return shareOf(cases, wins, losses);
}

/** The newest high above the two highs on each side. */
export function lastSwingHigh(rows: readonly Row[]): number {
  const highs = highsOf(rows);
  for (let at = highs.length - 3; at >= 2; at--) {
    const own = highs[at] ?? 0;
    if ([at - 2, at - 1, at + 1, at + 2].every((each) => (highs[each] ?? 0) < own)) return own;
  }
  return Number.NaN;
}

/** Monday of the week before the last Friday that the data has, and its rows. */
export function lastWeek(rows: readonly Row[]): readonly Row[] {
  const end = last(rows).time;
  const monday = end - ((new Date(end).getUTCDay() + 6) % 7) * 86_400_000;
  return within(rows, Math.floor(monday / 86_400_000) * 86_400_000);
}
