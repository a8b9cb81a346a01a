import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars, type PriceOfBar, priceOfBar } from "./period-field.ts";
import { emaSettles, emaTwiceSettles, exponentialMean } from "./smoothing.ts";
import { at } from "./windows.ts";

interface Parameters {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
  readonly price: PriceOfBar;
}

const settledLine = ({ slow }: Parameters) => slow - 1 + emaSettles(slow);
const settledSignal = ({ slow, signal }: Parameters) =>
  slow + signal - 2 + emaTwiceSettles(Math.max(slow, signal));

export const macd: Indicator<Parameters> = {
  name: "macd",
  version: 1,
  title: "Moving average convergence divergence",
  summary: "How far a fast average of the price is above a slow one.",
  parameters: Type.Object({
    fast: bars("Fast period", 12),
    slow: bars("Slow period", 26),
    signal: bars("Signal period", 9),
    price: priceOfBar(),
  }),
  formula:
    "MACD = EMA(fast) − EMA(slow); signal = EMA(signal) of the MACD; histogram = MACD − signal; each EMA begins with the mean of its first values (TA-Lib begins the fast one later: equal once settled)",
  source: "Appel, Technical Analysis: Power Tools for Active Investors, 2005, chapter 8",
  needsVolume: false,
  settlesAfter: settledSignal,
  place: "pane",
  compute(data, parameters) {
    const { fast, slow, signal } = parameters;
    if (fast >= slow) refuse("fast", say`The fast period must be shorter than the slow one.`);
    const prices = data[parameters.price];
    const slowMean = exponentialMean(prices, slow);
    const values = exponentialMean(prices, fast).map((mean, index) => mean - at(slowMean, index));
    const signals = exponentialMean(values, signal);
    const histogram = values.map((value, index) => value - at(signals, index));
    return [
      line("macd", "MACD", "price", values, settledLine(parameters)),
      line("macd-signal", "Signal", "price", signals, settledSignal(parameters)),
      line("macd-histogram", "Histogram", "price", histogram, settledSignal(parameters)),
    ];
  },
};
