/** A price in a question. */
import type { Slot } from "./calculator.ts";

export const priceSlot = (cues: readonly string[], more: { readonly alone?: true } = {}) =>
  ({ kinds: ["number", "money"], cues, ...more }) satisfies Slot;

export const currentPriceCues = [
  "price",
  "at",
  "rate",
  "quote",
  "trading at",
  "kurs",
  "preis",
  "bei",
  "steht bei",
];
