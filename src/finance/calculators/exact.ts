/** Exact decimals for money, lots and quantities. Binary floating point is for statistics only. */
import { Decimal } from "decimal.js";

/** 40 significant digits, halves away from zero, no exponent in text. */
export const Exact = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});
export type Exact = Decimal;

/**
 * @returns the value with exactly this many decimals, halves away from zero. A quotient such as 5 ÷ 1200 is cut at 40 digits,
 * and what was a half falls below it: rounding to 30 digits first brings the half back.
 */
export const fixed = (value: Decimal, decimals: number): string => {
  const text = value.toSignificantDigits(30, Decimal.ROUND_HALF_UP).toFixed(decimals, Decimal.ROUND_HALF_UP);
  return /^-0(?:\.0*)?$/.test(text) ? text.slice(1) : text;
};

/** @returns the value with at most this many decimals, without zeros at its end */
export const trimmed = (value: Decimal, decimals: number): string =>
  new Exact(fixed(value, decimals)).toFixed();

/** How many decimals amounts of a currency have (ISO 4217); 2 where it is not known. */
export function decimalsOf(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat("en", {
      style: "currency",
      currency,
    }).resolvedOptions();
    return maximumFractionDigits ?? 2;
  } catch {
    return 2; // Not a currency's code, such as USDT.
  }
}
