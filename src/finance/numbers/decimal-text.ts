/** Decimal numbers as text, shifted and compared without floating point. */

const zeros = (count: number) => "0".repeat(Math.max(0, count));

/** @returns `digits` without needless zeros in front; "0" for none */
const withoutLeadingZeros = (digits: string) =>
  digits.startsWith("0") ? digits.replace(/^0+(?=\d)/, "") : digits;

/** @param text digits with at most one point, without a sign @returns the same times ten to the power of `power` */
export function shifted(text: string, power: number): string {
  const dot = text.indexOf(".");
  const whole = dot < 0 ? text : text.slice(0, dot);
  const part = dot < 0 ? "" : text.slice(dot + 1);
  if (power === 0) return withoutLeadingZeros(whole || "0") + (part === "" ? "" : `.${part}`);
  const point = whole.length + power;
  const digits = whole + part;
  if (point >= digits.length) return withoutLeadingZeros(digits + zeros(point - digits.length));
  if (point <= 0) return `0.${zeros(-point)}${digits}`;
  return `${withoutLeadingZeros(digits.slice(0, point))}.${digits.slice(point)}`;
}

export const negated = (value: string) => (value.startsWith("-") ? value.slice(1) : `-${value}`);
