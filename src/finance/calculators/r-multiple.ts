/** A trade's result in multiples of what it risked. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure } from "./figure.ts";
import { optional, positive, signed } from "./input-fields.ts";
import { priceSlot } from "./price-slot.ts";
import { refuse } from "./refuse.ts";

const price = (title: string, example: number) =>
  optional(positive({ title, unit: "price", maximum: 1e9, examples: [example] }));
const inputs = Type.Object({
  profit: optional(
    signed({ title: "Profit", description: "A loss is below zero.", unit: "currency", examples: [250] }),
  ),
  risk: optional(positive({ title: "Initial risk", unit: "currency", examples: [100] })),
  entry: price("Entry price", 1.08),
  stopPrice: price("Stop price at the beginning", 1.075),
  exit: price("Exit price", 1.0925),
});
type Inputs = Static<typeof inputs>;

export const rMultiple: Calculator<Inputs> = {
  name: "r-multiple",
  version: 1,
  title: "R multiple",
  summary: "A trade's result in multiples of what it risked at the beginning.",
  topic: "trading",
  inputs,
  needs: [
    ["profit", "exit"],
    ["risk", "stopPrice"],
  ],
  formula: "R = profit ÷ initial risk; by prices: (exit − entry) ÷ (entry − stop)",
  source: "Van K. Tharp: Trade Your Way to Financial Freedom, R multiples",
  asked: {
    phrases: [
      "r multiple",
      "r-multiple",
      "r multiples",
      "how many r",
      "result in r",
      "profit in r",
      "r-vielfaches",
      "r vielfaches",
      "r-vielfache",
      "r-multiplikator",
      "wie viel r",
      "wie viele r",
      "ergebnis in r",
      "gewinn in r",
    ],
    examples: [
      {
        question: "What is the R multiple of a $250 profit with $100 risk?",
        inputs: { profit: 250, risk: 100 },
      },
      {
        question: "R multiple: entry 1.0800, stop 1.0750, exit 1.0925",
        inputs: { entry: 1.08, stopPrice: 1.075, exit: 1.0925 },
      },
      {
        question: "How many R is a profit of 600 USD when the risk was 200 USD?",
        inputs: { profit: 600, risk: 200 },
      },
      {
        question: "Wie hoch ist das R-Vielfache bei 300 € Gewinn und 150 € Risiko?",
        inputs: { profit: 300, risk: 150 },
      },
      {
        question: "Ergebnis in R: Einstieg 100, Stop 98, Ausstieg 105",
        inputs: { entry: 100, stopPrice: 98, exit: 105 },
      },
      {
        question: "Calculate the R multiple for entry 50, stop 52 and exit 44",
        inputs: { entry: 50, stopPrice: 52, exit: 44 },
      },
    ],
    slots: {
      profit: { kinds: ["money"], cues: ["profit", "made", "won", "gain", "gewinn", "verdient"] },
      risk: { kinds: ["money"], cues: ["risk", "risked", "risking", "risiko", "riskiert"] },
      entry: priceSlot(["entry", "enter", "einstieg", "bought at", "kauf"]),
      stopPrice: priceSlot(["stop", "stop loss", "stop-loss", "stoploss", "sl", "stopp"]),
      exit: priceSlot(["exit", "closed at", "sold at", "ausstieg", "verkauf"]),
    },
  },
  calculate(given) {
    const { value, steps } = multipleOf(given);
    return {
      results: [figure("r-multiple", say`R multiple`, value, { unit: "R", decimals: 2, steps })],
      warnings: value.lt(-1)
        ? [say`The loss is above the initial risk: the stop was moved, or the price jumped over it.`]
        : [],
      assumptions: [],
    };
  },
};

function multipleOf({ profit, risk, entry, stopPrice, exit }: Inputs): { value: Exact; steps: string } {
  const byAmounts = profit !== undefined || risk !== undefined;
  if (byAmounts && (entry ?? stopPrice ?? exit) !== undefined)
    refuse("profit", say`State either profit and initial risk, or the three prices, not some of both.`);
  if (byAmounts) {
    if (profit === undefined) refuse("profit", say`State the profit, too; a loss is below zero.`);
    if (risk === undefined) refuse("risk", say`State the initial risk, too: the profit is a multiple of it.`);
    return { value: new Exact(profit).div(risk), steps: `${profit} ÷ ${risk}` };
  }
  if (entry === undefined)
    refuse("entry", say`State profit and initial risk, or entry, stop and exit prices.`);
  if (stopPrice === undefined) refuse("stopPrice", say`State the stop price of the beginning, too.`);
  if (exit === undefined) refuse("exit", say`State the exit price, too.`);
  if (entry === stopPrice)
    refuse(
      "stopPrice",
      say`The stop price is the entry price. State a stop that is below or above the entry.`,
    );
  const value = new Exact(exit).minus(entry).div(new Exact(entry).minus(stopPrice));
  return { value, steps: `(${exit} − ${entry}) ÷ (${entry} − ${stopPrice})` };
}
