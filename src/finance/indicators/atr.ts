import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars } from "./period-field.ts";
import { averageTrueRange, averageTrueRangeSettles } from "./true-range.ts";

interface Parameters {
  readonly period: number;
}

export const atr: Indicator<Parameters> = {
  name: "atr",
  version: 1,
  title: "Average true range",
  summary: "How far a bar usually reaches, gaps included.",
  parameters: Type.Object({ period: bars("Period", 14) }),
  formula:
    "ATR = (ATR before × (n − 1) + true range) ÷ n, by Wilder; true range = max(high, close before) − min(low, close before), of the first bar high − low; the first ATR, at bar n, is the mean of n true ranges (TA-Lib leaves the first bar out: equal once settled)",
  source: "Wilder, New Concepts in Technical Trading Systems, 1978, section III",
  needsVolume: false,
  settlesAfter: ({ period }) => averageTrueRangeSettles(period),
  place: "pane",
  compute: (data, { period }) => [
    line("atr", "ATR", "price", averageTrueRange(data, period), averageTrueRangeSettles(period)),
  ],
};
