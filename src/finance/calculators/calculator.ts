/**
 * The contract of a calculator: a pure function from inputs to results, and the words about it. One file holds one calculator,
 * and one line of calculators.ts registers it; its page, its API, its slash command, the desk's intent and the model's tool
 * follow from that. It knows nothing of HTTP, of storage or of HTML.
 */
import type { TObject } from "@sinclair/typebox";
import type { Words } from "../../texts/say.ts";
import type { Instruments } from "../instruments/instrument.ts";

/** One figure that a calculator gives. Its words are in no language yet; compute.ts chooses one. */
export interface Result<Text = Words> {
  /** kebab-case, the same in every calculator for the same thing: lots, risk-amount, monthly-payment. */
  readonly name: string;
  /** The name for people: "Position size". */
  readonly label: Text;
  /** A decimal without an exponent or separators, rounded as it is shown: "0.40". null: undefined, `reason` says why. */
  readonly value: string | null;
  /** One of units.ts; null: a plain number. */
  readonly unit: string | null;
  /** What it is of: an instrument's symbol, an ISO 4217 pair. null: of nothing in particular. */
  readonly subject: string | null;
  /** The formula with the numbers in it: "10000 × 1% ÷ (25 pips × 10 USD per pip)". */
  readonly steps: Text;
  /** Why there is no value; only when `value` is null. */
  readonly reason?: Text;
}

/** Rows behind a result, such as the months of a loan. All cells are text as it is shown. */
export interface ResultTable<Text = Words> {
  readonly caption: Text;
  readonly columns: readonly Text[];
  readonly rows: readonly (readonly string[])[];
}

export interface Calculation<Text = Words> {
  /** The first one is the answer; it is shown first and large. */
  readonly results: readonly [Result<Text>, ...Result<Text>[]];
  /** Sentences for people: "The stop is closer than the spread." */
  readonly warnings: readonly Text[];
  /** Defaults that were used because the inputs did not say otherwise: "Contract size: 100,000 EUR (EURUSD)". */
  readonly assumptions: readonly Text[];
  readonly table?: ResultTable<Text>;
}

/** What kind of thing in a question fills an input. */
export type SlotKind =
  | "money"
  | "percent"
  | "pips"
  | "points"
  | "lots"
  | "units"
  | "shares"
  | "contracts"
  | "multiple"
  | "years"
  | "months"
  | "days"
  | "count"
  /** A figure that bears no unit: a price, an index. */
  | "number"
  | "instrument"
  | "currency"
  | "date"
  /** Dated amounts, as dated-flows.ts reads them: "2024-01-01 -1000; 2024-12-31 1100". */
  | "flows"
  /** One of the words in `choices`. */
  | "choice";

export type Per = "year" | "quarter" | "month" | "week" | "day" | "trade" | "lot" | "pip";

/** How an input is found in a question. */
export interface Slot {
  readonly kinds: readonly SlotKind[];
  /** Words that stand next to it in the same clause, lower case, English and German: "risk", "risiko". */
  readonly cues: readonly string[];
  /** It is taken without a cue where it is the only thing of its kind; "money": an amount with its currency alone is. */
  readonly alone?: true | "money";
  /** Only a cue that stands behind the figure counts: "a $10 stop" is a distance, "stop $10" is a price. */
  readonly cuesFollow?: true;
  /**
   * The periods and things that its figure may be stated for ("500 a month", "7 USD per lot"), and what each says about other
   * inputs: `{ year: { every: "year" } }`. A figure that is stated for anything else is never put here; per cent may always be
   * a year's, and any amount a trade's.
   */
  readonly per?: Readonly<Partial<Record<Per, Readonly<Record<string, string>>>>>;
  /** For "choice": the words that mean each value of the input. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

/** A question that the calculator answers in full, and the inputs that must be read from it. */
interface Example {
  readonly question: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the desk needs to recognise a question for this calculator. */
export interface Asked {
  /**
   * Phrases that name this calculation, lower case, English and German: any of them makes it a candidate. Phrases, cues and
   * choice words match whole words; where they overlap ("halbjährlich verzinst"), the longest one counts.
   */
  readonly phrases: readonly string[];
  /** Phrases that name another calculation: a question with one of them is not for this calculator. */
  readonly unless?: readonly string[];
  /** At least six, in English and German; the first is the one that pages show. */
  readonly examples: readonly Example[];
  /** By the input's name. An input without a slot is never read from text. */
  readonly slots: Readonly<Record<string, Slot>>;
}

export const topics = ["trading", "saving", "borrowing", "investing", "arithmetic"] as const;
type Topic = (typeof topics)[number];

export interface CalculationContext {
  readonly instruments: Instruments;
}

export interface Calculator<Inputs = never> {
  /** kebab-case; it is in addresses and in the ids of facts, and never changes. */
  readonly name: string;
  /** Counts up whenever the same inputs may give another result. */
  readonly version: number;
  readonly title: string;
  /** One sentence: what it answers. */
  readonly summary: string;
  readonly topic: Topic;
  /** Flat: each property is a field of input-fields.ts. The one source of the form, the JSON schema and the checks. */
  readonly inputs: TObject;
  /** Groups of optional inputs: at least one of each group must be given ([["years", "months"]]); `calculate` refuses else. */
  readonly needs?: readonly (readonly string[])[];
  /** Inputs that say nothing without one of these others: { stopPrice: ["entry"] }. */
  readonly needsBeside?: Readonly<Record<string, readonly string[]>>;
  /** Pairs of inputs that are stated in each other's place: a question with both asks for something else. */
  readonly eitherOr?: readonly (readonly [string, string])[];
  /** The formula in words and symbols, as a person would check it. */
  readonly formula: string;
  /** Where the formula stands: a book, a standard, a page. */
  readonly source: string;
  readonly asked: Asked;
  /**
   * @param inputs have been checked against the schema
   * @throws InvalidRequestError (with `param`) when inputs that the schema allows make no sense together
   */
  calculate(inputs: Inputs, context: CalculationContext): Calculation;
}
