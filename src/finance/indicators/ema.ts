import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { emaSettles, exponentialMean } from "./smoothing.ts";

interface Parameters {
  readonly period: number;
  readonly price: PriceOfBar;
}

const settled = ({ period }: Parameters) => period - 1 + emaSettles(period);

export const ema: Indicator<Parameters> = {
  name: "ema",
  version: 1,
  title: "Exponential moving average",
  summary: "A mean of all prices, in which each older one weighs less.",
  parameters: Type.Object({ period: bars("Period", 20), price: priceOfBar() }),
  formula:
    "EMA = EMA before + (price − EMA before) × 2 ÷ (n + 1); the first, at bar n, is the mean of n prices (other programs begin with the first price: equal once settled)",
  source: "Murphy, Technical Analysis of the Financial Markets, 1999, chapter 9; the seed as in TA-Lib",
  needsVolume: false,
  settlesAfter: settled,
  place: "price",
  compute: (data, parameters) => [
    line(
      "ema",
      "EMA",
      "price",
      exponentialMean(data[parameters.price], parameters.period),
      settled(parameters),
    ),
  ],
};
