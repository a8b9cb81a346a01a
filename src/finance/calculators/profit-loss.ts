/** What a trade has won or lost. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import {
  accountCurrency,
  accountField,
  accountSlot,
  conversionFields,
  conversionSlots,
  conversionTo,
  converted,
} from "./account-conversion.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure } from "./figure.ts";
import { amount, choice, positive, signed } from "./input-fields.ts";
import { moneyOf } from "./money.ts";
import { priceSlot } from "./price-slot.ts";
import {
  instrumentFields,
  instrumentNamed,
  instrumentSlot,
  lotsField,
  lotsSlot,
  specificationOf,
} from "./traded-instrument.ts";

const inputs = Type.Object({
  ...instrumentFields,
  direction: choice(["long", "short"] as const, { title: "Direction" }),
  lots: lotsField(),
  entry: positive({ title: "Entry price", unit: "price", maximum: 1e9, examples: [1.08] }),
  exit: positive({ title: "Exit price", unit: "price", maximum: 1e9, examples: [1.09] }),
  currency: accountField,
  commission: amount({
    title: "Commission",
    description: "Of the whole trade, in the account's currency.",
    unit: "currency",
    default: 0,
    examples: [7],
  }),
  swap: signed({
    title: "Swap",
    description: "Credited (above zero) or charged (below zero), in the account's currency.",
    unit: "currency",
    default: 0,
    examples: [-2.5],
  }),
  ...conversionFields,
});

export const profitLoss: Calculator<Static<typeof inputs>> = {
  name: "profit-loss",
  version: 1,
  title: "Profit and loss",
  summary: "What a trade has won or lost, before and after costs.",
  topic: "trading",
  inputs,
  formula:
    "gross = (exit − entry) × contract size × lots × conversion rate, with the sign turned for a short; net = gross − commission + swap",
  source: "Definition of the profit of a linear contract",
  asked: {
    phrases: [
      "my profit",
      "profit of a",
      "profit on a",
      "profit if i",
      "my loss",
      "loss of a",
      "loss on a",
      "loss if i",
      "profit and loss",
      "profit or loss",
      "p&l",
      "p/l",
      "pnl",
      "how much did i make",
      "how much did i lose",
      "how much do i make",
      "how much do i lose",
      "how much will i make",
      "mein gewinn",
      "gewinn bei",
      "gewinn wenn",
      "mein verlust",
      "verlust bei",
      "verlust wenn",
      "gewinn und verlust",
      "gewinn oder verlust",
      "wie viel habe ich verdient",
      "wie viel habe ich verloren",
    ],
    // What is sold first and bought back is a short, whatever else its words say.
    unless: [
      ...["buy back", "buy it back", "bought back", "bought it back", "buying back"],
      ...["kaufe zurück", "zurückkaufe", "zurückgekauft", "zurückkaufen"],
    ],
    examples: [
      {
        question: "What is my profit if I buy 0.5 lots EURUSD at 1.0800 and sell at 1.0900 on a USD account?",
        inputs: { symbol: "EURUSD", lots: 0.5, direction: "long", entry: 1.08, exit: 1.09, currency: "USD" },
      },
      {
        question: "Profit of a long trade, 2 lots gold, entry 2300, exit 2325, USD account",
        inputs: { symbol: "XAUUSD", lots: 2, direction: "long", entry: 2300, exit: 2325, currency: "USD" },
      },
      {
        question: "What is the loss on a short of 1 lot GBPUSD, entry 1.25, exit 1.26, in USD?",
        inputs: { symbol: "GBPUSD", lots: 1, direction: "short", entry: 1.25, exit: 1.26, currency: "USD" },
      },
      {
        question: "Wie hoch ist der Gewinn bei 1 Lot DAX long, Einstieg 18000, Ausstieg 18100, Konto in EUR?",
        inputs: { symbol: "DE40", lots: 1, direction: "long", entry: 18_000, exit: 18_100, currency: "EUR" },
      },
      {
        question: "Gewinn oder Verlust: short 0,2 Lots USDJPY, Einstieg 150, Ausstieg 148, Konto in USD",
        inputs: { symbol: "USDJPY", lots: 0.2, direction: "short", entry: 150, exit: 148, currency: "USD" },
      },
      {
        question:
          "P&L of a long position of 3 lots US30, entry 39000, exit 38900, USD account, commission $12",
        inputs: {
          symbol: "US30",
          lots: 3,
          direction: "long",
          entry: 39_000,
          exit: 38_900,
          currency: "USD",
          commission: 12,
        },
      },
    ],
    slots: {
      symbol: instrumentSlot,
      quote: { kinds: ["currency"], cues: ["priced in", "notiert in"] },
      direction: {
        kinds: ["choice"],
        cues: [],
        choices: {
          long: ["long", "buy", "bought", "buying", "kaufe", "kaufen", "gekauft"],
          short: ["short", "go short", "sell short", "sold short", "leerverkauf", "leerverkauft"],
        },
      },
      lots: lotsSlot,
      entry: priceSlot([
        "entry",
        "bought at",
        "buy at",
        "from",
        "buy",
        "bought",
        "einstieg",
        "gekauft",
        "kaufe",
        "von",
      ]),
      exit: priceSlot([
        "exit",
        "sold at",
        "sell at",
        "close at",
        "closed at",
        "to",
        "sell",
        "sold",
        "ausstieg",
        "verkauft",
        "verkaufe",
        "auf",
      ]),
      currency: accountSlot,
      commission: {
        kinds: ["money"],
        cues: ["commission", "fee", "fees", "kommission", "provision", "gebühr", "gebühren"],
      },
      swap: { kinds: ["money"], cues: ["swap", "rollover"] },
      ...conversionSlots,
    },
  },
  calculate(given, context) {
    const instrument = instrumentNamed(given.symbol, given.quote, context);
    const { contractSize, pip, symbol, kind } = instrument;
    const { lots, entry, exit, direction, commission, swap } = given;
    const money = moneyOf(accountCurrency(given.currency));
    const conversion = conversionTo(given, instrument, exit);
    const [to, from] = direction === "long" ? [exit, entry] : [entry, exit];
    const move = new Exact(to).minus(from);
    const gross = converted(move.times(contractSize).times(lots), conversion);
    const net = gross.minus(commission).plus(swap);
    const steps = say`(${to} − ${from}) × ${contractSize} × ${lots}${conversion.steps}`;
    return {
      results: [
        money.result(
          "net-profit",
          net.lt(0) ? say`Net loss` : say`Net profit`,
          net,
          `${trimmed(gross, 8)} − ${commission} + ${swap}`,
        ),
        money.result("gross-profit", say`Before costs`, gross, steps),
        figure("return", say`Move of the price, in the trade's favour`, move.div(entry).times(100), {
          unit: "%",
          subject: symbol,
          decimals: 2,
          steps: `(${to} − ${from}) ÷ ${entry}`,
        }),
        ...(kind === "share"
          ? []
          : [
              figure("pips", say`Pips`, move.div(pip), {
                unit: "pips",
                subject: symbol,
                atMost: 2,
                steps: `(${to} − ${from}) ÷ ${pip}`,
              }),
            ]),
      ],
      warnings: [],
      assumptions: [
        ...specificationOf(instrument),
        ...conversion.assumptions,
        ...(commission === 0 && swap === 0 ? [say`No commission and no swap.`] : []),
      ],
    };
  },
};
