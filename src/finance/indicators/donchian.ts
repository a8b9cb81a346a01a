import { Type } from "@sinclair/typebox";
import { choice } from "../calculators/input-fields.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars } from "./period-field.ts";
import { at, highest, lowest, undefinedColumn } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly ownBar: "included" | "excluded";
}

const settled = ({ period, ownBar }: Parameters) => (ownBar === "included" ? period - 1 : period);

export const donchian: Indicator<Parameters> = {
  name: "donchian",
  version: 1,
  title: "Donchian channel",
  summary: "The highest high and the lowest low of the last bars.",
  parameters: Type.Object({
    period: bars("Period", 20),
    ownBar: choice(["included", "excluded"], {
      title: "The bar itself",
      description: "A breakout can only be seen when the bar itself is excluded.",
      default: "included",
    }),
  }),
  formula:
    "upper = highest high of n bars, lower = lowest low, middle = their mean; the n bars end with the bar itself (included) or with the one before it (excluded)",
  source: "Donchian, in: Kirkpatrick and Dahlquist, Technical Analysis, 2010, chapter 14",
  needsVolume: false,
  settlesAfter: settled,
  place: "price",
  compute(data, parameters) {
    const { period, ownBar } = parameters;
    const placed = (values: Float64Array) => (ownBar === "included" ? values : laterBy(1, values));
    const upper = placed(highest(data.high, period));
    const lower = placed(lowest(data.low, period));
    const middle = upper.map((value, index) => (value + at(lower, index)) / 2);
    return [
      line("upper-band", "Upper band", "price", upper, settled(parameters)),
      line("middle-band", "Middle band", "price", middle, settled(parameters)),
      line("lower-band", "Lower band", "price", lower, settled(parameters)),
    ];
  },
};

/** Each value stands some bars later; what would stand after the last bar is left out. */
export function laterBy(shift: number, values: Float64Array): Float64Array {
  const shifted = undefinedColumn(values.length);
  if (shift < values.length) shifted.set(values.subarray(0, values.length - shift), shift);
  return shifted;
}
