/** Figures as people read them: thousands in groups, the unit behind, on one line. */

const space = "\u00a0";

/** "1234567.80" is "1,234,567.80". A text that is no decimal stays as it is. */
export function grouped(decimal: string): string {
  const found = /^(-?)(\d+)((?:\.\d+)?)$/.exec(decimal);
  if (found === null) return decimal;
  const [, sign = "", whole = "", rest = ""] = found;
  return `${sign === "" ? "" : "−"}${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}${rest}`;
}

/** The unit as it stands behind a figure, with the space before it. */
export function unitAfter(unit: string | null): string {
  if (unit === null) return "";
  return unit === "%" || unit === "x" || unit === "R" ? unit : `${space}${unit}`;
}

/** @param value null: undefined */
export const shownFigure = (value: string | null, unit: string | null): string =>
  value === null ? "undefined" : `${grouped(value)}${unitAfter(unit)}`;
