/**
 * What the values of a table prove of its notation: the order of day and month, and the decimal mark of each column. What nothing
 * proves becomes a question, with rows in both readings.
 */
import type { Format } from "./formats/format.ts";
import { type DecimalMark, looksLikeNumber, numberIn, provenMark } from "./number-text.ts";
import type { Delimiter, Row } from "./read-rows.ts";
import type { SeriesColumns } from "./series-columns.ts";
import type { Question, SeriesAnswers } from "./series-reading.ts";
import { shortened } from "./shown-cell.ts";
import { type DateOrder, localOf, OrderProof, TimeReader, type WrittenTime } from "./time-text.ts";

export interface Proved {
  /** null: the cells say it themselves. */
  readonly dateOrder: DateOrder | null;
  markOf(column: number): DecimalMark;
  readonly questions: readonly Question[];
}

interface ProofOptions {
  readonly format: Format;
  readonly answers: SeriesAnswers;
  readonly delimiter: Delimiter;
}

/** So many rows of a question are shown in both readings. */
const shownRows = 5;

/** @param rows the same rows each time it is called */
export function proveColumns(
  rows: () => Iterable<Row>,
  columns: SeriesColumns,
  { format, answers }: ProofOptions,
): Proved | { readonly problem: string } {
  const dates = provedOrder(rows, columns.date, answers.dateOrder ?? format.dateOrder);
  if ("problem" in dates) return dates;
  const given = answers.decimal ?? format.decimal;
  const marks =
    given === undefined ? provedMarks(rows, columns) : { marks: new Map<number, DecimalMark>(), open: [] };
  const known = new Set(marks.marks.values());
  const [only] = known.size === 1 ? known : [];
  const common = given ?? only ?? null;
  const asked = common === null ? marks.open : [];
  return {
    dateOrder: dates.order,
    markOf: (column) => given ?? marks.marks.get(column) ?? common ?? "point",
    questions: [
      ...(dates.examples.length === 0 ? [] : [questionOfOrder(dates.examples)]),
      ...(asked.length === 0
        ? []
        : [questionOfMark(asked.flatMap(({ cells }) => cells).slice(0, shownRows))]),
    ],
  };
}

type OrderFound =
  | { readonly order: DateOrder | null; readonly examples: readonly WrittenDate[] }
  | { readonly problem: string };

interface WrittenDate {
  readonly cell: string;
  readonly time: WrittenTime;
}

function provedOrder(rows: () => Iterable<Row>, column: number, given: DateOrder | undefined): OrderFound {
  if (given !== undefined) return { order: given, examples: [] };
  const reader = new TimeReader();
  const proof = new OrderProof();
  const examples: WrittenDate[] = [];
  for (const { cells } of rows()) {
    const cell = cells[column] ?? "";
    const time = reader.read(cell);
    if (time === null) continue;
    proof.see(time);
    if (time.order === null && examples.length < shownRows && !examples.some((one) => one.cell === cell))
      examples.push({ cell, time });
  }
  const { order } = proof;
  if (order === "contradictory")
    return {
      problem: `has dates whose first number is above 12 and dates whose second one is: they cannot be of one order`,
    };
  if (order === "none") return { order: null, examples: [] };
  return order === null ? { order: null, examples } : { order, examples: [] };
}

interface MarksFound {
  readonly marks: ReadonlyMap<number, DecimalMark>;
  /** The columns whose values prove nothing. */
  readonly open: readonly { readonly column: number; readonly cells: readonly string[] }[];
}

function provedMarks(rows: () => Iterable<Row>, columns: SeriesColumns): MarksFound {
  const { open, high, low, close, volume, tickVolume } = columns;
  const unproved = new Map<number, string[]>();
  for (const column of [close, open, high, low, volume, tickVolume])
    if (column !== null) unproved.set(column, []);
  const marks = new Map<number, DecimalMark>();
  for (const { cells } of rows()) {
    if (unproved.size === 0) break;
    for (const [column, seen] of unproved) {
      const cell = cells[column] ?? "";
      if (!looksLikeNumber(cell)) continue;
      const mark = provenMark([cell]);
      if (mark === "point" || mark === "comma") {
        marks.set(column, mark);
        unproved.delete(column);
      } else if (mark === null && seen.length < shownRows) seen.push(cell);
    }
  }
  return {
    marks,
    open: [...unproved].flatMap(([column, cells]) => (cells.length === 0 ? [] : [{ column, cells }])),
  };
}

function questionOfOrder(examples: readonly WrittenDate[]): Question {
  const choice = (value: DateOrder) => ({
    value,
    examples: examples.map(({ cell, time }) => `${shortened(cell)} → ${dayOf(localOf(time, value))}`),
  });
  return {
    field: "date_order",
    why: "No date has a number above 12 where it would say which one is the day.",
    choices: [choice("dmy"), choice("mdy")],
  };
}

const dayOf = (local: number | null) =>
  local === null ? "no date" : new Date(local).toISOString().slice(0, 10);

function questionOfMark(cells: readonly string[]): Question {
  const choice = (value: DecimalMark) => ({
    value,
    examples: cells.map((cell) => `${shortened(cell)} → ${numberIn(cell, value) ?? "no number"}`),
  });
  return {
    field: "decimal",
    why: "Each number has three digits after its mark: it may part thousands, or decimals.",
    choices: [choice("point"), choice("comma")],
  };
}
