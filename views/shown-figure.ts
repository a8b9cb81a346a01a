/** Figures as the page's reader writes them: thousands in groups, the unit behind, on one line. */
import { languageOfReader, tr, translated } from "../src/texts/reader-language.ts";
import { decimalIn, inLanguage } from "../src/texts/say.ts";

const space = "\u00a0";

/** "1234567.80" is "1,234,567.80". A text that is no decimal stays as it is. */
export const grouped = (decimal: string): string =>
  /^-?\d+(?:\.\d+)?$/.test(decimal) ? decimalIn(decimal, languageOfReader()).replace("-", "−") : decimal;

/** "0.0001" as the reader writes it, without groups. */
export const withMark = (decimal: string): string =>
  inLanguage({ decimal, isUngrouped: true }, languageOfReader());

/** The unit as it stands behind a figure, with the space before it. */
export function unitAfter(unit: string | null): string {
  if (unit === null) return "";
  return unit === "%" || unit === "x" || unit === "R" ? unit : `${space}${unitWords(unit)}`;
}

/** A currency's code stays; "USD per pip" has words in two places. */
export function unitWords(unit: string): string {
  const [of = "", per] = unit
    .split(" per ")
    .map((word) => (/^[A-Z]{3,5}$/.test(word) ? word : translated(word)));
  return per === undefined ? of : tr`${of} per ${per}`;
}

/** @param value null: undefined */
export const shownFigure = (value: string | null, unit: string | null): string =>
  value === null ? translated("undefined") : `${grouped(value)}${unitAfter(unit)}`;
