/** Figures as cards show them: 1,234.50 USD, 9.86 %, 25 pips; in German and Spanish 1.234,50 USD. */
import { decimalIn, inLanguage, type Language, say } from "../../texts/say.ts";

const money = /^[A-Z]{3}$/;

/** @param value a decimal without separators, or any other text, which stays as it is */
export function withUnit(value: string, unit: string | null, language: Language): string {
  if (unit === null) return decimalIn(value, language);
  // An amount of thousands has its cents where its separator is a point, so that it is no decimal mark.
  const isWhole = (language === "de" || language === "es") && money.test(unit) && /^-?\d{4,6}$/.test(value);
  const shown = decimalIn(isWhole ? `${value}.00` : value, language);
  return `${shown} ${inLanguage(unitWords(unit), language)}`;
}

/** "USD per pip" has words in two places. */
function unitWords(unit: string) {
  const [of = "", per] = unit.split(" per ");
  return per === undefined ? of : say`${of} per ${per}`;
}

/** Text of the user as text: no mark of Markdown in it works. */
export const asText = (words: string): string =>
  words.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|~#]/g, (mark) => `\\${mark}`);
