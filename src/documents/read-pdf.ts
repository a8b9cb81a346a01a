/**
 * The pages of a PDF as lines in the order in which people read them: two columns one after the other, the cells of a table row
 * by row. A line that is larger than the others is a heading.
 */
import { getDocumentProxy } from "unpdf";
import { say } from "../texts/say.ts";
import { type Line, name, type TextPage, unreadable } from "./pages.ts";

const mostPages = 2_000;

/** A piece of text and where it stands, in points from the lower left corner. */
interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly base: number;
  readonly size: number;
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** @throws UnreadableDocument that names the page, or what else is wrong */
export async function* pagesOfPdf(bytes: Uint8Array): AsyncGenerator<TextPage, boolean, undefined> {
  let pdf: Pdf;
  try {
    // pdf.js takes the bytes for itself.
    pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    throw unreadable(
      error instanceof Error && error.name === "PasswordException"
        ? say`${name} is protected by a password. Save it without one.`
        : say`${name} cannot be read as a PDF: it is damaged.`,
    );
  }
  try {
    let hasText = false;
    for (let page = 1; page <= Math.min(pdf.numPages, mostPages); page++) {
      const lines = await linesOfPage(pdf, page);
      hasText ||= lines.length > 0;
      yield { page, lines };
    }
    if (!hasText)
      throw unreadable(
        say`${name} has no text, only pictures or empty pages: it needs text recognition (OCR). Save it with recognised text, then add it again.`,
      );
    return pdf.numPages > mostPages;
  } finally {
    // The next document finds the memory free.
    await pdf.loadingTask.destroy();
  }
}

async function linesOfPage(pdf: Pdf, number: number): Promise<readonly Line[]> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item): Piece[] => {
      if (!("str" in item) || item.str.trim() === "") return [];
      const [, , , , left = 0, base = 0] = item.transform as readonly number[];
      return [{ text: item.str, left, right: left + item.width, base, size: item.height || 10 }];
    });
    page.cleanup();
    return withoutHyphens(headed(columnsOf(pieces).flatMap(rowsOf)));
  } catch {
    throw unreadable(say`${name} cannot be read: its page ${number} is damaged.`);
  }
}

/** Of a column so many lines at least, each so wide in proportion to the page: cells of a table are shorter. */
const fewestLines = 6;
const narrowest = 0.28;

/** The pieces of each column, from the left; all of them as one where the page has one column, or a table. */
function columnsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const left = Math.min(...pieces.map((piece) => piece.left));
  const right = Math.max(...pieces.map((piece) => piece.right));
  const width = right - left;
  let best: { readonly sides: readonly Piece[][]; readonly across: readonly Piece[] } | null = null;
  for (let part = 0.4; part <= 0.6; part += 0.01) {
    const gutter = left + width * part;
    const across = pieces.filter((piece) => piece.left < gutter && piece.right > gutter);
    if (across.length > Math.min(pieces.length / 10, (best?.across.length ?? pieces.length) - 1)) continue;
    const sides = [
      pieces.filter((piece) => piece.right <= gutter),
      pieces.filter((piece) => piece.left >= gutter),
    ];
    if (sides.every((side) => isProse(side, width))) best = { sides, across };
  }
  if (best === null) return [pieces];
  // What reaches over both stands above or below them: a title, a line at the foot.
  const { sides, across } = best;
  const top = Math.max(...sides.flat().map(({ base }) => base));
  const above = across.filter(({ base }) => base >= top);
  return [above, ...sides, across.filter(({ base }) => base < top)].filter(({ length }) => length > 0);
}

function isProse(side: readonly Piece[], width: number): boolean {
  const widths = rowsIn(side)
    .map(widthOf)
    .sort((a, b) => a - b);
  return widths.length >= fewestLines && (widths[Math.floor(widths.length / 2)] ?? 0) >= width * narrowest;
}

const widthOf = (row: readonly Piece[]) =>
  Math.max(...row.map(({ right }) => right)) - Math.min(...row.map(({ left }) => left));

/** The pieces on one height, from the left; the rows from the top. */
function rowsIn(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const rows: Piece[][] = [];
  for (const piece of pieces.toSorted((a, b) => b.base - a.base || a.left - b.left)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && first.base - piece.base <= first.size * 0.4)
      row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => row.sort((a, b) => a.left - b.left));
}

interface Row {
  readonly text: string;
  readonly size: number;
  /** Whether more than the usual room is above it. */
  readonly isApart: boolean;
}

function rowsOf(pieces: readonly Piece[]): readonly Row[] {
  let before: readonly Piece[] | undefined;
  return rowsIn(pieces).map((row) => {
    const size = Math.max(...row.map((piece) => piece.size));
    const gap = before === undefined ? 0 : (before[0]?.base ?? 0) - (row[0]?.base ?? 0);
    before = row;
    return { text: textOf(row), size, isApart: gap > size * 1.8 };
  });
}

/** Two blanks stand between cells, one between words. */
function textOf(row: readonly Piece[]): string {
  let text = "";
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of row) {
    const gap = piece.left - end;
    if (text !== "")
      text += gap > piece.size ? "  " : gap > piece.size * 0.15 && !/\s$/.test(text) ? " " : "";
    text += piece.text;
    end = piece.right;
  }
  return text.replaceAll(/[^\S\n]+$/g, "").replaceAll(/ {3,}/g, "  ");
}

const largerThanText = 1.12;
const longestHeading = 140;

/** An empty line stands before what is set apart. */
function headed(rows: readonly Row[]): readonly Line[] {
  const byLength = new Map<number, number>();
  for (const { size, text } of rows) {
    const rounded = Math.round(size * 2) / 2;
    byLength.set(rounded, (byLength.get(rounded) ?? 0) + text.length);
  }
  const [usual = 10] = [...byLength].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return rows.flatMap(({ text, size, isApart }) => {
    const isHeading = size >= usual * largerThanText && text.length <= longestHeading && /\p{L}/u.test(text);
    const line = { text, isHeading };
    return isApart || isHeading ? [{ text: "", isHeading: false }, line] : [line];
  });
}

/** "invest-" at the end of a line and "ment" on the next are one word. */
function withoutHyphens(lines: readonly Line[]): readonly Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const rest = /^(\p{Ll}+\S*)\s?(.*)$/u.exec(line.text);
    if (before !== undefined && rest !== null && /\p{Ll}-$/u.test(before.text)) {
      joined[joined.length - 1] = { ...before, text: before.text.slice(0, -1) + rest[1] };
      joined.push({ ...line, text: rest[2] ?? "" });
    } else joined.push(line);
  }
  return joined;
}
