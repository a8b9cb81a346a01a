/**
 * The rows of delimited text (RFC 4180): quoted cells, line ends of every system, and rows that say nothing are passed over. It
 * knows nothing of what the cells mean.
 */

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

export interface Row {
  /** Of the row's first line in the text; the first line is 1. */
  readonly line: number;
  /** Without the spaces around them, and without quotes. */
  readonly cells: readonly string[];
}

/** A row is never longer: a quote that is not closed would take the rest of the file. In UTF-16 units. */
const longestRow = 1_000_000;

/** @throws RangeError for a row that is far too long: `line` of its message */
export function* rowsOf(text: string, delimiter: Delimiter): Generator<Row, void, undefined> {
  const ends = new LineEnds(text);
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = at;
    const firstLine = line;
    let end = ends.after(at);
    let content = text.slice(start, end);
    at = afterLineEnd(text, end);
    line += 1;
    // A quoted cell may go on in the next line.
    while (hasOpenQuote(content) && at < text.length && content.length <= longestRow) {
      end = ends.after(at);
      content = text.slice(start, end);
      at = afterLineEnd(text, end);
      line += 1;
    }
    if (content.length > longestRow)
      throw new RangeError(`The row at line ${firstLine} is longer than ${longestRow} characters.`);
    const cells = cellsOf(content, delimiter);
    if (cells.some((cell) => cell !== "")) yield { line: firstLine, cells };
  }
}

/** Line feeds, carriage returns, and both together. Each kind is looked for once, not anew for each line. */
class LineEnds {
  readonly #text: string;
  #feed = -1;
  #carriage = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the line that has this place ends. */
  after(at: number): number {
    if (this.#feed < at) this.#feed = this.#find("\n", at);
    if (this.#carriage < at) this.#carriage = this.#find("\r", at);
    return Math.min(this.#feed, this.#carriage);
  }

  #find(sign: string, from: number): number {
    const found = this.#text.indexOf(sign, from);
    return found === -1 ? this.#text.length : found;
  }
}

const afterLineEnd = (text: string, end: number): number =>
  end + (text[end] === "\r" && text[end + 1] === "\n" ? 2 : 1);

const hasOpenQuote = (content: string): boolean =>
  content.includes('"') && (content.split('"').length - 1) % 2 === 1;

function cellsOf(content: string, delimiter: Delimiter): string[] {
  if (!content.includes('"')) return content.split(delimiter).map(trimmed);
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < content.length; at++) {
    const sign = content[at] ?? "";
    if (isQuoted && sign === '"' && content[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && sign === delimiter) {
      cells.push(trimmed(cell));
      cell = "";
    } else cell += sign;
  }
  return [...cells, trimmed(cell)];
}

/** A byte order mark in the middle, as of files that were put together, is nothing. */
const trimmed = (cell: string): string => cell.replaceAll("\ufeff", "").trim();
