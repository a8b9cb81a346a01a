import { Type } from "@sinclair/typebox";
import type { Bars } from "../data/bars.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { volumeOf } from "./volume.ts";
import { at } from "./windows.ts";

export const obv: Indicator<Readonly<Record<string, never>>> = {
  name: "obv",
  version: 1,
  title: "On-balance volume",
  summary: "The volume of rising bars less that of falling bars, summed up.",
  parameters: Type.Object({}),
  formula:
    "OBV = OBV before + volume where the close rises, − volume where it falls; the first is the volume of the first bar: the level depends on where the data begins, the changes do not",
  source: "Granville, Granville's New Key to Stock Market Profits, 1963; the first value as in TA-Lib",
  needsVolume: true,
  settlesAfter: () => Number.POSITIVE_INFINITY,
  place: "pane",
  compute: (data) => [line("obv", "OBV", null, balance(data), 0)],
};

function balance(data: Bars): Float64Array {
  const volume = volumeOf(data);
  const values = new Float64Array(volume.length);
  let sum = 0;
  for (let index = 0; index < volume.length; index++) {
    const direction = index === 0 ? 1 : Math.sign(at(data.close, index) - at(data.close, index - 1));
    sum += direction * at(volume, index);
    values[index] = sum;
  }
  return values;
}
