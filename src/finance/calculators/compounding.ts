/** How often interest is added, and the rate of one period. */
import type { Slot } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { choice } from "./input-fields.ts";

const perYear = { yearly: 1, "half-yearly": 2, quarterly: 4, monthly: 12, daily: 365 } as const;
const compoundings = ["yearly", "half-yearly", "quarterly", "monthly", "daily", "continuous"] as const;
type Compounding = (typeof compoundings)[number];

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
const timesAYear = (compounding: Compounding): number | null =>
  compounding === "continuous" ? null : perYear[compounding];

/** @param rate nominal, a year, as a share; @returns the growth of 1 in so many years */
export function growth(rate: Exact, compounding: Compounding, years: Exact): Exact {
  const times = timesAYear(compounding);
  if (times === null) return rate.times(years).exp();
  return rate.div(times).plus(1).pow(years.times(times));
}

/** "(1 + 5% ÷ 12)^(12 × 10)" */
export function growthSteps(rate: number, compounding: Compounding, years: Exact): string {
  const times = timesAYear(compounding);
  const span = trimmed(years, 6);
  if (times === null) return `e^(${rate}% × ${span})`;
  return times === 1 ? `(1 + ${rate}%)^${span}` : `(1 + ${rate}% ÷ ${times})^(${times} × ${span})`;
}

/** @param effective a year, as a share; @returns the nominal rate that yields it */
export function nominalOf(effective: Exact, compounding: Compounding): Exact {
  const times = timesAYear(compounding);
  const whole = effective.plus(1);
  return times === null ? whole.ln() : whole.pow(new Exact(1).div(times)).minus(1).times(times);
}

/** "12 × ((1 + 5%)^(1 ÷ 12) − 1)" */
export function nominalSteps(effective: number, compounding: Compounding): string {
  const times = timesAYear(compounding);
  return times === null ? `ln(1 + ${effective}%)` : `${times} × ((1 + ${effective}%)^(1 ÷ ${times}) − 1)`;
}
