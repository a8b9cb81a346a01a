import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { bars, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { movingMean } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly price: PriceOfBar;
}

export const sma: Indicator<Parameters> = {
  name: "sma",
  version: 1,
  title: "Simple moving average",
  summary: "The mean of the last prices, each with the same weight.",
  parameters: Type.Object({ period: bars("Period", 20), price: priceOfBar() }),
  formula: "SMA = (sum of the last n prices) ÷ n; undefined before bar n",
  source: "Murphy, Technical Analysis of the Financial Markets, 1999, chapter 9",
  needsVolume: false,
  settlesAfter: ({ period }) => period - 1,
  place: "price",
  compute(data, { period, price }) {
    return [
      {
        name: "sma",
        label: "SMA",
        unit: "price",
        values: movingMean(data[price], period),
        settledFrom: Math.min(period - 1, data.time.length),
      },
    ];
  },
};
