/** What one pip of a position is worth. */

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
import type { Calculator, Result } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure, pipValueFigure } from "./figure.ts";
import { optional, positive } from "./input-fields.ts";
import { currentPriceCues, priceSlot } from "./price-slot.ts";
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
  lots: lotsField({ default: 1 }),
  currency: accountField,
  price: optional(
    positive({ title: "Price of the instrument", unit: "price", maximum: 1e9, examples: [150] }),
  ),
  pips: optional(positive({ title: "Pips", unit: "pips", maximum: 1e9, examples: [25] })),
  ...conversionFields,
});

export const pipValue: Calculator<Static<typeof inputs>> = {
  name: "pip-value",
  version: 1,
  title: "Pip value",
  summary: "What one pip of a position is worth in the account's currency.",
  topic: "trading",
  inputs,
  formula: "pip value = pip × contract size × lots × conversion rate",
  source: "Convention of spot foreign exchange: a pip is a price step of the quote currency",
  asked: {
    phrases: [
      "pip value",
      "value of a pip",
      "value of one pip",
      "value per pip",
      "worth of a pip",
      "how much is a pip",
      "how much is one pip",
      "what is a pip worth",
      "what is one pip worth",
      "pips worth",
      "pip worth",
      "pipwert",
      "pip-wert",
      "wert eines pips",
      "wert pro pip",
      "wie viel ist ein pip",
      "was ist ein pip wert",
      "pips wert",
    ],
    examples: [
      {
        question: "What is the pip value of 1 lot EURUSD in USD?",
        inputs: { symbol: "EURUSD", lots: 1, currency: "USD" },
      },
      {
        question: "How much is a pip on USDJPY worth in USD with 0.5 lots at a price of 150?",
        inputs: { symbol: "USDJPY", lots: 0.5, currency: "USD", price: 150 },
      },
      {
        question: "Pip value for 2 lots of gold in dollars",
        inputs: { symbol: "XAUUSD", lots: 2, currency: "USD" },
      },
      {
        question: "Wie hoch ist der Pipwert von 0,3 Lots GBPUSD in USD?",
        inputs: { symbol: "GBPUSD", lots: 0.3, currency: "USD" },
      },
      {
        question: "Pipwert EURUSD 2 Lots, Konto in EUR, Kurs 1,25",
        inputs: { symbol: "EURUSD", lots: 2, currency: "EUR", price: 1.25 },
      },
      {
        question: "How much are 25 pips worth on EURUSD in USD with 0.4 lots?",
        inputs: { symbol: "EURUSD", pips: 25, lots: 0.4, currency: "USD" },
      },
    ],
    slots: {
      symbol: instrumentSlot,
      quote: { kinds: ["currency"], cues: ["priced in", "notiert in"] },
      lots: lotsSlot,
      currency: accountSlot,
      price: priceSlot(currentPriceCues, { alone: true }),
      pips: { kinds: ["pips"], cues: [], alone: true },
      ...conversionSlots,
    },
  },
  calculate(given, context) {
    const instrument = instrumentNamed(given.symbol, given.quote, context);
    const account = accountCurrency(given.currency);
    const conversion = conversionTo(given, instrument, given.price);
    const { pip, contractSize, quote, symbol } = instrument;
    const inQuote = new Exact(pip).times(contractSize).times(given.lots);
    const inAccount = converted(inQuote, conversion);
    const steps = `${pip} × ${contractSize} × ${given.lots}`;
    const results: [Result, ...Result[]] = [
      pipValueFigure(inAccount, account, symbol, say`${steps}${conversion.steps}`),
    ];
    if (given.pips !== undefined)
      results.unshift(
        figure("amount", say`Worth of ${given.pips} pips`, inAccount.times(given.pips), {
          unit: account,
          subject: symbol,
          decimals: 2,
          steps: say`${given.pips} × ${steps}${conversion.steps}`,
        }),
      );
    if (quote !== account)
      results.push(
        figure("pip-value-quote", say`Pip value in ${quote}`, inQuote, {
          unit: `${quote} per pip`,
          subject: symbol,
          steps,
        }),
      );
    const size =
      given.lots === 1 && instrument.kind !== "share"
        ? [say`Size: ${trimmed(new Exact(given.lots), 8)} lot.`]
        : [];
    return {
      results,
      warnings: [],
      assumptions: [...size, ...specificationOf(instrument), ...conversion.assumptions],
    };
  },
};
