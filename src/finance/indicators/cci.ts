import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars } from "./period-field.ts";
import { typicalPrice } from "./typical-price.ts";
import { at, movingMean, undefinedColumn } from "./windows.ts";

interface Parameters {
  readonly period: number;
}

export const cci: Indicator<Parameters> = {
  name: "cci",
  version: 1,
  title: "Commodity channel index",
  summary: "How far the price is from its average, in usual distances.",
  parameters: Type.Object({ period: bars("Period", 20, 2, 250) }),
  formula:
    "CCI = (TP − SMA(TP)) ÷ (0.015 × mean absolute deviation of TP from its SMA), TP = (high + low + close) ÷ 3, over n bars; a flat window: undefined (other programs say 0)",
  source: "Lambert, Commodity Channel Index: Tools for Trading Cyclic Trends, Commodities, 1980",
  needsVolume: false,
  settlesAfter: ({ period }) => period - 1,
  place: "pane",
  compute: (data, { period }) => [
    line("cci", "CCI", null, channelIndex(typicalPrice(data), period), period - 1),
  ],
};

function channelIndex(prices: Float64Array, period: number): Float64Array {
  const means = movingMean(prices, period);
  const values = undefinedColumn(prices.length);
  let lastChange = 0;
  for (let index = 0; index < prices.length; index++) {
    const price = at(prices, index);
    if (index > 0 && price !== at(prices, index - 1)) lastChange = index;
    const first = index - period + 1;
    // All prices of a flat window are equal: without a distance there is no usual one.
    if (first < 0 || lastChange <= first) continue;
    const mean = at(means, index);
    let deviations = 0;
    for (let back = first; back <= index; back++) deviations += Math.abs(at(prices, back) - mean);
    values[index] = (price - mean) / (0.015 * (deviations / period));
  }
  return values;
}
