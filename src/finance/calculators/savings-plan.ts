/** What regular deposits become. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator, ResultTable } from "./calculator.ts";
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
  worthOfDeposits,
} from "./deposits.ts";
import { Exact } from "./exact.ts";
import { amount, optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, type Money, moneyOf } from "./money.ts";
import { aiming, owing, waiting, withdrawing } from "./other-calculation.ts";
import { termFields, termNeed, termSlots } from "./term.ts";

const inputs = Type.Object({
  deposit: positive({ title: "Deposit", unit: "currency", examples: [500] }),
  every: everyField("Deposit period"),
  rate: yearlyRate({ title: "Interest a year", examples: [6] }),
  ...termFields,
  start: amount({ title: "Amount at the beginning", unit: "currency", default: 0, examples: [0] }),
  when: whenField("Time of the deposit"),
  rateKind: rateKindField,
  currency: optional(currencyField),
});
type Inputs = Static<typeof inputs>;

export const savingsPlan: Calculator<Inputs> = {
  name: "savings-plan",
  version: 1,
  title: "Savings plan",
  summary: "What regular deposits become with interest.",
  topic: "saving",
  inputs,
  needs: [termNeed],
  formula:
    "value = start × (1 + i)^n + deposit × ((1 + i)^n − 1) ÷ i, × (1 + i) on the deposits if they are made at the beginning; i = rate of a period (nominal: rate ÷ periods a year; effective: (1 + rate)^(1 ÷ periods a year) − 1), n = periods",
  source: "numpy-financial, fv; Brealey, Myers, Allen: Principles of Corporate Finance, annuities",
  asked: {
    phrases: [
      "savings plan",
      "future value",
      "endwert",
      "saving plan",
      "save every month",
      "save each month",
      "if i save",
      "if i invest",
      "saving a month",
      "a month",
      "per month",
      "every month",
      "each month",
      "monthly savings",
      "monthly deposit",
      "monthly deposits",
      "deposit every",
      "how much will i have",
      "sparplan",
      "sparrate",
      "monatlich spare",
      "monatlich anlege",
      "wenn ich monatlich",
      "im monat spare",
      "im monat",
      "lege ich monatlich",
      "spare monatlich",
      "jeden monat",
      "pro monat",
      "wie viel habe ich",
    ],
    unless: [...aiming, ...withdrawing, ...owing, ...waiting],
    examples: [
      {
        question: "If I save $500 a month for 20 years at 6%, how much will I have?",
        inputs: { deposit: 500, every: "month", years: 20, rate: 6, currency: "USD" },
      },
      {
        question: "Wie viel habe ich nach 10 Jahren, wenn ich monatlich 200 € bei 5 % anlege?",
        inputs: { deposit: 200, every: "month", years: 10, rate: 5, currency: "EUR" },
      },
      {
        question: "Savings plan: start with £10,000, deposit £250 every month for 15 years at 4.5% effective",
        inputs: {
          start: 10_000,
          deposit: 250,
          every: "month",
          years: 15,
          rate: 4.5,
          rateKind: "effective",
          currency: "GBP",
        },
      },
      {
        question: "How much will I have after 30 months if I invest 300 dollars a month at 3 percent?",
        inputs: { deposit: 300, every: "month", months: 30, rate: 3, currency: "USD" },
      },
      {
        question: "Sparplan mit 1.200 € jährlich über 25 Jahre bei 4,5 % Zinsen, Einzahlung am Anfang",
        inputs: { deposit: 1200, every: "year", years: 25, rate: 4.5, when: "begin", currency: "EUR" },
      },
      {
        question:
          "Ich habe ein Startkapital von 5.000 € und spare jeden Monat 150 € zu 3 %. Was habe ich in 12 Jahren?",
        inputs: { start: 5000, deposit: 150, every: "month", rate: 3, years: 12, currency: "EUR" },
      },
      {
        question: "If I deposit 1,500 CHF every quarter for 8 years at 2%, what does my savings plan give?",
        inputs: { deposit: 1500, every: "quarter", years: 8, rate: 2, currency: "CHF" },
      },
    ],
    slots: {
      deposit: {
        kinds: ["money", "number"],
        cues: [
          "save",
          "deposit",
          "invest",
          "month",
          "quarter",
          "spare",
          "sparrate",
          "monatlich",
          "einzahlen",
          "anlege",
        ],
        alone: true,
        per: perEvery,
      },
      start: {
        kinds: ["money", "number"],
        cues: [
          "start with",
          "starting with",
          "initial",
          "already have",
          "i have",
          "ich habe",
          "startkapital",
          "anfangskapital",
          "bereits",
        ],
      },
      every: everySlot,
      rate: rateSlot,
      ...termSlots,
      when: whenSlot,
      rateKind: rateKindSlot,
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { deposit, every, rate, start, when, rateKind } = given;
    const money = moneyOf(given.currency);
    const count = countOf(every, given);
    const i = periodRate(rate, rateKind, every);
    const final = valueAfter(given, i, count);
    const paid = new Exact(start).plus(new Exact(deposit).times(count));
    const begun = start === 0 ? "" : `${start} × (1 + ${rateText(i)})^${count} + `;
    const grown = i.isZero()
      ? `${deposit} × ${count}`
      : `${deposit} × ((1 + ${rateText(i)})^${count} − 1) ÷ ${rateText(i)}${when === "begin" ? ` × (1 + ${rateText(i)})` : ""}`;
    return {
      results: [
        money.result("final-value", say`Value at the end`, final, begun + grown),
        money.result(
          "paid-in",
          say`Paid in`,
          paid,
          `${start === 0 ? "" : `${start} + `}${deposit} × ${count}`,
        ),
        money.result(
          "interest",
          say`Interest`,
          money.round(final).minus(paid),
          `${money.text(final)} − ${money.text(paid)}`,
        ),
      ],
      warnings: [],
      assumptions: [rateReading(rate, rateKind, every)],
      table: tableOf(given, i, count, money),
    };
  },
};

function valueAfter({ start, deposit, when }: Inputs, rate: Exact, count: number): Exact {
  const deposits = worthOfDeposits(rate, count, when).times(deposit);
  return rate.plus(1).pow(count).times(start).plus(deposits);
}

/** One row a year, and one for the part of a year at the end. */
function tableOf(given: Inputs, rate: Exact, count: number, money: Money): ResultTable {
  const perYear = aYear(given.every);
  const ends = Array.from({ length: Math.ceil(count / perYear) }, (_, k) =>
    Math.min((k + 1) * perYear, count),
  );
  return {
    caption: say`Year by year`,
    columns: [say`Months`, say`Paid in`, say`Interest`, say`Value`],
    rows: ends.map((periods) => {
      const value = money.round(valueAfter(given, rate, periods));
      const paid = new Exact(given.deposit).times(periods).plus(given.start);
      const months = (periods * 12) / perYear;
      return [String(months), money.text(paid), money.text(value.minus(paid)), money.text(value)];
    }),
  };
}
