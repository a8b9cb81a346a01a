import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, multiple, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { at, movingMean, undefinedColumn } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly deviations: number;
  readonly price: PriceOfBar;
}

const settled = ({ period }: Parameters) => period - 1;

export const bollinger: Indicator<Parameters> = {
  name: "bollinger",
  version: 1,
  title: "Bollinger bands",
  summary: "A moving average, and bands that widen as prices scatter.",
  parameters: Type.Object({
    period: bars("Period", 20, 2, 500),
    deviations: multiple("Standard deviations", 2),
    price: priceOfBar(),
  }),
  formula:
    "middle = SMA(n); bands = middle ± k × standard deviation of the last n prices, divided by n (population), not by n − 1",
  source: "Bollinger, Bollinger on Bollinger Bands, 2001, chapter 7",
  needsVolume: false,
  settlesAfter: settled,
  place: "price",
  compute(data, parameters) {
    const prices = data[parameters.price];
    const middle = movingMean(prices, parameters.period);
    const deviation = standardDeviation(prices, middle, parameters.period);
    const band = (sign: number) =>
      middle.map((mean, index) => mean + sign * parameters.deviations * at(deviation, index));
    return [
      line("upper-band", "Upper band", "price", band(1), settled(parameters)),
      line("middle-band", "Middle band", "price", middle, settled(parameters)),
      line("lower-band", "Lower band", "price", band(-1), settled(parameters)),
    ];
  },
};

/** From the distances to each window's own mean: a difference of two sums of squares loses the digits of a calm market. */
function standardDeviation(values: Float64Array, means: Float64Array, period: number): Float64Array {
  const deviations = undefinedColumn(values.length);
  for (let index = period - 1; index < values.length; index++) {
    const mean = at(means, index);
    let squares = 0;
    for (let back = index - period + 1; back <= index; back++) {
      const distance = at(values, back) - mean;
      squares += distance * distance;
    }
    deviations[index] = Math.sqrt(squares / period);
  }
  return deviations;
}
