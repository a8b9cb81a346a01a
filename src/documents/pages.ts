/** What is read of a document before it is cut into passages: pages of lines, or tables of rows. It knows nothing of files. */

export interface Line {
  readonly text: string;
  readonly isHeading: boolean;
}

/** A page of a text. */
export interface TextPage {
  /** From 1; null: the document has no pages. */
  readonly page: number | null;
  readonly lines: readonly Line[];
}

/** A table; its first row says what the columns are. */
export interface TablePage {
  /** '' for none. */
  readonly sheet: string;
  /** Each with its number, from 1. */
  readonly rows: Iterable<{ readonly row: number; readonly cells: readonly string[] }>;
}

export type Page = TextPage | TablePage;

/** Why a document cannot be read, as an English text with gaps: {0} is its name. */
export class UnreadableDocument extends Error {
  /** @param values what fills the gaps after the first */
  constructor(
    readonly template: string,
    readonly values: readonly string[] = [],
  ) {
    super(template);
    this.name = "UnreadableDocument";
  }
}

/** say`…` with the name as its first gap. */
export const unreadable = ({
  template,
  values,
}: {
  readonly template: string;
  readonly values: readonly unknown[];
}) => new UnreadableDocument(template, values.slice(1).map(String));

/** The gap that its name fills later. */
export const name = { verbatim: "{0}" } as const;

export const linesOf = (text: string, isHeading: (line: string) => boolean = () => false): Line[] =>
  text.split(/\r\n|[\n\r]/).map((line) => ({ text: line.trimEnd(), isHeading: isHeading(line) }));
