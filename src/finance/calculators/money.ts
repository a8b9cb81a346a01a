/** Amounts of one currency: rounded to its cents (none for JPY), and the results that show them. */
import type { Decimal } from "decimal.js";
import type { Result } from "./calculator.ts";
import { decimalsOf, Exact, fixed } from "./exact.ts";
import { currency } from "./input-fields.ts";

/** From here on an amount is a slip of the rate or of the time. */
const absurd = new Exact("1e18");

export const currencyField = currency({
  title: "Currency",
  description: "It decides the unit and the decimals of amounts. Without it amounts have two decimals.",
});
export const currencySlot = { kinds: ["currency"], cues: [], alone: true } as const;

export interface Money {
  /** ISO 4217; null: amounts of an unnamed currency. */
  readonly code: string | null;
  readonly decimals: number;
  /** To the cent, halves away from zero. */
  round(value: Decimal): Exact;
  /** "1234.50" */
  text(value: Decimal): string;
  result(name: string, label: string, value: Decimal, steps: string): Result;
}

export function moneyOf(code: string | undefined): Money {
  const decimals = code === undefined ? 2 : decimalsOf(code.toUpperCase());
  const unit = code?.toUpperCase() ?? null;
  const text = (value: Decimal) => fixed(value, decimals);
  return {
    code: unit,
    decimals,
    round: (value) => new Exact(text(value)),
    text,
    result(name, label, value, steps) {
      const shown = { name, label, unit, subject: null, steps };
      if (value.isFinite() && value.abs().lt(absurd)) return { ...shown, value: text(value) };
      return { ...shown, value: null, reason: "The amount is above 10^18. Check the rate and the time." };
    },
  };
}
