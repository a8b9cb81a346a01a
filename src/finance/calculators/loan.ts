/** A loan with equal monthly payments: the payment from the term, or the term from the payment. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { amortise, annuity, type LoanTerms, longestLoan } from "./amortisation.ts";
import type { Calculation, Calculator } from "./calculator.ts";
import { rateSlot } from "./deposits.ts";
import { Exact } from "./exact.ts";
import { amount, optional, positive, yearlyRate } from "./input-fields.ts";
import {
  annuitySteps,
  durationResults,
  monthlyReading,
  savedByExtras,
  scheduleTable,
  sumResults,
} from "./loan-results.ts";
import { currencyField, currencySlot, type Money, moneyOf } from "./money.ts";
import { affording, aiming, housing } from "./other-calculation.ts";
import { refuse } from "./refuse.ts";
import { monthsOf, termFields, termSlots } from "./term.ts";

const inputs = Type.Object({
  amount: positive({ title: "Loan", unit: "currency", examples: [200_000] }),
  rate: yearlyRate({ title: "Interest a year", description: "Nominal.", minimum: 0, examples: [4] }),
  ...termFields,
  payment: optional(
    positive({
      title: "Payment a month",
      description: "Instead of the term: then the term is computed.",
      unit: "currency",
      examples: [1000],
    }),
  ),
  extraMonthly: amount({ title: "Extra payment a month", unit: "currency", default: 0, examples: [50] }),
  extraYearly: amount({ title: "Extra payment a year", unit: "currency", default: 0, examples: [5000] }),
  currency: optional(currencyField),
});
type Inputs = Static<typeof inputs>;

export const loan: Calculator<Inputs> = {
  name: "loan",
  version: 1,
  title: "Loan",
  summary: "The monthly payment of a loan, its interest and its schedule; or how long a payment takes.",
  topic: "borrowing",
  inputs,
  needs: [["years", "months", "payment"]],
  formula:
    "payment = loan × i ÷ (1 − (1 + i)^−n), i = rate ÷ 12, n = months; each month's interest is rounded to the cent, and the last payment takes the rest",
  source: "numpy-financial, pmt; Brealey, Myers, Allen: Principles of Corporate Finance, amortising loans",
  asked: {
    phrases: [
      "loan",
      "monthly payment",
      "car loan",
      "borrow",
      "repay",
      "pay off",
      "kredit",
      "darlehen",
      "ratenkredit",
      "autokredit",
      "monatsrate",
      "monatliche rate",
      "tilgungsplan",
      "abbezahlen",
      "zurückzahlen",
    ],
    unless: [...housing, ...affording, ...aiming],
    examples: [
      {
        question: "What is the monthly payment on a $200,000 loan at 4% over 30 years?",
        inputs: { amount: 200_000, rate: 4, years: 30, currency: "USD" },
      },
      {
        question:
          "Wie hoch ist die Monatsrate für einen Kredit über 15.000 € bei 6,9 % und 60 Monaten Laufzeit?",
        inputs: { amount: 15_000, rate: 6.9, months: 60, currency: "EUR" },
      },
      {
        question: "How long does it take to repay a loan of £12,000 at 8% if I pay £300 a month?",
        inputs: { amount: 12_000, rate: 8, payment: 300, currency: "GBP" },
      },
      {
        question: "Car loan: 25,000 dollars, 7.5 percent, 72 months, 100 dollars extra a month",
        inputs: { amount: 25_000, rate: 7.5, months: 72, extraMonthly: 100, currency: "USD" },
      },
      {
        question:
          "Darlehen 80.000 € zu 3,5 % über 10 Jahre mit Sondertilgung 2.000 € im Jahr: was kostet es?",
        inputs: { amount: 80_000, rate: 3.5, years: 10, extraYearly: 2000, currency: "EUR" },
      },
      {
        question: "I borrow 1,000,000 JPY at 1.5% for 5 years. What do I pay back a month?",
        inputs: { amount: 1_000_000, rate: 1.5, years: 5, currency: "JPY" },
      },
      {
        question:
          "Wie lange brauche ich, um ein Darlehen von 20.000 € bei 5 % mit einer Rate von 400 € zurückzuzahlen?",
        inputs: { amount: 20_000, rate: 5, payment: 400, currency: "EUR" },
      },
    ],
    slots: {
      amount: {
        kinds: ["money", "number"],
        cues: ["loan", "borrow", "loan of", "kredit", "darlehen", "über", "von"],
        alone: true,
      },
      rate: rateSlot,
      ...termSlots,
      payment: {
        kinds: ["money", "number"],
        cues: ["pay", "payment of", "i pay", "rate von", "monatsrate von", "zahle", "mit einer rate"],
        per: { month: {} },
      },
      extraMonthly: {
        kinds: ["money"],
        cues: ["extra a month", "extra", "additional", "zusätzlich"],
        per: { month: {} },
      },
      extraYearly: {
        kinds: ["money"],
        cues: ["extra a year", "extra per year", "sondertilgung", "einmal im jahr"],
        per: { year: {} },
      },
      currency: currencySlot,
    },
  },
  calculate(given) {
    const money = moneyOf(given.currency);
    const rate = new Exact(given.rate).div(1200);
    const isTermGiven = given.years !== undefined || given.months !== undefined;
    if (isTermGiven && given.payment !== undefined)
      refuse(
        "payment",
        say`State the term or the payment, not both. What you pay on top is an extra payment.`,
      );
    const months = given.payment === undefined ? monthsOf(given) : null;
    const payment = money.round(
      months === null
        ? money.payable("payment", say`The payment`, given.payment ?? 0)
        : annuity(rate, months).times(given.amount),
    );
    const terms: LoanTerms = {
      amount: money.payable("amount", say`The loan`, given.amount),
      rate,
      payment,
      extraMonthly: money.payable("extraMonthly", say`The extra payment a month`, given.extraMonthly),
      extraYearly: money.payable("extraYearly", say`The extra payment a year`, given.extraYearly),
      ...(months === null ? {} : { last: months }),
    };
    refuseTooSmall(terms, money);
    return calculationOf(terms, money, given);
  },
};

/** @throws InvalidRequestError where the debt would grow for ever, or last beyond a life */
function refuseTooSmall(terms: LoanTerms, money: Money): void {
  const { amount: debt, rate, payment, extraMonthly } = terms;
  if (payment.isZero())
    refuse("amount", say`The payment is less than a cent a month. State a larger loan or a shorter term.`);
  if (terms.last !== undefined) return;
  const interest = money.round(debt.times(rate));
  if (payment.plus(extraMonthly).lte(interest))
    refuse(
      "payment",
      say`The payment must be above the first month's interest, which is ${money.text(interest)}. State a higher payment.`,
    );
  if (amortise(terms, money).at(-1)?.balance.gt(0))
    refuse("payment", say`The loan would last more than ${longestLoan / 12} years. State a higher payment.`);
}

function calculationOf(terms: LoanTerms, money: Money, { rate, payment: stated }: Inputs): Calculation {
  const rows = amortise(terms, money);
  const payment = money.result(
    "monthly-payment",
    say`Monthly payment`,
    terms.payment,
    stated === undefined ? annuitySteps(terms) : say`as stated`,
  );
  const durations = durationResults(terms, rows, money);
  return {
    results: [
      ...(stated === undefined ? ([payment, ...durations] as const) : ([...durations, payment] as const)),
      ...sumResults(terms, rows, money),
      ...savedByExtras(terms, rows, money),
    ],
    warnings: [],
    assumptions: [monthlyReading(rate, terms.rate)],
    table: scheduleTable(rows, money),
  };
}
