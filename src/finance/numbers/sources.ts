/** What may prove a figure: facts, and the user's own words. There is no place here for text that a model wrote. */

/** As much of a fact as is needed to cite it; a `Fact` is one. */
export interface CitableFact {
  readonly id: string;
  /** kebab-case: "monthly-payment". */
  readonly name: string;
  /** For people: "Monthly payment". */
  readonly label?: string;
  /** A decimal; null: there is no value to cite. */
  readonly value: string | null;
  readonly unit: string | null;
  /** An instrument, with or without a timeframe: "XAUUSD D1"; null: of nothing in particular. */
  readonly subject: string | null;
  /** What its card repeats. */
  readonly inputs?: readonly CitableInput[];
  /** Its own words: where a text repeats them letter for letter, their figures are proven. */
  readonly formula?: { readonly words: string; readonly steps: string };
  readonly warnings?: readonly string[];
  readonly assumptions?: readonly string[];
}

interface CitableInput {
  readonly name: string;
  readonly title?: string;
  readonly value: string;
  readonly unit: string | null;
}

export interface Quote {
  /** Where the words stand: the id of a message. */
  readonly where: string;
  readonly text: string;
}

/** An instrument that a text names. */
export interface NamedSubject {
  readonly start: number;
  readonly end: number;
  readonly symbol: string;
  /** The size of its pip: decimal text. */
  readonly pip?: string;
}

export type SubjectsIn = (text: string) => readonly NamedSubject[];

export interface FigureSources {
  /** `at`: the offset in the text from which the fact may be cited; facts that come later never upgrade earlier text. */
  readonly facts: readonly { readonly at: number; readonly fact: CitableFact }[];
  /** The user's own words, oldest first. */
  readonly quotes: readonly Quote[];
  /** Finds the instruments that a text names; without it those of the built-in list are known. */
  readonly subjectsIn?: SubjectsIn;
}
