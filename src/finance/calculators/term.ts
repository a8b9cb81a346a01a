/** A span of time that is stated in years, in months, or in both ("2 years and 6 months"). */

import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import type { Slot } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { optional, positive } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

export const longestTerm = 200;

/** Inputs of a calculator; `needs` holds `termNeed` beside them. */
export const termFields = {
  years: optional(positive({ title: "Years", unit: "years", maximum: longestTerm, examples: [10] })),
  months: optional(
    Type.Integer({
      title: "Months",
      description: "Instead of years, or on top of them.",
      "x-unit": "months",
      minimum: 1,
      maximum: longestTerm * 12,
      examples: [120],
    }),
  ),
};
export const termNeed = ["years", "months"] as const;

export const termSlots = {
  years: { kinds: ["years"], cues: ["for", "over", "in", "after", "für", "über", "nach"], alone: true },
  months: { kinds: ["months"], cues: ["for", "over", "in", "after", "für", "über", "nach"], alone: true },
} satisfies Record<string, Slot>;

export interface Term {
  readonly years?: number;
  readonly months?: number;
}

/** @throws InvalidRequestError where neither is stated, or where it is too long */
export function yearsOf({ years, months }: Term): Exact {
  if (years === undefined && months === undefined)
    refuse("years", say`State how long: in years, in months, or both.`);
  const total = new Exact(years ?? 0).plus(new Exact(months ?? 0).div(12));
  if (total.gt(longestTerm))
    refuse("years", say`The time is above ${longestTerm} years. State a shorter one.`);
  return total;
}

/** @throws InvalidRequestError also where it is not a whole number of months */
export function monthsOf(term: Term): number {
  const months = yearsOf({ years: term.years ?? 0 })
    .times(12)
    .plus(term.months ?? 0);
  yearsOf(term);
  if (!months.isInteger())
    refuse("years", say`The time is not a whole number of months: ${term.years} years. State it in months.`);
  return months.toNumber();
}
