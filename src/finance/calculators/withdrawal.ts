/** How long money lasts with regular withdrawals, or what can be withdrawn so that it lasts for a given time. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Calculator, Result } from "./calculator.ts";
import {
  aYear,
  countOf,
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
import { optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, type Money, moneyOf } from "./money.ts";
import { owing } from "./other-calculation.ts";
import { refuse } from "./refuse.ts";
import { longestTerm, termFields, termSlots } from "./term.ts";

const inputs = Type.Object({
  amount: positive({ title: "Amount at the beginning", unit: "currency", examples: [500_000] }),
  withdrawal: optional(
    positive({
      title: "Withdrawal",
      description: "Instead of the time: then the time is computed.",
      unit: "currency",
      examples: [2000],
    }),
  ),
  every: everyField("Withdrawal period"),
  rate: yearlyRate({ title: "Interest a year", examples: [4] }),
  ...termFields,
  increase: yearlyRate({
    title: "Withdrawals rise a year by",
    description: "After each year, such as for inflation.",
    minimum: 0,
    default: 0,
    examples: [2],
  }),
  when: whenField("Time of the withdrawal"),
  rateKind: rateKindField,
  currency: optional(currencyField),
});
type Inputs = Static<typeof inputs>;

export const withdrawal: Calculator<Inputs> = {
  name: "withdrawal",
  version: 1,
  title: "Withdrawal plan",
  summary: "How long money lasts with regular withdrawals, or what can be withdrawn for a given time.",
  topic: "saving",
  inputs,
  needs: [["withdrawal", "years", "months"]],
  formula:
    "balance after a period = balance × (1 + i) − withdrawal, until a whole withdrawal is not left; at the period's beginning: (balance − withdrawal) × (1 + i); i = rate of a period (nominal: rate ÷ periods a year; effective: (1 + rate)^(1 ÷ periods a year) − 1)",
  source: "numpy-financial, nper and pmt; Brealey, Myers, Allen: Principles of Corporate Finance, annuities",
  asked: {
    phrases: [
      "withdrawal",
      "withdraw",
      "money last",
      "savings last",
      "how long will my money",
      "how long does my money",
      "retirement income",
      "take out",
      "run out of money",
      "entnahmeplan",
      "auszahlplan",
      "entnehme",
      "entnehmen",
      "entnahme",
      "reicht mein geld",
      "wie lange reicht",
      "wie lange reichen",
    ],
    unless: [...owing],
    examples: [
      {
        question: "How long will $500,000 last if I withdraw $3,000 a month at 4%?",
        inputs: { amount: 500_000, withdrawal: 3000, every: "month", rate: 4, currency: "USD" },
      },
      {
        question: "Wie lange reichen 300.000 €, wenn ich bei 3 % Zinsen monatlich 1.800 € entnehme?",
        inputs: { amount: 300_000, withdrawal: 1800, every: "month", rate: 3, currency: "EUR" },
      },
      {
        question: "How much can I withdraw each month from £400,000 at 5% so that it lasts 25 years?",
        inputs: { amount: 400_000, every: "month", rate: 5, years: 25, currency: "GBP" },
      },
      {
        question:
          "I withdraw 40,000 dollars every year from 1,000,000 dollars at 5 percent, rising by 2 percent. How long does my money last?",
        inputs: {
          amount: 1_000_000,
          withdrawal: 40_000,
          every: "year",
          rate: 5,
          increase: 2,
          currency: "USD",
        },
      },
      {
        question: "Entnahmeplan: 250.000 € zu 2,5 % über 20 Jahre. Was kann ich im Monat entnehmen?",
        inputs: { amount: 250_000, every: "month", rate: 2.5, years: 20, currency: "EUR" },
      },
      {
        question:
          "Reicht mein Geld? Ich habe 120.000 € bei 1 % und nehme pro Quartal 4.000 € am Anfang als Entnahme.",
        inputs: {
          amount: 120_000,
          withdrawal: 4000,
          every: "quarter",
          rate: 1,
          when: "begin",
          currency: "EUR",
        },
      },
    ],
    slots: {
      amount: {
        kinds: ["money", "number"],
        cues: [
          "will",
          "from",
          "out of",
          "aus",
          "have",
          "savings",
          "habe",
          "reichen",
          "vermögen",
          "kapital",
          "entnahmeplan",
        ],
        alone: true,
      },
      withdrawal: {
        kinds: ["money", "number"],
        cues: [
          "withdraw",
          "take out",
          "withdrawal of",
          "entnehme",
          "entnahme",
          "nehme",
          "month",
          "monatlich",
        ],
        per: perEvery,
      },
      every: everySlot,
      rate: rateSlot,
      ...termSlots,
      increase: { kinds: ["percent"], cues: ["rising", "rise", "increase", "steigend", "steigt", "erhöht"] },
      when: whenSlot,
      rateKind: rateKindSlot,
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { rate, every, rateKind } = given;
    const money = moneyOf(given.currency);
    const i = periodRate(rate, rateKind, every);
    const isTermGiven = given.years !== undefined || given.months !== undefined;
    if (isTermGiven && given.withdrawal !== undefined)
      refuse("withdrawal", say`State the withdrawal or the time, not both.`);
    return {
      results: isTermGiven
        ? [payable(given, i, countOf(every, given), money)]
        : howLong(
            given,
            given.withdrawal ??
              refuse("withdrawal", say`State the withdrawal, or how long the money is to last.`),
            i,
            money,
          ),
      warnings: [],
      assumptions: [rateReading(rate, rateKind, every)],
    };
  },
};

/** The withdrawal that uses the amount up in `count` periods. */
function payable(
  { amount, every, when, increase }: Inputs,
  rate: Exact,
  count: number,
  money: Money,
): Result {
  const factor = new Exact(increase).div(100).plus(1);
  const discount = new Exact(1).div(rate.plus(1));
  let worth = new Exact(0);
  let one = when === "begin" ? new Exact(1) : discount;
  for (let k = 0; k < count; k++) {
    if (k > 0 && k % aYear(every) === 0) one = one.times(factor);
    worth = worth.plus(one);
    one = one.times(discount);
  }
  const label = increase === 0 ? say`Withdrawal a ${every}` : say`Withdrawal a ${every} in the first year`;
  const steps = say`${amount} ÷ the present value of ${count} withdrawals of 1 at ${rateText(rate)} a ${every} (${fixed(worth, 6)})`;
  return money.result("withdrawal", label, new Exact(amount).div(worth), steps);
}

function howLong(given: Inputs, withdrawn: number, rate: Exact, money: Money): [Result, ...Result[]] {
  const { amount, every, when, increase } = given;
  const perYear = aYear(every);
  const factor = new Exact(increase).div(100).plus(1);
  let balance = new Exact(amount);
  let next = new Exact(withdrawn);
  let paid = new Exact(0);
  let count = 0;
  const most = longestTerm * perYear;
  while (count < most) {
    const ready = when === "end" ? balance.times(rate.plus(1)) : balance;
    if (ready.lt(next)) break;
    balance = when === "end" ? ready.minus(next) : ready.minus(next).times(rate.plus(1));
    paid = paid.plus(next);
    count++;
    if (count % perYear === 0) next = next.times(factor);
  }
  const left = when === "end" ? balance.times(rate.plus(1)) : balance;
  const months = (count * 12) / perYear;
  const steps = say`whole withdrawals of ${withdrawn} from ${amount} at ${rateText(rate)} a ${every}`;
  const shown = (name: string, label: Words, value: string, unit: string, how: Words): Result => {
    const result = { name, label, unit, subject: null, steps: how };
    return count < most ? { ...result, value } : { ...result, value: null, reason: endless };
  };
  const endless = say`The money lasts more than ${longestTerm} years.`;
  return [
    shown("duration", say`The money lasts`, String(months), "months", steps),
    shown("term", say`In years`, fixed(new Exact(months).div(12), 2), "years", `${months} ÷ 12`),
    shown("payments", say`Withdrawals`, String(count), "payments", steps),
    ...(count < most
      ? [
          money.result(
            "total-withdrawn",
            say`Withdrawn in all`,
            paid.plus(left),
            say`all withdrawals and the rest`,
          ),
          money.result(
            "last-withdrawal",
            say`Rest after them`,
            left,
            say`what is left after ${count} withdrawals`,
          ),
        ]
      : []),
  ];
}
