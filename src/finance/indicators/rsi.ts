import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { wilderMean, wilderSettles } from "./smoothing.ts";
import { at, undefinedColumn } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly price: PriceOfBar;
}

const settled = ({ period }: Parameters) => period + wilderSettles(period);

export const rsi: Indicator<Parameters> = {
  name: "rsi",
  version: 1,
  title: "Relative strength index",
  summary: "How much of the recent movement was upwards, from 0 to 100.",
  parameters: Type.Object({ period: bars("Period", 14), price: priceOfBar() }),
  formula:
    "RSI = 100 × average gain ÷ (average gain + average loss), by Wilder: average = (average before × (n − 1) + change) ÷ n; the first is the mean of n changes; no losses: 100; no change at all: undefined (other programs say 0 or 100)",
  source: "Wilder, New Concepts in Technical Trading Systems, 1978, section VI",
  needsVolume: false,
  settlesAfter: settled,
  place: "pane",
  compute(data, parameters) {
    const values = relativeStrength(data[parameters.price], parameters.period);
    return [line("rsi", "RSI", null, values, settled(parameters))];
  },
};

function relativeStrength(prices: Float64Array, period: number): Float64Array {
  const gains = undefinedColumn(prices.length);
  const losses = undefinedColumn(prices.length);
  for (let index = 1; index < prices.length; index++) {
    const change = at(prices, index) - at(prices, index - 1);
    gains[index] = Math.max(change, 0);
    losses[index] = Math.max(-change, 0);
  }
  const gain = wilderMean(gains, period);
  const loss = wilderMean(losses, period);
  // 0 ÷ 0 of a flat series is NaN: undefined.
  return gain.map((average, index) => (100 * average) / (average + at(loss, index)));
}
