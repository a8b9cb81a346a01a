import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { findingsOf, priceDecimals } from "./finding.ts";
import { needBars, simpleReturns } from "./price-returns.ts";
import type { Statistic } from "./statistic.ts";

export const drawdown: Statistic<Readonly<Record<string, never>>> = {
  name: "drawdown",
  version: 1,
  title: "Maximum drawdown",
  summary: "The deepest fall from a high close, when it was, and whether it was made good.",
  parameters: Type.Object({}),
  formula:
    "drawdown = close ÷ highest close so far − 1; the maximum is the lowest of them; peak = the last highest close before it; recovery = the first close after it at or above the peak",
  source: "Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, chapter 4",
  series: 1,
  compute(bars) {
    const { close, time } = bars;
    needBars(close.length, 2);
    // Prices at or below zero have no drawdown, either.
    simpleReturns(close);
    const { peak, trough, recovery, now } = deepest(close);
    const n = close.length;
    const finding = findingsOf(bars);
    const [high = 0, low = 0, last = 0] = [close[peak], close[trough], close.at(-1)];
    const never = say`The price never closed below an earlier close.`;
    const isFalling = trough > peak;
    const place = (name: string, label: Words, index: number | null, reason: Words) =>
      finding(name, label, index === null ? Number.NaN : (close[index] ?? 0), {
        ...{ unit: "price", n, decimals: priceDecimals(index === null ? 0 : (close[index] ?? 0)), reason },
        steps: say`a close of ${n}`,
        ...(index === null ? {} : { at: time[index] ?? 0 }),
      });
    return {
      results: [
        finding("drawdown", say`Maximum drawdown`, isFalling ? (low / high - 1) * 100 : 0, {
          ...{ unit: "%", n, steps: say`${low} ÷ ${high} − 1`, at: time[trough] ?? 0 },
        }),
        place("peak", say`Peak`, isFalling ? peak : null, never),
        place("trough", say`Trough`, isFalling ? trough : null, never),
        place(
          "recovery",
          say`Recovery`,
          isFalling ? recovery : null,
          isFalling ? say`The price has not come back to the peak by the last bar.` : never,
        ),
        finding("drawdown-now", say`Drawdown at the last bar`, now * 100, {
          ...{ unit: "%", n, steps: say`${last} ÷ highest close − 1` },
        }),
      ],
      warnings: [],
      assumptions: [],
    };
  },
};

function deepest(close: Float64Array) {
  let [high, peak, trough, depth, now] = [0, 0, 0, 0, 0];
  let recovery: number | null = null;
  let highAt = 0;
  close.forEach((price, index) => {
    if (recovery === null && trough > 0 && price >= (close[peak] ?? 0)) recovery = index;
    if (price >= high) [high, highAt] = [price, index];
    now = price / high - 1;
    if (now < depth) [depth, peak, trough, recovery] = [now, highAt, index, null];
  });
  return { peak, trough, recovery, now };
}
