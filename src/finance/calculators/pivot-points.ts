/** Pivot points of a session: levels above and below from its high, low and close. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { choice, optional } from "./input-fields.ts";
import { type PivotLevel, pivotLevels, pivotMethods } from "./pivot-levels.ts";
import { levelSymbolField, levelSymbolSlot, levelsOf, priceField } from "./price-levels.ts";
import { priceSlot } from "./price-slot.ts";
import { refuse } from "./refuse.ts";

const inputs = Type.Object({
  high: priceField("High of the last session", 1.095),
  low: priceField("Low of the last session", 1.08),
  close: priceField("Close of the last session", 1.09),
  open: optional(priceField("Open of this session (Woodie only)", 1.091)),
  method: choice(pivotMethods, { title: "Kind", default: "classic" }),
  symbol: levelSymbolField,
});
type Inputs = Static<typeof inputs>;

export const pivotPoints: Calculator<Inputs> = {
  name: "pivot-points",
  version: 1,
  title: "Pivot points",
  summary:
    "The pivot of the last session, with resistances and supports: classic, Fibonacci, Camarilla or Woodie.",
  topic: "trading",
  inputs,
  formula:
    "classic: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0.382, 0.618, 1 × (H − L); Camarilla: C ± 1.1 × (H − L) ÷ 12, 6, 4, 2; Woodie: classic with P = (H + L + 2 × open) ÷ 4, or with the close where no open is stated",
  source:
    "J. L. Person, A Complete Guide to Technical Trading Tactics; Skender Stock Indicators, pivot points",
  asked: {
    phrases: [
      "pivot points",
      "pivot point",
      "pivots",
      "pivot levels",
      "camarilla",
      "camarilla levels",
      "woodie pivots",
      "fibonacci pivots",
      "pivotpunkte",
      "pivot-punkte",
      "pivotpunkt",
      "pivot punkte",
    ],
    examples: [
      {
        question: "What are the pivot points for high 1.0950, low 1.0800 and close 1.0900?",
        inputs: { high: 1.095, low: 1.08, close: 1.09 },
      },
      {
        question: "Calculate the Camarilla pivot points: high 110, low 100, close 105",
        inputs: { high: 110, low: 100, close: 105, method: "camarilla" },
      },
      {
        question: "Fibonacci pivots for gold: high 2380, low 2350, close 2370",
        inputs: { high: 2380, low: 2350, close: 2370, method: "fibonacci", symbol: "XAUUSD" },
      },
      {
        question: "Berechne die Pivotpunkte: Hoch 18200, Tief 18000, Schluss 18150",
        inputs: { high: 18_200, low: 18_000, close: 18_150 },
      },
      {
        question: "Welche Pivotpunkte hat der DAX bei Hoch 18200, Tief 18000 und Schlusskurs 18100?",
        inputs: { high: 18_200, low: 18_000, close: 18_100, symbol: "DE40" },
      },
      {
        question: "Woodie pivots: high 50, low 40, close 45, open 46",
        inputs: { high: 50, low: 40, close: 45, open: 46, method: "woodie" },
      },
    ],
    slots: {
      high: priceSlot(["high", "hoch", "tageshoch", "höchstkurs"]),
      low: priceSlot(["low", "tief", "tagestief", "tiefstkurs"]),
      close: priceSlot(["close", "closing", "schluss", "schlusskurs"]),
      open: priceSlot(["open", "opening", "eröffnung", "eröffnungskurs"]),
      method: {
        kinds: ["choice"],
        cues: [],
        choices: {
          classic: ["classic", "standard", "floor", "klassisch", "klassische", "klassischen"],
          fibonacci: ["fibonacci", "fib"],
          camarilla: ["camarilla"],
          woodie: ["woodie", "woodies"],
        },
      },
      symbol: levelSymbolSlot,
    },
  },
  calculate(given, context) {
    const { high, low, close, open, method } = given;
    if (low > high) refuse("low", say`The low of ${low} is above the high of ${high}. Swap them.`);
    if (close < low || close > high)
      refuse(
        "close",
        say`The close of ${close} is not between the low of ${low} and the high of ${high}. Check the three prices.`,
      );
    if (open !== undefined && method !== "woodie")
      refuse("open", say`Only Woodie's pivot points use the open. Leave it out, or choose Woodie.`);
    const level = levelsOf([high, low, close, open ?? close], given.symbol, context);
    const shown = ({ rank, value, steps }: PivotLevel) => level(nameOf(rank), labelOf(rank), value, steps);
    const [pivot, ...others] = pivotLevels(method, { high, low, close, open: open ?? close });
    return {
      results: [shown(pivot), ...others.map(shown)],
      warnings: [],
      assumptions: [
        say`Kind: ${method}.`,
        ...(method === "woodie" && open === undefined
          ? [say`No open is stated: Woodie's pivot is computed with the close.`]
          : []),
      ],
    };
  },
};

const nameOf = (rank: number) =>
  rank === 0 ? "pivot" : rank > 0 ? `resistance-${rank}` : `support-${-rank}`;
const labelOf = (rank: number) => (rank === 0 ? say`Pivot (P)` : rank > 0 ? `R${rank}` : `S${-rank}`);
