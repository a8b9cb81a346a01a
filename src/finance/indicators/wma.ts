import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { weightedMean } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly price: PriceOfBar;
}

const settled = ({ period }: Parameters) => period - 1;

export const wma: Indicator<Parameters> = {
  name: "wma",
  version: 1,
  title: "Weighted moving average",
  summary: "The mean of the last prices, newer ones with more weight.",
  parameters: Type.Object({ period: bars("Period", 20), price: priceOfBar() }),
  formula:
    "WMA = (n × price + (n − 1) × the price before + … + 1 × the oldest of n prices) ÷ (n × (n + 1) ÷ 2); undefined before bar n",
  source: "Murphy, Technical Analysis of the Financial Markets, 1999, chapter 9",
  needsVolume: false,
  settlesAfter: settled,
  place: "price",
  compute: (data, parameters) => [
    line("wma", "WMA", "price", weightedMean(data[parameters.price], parameters.period), settled(parameters)),
  ],
};
