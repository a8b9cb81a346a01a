/**
 * The contract of a statistic: a pure function from a span of bars (or of two series) to figures, each with how many
 * observations are behind it and from when to when. One file holds one, and one line of statistics.ts registers it.
 */
import type { TObject } from "@sinclair/typebox";
import type { Words } from "../../texts/say.ts";
import type { Result } from "../calculators/calculator.ts";
import type { Bars } from "../data/bars.ts";
import type { SessionKind } from "./sessions.ts";

/** A figure as calculators give it. `unit` may be "price": in the instrument's price. `subject` is for the caller to fill. */
export interface Finding<Text = Words> extends Result<Text> {
  /** Observations behind it: returns, pairs of returns, cases. */
  readonly n: number;
  /** Openings of the first and the last bar that went in, in milliseconds since 1970 (UTC). */
  readonly from: number;
  readonly to: number;
  /** The opening of the bar at which it happened. */
  readonly at?: number;
  /** Where the true value lies in 95 of 100 samples, as decimals in the same unit. */
  readonly interval?: { readonly low: string; readonly high: string };
}

interface Findings<Text = Words> {
  /** The first one is the answer. */
  readonly results: readonly [Finding<Text>, ...Finding<Text>[]];
  readonly warnings: readonly Text[];
  readonly assumptions: readonly Text[];
}

export interface Statistic<Parameters = never> {
  /** kebab-case; it is in addresses and in the ids of facts, and never changes. */
  readonly name: string;
  /** Counts up whenever the same bars may give another result. */
  readonly version: number;
  readonly title: string;
  /** One sentence: what it answers. */
  readonly summary: string;
  /** Flat, with defaults and limits: each property is a field of calculators/input-fields.ts. */
  readonly parameters: TObject;
  readonly formula: string;
  readonly source: string;
  /** 2: it compares the bars with those of another series, by time. */
  readonly series: 1 | 2;
  /** It is measured from the last close before a span of days. */
  readonly isFromCloseBefore?: true;
  /** Left out: it takes bars of any length. */
  sessionOf?(parameters: Parameters): SessionKind;
  /**
   * @param parameters have been checked against the schema
   * @param other the second series, where `series` is 2
   * @throws InvalidRequestError when there are too few bars, or prices that have no returns
   */
  compute(bars: Bars, parameters: Parameters, other?: Bars): Findings;
}
