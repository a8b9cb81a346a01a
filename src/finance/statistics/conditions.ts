/** What may be true of a bar once it has closed. */
import { say } from "../../texts/say.ts";
import { choice, optional, signed } from "../calculators/input-fields.ts";
import { refuse } from "../calculators/refuse.ts";
import type { Bars } from "../data/bars.ts";
import { donchian } from "../indicators/donchian.ts";
import { bars as barCount } from "../indicators/period-field.ts";
import { rsi } from "../indicators/rsi.ts";
import { sma } from "../indicators/sma.ts";

const conditions = [
  "any bar",
  "falling closes",
  "rising closes",
  "fall of at least",
  "rise of at least",
  "close above the high of",
  "close below the low of",
  "close above the SMA",
  "close below the SMA",
  "RSI above",
  "RSI below",
] as const;

export interface Condition {
  readonly condition: (typeof conditions)[number];
  readonly bars: number;
  readonly level?: number;
}

/** @param standard the condition where nobody states one */
export const conditionFields = (standard: Condition["condition"] = "falling closes") => ({
  condition: choice(conditions, { title: "Condition", default: standard }),
  bars: barCount("Bars of the condition", 3),
  level: optional(
    signed({
      title: "Level",
      description: "Per cent of a change, or the value of the RSI.",
      minimum: 0,
      maximum: 100,
    }),
  ),
});

/** @returns of each bar, whether the condition holds at its close; undefined values hold nothing */
export function holds(data: Bars, { condition, bars, level }: Condition): (index: number) => boolean {
  const { close } = data;
  const price = (index: number) => close[index] ?? Number.NaN;
  const change = (index: number) => (price(index) / price(index - bars) - 1) * 100;
  switch (condition) {
    case "any bar":
      return () => true;
    case "falling closes":
      return inARow(bars, (index) => price(index) < price(index - 1));
    case "rising closes":
      return inARow(bars, (index) => price(index) > price(index - 1));
    case "fall of at least":
      return (index) => change(index) <= -stated(level);
    case "rise of at least":
      return (index) => change(index) >= stated(level);
    case "close above the high of":
    case "close below the low of": {
      const [upper, , lower] = donchian.compute(data, { period: bars, ownBar: "excluded" });
      return condition === "close above the high of"
        ? (index) => price(index) > (upper?.values[index] ?? Number.NaN)
        : (index) => price(index) < (lower?.values[index] ?? Number.NaN);
    }
    case "close above the SMA":
    case "close below the SMA": {
      const [line] = sma.compute(data, { period: bars, price: "close" });
      const sign = condition === "close above the SMA" ? 1 : -1;
      return (index) => (price(index) - (line?.values[index] ?? Number.NaN)) * sign > 0;
    }
    case "RSI above":
    case "RSI below": {
      const [line] = rsi.compute(data, { period: bars, price: "close" });
      const sign = condition === "RSI above" ? 1 : -1;
      const border = stated(level);
      return (index) =>
        index >= (line?.settledFrom ?? 0) && ((line?.values[index] ?? Number.NaN) - border) * sign > 0;
    }
    default:
      throw new Error(`No condition: ${condition satisfies never}`);
  }
}

function inARow(bars: number, is: (index: number) => boolean): (index: number) => boolean {
  return (index) => {
    for (let back = 0; back < bars; back++) if (!is(index - back)) return false;
    return true;
  };
}

function stated(level: number | undefined): number {
  if (level === undefined)
    refuse("level", say`State the level: per cent of a change, or the value of the RSI.`);
  return level;
}
