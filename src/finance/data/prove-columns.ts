/**
 * What the values of a table prove of its notation: the order of day and month, and the decimal mark of each column. What nothing
 * proves becomes a question, with rows in both readings.
 */
import { say, type Words } from "../../texts/say.ts";
import type { Format } from "./formats/format.ts";
import { type DecimalMark, looksLikeNumber, numberIn, provenMark } from "./number-text.ts";
import type { Row } from "./read-rows.ts";
import type { SeriesColumns } from "./series-columns.ts";
import type { Question, SeriesAnswers } from "./series-reading.ts";
import { quoted, shortened } from "./shown-cell.ts";
import {
  type DateOrder,
  type DigitsMeaning,
  DigitsProof,
  localOf,
  OrderProof,
  TimeReader,
  type WrittenTime,
} from "./time-text.ts";

export interface Proved {
  /** null: the cells say it themselves. */
  readonly dateOrder: DateOrder | null;
  readonly digits: DigitsMeaning;
  /** Some date has a time of the day beside it in its cell. */
  readonly hasTimeInDate: boolean;
  markOf(column: number): DecimalMark;
  readonly questions: readonly Question[];
}

interface ProofOptions {
  readonly format: Format;
  readonly answers: SeriesAnswers;
  /** The first rows: a format of a program is the same to its end. */
  readonly sample: readonly Row[];
}

/** So many rows of a question are shown in both readings. */
const shownRows = 5;

/** @param rows the same rows each time it is called */
export function proveColumns(
  rows: () => Iterable<Row>,
  columns: SeriesColumns,
  { format, answers, sample }: ProofOptions,
): Proved | { readonly problem: Words } {
  const given = answers.dateOrder ?? format.dateOrder;
  const dates = provedDates(format.dateOrder === undefined ? rows() : sample, columns.date, given);
  if ("problem" in dates) return dates;
  const numbers = format.decimal === undefined ? provedMarks(rows, columns) : noProofs;
  if ("problem" in numbers) return numbers;
  const known = new Set(numbers.marks.values());
  const [only] = known.size === 1 ? known : [];
  // An answer is about the columns that prove nothing; it does not change what the others prove.
  const common = format.decimal ?? answers.decimal ?? only ?? null;
  const asked = common === null ? numbers.open : [];
  return {
    dateOrder: dates.order,
    digits: dates.digits,
    hasTimeInDate: dates.hasTime,
    markOf: (column) => numbers.marks.get(column) ?? common ?? "point",
    questions: [
      ...(dates.examples.length === 0 ? [] : [questionOfOrder(dates.possible, dates.examples)]),
      ...(asked.length === 0
        ? []
        : [questionOfMark(asked.flatMap(({ cells }) => cells).slice(0, shownRows))]),
    ],
  };
}

interface DatesFound {
  readonly order: DateOrder | null;
  readonly digits: DigitsMeaning;
  readonly hasTime: boolean;
  /** Of the dates that may be read in several orders; empty: there are none. */
  readonly examples: readonly WrittenDate[];
  readonly possible: readonly DateOrder[];
}

interface WrittenDate {
  readonly cell: string;
  readonly time: WrittenTime;
}

function provedDates(
  rows: Iterable<Row>,
  column: number,
  given: DateOrder | undefined,
): DatesFound | { readonly problem: Words } {
  const reader = new TimeReader();
  const [proof, digits] = [new OrderProof(), new DigitsProof()];
  const examples: WrittenDate[] = [];
  let hasTime = false;
  for (const { cells } of rows) {
    const cell = cells[column] ?? "";
    const time = reader.read(cell);
    if (time === null) continue;
    proof.see(time);
    digits.see(cell);
    // Spreadsheets write a date alone as its midnight.
    hasTime ||= time.hasTime && time.ofDay > 0;
    if (time.order === null && examples.length < shownRows && !examples.some((one) => one.cell === cell))
      examples.push({ cell, time });
  }
  const { meaning } = digits;
  if (typeof meaning === "object")
    return {
      problem: say`has times such as ${{ verbatim: meaning.date }}, which may be a date with its time or a Unix time, and others such as ${{ verbatim: meaning.other }}, which are no dates. Write all of them in one form, such as 2024-01-31 10:15`,
    };
  const found = { digits: meaning, hasTime, examples: [], possible: [] };
  if (given !== undefined) return { ...found, order: given };
  const { order, possible } = proof;
  if (order === "contradictory")
    return {
      problem: say`has dates that cannot be of one order of day, month and year. Write them all in one form, such as 2024-01-31`,
    };
  if (order === "none") return { ...found, order: null };
  return order === null ? { ...found, order, examples, possible } : { ...found, order };
}

interface MarksFound {
  readonly marks: ReadonlyMap<number, DecimalMark>;
  /** The columns whose values prove nothing. */
  readonly open: readonly { readonly column: number; readonly cells: readonly string[] }[];
}

const noProofs: MarksFound = { marks: new Map(), open: [] };

/** So many values of a column decide: what comes after them and proves another mark is put aside as it is read. */
const enoughProofs = 1_000;
/** A column where so many of the proofs are of the other mark is of two notations. */
const contradictoryShare = 0.2;

interface ColumnProof {
  readonly counts: Record<DecimalMark, number>;
  /** The first value that proves each mark. */
  readonly first: Partial<Record<DecimalMark, string>>;
  /** Values that may be read either way. */
  readonly open: string[];
}

function provedMarks(
  rows: () => Iterable<Row>,
  columns: SeriesColumns,
): MarksFound | { readonly problem: Words } {
  const { open, high, low, close, volume, tickVolume } = columns;
  const proofs = new Map<number, ColumnProof>();
  for (const column of [close, open, high, low, volume, tickVolume])
    if (column !== null) proofs.set(column, { counts: { point: 0, comma: 0 }, first: {}, open: [] });
  const unfinished = new Map(proofs);
  for (const { cells } of rows()) {
    if (unfinished.size === 0) break;
    for (const [column, proof] of unfinished) {
      const cell = cells[column] ?? "";
      if (!looksLikeNumber(cell)) continue;
      see(cell, proof);
      if (proof.counts.point + proof.counts.comma >= enoughProofs) unfinished.delete(column);
    }
  }
  const marks = new Map<number, DecimalMark>();
  for (const [column, { counts, first }] of proofs) {
    const { point, comma } = counts;
    if (point + comma === 0) continue;
    if (Math.min(point, comma) / (point + comma) > contradictoryShare)
      return {
        problem: say`has numbers of two notations in column ${column + 1}, such as ${quoted(first.point ?? "")} and ${quoted(first.comma ?? "")}. Write all of them with the same decimal mark`,
      };
    marks.set(column, point > comma ? "point" : "comma");
  }
  return {
    marks,
    open: [...proofs].flatMap(([column, { open: cells }]) =>
      marks.has(column) || cells.length === 0 ? [] : [{ column, cells }],
    ),
  };
}

function see(cell: string, { counts, first, open }: ColumnProof): void {
  const mark = provenMark(cell);
  if (mark === null) return;
  if (mark === "open") {
    if (open.length < shownRows) open.push(cell);
    return;
  }
  counts[mark] += 1;
  first[mark] ??= cell;
}

function questionOfOrder(possible: readonly DateOrder[], examples: readonly WrittenDate[]): Question {
  return {
    field: "date_order",
    why: possible.includes("ymd")
      ? "Each year has two digits, and no date says which of its numbers is the year."
      : "No date has a number above 12 where it would say which one is the day.",
    choices: possible.map((value) => ({
      value,
      examples: examples.map(({ cell, time }) => `${shortened(cell)} → ${dayOf(localOf(time, value))}`),
    })),
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
