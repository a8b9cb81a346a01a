/**
 * The contract of an indicator: a pure function from bars to lines, and the words about it. One file holds one indicator, and
 * one line of indicators.ts registers it. It knows nothing of storage, of HTTP or of charts.
 *
 * Values never look ahead: the lines of the first n bars are the first n values of the lines of all bars, to the last bit.
 * Prices and volumes are finite numbers.
 */
import type { TObject } from "@sinclair/typebox";
import type { Bars } from "../data/bars.ts";

export interface Line {
  /** kebab-case: "rsi", "macd", "macd-signal", "upper-band". */
  readonly name: string;
  /** For people: "RSI", "Upper band". */
  readonly label: string;
  /** One of src/finance/units.ts or null for a plain number; "price": in the instrument's price. */
  readonly unit: string | null;
  /** One for each bar; NaN: undefined there. */
  readonly values: Float64Array;
  /**
   * The first index from which the value agrees to 1e-9 with the reference, and with what a longer history would give; values
   * before it are "settling". The number of bars: none is settled.
   */
  readonly settledFrom: number;
}

export interface Indicator<Parameters = never> {
  /** kebab-case; it is in addresses and in the ids of facts, and never changes. */
  readonly name: string;
  /** Counts up whenever the same bars may give other values. */
  readonly version: number;
  readonly title: string;
  /** One sentence: what it shows. */
  readonly summary: string;
  /** Flat, with defaults and limits: each property is a field of calculators/input-fields.ts. */
  readonly parameters: TObject;
  /** In words and symbols, with the variant and the first value (the seed). */
  readonly formula: string;
  readonly source: string;
  readonly needsVolume: boolean;
  /**
   * How many bars before the last one are needed for a settled value there. Infinity: all that there are; `settledFrom` says
   * whether they were enough.
   */
  settlesAfter(parameters: Parameters): number;
  /** "price": drawn over the candles; "pane": below them. */
  readonly place: "price" | "pane";
  /** @param parameters have been checked against the schema @throws InvalidRequestError when they make no sense together */
  compute(bars: Bars, parameters: Parameters): readonly Line[];
}
