/** What the pages of calculators, facts and instruments are given. Types only. */
import type { Fact } from "../src/finance/facts/fact.ts";
import type { Instrument } from "../src/finance/instruments/instrument.ts";

export interface CalculatorLink {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
}

export interface TopicProps {
  readonly title: string;
  readonly calculators: readonly CalculatorLink[];
}

/** What a field is filled in with. */
export type FieldKind =
  | { readonly type: "number"; readonly isWhole: boolean }
  /** `otherwise`: what counts when nothing is chosen; null: it must be chosen, or may be left out. */
  | { readonly type: "choice"; readonly choices: readonly string[]; readonly otherwise: string | null }
  | { readonly type: "text"; readonly list: "currencies" | "instruments" | null }
  | { readonly type: "date" }
  | { readonly type: "lines" };

export interface FieldProps {
  readonly name: string;
  readonly title: string;
  readonly kind: FieldKind;
  readonly unit: string | null;
  readonly hint: string | null;
  readonly placeholder: string | null;
  readonly isRequired: boolean;
  /** It, or another of its group, must be filled in. */
  readonly isOneOf: boolean;
  readonly value: string;
  /** Why it was refused. */
  readonly problem: string | null;
}

export interface CalculatorProps extends CalculatorLink {
  readonly topic: string;
  readonly formula: string;
  readonly source: string;
  readonly fields: readonly FieldProps[];
  readonly instruments: readonly { readonly symbol: string; readonly name: string }[];
  /** A question that it answers, and the address of its inputs. */
  readonly examples: readonly { readonly question: string; readonly url: string }[];
  /** A problem that belongs to no field. */
  readonly problem: string | null;
  readonly result: ResultProps | null;
}

export interface ResultProps {
  /** The first one is the answer. */
  readonly facts: readonly [Fact, ...Fact[]];
  /** They are stored, and have pages. */
  readonly isKept: boolean;
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
  readonly table: {
    readonly caption: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  } | null;
  /** The chat with a question about it. */
  readonly askUrl: string;
}

/** A calculation of the past, by its first result. */
export interface RecentProps {
  readonly fact: Fact;
  readonly title: string;
}

export interface FactProps {
  readonly fact: Fact;
  /** null: there is no such calculator any more. */
  readonly calculator: { readonly title: string; readonly url: string } | null;
  /** Its place in the chart of its series; null: it is of none. */
  readonly chart: string | null;
  readonly verification: {
    readonly equal: boolean;
    readonly value: string | null;
    readonly changed: readonly string[];
  } | null;
  readonly isReadOnly: boolean;
}

export interface InstrumentProps extends Instrument {
  readonly isOwn: boolean;
  readonly hasDefault: boolean;
}
