/** Retracements and extensions of a move, at the usual ratios of Fibonacci numbers. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { levelSymbolField, levelSymbolSlot, levelsOf, priceField } from "./price-levels.ts";
import { priceSlot } from "./price-slot.ts";
import { refuse } from "./refuse.ts";

/** The answer's, then the others. */
const golden = "0.618";
const retracements = ["0.236", "0.382", "0.5", "0.786"];
const extensions = ["1.272", "1.618", "2", "2.618"];

const inputs = Type.Object({
  from: priceField("Price at the beginning of the move", 100),
  to: priceField("Price at its end", 150),
  symbol: levelSymbolField,
});

export const fibonacciLevels: Calculator<Static<typeof inputs>> = {
  name: "fibonacci-levels",
  version: 1,
  title: "Fibonacci levels",
  summary: "Retracements of a move, and extensions beyond its end.",
  topic: "trading",
  inputs,
  formula: "retracement k: to − k × (to − from); extension k: from + k × (to − from)",
  source:
    "Frost and Prechter, Elliott Wave Principle: ratios of Fibonacci numbers (0.5 is a convention, none of them)",
  asked: {
    phrases: [
      "fibonacci levels",
      "fibonacci retracement",
      "fibonacci retracements",
      "fib levels",
      "fib retracement",
      "fibonacci extension",
      "fibonacci extensions",
      "retracement levels",
      "fibonacci-level",
      "fibonacci-levels",
      "fibonacci level",
      "fibonacci-retracement",
      "fibonacci-retracements",
      "fibonacci-marken",
    ],
    examples: [
      {
        question: "What are the Fibonacci retracement levels from 100 to 150?",
        inputs: { from: 100, to: 150 },
      },
      { question: "Fibonacci levels for a move from 1.0500 to 1.1000", inputs: { from: 1.05, to: 1.1 } },
      {
        question: "Calculate fib retracement for gold from 2300 to 2400",
        inputs: { from: 2300, to: 2400, symbol: "XAUUSD" },
      },
      {
        question: "Wie hoch sind die Fibonacci-Retracements von 200 auf 180?",
        inputs: { from: 200, to: 180 },
      },
      {
        question: "Berechne die Fibonacci-Level im DAX von 17500 auf 18500",
        inputs: { from: 17_500, to: 18_500, symbol: "DE40" },
      },
      { question: "What are the Fibonacci extensions from 50 to 60?", inputs: { from: 50, to: 60 } },
    ],
    slots: {
      from: priceSlot(["from", "start", "swing start", "von", "ab"]),
      to: priceSlot(["to", "end", "swing end", "auf", "bis"]),
      symbol: levelSymbolSlot,
    },
  },
  calculate({ from, to, symbol }, context) {
    if (from === to) refuse("to", say`The move begins and ends at the same price. State two prices.`);
    const level = levelsOf([from, to], symbol, context);
    const move = new Exact(to).minus(from);
    const named = (kind: string, ratio: string) =>
      `${kind}-${new Exact(ratio).times(100).toFixed().replace(".", "-")}`;
    const shown = (ratio: string) => `${new Exact(ratio).times(100).toFixed()} %`;
    const retracement = (ratio: string): Result =>
      level(
        named("retracement", ratio),
        say`Retracement ${shown(ratio)}`,
        new Exact(to).minus(move.times(ratio)),
        `${to} − ${ratio} × (${to} − ${from})`,
      );
    const extension = (ratio: string): Result =>
      level(
        named("extension", ratio),
        say`Extension ${shown(ratio)}`,
        move.times(ratio).plus(from),
        `${from} + ${ratio} × (${to} − ${from})`,
      );
    return {
      results: [retracement(golden), ...retracements.map(retracement), ...extensions.map(extension)],
      warnings: [],
      assumptions: [
        move.isNegative()
          ? say`The move goes down: retracements are above its end.`
          : say`The move goes up: retracements are below its end.`,
      ],
    };
  },
};
