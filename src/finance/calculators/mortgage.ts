/** A loan on a house: by its term, or by its first year's repayment as in Germany, with the balance when the fixed rate ends. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { amortise, annuity, interestOf, type LoanRow, type LoanTerms, longestLoan } from "./amortisation.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { amount, optional, percent, positive, yearlyRate } from "./input-fields.ts";
import {
  annuitySteps,
  durationResults,
  monthlyReading,
  savedByExtras,
  scheduleTable,
  sumResults,
} from "./loan-results.ts";
import { currencyField, currencySlot, type Money, moneyOf } from "./money.ts";
import { affording } from "./other-calculation.ts";
import { refuse } from "./refuse.ts";
import { monthsOf, termFields, termSlots } from "./term.ts";

const inputs = Type.Object({
  amount: optional(positive({ title: "Loan", unit: "currency", examples: [300_000] })),
  price: optional(
    positive({
      title: "Price of the house",
      description: "With the down payment, instead of the loan.",
      unit: "currency",
      examples: [400_000],
    }),
  ),
  downPayment: optional(amount({ title: "Down payment", unit: "currency", examples: [80_000] })),
  downPercent: optional(
    percent({ title: "Down payment, in % of the price", exclusiveMaximum: 100, examples: [20] }),
  ),
  rate: yearlyRate({ title: "Interest a year", description: "Nominal.", minimum: 0, examples: [3.8] }),
  repayment: optional(
    positive({
      title: "Repayment in the first year",
      description: "In per cent of the loan, instead of the term (anfängliche Tilgung).",
      unit: "%",
      maximum: 100,
      examples: [2],
    }),
  ),
  ...termFields,
  fixedYears: optional(
    positive({
      title: "Years with a fixed rate",
      description: "The balance at their end is computed (Zinsbindung).",
      unit: "years",
      maximum: longestLoan / 12,
      examples: [10],
    }),
  ),
  extraYearly: amount({ title: "Extra payment a year", unit: "currency", default: 0, examples: [5000] }),
  currency: optional(currencyField),
});
type Inputs = Static<typeof inputs>;

export const mortgage: Calculator<Inputs> = {
  name: "mortgage",
  version: 1,
  title: "Mortgage",
  summary: "The monthly payment of a mortgage, and what is left when the fixed rate ends.",
  topic: "borrowing",
  inputs,
  needs: [
    ["amount", "price"],
    ["repayment", "years", "months"],
  ],
  eitherOr: [["amount", "price"]],
  needsBeside: {
    price: ["downPayment", "downPercent"],
    downPayment: ["price"],
    downPercent: ["price"],
  },
  formula:
    "payment = loan × (rate + repayment) ÷ 12, or loan × i ÷ (1 − (1 + i)^−n) with i = rate ÷ 12 and n = months; each month's interest is rounded to the cent, and the last payment takes the rest",
  source: "Brealey, Myers, Allen: Principles of Corporate Finance, amortising loans",
  asked: {
    phrases: [
      "mortgage",
      "home loan",
      "house loan",
      "hypothek",
      "baufinanzierung",
      "immobilienkredit",
      "immobiliendarlehen",
      "hauskredit",
      "baukredit",
      "anfängliche tilgung",
      "anfänglicher tilgung",
      "zinsbindung",
      "restschuld",
      "what balance is left",
      "balance is left",
      "annuitätendarlehen",
      "% tilgung",
    ],
    unless: affording,
    examples: [
      {
        question: "What is the mortgage payment on a $400,000 house with $80,000 down at 6.5% for 30 years?",
        inputs: { price: 400_000, downPayment: 80_000, rate: 6.5, years: 30, currency: "USD" },
      },
      {
        question: "Baufinanzierung: Kaufpreis 500.000 €, 20 % Eigenkapital, Zins 3,6 %, Tilgung 2 %",
        inputs: { price: 500_000, downPercent: 20, rate: 3.6, repayment: 2, currency: "EUR" },
      },
      {
        question: "What is the monthly payment on a $300,000 mortgage at 6.5% for 30 years?",
        inputs: { amount: 300_000, rate: 6.5, years: 30, currency: "USD" },
      },
      {
        question:
          "Baufinanzierung: 300.000 € zu 3,8 % Zins und 2 % anfänglicher Tilgung, 10 Jahre Zinsbindung. Wie hoch ist die Restschuld?",
        inputs: { amount: 300_000, rate: 3.8, repayment: 2, fixedYears: 10, currency: "EUR" },
      },
      {
        question:
          "Mortgage of £250,000 at 4.2% over 25 years with the rate fixed for 5 years: what balance is left?",
        inputs: { amount: 250_000, rate: 4.2, years: 25, fixedYears: 5, currency: "GBP" },
      },
      {
        question: "Wie hoch ist die Rate einer Hypothek über 450.000 CHF bei 1,9 % Zins und 1 % Tilgung?",
        inputs: { amount: 450_000, rate: 1.9, repayment: 1, currency: "CHF" },
      },
      {
        question: "Home loan: 180,000 dollars, 5 percent, 15 years, extra payment of 3,000 dollars a year",
        inputs: { amount: 180_000, rate: 5, years: 15, extraYearly: 3000, currency: "USD" },
      },
      {
        question:
          "Annuitätendarlehen 220.000 €, Zinsen 4,1 %, Tilgung 3 %, Zinsbindung 15 Jahre, Sondertilgung 5.000 € im Jahr",
        inputs: {
          amount: 220_000,
          rate: 4.1,
          repayment: 3,
          fixedYears: 15,
          extraYearly: 5000,
          currency: "EUR",
        },
      },
    ],
    slots: {
      price: {
        kinds: ["money", "number"],
        cues: [
          ...["house", "home", "property", "apartment", "flat", "price", "purchase price", "house price"],
          ...["haus", "kaufpreis", "wohnung", "immobilie", "eigenheim"],
        ],
      },
      downPayment: {
        kinds: ["money"],
        cues: ["down", "down payment", "down payment of", "deposit", "eigenkapital", "anzahlung"],
      },
      downPercent: {
        kinds: ["percent"],
        cues: ["down", "down payment", "down payment of", "eigenkapital", "anzahlung"],
      },
      amount: {
        kinds: ["money", "number"],
        cues: [
          "mortgage",
          "loan",
          "borrow",
          "hypothek",
          "baufinanzierung",
          "kredit",
          "darlehen",
          "über",
          "von",
        ],
        alone: true,
      },
      rate: {
        kinds: ["percent"],
        cues: ["at", "interest", "rate", "zins", "zinsen", "zinssatz", "sollzins", "bei", "zu"],
        alone: true,
      },
      repayment: {
        kinds: ["percent"],
        cues: ["repayment", "tilgung", "anfängliche tilgung", "anfänglicher tilgung"],
      },
      years: { kinds: ["years"], cues: ["for", "over", "term", "über", "laufzeit"], alone: true },
      months: termSlots.months,
      fixedYears: {
        kinds: ["years"],
        cues: ["fixed for", "fixed", "zinsbindung", "fest für", "sollzinsbindung", "fixed period"],
      },
      extraYearly: {
        kinds: ["money"],
        cues: ["extra", "extra payment", "sondertilgung"],
        per: { year: {} },
      },
      currency: currencySlot,
    },
  },
  calculate(given) {
    const money = moneyOf(given.currency);
    const lent = loanOf(given, money);
    const { terms, steps } = termsOf(given, lent.amount, money);
    const rows = amortise(terms, money);
    return {
      results: [
        money.result("monthly-payment", say`Monthly payment`, terms.payment, steps),
        ...whenFixedEnds(given.fixedYears, terms, rows, money),
        ...durationResults(terms, rows, money),
        ...sumResults(terms, rows, money),
        ...savedByExtras(terms, rows, money),
      ],
      warnings: [],
      assumptions: [
        ...lent.assumptions,
        monthlyReading(given.rate, terms.rate),
        say`The rate stays the same until the loan is repaid.`,
      ],
      table: scheduleTable(rows, money),
    };
  },
};

/** The price less the down payment, or as it is stated. @throws InvalidRequestError */
function loanOf({ amount, price, downPayment, downPercent }: Inputs, money: Money): Lent {
  if (price === undefined) {
    if (amount === undefined)
      refuse("amount", say`State the loan, or the price of the house and the down payment.`);
    if (downPayment !== undefined || downPercent !== undefined)
      refuse("price", say`State the loan, or the price of the house and the down payment.`);
    return { amount: money.payable("amount", say`The loan`, amount), assumptions: [] };
  }
  if (amount !== undefined) refuse("amount", say`State the loan, or price and down payment, not both.`);
  if (downPayment === undefined && downPercent === undefined)
    refuse("downPayment", say`State the loan, or the price of the house and the down payment.`);
  if (downPayment !== undefined && downPercent !== undefined)
    refuse("downPayment", say`State the down payment once: as an amount, or in % of the price.`);
  const down = money.round(new Exact(downPayment ?? new Exact(price).times(downPercent ?? 0).div(100)));
  const loan = money.round(new Exact(price)).minus(down);
  if (loan.lte(0))
    refuse("downPayment", say`The down payment is not below the price: no loan is needed. Check both.`);
  return { amount: loan, assumptions: [say`Loan: price less the down payment, ${price} − ${down}.`] };
}

interface Lent {
  readonly amount: Exact;
  readonly assumptions: readonly Words[];
}

/** @throws InvalidRequestError where both ways are stated, or a payment is less than a cent */
function termsOf(
  given: Inputs,
  amount: Exact,
  money: Money,
): { readonly terms: LoanTerms; readonly steps: string } {
  const { repayment, years, months, rate } = given;
  if (repayment !== undefined && (years !== undefined || months !== undefined))
    refuse(
      "repayment",
      say`State the repayment in per cent or the term, not both. A fixed rate's years have an input of their own.`,
    );
  const loan = {
    amount,
    rate: new Exact(rate).div(1200),
    extraMonthly: new Exact(0),
    extraYearly: money.payable("extraYearly", say`The extra payment a year`, given.extraYearly),
  };
  const last = repayment === undefined ? monthsOf(given) : null;
  const exact =
    last === null
      ? loan.amount.times(new Exact(rate).plus(repayment ?? 0)).div(1200)
      : loan.amount.times(annuity(loan.rate, last));
  const payment = money.round(exact);
  if (payment.isZero()) refuse("amount", say`The payment is less than a cent a month. State a larger loan.`);
  if (last !== null) {
    const terms = { ...loan, payment, last };
    return { terms, steps: annuitySteps(terms) };
  }
  return { terms: { ...loan, payment }, steps: `${amount} × (${rate}% + ${repayment}%) ÷ 12` };
}

function whenFixedEnds(
  years: number | undefined,
  terms: LoanTerms,
  rows: readonly LoanRow[],
  money: Money,
): readonly Result[] {
  if (years === undefined) return [];
  const months = new Exact(years).times(12);
  if (!months.isInteger())
    refuse("fixedYears", say`The fixed rate must last a whole number of months. State such years.`);
  const fixed = rows.slice(0, months.toNumber());
  const interest = interestOf(fixed);
  const balance = fixed.at(-1)?.balance ?? terms.amount;
  const repaid = terms.amount.minus(balance);
  const paid = repaid.plus(interest);
  return [
    money.result(
      "remaining-balance",
      say`Balance after ${years} years`,
      balance,
      say`${terms.amount} − (${money.text(paid)} paid − ${money.text(interest)} interest)`,
    ),
    money.result(
      "fixed-interest",
      say`Interest in ${years} years`,
      interest,
      say`sum of ${fixed.length} months' interest`,
    ),
    money.result(
      "fixed-repaid",
      say`Repaid in ${years} years`,
      repaid,
      `${terms.amount} − ${money.text(balance)}`,
    ),
  ];
}
