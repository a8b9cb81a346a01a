/** How much must be saved regularly to have an amount at a time. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import {
  countOf,
  everyField,
  everySlot,
  periodRate,
  rateKindField,
  rateKindSlot,
  rateReading,
  rateSlot,
  rateText,
  whenField,
  whenSlot,
  worthOfDeposits,
} from "./deposits.ts";
import { Exact } from "./exact.ts";
import { amount, optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { owing, waiting, withdrawing } from "./other-calculation.ts";
import { refuse } from "./refuse.ts";
import { termFields, termNeed, termSlots } from "./term.ts";

const inputs = Type.Object({
  goal: positive({ title: "Amount to have", unit: "currency", examples: [100_000] }),
  rate: yearlyRate({ title: "Interest a year", examples: [5] }),
  ...termFields,
  start: amount({ title: "Amount at the beginning", unit: "currency", default: 0, examples: [0] }),
  every: { ...everyField("Deposit period"), default: "month" },
  when: whenField("Time of the deposit"),
  rateKind: rateKindField,
  currency: optional(currencyField),
});

export const goal: Calculator<Static<typeof inputs>> = {
  name: "goal",
  version: 1,
  title: "Savings goal",
  summary: "How much must be saved regularly to have an amount at a time.",
  topic: "saving",
  inputs,
  needs: [termNeed],
  formula:
    "deposit = (goal − start × (1 + i)^n) × i ÷ ((1 + i)^n − 1), ÷ (1 + i) if deposits are made at the beginning; i = rate of a period (nominal: rate ÷ periods a year; effective: (1 + rate)^(1 ÷ periods a year) − 1), n = periods; rounded to the cent",
  source: "numpy-financial, pmt; Brealey, Myers, Allen: Principles of Corporate Finance, annuities",
  asked: {
    phrases: [
      "how much a month",
      "how much per month",
      "how much must i save",
      "how much do i need to save",
      "how much should i save",
      "need to save",
      "savings goal",
      "to reach",
      "to have",
      "sparziel",
      "wie viel muss ich",
      "wie viel im monat",
      "wieviel muss ich",
      "muss ich sparen",
      "monatlich sparen",
      "um in",
    ],
    unless: [...withdrawing, ...owing, ...waiting],
    examples: [
      {
        question: "How much a month do I need to save for $100,000 in 10 years at 5%?",
        inputs: { goal: 100_000, every: "month", years: 10, rate: 5, currency: "USD" },
      },
      {
        question: "Wie viel muss ich monatlich sparen, um in 15 Jahren 50.000 € zu haben, bei 4 %?",
        inputs: { goal: 50_000, every: "month", years: 15, rate: 4, currency: "EUR" },
      },
      {
        question:
          "How much should I save each year to reach £30,000 in 6 years at 3% if I start with £5,000?",
        inputs: { goal: 30_000, every: "year", years: 6, rate: 3, start: 5000, currency: "GBP" },
      },
      {
        question: "Savings goal of 20,000 dollars in 48 months at 2.5 percent: what is the monthly deposit?",
        inputs: { goal: 20_000, every: "month", months: 48, rate: 2.5, currency: "USD" },
      },
      {
        question: "Sparziel 250.000 € in 25 Jahren bei 6 % effektiv: wie viel im Monat?",
        inputs: { goal: 250_000, every: "month", years: 25, rate: 6, rateKind: "effective", currency: "EUR" },
      },
      {
        question:
          "Ich habe bereits 10.000 € und will in 8 Jahren 40.000 € haben. Wie viel muss ich im Monat bei 3 % zurücklegen?",
        inputs: { goal: 40_000, every: "month", years: 8, rate: 3, start: 10_000, currency: "EUR" },
      },
    ],
    slots: {
      goal: {
        kinds: ["money", "number"],
        cues: ["for", "goal", "reach", "have", "target", "ziel", "sparziel", "haben", "erreichen", "auf"],
        alone: true,
      },
      rate: rateSlot,
      ...termSlots,
      start: {
        kinds: ["money", "number"],
        cues: ["start with", "starting with", "already have", "startkapital", "anfangskapital", "bereits"],
      },
      every: everySlot,
      when: whenSlot,
      rateKind: rateKindSlot,
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { goal: target, every, rate, start, when, rateKind } = given;
    const money = moneyOf(given.currency);
    const count = countOf(every, given);
    const i = periodRate(rate, rateKind, every);
    const grown = i.plus(1).pow(count).times(start);
    const missing = new Exact(target).minus(grown);
    if (missing.lte(0))
      refuse(
        "goal",
        say`The amount at the beginning alone becomes ${money.text(grown)}. State a goal above that, or a shorter time.`,
      );
    const worth = worthOfDeposits(i, count, when);
    const deposit = money.round(missing.div(worth));
    if (deposit.isZero()) refuse("goal", say`The deposit would be less than a cent. State a higher goal.`);
    const final = money.round(deposit.times(worth).plus(grown));
    const paid = deposit.times(count).plus(start);
    const text = rateText(i);
    return {
      results: [
        money.result(
          "deposit",
          say`Deposit a ${every}`,
          deposit,
          i.isZero()
            ? `${money.text(missing)} ÷ ${count}`
            : `${money.text(missing)} × ${text} ÷ ((1 + ${text})^${count} − 1)${when === "begin" ? ` ÷ (1 + ${text})` : ""}`,
        ),
        money.result(
          "paid-in",
          say`Paid in`,
          paid,
          `${start === 0 ? "" : `${start} + `}${money.text(deposit)} × ${count}`,
        ),
        money.result(
          "interest",
          say`Interest`,
          final.minus(paid),
          `${money.text(final)} − ${money.text(paid)}`,
        ),
        money.result("final-value", say`Value at the end`, final, say`what the deposits to the cent become`),
      ],
      warnings: [],
      assumptions: [rateReading(rate, rateKind, every)],
    };
  },
};
