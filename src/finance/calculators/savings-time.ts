/** How long regular deposits take to become an amount. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Calculator, Result } from "./calculator.ts";
import {
  aYear,
  everyField,
  everySlot,
  perEvery,
  periodRate,
  rateKindField,
  rateKindSlot,
  rateReading,
  rateSlot,
  rateText,
  whenField,
  whenSlot,
} from "./deposits.ts";
import { Exact, fixed } from "./exact.ts";
import { amount, optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { doubling, owing, withdrawing } from "./other-calculation.ts";
import { refuse } from "./refuse.ts";
import { longestTerm } from "./term.ts";

const inputs = Type.Object({
  goal: positive({ title: "Amount to have", unit: "currency", examples: [100_000] }),
  deposit: positive({ title: "Deposit", unit: "currency", examples: [500] }),
  every: everyField("Deposit period"),
  rate: yearlyRate({ title: "Interest a year", examples: [5] }),
  start: amount({ title: "Amount at the beginning", unit: "currency", default: 0, examples: [0] }),
  when: whenField("Time of the deposit"),
  rateKind: rateKindField,
  currency: optional(currencyField),
});
type Inputs = Static<typeof inputs>;

export const savingsTime: Calculator<Inputs> = {
  name: "savings-time",
  version: 1,
  title: "Time to a savings goal",
  summary: "How long regular deposits take to become an amount.",
  topic: "saving",
  inputs,
  formula:
    "the first period's end at which the balance is at least the goal; balance after a period = balance × (1 + i) + deposit, or (balance + deposit) × (1 + i) if it is made at the beginning; i = rate of a period (nominal: rate ÷ periods a year; effective: (1 + rate)^(1 ÷ periods a year) − 1)",
  source: "numpy-financial, nper; Brealey, Myers, Allen: Principles of Corporate Finance, annuities",
  asked: {
    phrases: [
      "how long until",
      "how long to save",
      "how long does it take",
      "how long will it take",
      "how long must i save",
      "how long do i need to save",
      "how long do i have to save",
      "until i have",
      "when will i have",
      "wie lange muss ich",
      "wie lange dauert es",
      "bis ich",
      "wann habe ich",
    ],
    unless: [...withdrawing, ...owing, ...doubling],
    examples: [
      {
        question: "How long does it take to save $100,000 with $500 a month at 5%?",
        inputs: { goal: 100_000, deposit: 500, every: "month", rate: 5, currency: "USD" },
      },
      {
        question: "Wie lange muss ich monatlich 300 € sparen, bis ich bei 4 % 50.000 € habe?",
        inputs: { goal: 50_000, deposit: 300, every: "month", rate: 4, currency: "EUR" },
      },
      {
        question: "How long until I have £20,000 if I deposit £250 every month at 3% and start with £2,000?",
        inputs: { goal: 20_000, deposit: 250, every: "month", rate: 3, start: 2000, currency: "GBP" },
      },
      {
        question: "When will I have 1,000,000 dollars if I save 12,000 dollars every year at 7 percent?",
        inputs: { goal: 1_000_000, deposit: 12_000, every: "year", rate: 7, currency: "USD" },
      },
      {
        question: "Wann habe ich 10.000 €, wenn ich im Monat 150 € zu 2 % zurücklege?",
        inputs: { goal: 10_000, deposit: 150, every: "month", rate: 2, currency: "EUR" },
      },
      {
        question: "Wie lange dauert es, bis aus 600 CHF pro Quartal bei 1,5 % effektiv 30.000 CHF werden?",
        inputs: {
          goal: 30_000,
          deposit: 600,
          every: "quarter",
          rate: 1.5,
          rateKind: "effective",
          currency: "CHF",
        },
      },
    ],
    slots: {
      goal: {
        kinds: ["money", "number"],
        cues: ["until i have", "to save", "reach", "have", "goal", "habe", "werden", "ziel"],
      },
      deposit: {
        kinds: ["money", "number"],
        cues: [
          "with",
          "deposit",
          "save",
          "a month",
          "every month",
          "every year",
          "monatlich",
          "im monat",
          "aus",
        ],
        per: perEvery,
      },
      every: everySlot,
      rate: rateSlot,
      start: {
        kinds: ["money", "number"],
        cues: ["start with", "starting with", "already have", "startkapital", "anfangskapital", "bereits"],
      },
      when: whenSlot,
      rateKind: rateKindSlot,
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { goal, deposit, every, rate, start, rateKind } = given;
    if (start >= goal)
      refuse("goal", say`The amount at the beginning is the goal already. State a higher goal.`);
    const money = moneyOf(given.currency);
    const i = periodRate(rate, rateKind, every);
    const { count, balance } = periodsUntil(given, i);
    const months = (count * 12) / aYear(every);
    const isReached = balance.gte(goal);
    const shown = (name: string, label: Words, value: string, unit: string, steps: Words): Result => {
      const result = { name, label, unit, subject: null, steps };
      return isReached
        ? { ...result, value }
        : { ...result, value: null, reason: say`The goal is not reached in ${longestTerm} years.` };
    };
    const paid = new Exact(deposit).times(count).plus(start);
    const final = money.round(balance);
    const added = say`${deposit} a ${every} at ${rateText(i)}`;
    const steps =
      start === 0
        ? say`periods until ${added} are ${goal}`
        : say`periods until ${start} and ${added} are ${goal}`;
    return {
      results: [
        shown("duration", say`Time to the goal`, String(months), "months", steps),
        shown("term", say`In years`, fixed(new Exact(months).div(12), 2), "years", `${months} ÷ 12`),
        ...(isReached
          ? [
              money.result("final-value", say`Value then`, final, steps),
              money.result(
                "paid-in",
                say`Paid in`,
                paid,
                `${start === 0 ? "" : `${start} + `}${deposit} × ${count}`,
              ),
              money.result(
                "interest",
                say`Interest`,
                final.minus(paid),
                `${money.text(final)} − ${money.text(paid)}`,
              ),
            ]
          : []),
      ],
      warnings: [],
      assumptions: [rateReading(rate, rateKind, every)],
    };
  },
};

/** The balance is below the goal only where the longest term is over. */
function periodsUntil({ goal, deposit, every, start, when }: Inputs, rate: Exact) {
  const growth = rate.plus(1);
  const most = longestTerm * aYear(every);
  let balance = new Exact(start);
  let count = 0;
  while (balance.lt(goal) && count < most) {
    balance = when === "begin" ? balance.plus(deposit).times(growth) : balance.times(growth).plus(deposit);
    count++;
  }
  return { count, balance };
}
