import { Type } from "@sinclair/typebox";
import type { Bars } from "../data/bars.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars } from "./period-field.ts";
import { wilderMean, wilderSettles, wilderTwiceSettles } from "./smoothing.ts";
import { trueRange } from "./true-range.ts";
import { at, undefinedColumn } from "./windows.ts";

interface Parameters {
  readonly period: number;
}

const settledDirection = ({ period }: Parameters) => period + wilderSettles(period);
const settled = ({ period }: Parameters) => 2 * period - 1 + wilderTwiceSettles(period);

export const adx: Indicator<Parameters> = {
  name: "adx",
  version: 1,
  title: "Average directional index",
  summary: "How strong a trend is, in either direction, from 0 to 100.",
  parameters: Type.Object({ period: bars("Period", 14) }),
  formula:
    "+DM = high − high before where it is above zero and above low before − low, else 0; −DM mirrored; ±DI = 100 × average(±DM) ÷ average(true range); DX = 100 × |+DI − −DI| ÷ (+DI + −DI), 0 without direction; ADX = average(DX); averages by Wilder, the first is a mean of n values from the second bar on (TA-Lib begins with n − 1: equal once settled); nothing moves: undefined",
  source: "Wilder, New Concepts in Technical Trading Systems, 1978, section IV",
  needsVolume: false,
  settlesAfter: settled,
  place: "pane",
  compute(data, parameters) {
    const { period } = parameters;
    const { up, down, ranges } = movements(data);
    const range = wilderMean(ranges, period);
    const direction = (movement: Float64Array) =>
      wilderMean(movement, period).map((mean, index) => (100 * mean) / at(range, index));
    const plus = direction(up);
    const minus = direction(down);
    const strength = plus.map((value, index) => {
      const sum = value + at(minus, index);
      return sum === 0 ? 0 : (100 * Math.abs(value - at(minus, index))) / sum;
    });
    return [
      line("adx", "ADX", null, wilderMean(strength, period), settled(parameters)),
      line("plus-di", "+DI", null, plus, settledDirection(parameters)),
      line("minus-di", "−DI", null, minus, settledDirection(parameters)),
    ];
  },
};

/** Directional movements and true ranges; of the first bar there are none. */
function movements(data: Bars) {
  const { high, low } = data;
  const up = undefinedColumn(high.length);
  const down = undefinedColumn(high.length);
  for (let index = 1; index < high.length; index++) {
    const rise = at(high, index) - at(high, index - 1);
    const fall = at(low, index - 1) - at(low, index);
    up[index] = rise > fall && rise > 0 ? rise : 0;
    down[index] = fall > rise && fall > 0 ? fall : 0;
  }
  const ranges = trueRange(data);
  ranges[0] = Number.NaN;
  return { up, down, ranges };
}
