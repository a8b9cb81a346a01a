/** What a loan really costs a year: its interest and the fees that are kept back when it is paid out. */
import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { annuity } from "./amortisation.ts";
import type { Calculator, Result } from "./calculator.ts";
import { Exact, fixed } from "./exact.ts";
import { amount, optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { refuse } from "./refuse.ts";
import { monthsOf, termFields, termNeed, termSlots } from "./term.ts";

const inputs = Type.Object({
  amount: positive({ title: "Loan", unit: "currency", examples: [10_000] }),
  rate: yearlyRate({ title: "Interest a year", description: "Nominal.", minimum: 0, examples: [6] }),
  ...termFields,
  fees: amount({
    title: "Fees at the beginning",
    description: "They are kept back when the loan is paid out.",
    unit: "currency",
    default: 0,
    examples: [300],
  }),
  currency: optional(currencyField),
});

/** Of a month, as a share. */
const highest = 10;

export const apr: Calculator<Static<typeof inputs>> = {
  name: "apr",
  version: 1,
  title: "Annual percentage rate",
  summary: "What a loan really costs a year, with its fees.",
  topic: "borrowing",
  inputs,
  needs: [termNeed],
  formula:
    "loan − fees = payment × (1 − (1 + m)^−n) ÷ m, n = months; effective = (1 + m)^12 − 1; nominal = 12 × m; payment = loan × i ÷ (1 − (1 + i)^−n), i = rate ÷ 12",
  source: "Directive 2008/48/EC, annex I (effective); Regulation Z, 12 CFR 1026, appendix J (nominal)",
  asked: {
    phrases: [
      "apr of a loan",
      "apr on a loan",
      "apr of the loan",
      "apr for a loan",
      "apr of my loan",
      "what apr",
      "the apr",
      "annual percentage rate",
      "effektiver jahreszins",
      "effektivzins",
      "effektive jahreszins",
      "effektivzinssatz",
    ],
    examples: [
      {
        question: "What is the APR of a loan of $10,000 at 6% over 3 years with fees of $300?",
        inputs: { amount: 10_000, rate: 6, years: 3, fees: 300, currency: "USD" },
      },
      {
        question: "Annual percentage rate: loan £5,000, 8% interest, 24 months, £100 fee",
        inputs: { amount: 5000, rate: 8, months: 24, fees: 100, currency: "GBP" },
      },
      {
        question: "What APR does a $200,000 loan at 5.5% for 30 years with $4,000 in closing costs have?",
        inputs: { amount: 200_000, rate: 5.5, years: 30, fees: 4000, currency: "USD" },
      },
      {
        question:
          "Wie hoch ist der effektive Jahreszins eines Kredits über 10.000 € zu 5 % mit 48 Monaten Laufzeit und 200 € Gebühren?",
        inputs: { amount: 10_000, rate: 5, months: 48, fees: 200, currency: "EUR" },
      },
      {
        question: "Effektiver Jahreszins: Kredit 20.000 €, Zins 4,5 %, 5 Jahre, Bearbeitungsgebühr 400 €",
        inputs: { amount: 20_000, rate: 4.5, years: 5, fees: 400, currency: "EUR" },
      },
      {
        question:
          "Calculate the annual percentage rate for a 15,000 dollar loan at 7 percent over 2 years and 6 months with a fee of 450 dollars",
        inputs: { amount: 15_000, rate: 7, years: 2, months: 6, fees: 450, currency: "USD" },
      },
    ],
    slots: {
      amount: {
        kinds: ["money", "number"],
        cues: ["loan", "loan of", "borrow", "kredit", "kredits", "kredits über", "darlehen"],
        alone: true,
      },
      rate: {
        kinds: ["percent"],
        cues: ["at", "interest", "rate", "nominal", "zins", "sollzins", "zu", "bei"],
        alone: true,
      },
      ...termSlots,
      fees: {
        kinds: ["money"],
        cues: [
          ...["fee", "fees", "fee of", "fees of", "costs", "closing costs", "points", "origination fee"],
          ...["gebühr", "gebühren", "bearbeitungsgebühr", "kosten", "abschlussgebühr"],
        ],
      },
      currency: currencySlot,
    },
  },
  calculate(given) {
    const money = moneyOf(given.currency);
    const months = monthsOf(given);
    const fees = money.payable("fees", say`The fees`, given.fees);
    const lent = money.payable("amount", say`The loan`, given.amount);
    if (fees.gte(lent)) refuse("fees", say`The fees take all of the loan. State lower fees.`);
    const payment = money.round(annuity(new Exact(given.rate).div(1200), months).times(lent));
    if (payment.isZero())
      refuse("amount", say`The payment is less than a cent a month. State a larger loan or a shorter term.`);
    const net = lent.minus(fees);
    const monthly = monthlyRate(payment.toNumber(), months, net.toNumber());
    const steps = `${net} = ${money.text(payment)} × (1 − (1 + m)^−${months}) ÷ m`;
    const rate = (
      name: string,
      label: Result["label"],
      share: number | null,
      how: Result["steps"],
    ): Result => {
      const shown = { name, label, unit: "%", subject: null, steps: how };
      if (share !== null && share < 1e6) return { ...shown, value: fixed(new Exact(share).times(100), 4) };
      return { ...shown, value: null, reason: say`The rate is too high to be shown. Check fees and term.` };
    };
    return {
      results: [
        rate(
          "apr",
          say`Effective rate a year`,
          monthly === null ? null : Math.expm1(12 * Math.log1p(monthly)),
          steps,
        ),
        rate("nominal-apr", say`Nominal rate a year`, monthly === null ? null : 12 * monthly, steps),
        money.result(
          "monthly-payment",
          say`Monthly payment`,
          payment,
          `${lent}, ${given.rate}% ÷ 12, ${months}`,
        ),
        money.result("paid-out", say`Paid out`, net, `${lent} − ${fees}`),
      ],
      warnings: [],
      assumptions: [
        say`Fees are kept back at the beginning, and payments are made at the end of each month.`,
      ],
    };
  },
};

/** By halving: the present value falls with the rate. @returns a share; null: above `highest` */
function monthlyRate(payment: number, months: number, net: number): number | null {
  const worth = (rate: number) =>
    rate === 0 ? payment * months : (payment * -Math.expm1(-months * Math.log1p(rate))) / rate;
  let [low, high] = [-0.5, highest];
  if (worth(high) > net) return null;
  for (let turn = 0; turn < 200; turn++) {
    const middle = (low + high) / 2;
    if (worth(middle) > net) low = middle;
    else high = middle;
  }
  // A payment to the cent leaves a trace where there is neither interest nor a fee.
  return Math.abs(high) < 1e-12 ? 0 : high;
}
