import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { movingMean } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly price: PriceOfBar;
}

const settled = ({ period }: Parameters) => period - 1;

export const sma: Indicator<Parameters> = {
  name: "sma",
  version: 1,
  title: "Simple moving average",
  summary: "The mean of the last prices, each with the same weight.",
  parameters: Type.Object({ period: bars("Period", 20), price: priceOfBar() }),
  formula: "SMA = (sum of the last n prices) ÷ n; undefined before bar n",
  source: "Murphy, Technical Analysis of the Financial Markets, 1999, chapter 9",
  needsVolume: false,
  settlesAfter: settled,
  place: "price",
  compute: (data, parameters) => [
    line("sma", "SMA", "price", movingMean(data[parameters.price], parameters.period), settled(parameters)),
  ],
};
