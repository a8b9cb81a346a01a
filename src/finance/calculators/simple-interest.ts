/** Interest for a part of a year, without interest on interest. */

import type { Static } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Calculator } from "./calculator.ts";
import { rateSlot } from "./deposits.ts";
import { Exact, trimmed } from "./exact.ts";
import { choice, count, optional, positive, yearlyRate } from "./input-fields.ts";
import { currencyField, currencySlot, moneyOf } from "./money.ts";
import { refuse } from "./refuse.ts";
import { termFields, termSlots, yearsOf } from "./term.ts";

const inputs = Type.Object({
  amount: positive({ title: "Amount", unit: "currency", examples: [10_000] }),
  rate: yearlyRate({ title: "Interest a year", examples: [3] }),
  days: optional(count({ title: "Days", unit: "days", minimum: 1, maximum: 36_500, examples: [90] })),
  ...termFields,
  yearDays: choice(["365", "360"] as const, {
    title: "Days of a year",
    description: "360 on money markets.",
    default: "365",
  }),
  currency: optional(currencyField),
});

export const simpleInterest: Calculator<Static<typeof inputs>> = {
  name: "simple-interest",
  version: 1,
  title: "Simple interest",
  summary: "Interest for days, months or years, without interest on interest.",
  topic: "saving",
  inputs,
  needs: [["days", "years", "months"]],
  formula: "interest = amount × rate × time; time = years + months ÷ 12 + days ÷ days of a year",
  source: "ISDA 2006 Definitions, 4.16: Actual/365 (Fixed) and Actual/360",
  asked: {
    phrases: [
      "simple interest",
      "interest for",
      "without compounding",
      "einfache zinsen",
      "einfacher zins",
      "einfachen zinsen",
      "tageszinsen",
      "zinsen für",
      "ohne zinseszins",
    ],
    examples: [
      {
        question: "Simple interest on $10,000 at 3% for 90 days",
        inputs: { amount: 10_000, rate: 3, days: 90, currency: "USD" },
      },
      {
        question: "Wie hoch sind die Tageszinsen auf 25.000 € bei 2,5 % für 45 Tage mit 360 Tagen im Jahr?",
        inputs: { amount: 25_000, rate: 2.5, days: 45, yearDays: "360", currency: "EUR" },
      },
      {
        question: "What is the simple interest on £5,000 for 2 years at 4%?",
        inputs: { amount: 5000, years: 2, rate: 4, currency: "GBP" },
      },
      {
        question: "Einfache Zinsen auf 1.200 € zu 6 % für 7 Monate",
        inputs: { amount: 1200, rate: 6, months: 7, currency: "EUR" },
      },
      {
        question: "1,000,000 JPY at 0.5 percent for 30 days, simple interest",
        inputs: { amount: 1_000_000, rate: 0.5, days: 30, currency: "JPY" },
      },
      {
        question: "Zinsen für 180 Tage auf 8.000 CHF bei 1 %, ohne Zinseszins",
        inputs: { amount: 8000, rate: 1, days: 180, currency: "CHF" },
      },
    ],
    slots: {
      amount: { kinds: ["money", "number"], cues: ["on", "amount", "auf", "von"], alone: true },
      rate: rateSlot,
      days: { kinds: ["days"], cues: ["for", "für"], alone: true },
      ...termSlots,
      yearDays: {
        kinds: ["choice"],
        cues: [],
        choices: {
          "360": ["act/360", "360 days a year", "360 tagen im jahr"],
          "365": ["act/365", "365 days a year"],
        },
      },
      currency: currencySlot,
    },
  },
  calculate(given) {
    const { amount, rate, days, years, months, yearDays } = given;
    if (days === undefined && years === undefined && months === undefined)
      refuse("days", say`State the time: in days, months or years.`);
    const money = moneyOf(given.currency);
    const whole = years === undefined && months === undefined ? new Exact(0) : yearsOf(given);
    const time = whole.plus(new Exact(days ?? 0).div(yearDays));
    const interest = time.times(amount).times(rate).div(100);
    const span = [
      ...(whole.isZero() ? [] : [trimmed(whole, 6)]),
      ...(days === undefined ? [] : [`${days} ÷ ${yearDays}`]),
    ].join(" + ");
    return {
      results: [
        money.result("interest", say`Interest`, interest, `${amount} × ${rate}% × (${span})`),
        money.result(
          "final-value",
          say`Amount with interest`,
          money.round(interest).plus(amount),
          `${amount} + ${money.text(interest)}`,
        ),
      ],
      warnings: time.gt(1)
        ? [say`More than a year: most accounts add interest once a year. Compound interest counts it.`]
        : [],
      assumptions: [],
    };
  },
};
