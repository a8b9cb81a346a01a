/** One figure as it is shown. */

import type { Decimal } from "decimal.js";
import type { Words } from "../../texts/say.ts";
import { say } from "../../texts/say.ts";
import type { Result } from "./calculator.ts";
import { fixed, trimmed } from "./exact.ts";

/** From here on a figure is a slip of an input. */
const absurd = 1e18;

interface Shape extends Pick<Result, "unit" | "steps"> {
  readonly subject?: string | null;
  /** Exactly this many decimals ("0.40"), */
  readonly decimals?: number;
  /** or at most this many ("0.4"). */
  readonly atMost?: number;
}

/** @returns the value with its decimals, or the reason why it cannot be shown */
export function figure(name: string, label: Words, value: Decimal, shape: Shape): Result {
  const { unit, steps, subject = null, decimals, atMost = 8 } = shape;
  const shown = { name, label, unit, subject, steps };
  if (!value.isFinite() || value.abs().gte(absurd))
    return { ...shown, value: null, reason: say`${label} is above 10^18. Check the inputs.` };
  return { ...shown, value: decimals === undefined ? trimmed(value, atMost) : fixed(value, decimals) };
}

/** A figure that has no value. @param reason a sentence that says why */
export const undefinedFigure = (
  name: string,
  label: Words,
  unit: string | null,
  steps: Words,
  reason: Words,
  subject: string | null = null,
): Result => ({ name, label, value: null, unit, subject, steps, reason });

/** What one pip is worth: the more decimals, the less it is. */
export const pipValueFigure = (value: Decimal, code: string, subject: string, steps: Words): Result =>
  figure("pip-value", say`Pip value`, value, {
    unit: `${code} per pip`,
    subject,
    steps,
    decimals: value.gte(1) ? 2 : value.gte("0.01") ? 4 : 8,
  });
