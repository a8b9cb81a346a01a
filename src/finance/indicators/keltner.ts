import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, multiple } from "./period-field.ts";
import { emaSettles, exponentialMean } from "./smoothing.ts";
import { averageTrueRange, averageTrueRangeSettles } from "./true-range.ts";
import { at } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly rangePeriod: number;
  readonly ranges: number;
}

const settledMiddle = ({ period }: Parameters) => period - 1 + emaSettles(period);
const settled = (parameters: Parameters) =>
  Math.max(settledMiddle(parameters), averageTrueRangeSettles(parameters.rangePeriod));

export const keltner: Indicator<Parameters> = {
  name: "keltner",
  version: 1,
  title: "Keltner channel",
  summary: "An average of the close, and bands some average ranges away.",
  parameters: Type.Object({
    period: bars("Period", 20),
    rangePeriod: bars("Period of the ATR", 10),
    ranges: multiple("Average true ranges", 2),
  }),
  formula:
    "middle = EMA(n) of the close; bands = middle ± k × ATR, by Wilder (Raschke's form; Keltner's own has the mean of high, low and close)",
  source: "Kirkpatrick and Dahlquist, Technical Analysis, 2010, chapter 14",
  needsVolume: false,
  settlesAfter: settled,
  place: "price",
  compute(data, parameters) {
    const middle = exponentialMean(data.close, parameters.period);
    const range = averageTrueRange(data, parameters.rangePeriod);
    const band = (sign: number) =>
      middle.map((mean, index) => mean + sign * parameters.ranges * at(range, index));
    return [
      line("upper-band", "Upper band", "price", band(1), settled(parameters)),
      line("middle-band", "Middle band", "price", middle, settledMiddle(parameters)),
      line("lower-band", "Lower band", "price", band(-1), settled(parameters)),
    ];
  },
};
