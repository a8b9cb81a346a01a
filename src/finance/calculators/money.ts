/** Amounts of one currency: rounded to its cents (none for JPY), and the results that show them. */

import type { Decimal } from "decimal.js";
import { say, type Words } from "../../texts/say.ts";
import type { Result } from "./calculator.ts";
import { decimalsOf, Exact, fixed } from "./exact.ts";
import { currency } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

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
  /** An input that must be paid to the cent. @throws InvalidRequestError where it is finer */
  payable(param: string, title: Words, value: number): Exact;
  /** To the cent, halves away from zero. */
  round(value: Decimal): Exact;
  /** "1234.50" */
  text(value: Decimal): string;
  result(name: string, label: Words, value: Decimal, steps: Words): Result;
}

export function moneyOf(code: string | undefined): Money {
  const decimals = code === undefined ? 2 : decimalsOf(code.toUpperCase());
  const unit = code?.toUpperCase() ?? null;
  const text = (value: Decimal) => fixed(value, decimals);
  return {
    code: unit,
    decimals,
    payable(param, title, value) {
      const exact = new Exact(value);
      if (exact.decimalPlaces() > decimals)
        refuse(
          param,
          decimals === 0
            ? say`${title} is finer than ${unit} is paid. State it without decimals.`
            : say`${title} is finer than ${unit ?? "money"} is paid. State it with at most ${decimals} decimals.`,
        );
      return exact;
    },
    round: (value) => new Exact(text(value)),
    text,
    result(name, label, value, steps) {
      const shown = { name, label, unit, subject: null, steps };
      if (value.isFinite() && value.abs().lt(absurd)) return { ...shown, value: text(value) };
      return { ...shown, value: null, reason: say`The amount is above 10^18. Check the rate and the time.` };
    },
  };
}
