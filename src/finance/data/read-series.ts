/**
 * A price series out of the text of a file: nothing is guessed, and no row is lost in silence. What the values do not prove is
 * asked; a row that cannot be read is put aside with the reason. It knows nothing of storage.
 */
import { say, type Words } from "../../texts/say.ts";
import { BarsBuilder } from "./bars-builder.ts";
import { plainHeader } from "./column-names.ts";
import { csv } from "./formats/csv.ts";
import type { Format } from "./formats/format.ts";
import { formats } from "./formats/formats.ts";
import { type DecimalMark, decimalsIn, looksLikeNumber, numberIn, provenMark } from "./number-text.ts";
import { type Proved, proveColumns } from "./prove-columns.ts";
import { type Row, rowsOf } from "./read-rows.ts";
import { columnsOf, type SeriesColumns } from "./series-columns.ts";
import { SeriesLabels } from "./series-labels.ts";
import type { Quarantined, SeriesAnswers, SeriesRead, SeriesReading } from "./series-reading.ts";
import { quoted, shortened } from "./shown-cell.ts";
import { sniffTable, type Table } from "./sniff-table.ts";
import { localOf, TimeReader, timeOfDayIn } from "./time-text.ts";
import { ZoneClock } from "./zone.ts";

/** In characters: the longest text of a binary fraction has 24. */
const longestPrice = 40;

const hourMs = 3_600_000;

/** The reasons of so many rows are kept; all are counted. */
const mostReasons = 1_000;

/**
 * @param text of the file
 * @param onRow gets the line of each row that is looked at; all are looked at twice
 * @returns problems are the rest of a sentence that begins with the file's name
 * @throws RangeError for a zone that the system does not know
 */
export function readSeries(
  text: string,
  answers: SeriesAnswers = {},
  onRow: (line: number) => void = () => {},
): SeriesReading {
  const table = sniffTable(text);
  if ("problem" in table) return { status: "refused", ...table };
  const headers = (table.headers ?? []).map(plainHeader);
  const format = formats.find((each) => each.matches(headers, table)) ?? csv;
  const columns = columnsOf(table, format);
  if ("problem" in columns) return { status: "refused", ...columns };
  const rows = () => dataRows(text, table, onRow);
  const proved = proveColumns(rows, columns, { format, answers, sample: table.sample });
  if ("problem" in proved) return { status: "refused", ...proved };
  if (proved.questions.length > 0)
    return { status: "needs_answer", format, questions: proved.questions, rows: countOf(rows()) };
  return new SeriesReader({ format, columns, proved, zone: answers.zone ?? format.zone ?? null }).read(
    rows(),
    table,
  );
}

function* dataRows(
  text: string,
  { delimiter, firstLine }: Table,
  onRow: (line: number) => void,
): Generator<Row, void, undefined> {
  for (const row of rowsOf(text, delimiter)) {
    onRow(row.line);
    if (row.line >= firstLine) yield row;
  }
}

const countOf = (rows: Iterable<Row>): number => {
  let count = 0;
  for (const _ of rows) count += 1;
  return count;
};

interface ReaderOptions {
  readonly format: Format;
  readonly columns: SeriesColumns;
  readonly proved: Proved;
  readonly zone: string | null;
}

/** A row that cannot be read. */
class UnreadableRow extends Error {
  readonly reason: Words;

  constructor(reason: Words) {
    super("A row cannot be read.");
    this.reason = reason;
  }
}

class SeriesReader {
  readonly #options: ReaderOptions;
  readonly #times: TimeReader;
  readonly #clock: ZoneClock | null;
  readonly #builder: BarsBuilder;
  #headers: readonly string[] = [];
  #decimals = 0;
  /** Of the row before; null: this is the first. */
  #before: number | null = null;
  /** Between the last two times that differ, in milliseconds; until there are some, that of bars. */
  #step = Number.POSITIVE_INFINITY;
  #isBackward = false;
  #saysZone = true;
  #hasVolume = false;
  #hasTickVolume = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#times = new TimeReader(options.proved.digits);
    this.#clock = options.zone === null || options.zone === "UTC" ? null : new ZoneClock(options.zone);
    const { open, high, low } = options.columns;
    this.#builder = new BarsBuilder({ hasRange: open !== null && high !== null && low !== null });
  }

  read(rows: Iterable<Row>, table: Table): SeriesReading {
    const { format, zone, columns } = this.#options;
    this.#headers = (table.headers ?? []).map((header) => shortened(header.replaceAll(/[<>]/g, "")));
    this.#isBackward = this.#goesBackward(table.sample);
    const quarantined: Quarantined[] = [];
    let count = 0;
    const labels = new SeriesLabels();
    const labelIn = ({ cells }: Row, column: number | null) =>
      column === null ? null : (cells[column] ?? null);
    for (const row of rows) {
      count += 1;
      try {
        this.#take(row);
        labels.see({
          symbol: labelIn(row, columns.symbol),
          timeframe: labelIn(row, columns.timeframe),
        });
      } catch (error) {
        if (!(error instanceof UnreadableRow)) throw error;
        if (quarantined.length < mostReasons) quarantined.push({ row: row.line, reason: error.reason });
      }
    }
    const { symbol, timeframe, problem } = labels;
    if (problem !== null) return { status: "refused", problem };
    const bars = this.#builder.sorted({ keepsVolume: this.#hasVolume || this.#hasTickVolume });
    return {
      ...{ status: "read", format, bars, rows: count, symbol, timeframe },
      quarantined,
      decimals: this.#decimals,
      volumeKind: this.#volumeKind(),
      isNewestFirst: this.#isBackward,
      zone: zone ?? (this.#saysZone && bars.time.length > 0 ? "UTC" : null),
    };
  }

  #volumeKind(): SeriesRead["volumeKind"] {
    if (this.#hasVolume)
      return this.#options.format.volume ?? (this.#options.columns.tickVolume === null ? "unknown" : "real");
    return this.#hasTickVolume ? "tick" : "none";
  }

  /** @throws UnreadableRow */
  #take({ cells, line }: Row): void {
    const { columns } = this.#options;
    const time = this.#instantOf(cells);
    const [open, high, low] = [columns.open, columns.high, columns.low].map((column) =>
      column === null ? Number.NaN : this.#number(cells, column),
    ) as [number, number, number];
    const close = this.#number(cells, columns.close);
    const real = this.#volume(cells, columns.volume);
    const ticks = this.#volume(cells, columns.tickVolume);
    this.#hasVolume ||= real > 0;
    this.#hasTickVolume ||= ticks > 0;
    this.#builder.add({
      time,
      open,
      high,
      low,
      close,
      volume: real > 0 ? real : ticks > 0 ? ticks : real,
      line,
    });
    if (this.#before !== null && time !== this.#before) this.#step = Math.abs(time - this.#before);
    this.#before = time;
  }

  #instantOf(cells: readonly string[]): number {
    const { columns, proved } = this.#options;
    const cell = cells[columns.date];
    if (cell === undefined || cell === "") throw this.#refuse(columns.date, say`is empty: a time is needed`);
    const time = this.#times.read(cell);
    if (time === null) throw this.#refuse(columns.date, say`${quoted(cell)} is no time`);
    const date = localOf(time, proved.dateOrder);
    if (date === null) throw this.#refuse(columns.date, say`${quoted(cell)} is no date of the calendar`);
    const isWhole = columns.timeOfDay === null || (time.hasTime && proved.hasTimeInDate);
    const local = isWhole ? date : date + this.#timeOfDay(cells, columns.timeOfDay);
    const year = new Date(local).getUTCFullYear();
    if (year < firstYear || year > lastYear)
      throw this.#refuse(columns.date, say`${quoted(cell)} lies outside of ${firstYear} to ${lastYear}`);
    if (local === 0)
      throw this.#refuse(columns.date, say`1970-01-01 00:00 stands for a time that nobody knew`);
    if (time.offset !== null) return local - time.offset * 60_000;
    this.#saysZone = false;
    return this.#clock === null ? local : this.#clock.instantOf(local, this.#passed());
  }

  /** Ticks of one time follow each other; a bar of the time of the one before it is the next hour, where an hour comes twice. */
  #passed(): { readonly instant: number; readonly isBackward: boolean } | null {
    if (this.#before === null) return null;
    const isBackward = this.#isBackward;
    const mayRepeat = this.#step < hourMs ? (isBackward ? 1 : -1) : 0;
    return { instant: this.#before + mayRepeat, isBackward };
  }

  #timeOfDay(cells: readonly string[], column: number): number {
    const cell = cells[column] ?? "";
    const ms = timeOfDayIn(cell);
    if (ms === null) throw this.#refuse(column, say`${quoted(cell)} is no time of the day`);
    return ms;
  }

  #number(cells: readonly string[], column: number): number {
    const cell = cells[column];
    if (cell === undefined)
      throw new UnreadableRow(say`The row has ${cells.length} cells; ${this.#nameOf(column)} is missing.`);
    if (cell === "") throw this.#refuse(column, say`is empty: a price is needed`);
    const mark = this.#options.proved.markOf(column);
    const value = numberIn(cell, mark);
    if (value === null) throw this.#refuse(column, this.#whyNoNumber(cell, mark));
    if (cell.length > longestPrice)
      throw this.#refuse(column, say`${quoted(cell)} has more digits than a price`);
    this.#decimals = Math.max(this.#decimals, decimalsIn(cell, mark));
    return value;
  }

  #whyNoNumber(cell: string, mark: DecimalMark): Words {
    const proved = looksLikeNumber(cell) ? provenMark(cell) : null;
    if ((proved !== "point" && proved !== "comma") || proved === mark)
      return say`${quoted(cell)} is no number`;
    return proved === "point"
      ? say`${quoted(cell)} has a point before its decimals, and the column a comma`
      : say`${quoted(cell)} has a comma before its decimals, and the column a point`;
  }

  /** What has no volume says nothing, a dash, or zero. */
  #volume(cells: readonly string[], column: number | null): number {
    if (column === null) return Number.NaN;
    const cell = cells[column] ?? "";
    if (cell === "" || cell === "-" || cell === "—") return Number.NaN;
    const value = numberIn(cell, this.#options.proved.markOf(column));
    if (value === null || value < 0) throw this.#refuse(column, say`${quoted(cell)} is no volume`);
    return value;
  }

  #refuse(column: number, reason: Words): UnreadableRow {
    return new UnreadableRow(say`${this.#nameOf(column)}: ${reason}.`);
  }

  #nameOf(column: number): Words {
    return say`Column ${{ verbatim: this.#headers[column] ?? String(column + 1) }}`;
  }

  /** Many exports have the newest row first. */
  #goesBackward(sample: readonly Row[]): boolean {
    const times = sample.flatMap(({ cells }) => {
      const time = this.#times.read(cells[this.#options.columns.date] ?? "");
      const local = time === null ? null : localOf(time, this.#options.proved.dateOrder);
      return local === null ? [] : [local];
    });
    const steps = times.slice(1).map((time, index) => Math.sign(time - (times[index] ?? 0)));
    return steps.reduce((sum, step) => sum + step, 0) < 0;
  }
}

const [firstYear, lastYear] = [1800, 2200];
