/**
 * The units of figures, as they are stored and compared. Money is its ISO 4217 code ("USD", and coins: "BTC"); a price or a
 * rate is "A per B" ("USD per EUR", "USD per pip", "EUR per month"); everything else is one of these words.
 */
export const unitWords = [
  "%",
  /** Basis points. */
  "bp",
  /** Percentage points: the difference of two percentages. */
  "pp",
  "pips",
  /** Index points, and price steps. */
  "points",
  "lots",
  /** Of the base currency, or of anything that has no better name. */
  "units",
  "shares",
  "contracts",
  /** Troy ounces. */
  "oz",
  "grams",
  "kg",
  /** Multiples of the initial risk. */
  "R",
  /** A multiple: 2x, 2:1, 1:2. */
  "x",
  "years",
  "months",
  "weeks",
  "days",
  "nights",
  "hours",
  "minutes",
  "trades",
  "payments",
] as const;
