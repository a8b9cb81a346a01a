/** How often interest is added, and the rate of one period. */
import type { Slot } from "./calculator.ts";
import type { Exact } from "./exact.ts";
import { choice } from "./input-fields.ts";

const perYear = { yearly: 1, "half-yearly": 2, quarterly: 4, monthly: 12, daily: 365 } as const;
const compoundings = ["yearly", "half-yearly", "quarterly", "monthly", "daily", "continuous"] as const;
export type Compounding = (typeof compoundings)[number];

export const compoundingField = choice(compoundings, {
  title: "Interest is added",
  description: "Daily: 365 times a year.",
  default: "yearly",
});

export const compoundingSlot = {
  kinds: ["choice"],
  cues: [],
  choices: {
    yearly: [
      "compounded yearly",
      "compounded annually",
      "annual compounding",
      "yearly compounding",
      "jährlich verzinst",
      "jährliche verzinsung",
    ],
    "half-yearly": ["semi-annually", "semiannually", "half-yearly", "twice a year", "halbjährlich"],
    quarterly: ["quarterly", "vierteljährlich", "quartalsweise"],
    monthly: ["monthly", "monatlich"],
    daily: ["daily", "täglich"],
    continuous: ["continuously", "continuous compounding", "stetig", "kontinuierlich"],
  },
} satisfies Slot;

/** @returns how often a year; null: continuously */
export const timesAYear = (compounding: Compounding): number | null =>
  compounding === "continuous" ? null : perYear[compounding];

/** @param rate nominal, a year, as a share; @returns the growth of 1 in so many years */
export function growth(rate: Exact, compounding: Compounding, years: Exact): Exact {
  const times = timesAYear(compounding);
  if (times === null) return rate.times(years).exp();
  return rate.div(times).plus(1).pow(years.times(times));
}
