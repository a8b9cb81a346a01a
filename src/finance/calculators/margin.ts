/** The margin of a position, and how far the stop-out is. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Instrument } from "../instruments/instrument.ts";
import {
  accountCurrency,
  accountField,
  accountSlot,
  type Conversion,
  conversionFields,
  conversionSlots,
  conversionTo,
  converted,
} from "./account-conversion.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure, undefinedFigure } from "./figure.ts";
import { optional, percent, positive } from "./input-fields.ts";
import { type Money, moneyOf } from "./money.ts";
import { currentPriceCues, priceSlot } from "./price-slot.ts";
import { refuse } from "./refuse.ts";
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
  lots: lotsField(),
  leverage: positive({
    title: "Leverage",
    description: "30 stands for 1:30.",
    unit: "x",
    maximum: 10_000,
    examples: [30],
  }),
  currency: accountField,
  price: optional(
    positive({ title: "Price of the instrument", unit: "price", maximum: 1e9, examples: [1.085] }),
  ),
  equity: optional(positive({ title: "Equity of the account", unit: "currency", examples: [5000] })),
  stopOut: percent({
    title: "Stop-out level",
    description: "The broker closes positions where equity ÷ margin falls to it.",
    exclusiveMinimum: 0,
    maximum: 100,
    default: 50,
    examples: [50],
  }),
  ...conversionFields,
});
type Inputs = Static<typeof inputs>;

export const margin: Calculator<Inputs> = {
  name: "margin",
  version: 1,
  title: "Margin and stop-out",
  summary: "The margin that a position takes, and how far the price may move before the broker closes it.",
  topic: "trading",
  inputs,
  formula:
    "margin = lots × contract size × price × conversion rate ÷ leverage; margin level = equity ÷ margin; stop-out where equity = margin × stop-out level",
  source: "ESMA Decision (EU) 2018/796 on CFDs: initial margin, and close-out at 50 % of it",
  asked: {
    phrases: [
      "margin for",
      "margin of",
      "margin do i need",
      "margin is needed",
      "margin is required",
      "margin will i need",
      "margin brauche ich",
      "margin benötige ich",
      "margin für",
      "required margin",
      "margin requirement",
      "margin level",
      "free margin",
      "stop-out",
      "stop out",
      "stopout",
      "margin call",
      "margenanforderung",
      "margin-anforderung",
      "sicherheitsleistung",
      "sicherheitshinterlegung",
    ],
    examples: [
      {
        question: "How much margin do I need for 1 lot EURUSD at 1.10 with leverage 1:30 on a USD account?",
        inputs: { symbol: "EURUSD", lots: 1, price: 1.1, leverage: 30, currency: "USD" },
      },
      {
        question:
          "What is the required margin for 0.5 lots of gold at a price of 2400, leverage 1:20, in USD?",
        inputs: { symbol: "XAUUSD", lots: 0.5, price: 2400, leverage: 20, currency: "USD" },
      },
      {
        question: "Margin for 2 lots USDJPY, leverage 1:100, USD account",
        inputs: { symbol: "USDJPY", lots: 2, leverage: 100, currency: "USD" },
      },
      {
        question: "Wie viel Margin brauche ich für 1 Lot EURUSD bei Hebel 1:30 auf einem EUR Konto?",
        inputs: { symbol: "EURUSD", lots: 1, leverage: 30, currency: "EUR" },
      },
      {
        question: "Wie hoch ist die Margin für 3 Lots DAX beim Kurs 18000, Hebel 1:20, Konto in EUR?",
        inputs: { symbol: "DE40", lots: 3, price: 18_000, leverage: 20, currency: "EUR" },
      },
      {
        question:
          "What is my margin level with equity of $5,000 for 1 lot EURUSD at a price of 1.10 and leverage 1:30?",
        inputs: { symbol: "EURUSD", lots: 1, price: 1.1, leverage: 30, equity: 5000, currency: "USD" },
      },
    ],
    slots: {
      symbol: instrumentSlot,
      quote: { kinds: ["currency"], cues: ["priced in", "notiert in"] },
      lots: lotsSlot,
      leverage: { kinds: ["multiple"], cues: ["leverage", "hebel"], alone: true },
      currency: accountSlot,
      price: priceSlot(currentPriceCues, { alone: true }),
      equity: {
        kinds: ["money"],
        cues: ["equity", "account", "balance", "have", "eigenkapital", "konto", "kontostand"],
        alone: true,
      },
      stopOut: { kinds: ["percent"], cues: ["stop-out", "stop out", "stopout", "close-out"], alone: true },
      ...conversionSlots,
    },
  },
  calculate(given, context) {
    const instrument = instrumentNamed(given.symbol, given.quote, context);
    const { contractSize, base, symbol } = instrument;
    const money = moneyOf(accountCurrency(given.currency));
    const { lots, price, leverage } = given;
    const isBase = base === money.code;
    if (!isBase && price === undefined)
      refuse("price", say`State the price of ${symbol}: the margin is a part of the position's value.`);
    const conversion = isBase && price === undefined ? null : conversionTo(given, instrument, price);
    const units = new Exact(contractSize).times(lots);
    const worth = isBase || conversion === null ? units : converted(units.times(price ?? 0), conversion);
    const steps = isBase
      ? `${lots} × ${contractSize}`
      : say`${lots} × ${contractSize} × ${price}${conversion?.steps ?? ""}`;
    const needed = worth.div(leverage);
    return {
      results: [
        money.result("margin", say`Margin`, needed, say`${steps} ÷ ${leverage}`),
        money.result("position-value", say`Position value`, worth, steps),
        ...(given.equity === undefined
          ? []
          : levelsOf(given, given.equity, instrument, money, needed, conversion)),
      ],
      warnings:
        given.equity !== undefined && needed.gt(given.equity)
          ? [
              say`The margin is above the equity: the broker refuses the order. Trade less, or use a higher leverage.`,
            ]
          : [],
      assumptions: [
        ...specificationOf(instrument),
        ...(isBase ? [] : (conversion?.assumptions ?? [])),
        ...(given.equity === undefined ? [] : [say`Stop-out level: ${given.stopOut} % of the margin.`]),
      ],
    };
  },
};

function levelsOf(
  { lots, stopOut }: Inputs,
  equity: number,
  { pip, contractSize, symbol, kind }: Instrument,
  money: Money,
  needed: Exact,
  conversion: Conversion | null,
): Result[] {
  const has = trimmed(needed, 8);
  const stopEquity = needed.times(stopOut).div(100);
  const room = new Exact(equity).minus(stopEquity);
  const results = [
    figure("margin-level", say`Margin level`, new Exact(equity).div(needed).times(100), {
      unit: "%",
      decimals: 2,
      steps: `${equity} ÷ ${has}`,
    }),
    money.result("free-margin", say`Free margin`, new Exact(equity).minus(needed), `${equity} − ${has}`),
    money.result("stop-out-equity", say`Equity at the stop-out`, stopEquity, `${has} × ${stopOut}%`),
    money.result(
      "stop-out-loss",
      say`Loss until the stop-out`,
      room,
      `${equity} − ${trimmed(stopEquity, 8)}`,
    ),
  ];
  if (conversion === null || kind === "share") return results;
  const perPip = converted(new Exact(pip).times(contractSize).times(lots), conversion);
  const steps = `${trimmed(room, 8)} ÷ ${trimmed(perPip, 8)}`;
  const label = say`Pips until the stop-out`;
  return [
    ...results,
    room.lte(0)
      ? undefinedFigure(
          "stop-out-pips",
          label,
          "pips",
          steps,
          say`The equity is at the stop-out already.`,
          symbol,
        )
      : figure("stop-out-pips", label, room.div(perPip), {
          unit: "pips",
          subject: symbol,
          decimals: 1,
          steps,
        }),
  ];
}
