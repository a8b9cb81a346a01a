/** Whether a shown number is a correct rounding of an exact one, at the decimals that are shown. No tolerance in per cent. */
import type { Reading } from "./figure.ts";

interface Exactly {
  readonly digits: bigint;
  /** How many of the digits stand after the point. */
  readonly scale: number;
}

function exactly(value: string): Exactly {
  const [whole = "0", part = ""] = value.replace(/^[-+]/, "").split(".");
  return { digits: BigInt(whole + part), scale: part.length };
}

const isNegative = (value: string) => value.startsWith("-") && /[1-9]/.test(value);
const tenTo = (power: number) => 10n ** BigInt(power);

function inScale({ digits, scale }: Exactly, wanted: number): bigint {
  return digits * tenTo(wanted - scale);
}

/** @param value, @param other decimals without an exponent */
export function areEqual(value: string, other: string): boolean {
  if (value === other) return true;
  // Further apart than floating point errs: no need of exact numbers.
  const [near, far] = [Number(value), Number(other)];
  if (Math.abs(near - far) > 1e-9 * Math.max(Math.abs(near), Math.abs(far))) return false;
  const [a, b] = [exactly(value), exactly(other)];
  const scale = Math.max(a.scale, b.scale);
  return inScale(a, scale) === inScale(b, scale) && isNegative(value) === isNegative(other);
}

/** How many digits are shown, from the first that is not zero: 3 for 0.0250 with four decimals, 2 for 1.2 million. */
export function digitsShown({ value, decimals }: Reading): number {
  const { digits, scale } = exactly(value);
  const power = scale - decimals;
  const shown = power >= 0 ? digits / tenTo(power) : digits * tenTo(-power);
  return shown === 0n ? 0 : String(shown).length;
}

/**
 * @param exact the number as it is known
 * @param shown with the place of its last digit
 * @param mayTruncate "about" stands before it
 * @returns whether `shown` is `exact` rounded (half up, or half to even) or, where that is allowed, cut off; signs must agree
 */
export function isRoundingOf(exact: string, shown: Reading, mayTruncate: boolean): boolean {
  if (isNegative(exact) !== isNegative(shown.value)) return false;
  const [from, to] = [exactly(exact), exactly(shown.value)];
  const scale = Math.max(from.scale, to.scale, shown.decimals, 0);
  const [digits, wanted] = [inScale(from, scale), inScale(to, scale)];
  const drop = scale - shown.decimals;
  if (drop <= 0) return digits === wanted;
  const step = tenTo(drop);
  const [floor, rest] = [(digits / step) * step, digits % step];
  if (rest === 0n) return digits === wanted;
  if (mayTruncate && wanted === floor) return true;
  if (rest * 2n === step) return wanted === floor + step || (wanted === floor && (floor / step) % 2n === 0n);
  return wanted === (rest * 2n > step ? floor + step : floor);
}
