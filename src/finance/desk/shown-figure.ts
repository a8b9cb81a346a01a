/** Figures as cards show them: 1,234.50 USD, 9.86 %, 25 pips. */

/** @param value a decimal without separators, or any other text, which stays as it is */
export function grouped(value: string): string {
  const [, sign = "", whole, part = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(value) ?? [];
  return whole === undefined ? value : `${sign}${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}${part}`;
}

export const withUnit = (value: string, unit: string | null): string =>
  unit === null ? grouped(value) : `${grouped(value)} ${unit}`;

/** Text of the user as text: no mark of Markdown in it works. */
export const asText = (words: string): string =>
  words.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|~#]/g, (mark) => `\\${mark}`);
