import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars } from "./period-field.ts";
import { at, highest, lowest, movingMean } from "./windows.ts";

interface Parameters {
  readonly period: number;
  readonly slowing: number;
  readonly signal: number;
}

const settledLine = ({ period, slowing }: Parameters) => period + slowing - 2;
const settledSignal = (parameters: Parameters) => settledLine(parameters) + parameters.signal - 1;

export const stochastic: Indicator<Parameters> = {
  name: "stochastic",
  version: 1,
  title: "Stochastic oscillator",
  summary: "Where the close lies in the range of the last bars, from 0 to 100.",
  parameters: Type.Object({
    period: bars("Period", 14),
    slowing: bars("Slowing", 3),
    signal: bars("Signal period", 3),
  }),
  formula:
    "slow: %K = SMA(slowing) of 100 × (close − lowest low of n bars) ÷ (highest high − lowest low); %D = SMA(signal) of %K; a flat window: undefined (other programs say 0)",
  source: "Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984",
  needsVolume: false,
  settlesAfter: settledSignal,
  place: "pane",
  compute(data, parameters) {
    const high = highest(data.high, parameters.period);
    const low = lowest(data.low, parameters.period);
    const place = data.close.map(
      (close, index) => (100 * (close - at(low, index))) / (at(high, index) - at(low, index)),
    );
    const slow = movingMean(place, parameters.slowing);
    return [
      line("stochastic-k", "%K", null, slow, settledLine(parameters)),
      line("stochastic-d", "%D", null, movingMean(slow, parameters.signal), settledSignal(parameters)),
    ];
  },
};
