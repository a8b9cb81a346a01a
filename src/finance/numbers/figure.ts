/** What a figure is: a number in a text, with everything that the text itself says about it. */

/** One way to read the digits. */
export interface Reading {
  /** Canonical: no separators, no exponent, "-" when negative: "10000", "-5.20", "1234.56". */
  readonly value: string;
  /** The place of the last digit that is shown: 2 for 5.20, 0 for 10,000, -5 for 1.2 million. */
  readonly decimals: number;
}

/**
 * amount: it says how much. structural: a list mark, a heading's number, an ordinal, a name such as S&P 500. calendar: a date,
 * a time of day, a year.
 */
export type FigureRole = "amount" | "structural" | "calendar";

export interface LexedFigure {
  /** UTF-16 offsets of the text: sign, currency symbol, digits, scale ("k", "million") and "%"; no other word. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** With its unit's words: "25 pips" where `text` is "25". */
  readonly whole: { readonly start: number; readonly end: number };
  /** Every reading: "1,234" has two. None: it is a figure that cannot be read ("1.2.3"), or no amount. */
  readonly values: readonly Reading[];
  /** A word of units.ts, an ISO 4217 code, or null. */
  readonly unit: string | null;
  /** "500 EUR a month": month. */
  readonly per: "year" | "month" | "week" | "day" | "trade" | "lot" | "pip" | null;
  readonly role: FigureRole;
  /** "about", "~", "rund" stands before it. */
  readonly approximate: boolean;
  /** The sign that is written; `values` have it, too. */
  readonly sign: "+" | "-" | "±" | null;
  /** The next word, lower case, when nothing but a space or a hyphen stands between. */
  readonly noun: string | null;
  /** Later text of the same sentence or line may still change what is said here. */
  readonly pending: boolean;
}
