/** The form of a text that is a table: how its cells are parted, what its columns are called, and where its rows begin. */

import { say, type Words } from "../../texts/say.ts";
import { type Role, roleOf } from "./column-names.ts";
import { looksLikeNumber } from "./number-text.ts";
import { type Delimiter, delimiters, type Row, rowsOf } from "./read-rows.ts";
import { listed, shortened } from "./shown-cell.ts";
import { TimeReader, timeOfDayIn } from "./time-text.ts";

export interface Table {
  readonly delimiter: Delimiter;
  /** As they stand; null: the table has no names. */
  readonly headers: readonly string[] | null;
  /** The line of the first row with data; the first line is 1. */
  readonly firstLine: number;
  readonly columns: number;
  /** The first rows with data. */
  readonly sample: readonly Row[];
}

const mostColumns = 1_000;
const sampleRows = 200;
/** Names of columns are looked for so far: above them may stand a title, a date, a disclaimer. */
const preambleRows = 50;

/** @returns a table, or the rest of a sentence that begins with the file's name */
export function sniffTable(text: string): Table | { readonly problem: Words } {
  const found = delimiters
    .map((delimiter) => ({ delimiter, rows: firstRows(text, delimiter) }))
    .map((each) => ({ ...each, ...mostFrequentWidth(each.rows) }))
    .filter(({ width }) => width > 1)
    .map((each) => ({ ...each, fit: fitOf(each.rows), form: each.share * Math.min(each.width, 4) }))
    .sort((a, b) => b.fit - a.fit || b.form - a.form)[0];
  if (found === undefined)
    return {
      problem: say`is no table: no row has two cells. Rows need a time and a price, parted by a comma, a semicolon or a tab`,
    };
  if (found.width > mostColumns)
    return {
      problem: say`has ${found.width} columns. At most ${mostColumns} are read: leave out those that hold no prices`,
    };
  const { delimiter, rows } = found;
  const at = rows.slice(0, preambleRows).findIndex(({ cells }) => isHeader(cells));
  if (at >= 0) {
    const headers = rows[at]?.cells ?? [];
    const data = rows.slice(at + 1);
    const firstLine = data[0]?.line ?? (rows[at]?.line ?? 0) + 1;
    return { delimiter, headers, firstLine, columns: headers.length, sample: data };
  }
  const first = rows.findIndex(({ cells }) => isData(cells));
  if (first < 0)
    return {
      problem: say`has no row that begins with a time and goes on with numbers, and no names of columns that are known (${listed(rows[0]?.cells.slice(0, 6).map(shortened) ?? [])}). Name the columns Date, Open, High, Low, Close, Volume in its first line`,
    };
  const data = rows.slice(first);
  const [{ line = 1, cells = [] } = {}] = data;
  return { delimiter, headers: null, firstLine: line, columns: cells.length, sample: data };
}

function firstRows(text: string, delimiter: Delimiter): readonly Row[] {
  return rowsOf(text, delimiter)
    .take(sampleRows + preambleRows)
    .toArray();
}

function mostFrequentWidth(rows: readonly Row[]): { readonly width: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let [width, most] = [0, 0];
  for (const [each, count] of counts)
    if (each > 1 && (count > most || (count === most && each > width))) [width, most] = [each, count];
  return { width, share: rows.length === 0 ? 0 : most / rows.length };
}

/** How much of it makes sense as a series: 1 for known names of columns, otherwise the share of rows with a time and numbers. */
function fitOf(rows: readonly Row[]): number {
  if (rows.slice(0, preambleRows).some(({ cells }) => isHeader(cells))) return 1;
  return rows.filter(({ cells }) => isData(cells)).length / rows.length;
}

/** Names of a time and of a price, and no numbers. */
function isHeader(cells: readonly string[]): boolean {
  const roles = new Set(cells.map(roleOf).filter((role): role is Role => role !== null));
  const hasTime = roles.has("date") || roles.has("time");
  const hasPrice = roles.has("close") || roles.has("open") || roles.has("bid");
  return hasTime && hasPrice && !cells.some((cell) => /^\d/.test(cell) && looksLikeNumber(cell));
}

function isData(cells: readonly string[]): boolean {
  const [first = "", second = "", ...rest] = cells;
  if (new TimeReader().read(first) === null) return false;
  const numbers = timeOfDayIn(second) === null || looksLikeNumber(second) ? [second, ...rest] : rest;
  return numbers.length > 0 && numbers.every((cell) => cell === "" || looksLikeNumber(cell));
}
