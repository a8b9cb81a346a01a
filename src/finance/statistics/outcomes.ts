/** What became of cases that began at a bar's close. */
import { say, type Words } from "../../texts/say.ts";
import type { Bars } from "../data/bars.ts";

export interface Bet {
  /** Bars until the outcome is known. */
  readonly horizon: number;
  readonly direction: "long" | "short";
  /** Per cent of the entry; both or neither. */
  readonly stop?: number;
  readonly target?: number;
}

/**
 * @param begins indices of bars, ascending
 * @returns what is to be known of cases that begin before an earlier one has ended; none: nothing
 */
export function overlapWarnings(begins: readonly number[], horizon: number): readonly Words[] {
  const n = begins.length;
  const overlapping = begins.filter(
    (begin, index) => begin - (begins[index - 1] ?? Number.NEGATIVE_INFINITY) < horizon,
  ).length;
  return overlapping === 0
    ? []
    : [
        say`${overlapping} of ${n} cases began before an earlier one had ended: they are not independent, and the interval is too narrow.`,
      ];
}

type Outcome = "win" | "loss" | "both" | "neither";

/**
 * @param index the bar at whose close the case begins
 * @returns its outcome and its return (a share); of a bar that touches stop and target nobody knows which came first: no return
 */
export function outcomeAt(data: Bars, index: number, bet: Bet): { outcome: Outcome; change: number } {
  const { horizon, direction, stop, target } = bet;
  const sign = direction === "long" ? 1 : -1;
  const entry = data.close[index] ?? Number.NaN;
  const changeTo = (price: number) => (price / entry - 1) * sign;
  const last = changeTo(data.close[index + horizon] ?? Number.NaN);
  if (stop === undefined || target === undefined)
    return { outcome: last > 0 ? "win" : last < 0 ? "loss" : "neither", change: last };
  // A price that is written as the stop's touches it, whatever rounding made of the stop.
  const near = entry * 1e-12;
  const stopped = entry * (1 - (sign * stop) / 100) + sign * near;
  const reached = entry * (1 + (sign * target) / 100) - sign * near;
  const [worst, best] = direction === "long" ? [data.low, data.high] : [data.high, data.low];
  for (let at = index + 1; at <= index + horizon; at++) {
    const open = data.open[at] ?? Number.NaN;
    // A gap beyond one of them is filled at the open.
    if ((open - stopped) * sign <= 0) return { outcome: "loss", change: changeTo(open) };
    if ((open - reached) * sign >= 0) return { outcome: "win", change: changeTo(open) };
    const isStopped = ((worst[at] ?? Number.NaN) - stopped) * sign <= 0;
    const isReached = ((best[at] ?? Number.NaN) - reached) * sign >= 0;
    if (isStopped && isReached) return { outcome: "both", change: Number.NaN };
    if (isStopped) return { outcome: "loss", change: -stop / 100 };
    if (isReached) return { outcome: "win", change: target / 100 };
  }
  return { outcome: "neither", change: last };
}
