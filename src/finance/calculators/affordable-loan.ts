/** The loan that a monthly payment repays in a given time. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { annuity } from "./amortisation.ts";
import type { Calculator } from "./calculator.ts";
import { rateSlot, rateText } from "./deposits.ts";
import { Exact } from "./exact.ts";
import { optional, positive, yearlyRate } from "./input-fields.ts";
import { monthlyReading } from "./loan-results.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { affording } from "./other-calculation.ts";
import { monthsOf, termFields, termNeed, termSlots } from "./term.ts";

const inputs = Type.Object({
  payment: positive({ title: "Payment a month", unit: "currency", examples: [1000] }),
  rate: yearlyRate({ title: "Interest a year", description: "Nominal.", minimum: 0, examples: [4] }),
  ...termFields,
  currency: optional(currencyField),
});

export const affordableLoan: Calculator<Static<typeof inputs>> = {
  name: "affordable-loan",
  version: 1,
  title: "Affordable loan",
  summary: "The loan that a monthly payment repays in a given time.",
  topic: "borrowing",
  inputs,
  needs: [termNeed],
  formula: "loan = payment × (1 − (1 + i)^−n) ÷ i, i = rate ÷ 12, n = months",
  source: "numpy-financial, pv; Brealey, Myers, Allen: Principles of Corporate Finance, annuities",
  asked: {
    phrases: affording,
    examples: [
      {
        question: "How much can I borrow if I pay $1,000 a month for 20 years at 4%?",
        inputs: { payment: 1000, years: 20, rate: 4, currency: "USD" },
      },
      {
        question: "Welchen Kredit kann ich mir mit 800 € im Monat bei 3,6 % über 15 Jahre leisten?",
        inputs: { payment: 800, rate: 3.6, years: 15, currency: "EUR" },
      },
      {
        question: "What loan can I afford with £350 a month, 60 months, 7.9%?",
        inputs: { payment: 350, months: 60, rate: 7.9, currency: "GBP" },
      },
      {
        question:
          "Wie viel Darlehen bekomme ich bei 5 % Zins und 20 Jahren Laufzeit für eine Rate von 1.500 €?",
        inputs: { payment: 1500, rate: 5, years: 20, currency: "EUR" },
      },
      {
        question: "How big a loan does a payment of 2,500 dollars repay in 30 years at 6.25 percent?",
        inputs: { payment: 2500, years: 30, rate: 6.25, currency: "USD" },
      },
      {
        question: "Wie hoch darf der Kredit sein, wenn ich 48 Monate lang 250 € bei 6 % zahle?",
        inputs: { payment: 250, months: 48, rate: 6, currency: "EUR" },
      },
    ],
    slots: {
      payment: {
        kinds: ["money", "number"],
        cues: ["pay", "payment", "with", "a month", "im monat", "rate von", "zahle", "mit"],
        per: { month: {} },
        alone: true,
      },
      rate: rateSlot,
      ...termSlots,
      currency: currencySlot,
    },
  },
  calculate(given) {
    const money = moneyOf(given.currency);
    const months = monthsOf(given);
    const rate = new Exact(given.rate).div(1200);
    const payment = money.payable("payment", say`The payment`, given.payment);
    const loan = payment.div(annuity(rate, months));
    const total = payment.times(months);
    const i = rateText(rate);
    return {
      results: [
        money.result(
          "loan-amount",
          say`Loan`,
          loan,
          rate.isZero() ? `${payment} × ${months}` : `${payment} × (1 − (1 + ${i})^−${months}) ÷ ${i}`,
        ),
        money.result("total-paid", say`Paid in all`, total, `${payment} × ${months}`),
        money.result(
          "total-interest",
          say`Interest in all`,
          total.minus(money.round(loan)),
          `${money.text(total)} − ${money.text(loan)}`,
        ),
      ],
      warnings: [],
      assumptions: [monthlyReading(given.rate, rate)],
    };
  },
};
