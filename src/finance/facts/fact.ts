/**
 * A fact: one figure that the program computed, with all that is needed to compute it again. Facts never change; the same
 * question gives the same fact, with the same id.
 */

/** What went into a figure. */
export interface FactInput {
  /** The input's name in the calculator's schema; "instrument:EURUSD" for a specification. */
  readonly name: string;
  /** For people: "Account balance". */
  readonly title: string;
  /** A decimal, or the chosen word, symbol or day. */
  readonly value: string;
  readonly unit: string | null;
  /** user: stated in the question or the form. default: of the calculator. data: of stored data, such as a specification. */
  readonly from: "user" | "default" | "data";
}

export interface Fact {
  /** "f" and 24 hexadecimal digits: sha256 of the formula, its parameters, the inputs' hash and the name. */
  readonly id: string;
  /** The result's name: "lots". */
  readonly name: string;
  /** For people: "Position size". */
  readonly label: string;
  /** A decimal as it is shown, without separators; null: undefined, and the first warning says why. */
  readonly value: string | null;
  /** One of src/finance/units.ts; null: a plain number. */
  readonly unit: string | null;
  /** An instrument or a pair; null: of nothing in particular. */
  readonly subject: string | null;
  /** The instant (ISO 8601, UTC) and the zone of the data behind it; null: it depends on its inputs alone. */
  readonly asOf: { readonly instant: string; readonly zone: string } | null;
  readonly kind: "computed";
  readonly formula: {
    /** The calculator's name. */
    readonly id: string;
    readonly version: number;
    readonly words: string;
    /** The formula with the numbers in it. */
    readonly steps: string;
    readonly source: string;
    /** The calculator's inputs, as they were checked. */
    readonly parameters: Readonly<Record<string, string | number | boolean>>;
  };
  readonly inputs: readonly FactInput[];
  /** sha256 of the canonical inputs. */
  readonly inputsHash: string;
  readonly warnings: readonly string[];
  /** What was taken for lack of a statement: the instrument's specification, a reading of a rate. */
  readonly assumptions?: readonly string[];
}
