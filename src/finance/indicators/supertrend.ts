import { Type } from "@sinclair/typebox";
import type { Bars } from "../data/bars.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, multiple } from "./period-field.ts";
import { averageTrueRange, averageTrueRangeSettles } from "./true-range.ts";
import { at, undefinedColumn } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly ranges: number;
}

export const supertrend: Indicator<Parameters> = {
  name: "supertrend",
  version: 1,
  title: "Supertrend",
  summary: "A band below a rising and above a falling price, which turns when a close crosses it.",
  parameters: Type.Object({
    period: bars("Period of the ATR", 10),
    ranges: multiple("Average true ranges", 3),
  }),
  formula:
    "bands = (high + low) ÷ 2 ± k × ATR, by Wilder; the lower one only rises while the close before was not below it, the upper one only falls while the close before was not above it; a close above the upper band turns the trend up (line = lower band, direction 1), one below the lower band down (line = upper band, direction −1); the first trend is up; settled after a turn in each direction",
  source: "Seban, Supertrend; the bands as in TradingView's manual",
  needsVolume: false,
  settlesAfter: () => Number.POSITIVE_INFINITY,
  place: "price",
  compute(data, parameters) {
    const { values, directions, settledFrom } = follow(data, parameters);
    return [
      line("supertrend", "Supertrend", "price", values, settledFrom),
      line("supertrend-direction", "Direction", null, directions, settledFrom),
    ];
  },
};

function follow(data: Bars, { period, ranges }: Parameters) {
  const { high, low, close } = data;
  const range = averageTrueRange(data, period);
  const values = undefinedColumn(close.length);
  const directions = undefinedColumn(close.length);
  const rangeSettles = averageTrueRangeSettles(period);
  let settledFrom = close.length;
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let direction = 1;
  // A turn sets one band anew, whatever it was before: both are known after one turn in each direction.
  const turned = new Set<number>();
  for (let index = period - 1; index < close.length; index++) {
    const middle = (at(high, index) + at(low, index)) / 2;
    const away = ranges * at(range, index);
    const before = index === 0 ? at(close, 0) : at(close, index - 1);
    upper = middle + away < upper || before > upper ? middle + away : upper;
    lower = middle - away > lower || before < lower ? middle - away : lower;
    const next = at(close, index) > upper ? 1 : at(close, index) < lower ? -1 : direction;
    if (next !== direction && index > rangeSettles && settledFrom === close.length) {
      turned.add(next);
      if (turned.size === 2) settledFrom = index + 1;
    }
    direction = next;
    directions[index] = direction;
    values[index] = direction === 1 ? lower : upper;
  }
  return { values, directions, settledFrom };
}
