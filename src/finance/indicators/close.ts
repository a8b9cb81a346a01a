import { Type } from "@sinclair/typebox";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";

/** The price itself, so that it is a fact like all others. */
export const close: Indicator<Readonly<Record<string, never>>> = {
  name: "close",
  version: 1,
  title: "price¦Close",
  summary: "The last price of the bar.",
  parameters: Type.Object({}),
  formula: "the close of the bar, as the data has it",
  source: "The imported file",
  needsVolume: false,
  settlesAfter: () => 0,
  place: "price",
  compute: (data) => [line("close", "price¦Close", "price", data.close.slice(), 0)],
};
