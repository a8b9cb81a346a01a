import { Type } from "@sinclair/typebox";
import type { Bars } from "../data/bars.ts";
import { laterBy } from "./donchian.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { bars } from "./period-field.ts";
import { at, highest, lowest } from "./windows.ts";

interface Parameters {
  readonly conversion: number;
  readonly base: number;
  readonly span: number;
  readonly shift: number;
}

const settledA = ({ conversion, base, shift }: Parameters) => Math.max(conversion, base) - 1 + shift;
const settledB = ({ span, shift }: Parameters) => span - 1 + shift;

export const ichimoku: Indicator<Parameters> = {
  name: "ichimoku",
  version: 1,
  title: "Ichimoku cloud",
  summary: "Middles of the ranges of three periods, two of them drawn ahead as a cloud.",
  parameters: Type.Object({
    conversion: bars("Conversion period", 9),
    base: bars("Base period", 26),
    span: bars("Period of span B", 52),
    shift: bars("Shift of the cloud", 26),
  }),
  formula:
    "conversion, base and span B = (highest high + lowest low) ÷ 2 of 9, 26 and 52 bars; span A = (conversion + base) ÷ 2; both spans stand 26 bars later than they are computed; the lagging span is the close, drawn 26 bars earlier: it has no value that is known at its bar",
  source: "Elliott, Ichimoku Charts, 2007",
  needsVolume: false,
  settlesAfter: (parameters) => Math.max(settledA(parameters), settledB(parameters)),
  place: "price",
  compute(data, parameters) {
    const { conversion, base, span, shift } = parameters;
    const conversionLine = middleOfRange(data, conversion);
    const baseLine = middleOfRange(data, base);
    const spanA = conversionLine.map((value, index) => (value + at(baseLine, index)) / 2);
    const spanB = middleOfRange(data, span);
    return [
      line("conversion", "Conversion line", "price", conversionLine, conversion - 1),
      line("base", "Base line", "price", baseLine, base - 1),
      line("span-a", "Span A", "price", laterBy(shift, spanA), settledA(parameters)),
      line("span-b", "Span B", "price", laterBy(shift, spanB), settledB(parameters)),
    ];
  },
};

function middleOfRange({ high, low }: Bars, period: number): Float64Array {
  const lows = lowest(low, period);
  return highest(high, period).map((value, index) => (value + at(lows, index)) / 2);
}
