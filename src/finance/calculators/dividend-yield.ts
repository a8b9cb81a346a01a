/** What a share's dividends yield at its price. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure } from "./figure.ts";
import { choice, positive } from "./input-fields.ts";

const perYear = { year: 1, "half-year": 2, quarter: 4, month: 12 } as const;

const inputs = Type.Object({
  dividend: positive({ title: "Dividend a share", unit: "price", examples: [2.4] }),
  price: positive({ title: "Price of the share", unit: "price", examples: [60] }),
  every: choice(["year", "half-year", "quarter", "month"] as const, {
    title: "Dividend period",
    default: "year",
  }),
});

export const dividendYield: Calculator<Static<typeof inputs>> = {
  name: "dividend-yield",
  version: 1,
  title: "Dividend yield",
  summary: "What a share's dividends yield at its price.",
  topic: "investing",
  inputs,
  formula: "dividend yield = dividends of a year ÷ price",
  source: "CFA Institute, Equity Investments: dividend yield",
  asked: {
    phrases: [
      "dividend yield",
      "yield of a dividend",
      "yield on a dividend",
      "dividendenrendite",
      "rendite der dividende",
    ],
    unless: ["option", "call", "put", "volatility", "volatilität"],
    examples: [
      {
        question: "Dividend yield of a $60 share with a dividend of $2.40 a year",
        inputs: { price: 60, dividend: 2.4, every: "year" },
      },
      {
        question: "Wie hoch ist die Dividendenrendite bei 3 € Dividende und einem Kurs von 75 €?",
        inputs: { dividend: 3, price: 75 },
      },
      {
        question:
          "What is the dividend yield if the share price is 120 dollars and the dividend is 0.75 dollars every quarter?",
        inputs: { price: 120, dividend: 0.75, every: "quarter" },
      },
      {
        question: "Dividendenrendite: Kurs 48,50 €, Dividende 1,20 € im Jahr",
        inputs: { price: 48.5, dividend: 1.2, every: "year" },
      },
      {
        question: "Dividend yield: dividend 0.25 monthly, price 52",
        inputs: { dividend: 0.25, price: 52, every: "month" },
      },
      {
        question: "Dividendenrendite bei einer Dividende von 1,10 CHF im Quartal und einem Kurs von 110 CHF",
        inputs: { dividend: 1.1, every: "quarter", price: 110 },
      },
    ],
    slots: {
      dividend: {
        kinds: ["money", "number"],
        cues: ["dividend of", "dividend", "dividend is", "dividende", "pays"],
        per: { year: { every: "year" }, quarter: { every: "quarter" }, month: { every: "month" } },
      },
      price: { kinds: ["money", "number"], cues: ["price", "share", "share price", "kurs", "aktie"] },
      every: {
        kinds: ["choice"],
        cues: [],
        choices: {
          year: ["a year", "per year", "every year", "yearly", "annual", "im jahr", "pro jahr", "jährlich"],
          "half-year": ["every half-year", "semi-annually", "half-yearly", "halbjährlich"],
          quarter: ["a quarter", "every quarter", "quarterly", "im quartal", "vierteljährlich"],
          month: ["a month", "every month", "monthly", "im monat", "monatlich"],
        },
      },
    },
  },
  calculate({ dividend, price, every }) {
    const yearly = new Exact(dividend).times(perYear[every]);
    const result = yearly.div(price).times(100);
    const steps =
      perYear[every] === 1 ? `${dividend} ÷ ${price}` : `${dividend} × ${perYear[every]} ÷ ${price}`;
    return {
      results: [
        figure("dividend-yield", say`Dividend yield`, result, { decimals: 2, unit: "%", steps }),
        {
          name: "yearly-dividend",
          label: say`Dividends of a year`,
          value: trimmed(yearly, 6),
          unit: null,
          subject: null,
          steps: `${dividend} × ${perYear[every]}`,
        },
      ],
      warnings: result.gt(20) ? [say`A yield above 20 % is rare. Check the dividend and the price.`] : [],
      assumptions: [],
    };
  },
};
