/**
 * What the values of a table prove of its notation: the order of day and month, and the decimal mark of each column. What nothing
 * proves becomes a question, with rows in both readings.
 */
import type { Format } from "./formats/format.ts";
import { type DecimalMark, looksLikeNumber, numberIn, provenMark } from "./number-text.ts";
import type { Row } from "./read-rows.ts";
import type { SeriesColumns } from "./series-columns.ts";
import type { Question, SeriesAnswers } from "./series-reading.ts";
import { quoted, shortened } from "./shown-cell.ts";
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
  const numbers = format.decimal === undefined ? provedMarks(rows, columns) : noProofs;
  if ("problem" in numbers) return numbers;
  const known = new Set(numbers.marks.values());
  const [only] = known.size === 1 ? known : [];
  // An answer is about the columns that prove nothing; it does not change what the others prove.
  const common = format.decimal ?? answers.decimal ?? only ?? null;
  const asked = common === null ? numbers.open : [];
  return {
    dateOrder: dates.order,
    markOf: (column) => numbers.marks.get(column) ?? common ?? "point",
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
): MarksFound | { readonly problem: string } {
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
        problem: `has numbers of two notations in column ${column + 1}, such as ${quoted(first.point ?? "")} and ${quoted(first.comma ?? "")}. Write all of them with the same decimal mark`,
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
