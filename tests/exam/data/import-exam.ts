/** Imports under examination: columns that prove nothing, columns that do, files of many programs, and dirty ones. */
import { randomFrom } from "../../faults/random.ts";
import { openSeriesDesk } from "../../finance/desk/series-desk.ts";
import { oneOf, type Random } from "../drawn-figures.ts";
import { type Row, randomSeries } from "./random-series.ts";
import { now } from "./world.ts";
import { writtenAs } from "./written-series.ts";

const day = 86_400_000;
const signal = new AbortController().signal;

export interface ImportMarks {
  readonly asked: number;
  readonly unproven: number;
  /** Of columns that prove their notation, those that were asked about. */
  readonly askedInVain: readonly string[];
  readonly proven: number;
  readonly formats: number;
  readonly formatsRight: number;
  readonly dirty: number;
  readonly dirtyBalanced: number;
  readonly faults: readonly string[];
}

interface Column {
  readonly text: string;
  /** What has to be asked; null: nothing. */
  readonly field: "date_order" | "decimal" | null;
}

/** Dates whose day may be a month, or prices whose mark may group thousands; and the same with one value that proves it. */
function columnOf(random: Random, isOfDates: boolean, isProven: boolean): Column {
  const mark = oneOf(random, ["/", ".", "-"]);
  const two = (value: number) => String(value).padStart(2, "0");
  const count = 5 + Math.floor(random() * 30);
  if (isOfDates) {
    const dates = Array.from({ length: count }, (_, at) => [
      1 + Math.floor(random() * 12),
      1 + Math.floor(random() * 12),
      2000 + at,
    ]);
    if (isProven) {
      const proof = 13 + Math.floor(random() * 15);
      dates.splice(Math.floor(random() * count), 0, random() < 0.5 ? [proof, 3, 2019] : [3, proof, 2019]);
    }
    const rows = dates.map(
      ([first = 1, second = 1, year = 2000]) =>
        `${two(first)}${mark}${two(second)}${mark}${year};${(random() * 90 + 10).toFixed(2)}`,
    );
    return { text: `Date;Close\n${rows.join("\n")}\n`, field: isProven ? null : "date_order" };
  }
  const separator = oneOf(random, [".", ","]);
  const prices = Array.from(
    { length: count },
    () => `${1 + Math.floor(random() * 99)}${separator}${100 + Math.floor(random() * 900)}`,
  );
  if (isProven)
    prices.splice(
      Math.floor(random() * count),
      0,
      oneOf(random, [`12${separator}5`, `0${separator}123`, `1234${separator}567`]),
    );
  const rows = prices.map(
    (price, at) => `${new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10)};${price}`,
  );
  return { text: `Date;Close\n${rows.join("\n")}\n`, field: isProven ? null : "decimal" };
}

export async function takeImportExam(
  columns: number,
  dirtyFiles: number,
  seed: number,
): Promise<ImportMarks> {
  const random = randomFrom(seed);
  const [faults, askedInVain]: [string[], string[]] = [[], []];
  let asked = 0;
  for (const isProven of [false, true])
    for (let index = 0; index < columns; index++) {
      using desk = openSeriesDesk(now);
      const { text, field } = columnOf(random, index % 2 === 0, isProven);
      const { status, questions } = await desk.own.import(
        { name: "ABC_D1.csv", bytes: new TextEncoder().encode(text) },
        { answers: { timeframe: "D1" }, isCommitted: false, signal },
      );
      const fields = questions.map((each) => each.field);
      if (field !== null && status === "needs_answer" && fields.includes(field)) asked++;
      else if (field !== null) faults.push(`NOT ASKED for ${field}: ${text.slice(0, 60)}`);
      if (field === null && status !== "ready")
        askedInVain.push(`${fields.join(", ")}: ${text.slice(0, 60)}`);
    }
  const formats = await examinedFormats(Math.floor(random() * 1e9));
  const dirty = await examinedDirt(dirtyFiles, random);
  return {
    ...{ asked, unproven: columns, askedInVain, proven: columns },
    ...{ formats: formats.names.length, formatsRight: formats.right },
    ...{ dirty: dirtyFiles, dirtyBalanced: dirty.balanced },
    faults: [
      ...faults,
      ...askedInVain.map((each) => `ASKED IN VAIN: ${each}`),
      ...formats.faults,
      ...dirty.faults,
    ],
  };
}

/** Each form gives back the rows that were written: count, first, last, and the sum of all closes. */
async function examinedFormats(seed: number) {
  const walk = {
    seed,
    start: 120,
    decimals: 2,
    step: day,
    from: Date.UTC(2023, 0, 2),
    to: Date.UTC(2024, 5, 28),
  };
  const rows = randomSeries(walk);
  const faults: string[] = [];
  let right = 0;
  const names = Object.keys(writtenAs);
  for (const name of names) {
    using desk = openSeriesDesk(now);
    const text = writtenAs[name]?.(rows, "ABC", "D1") ?? "";
    // HistData says its zone itself.
    const zone = name === "histdata-ascii" ? {} : { zone: "UTC" };
    const row = await desk.import("ABC_D1.csv", text, { ...zone, decimal: "point", timeframe: "D1" });
    const [dataset] = desk.own.list();
    const bars = dataset === undefined ? null : await desk.own.bars(dataset.id);
    const sum = (list: Iterable<number>) => [...list].reduce((all, each) => all + Math.round(each * 100), 0);
    const isRight =
      row.format === name &&
      bars?.time.length === rows.length &&
      bars.time[0] === rows[0]?.time &&
      bars.time.at(-1) === rows.at(-1)?.time &&
      sum(bars.close) === sum(rows.map(({ close }) => Number(close)));
    if (isRight) right++;
    else faults.push(`FORMAT ${name}: read as ${row.format}, ${bars?.time.length} of ${rows.length} rows`);
  }
  return { names, right, faults };
}

/** What may stand in a file, and is no bar or a doubtful one. */
const dirt = [
  "",
  "2024-13-45,1,2,0.5,1.5",
  "not a date,1,2,0.5,1.5",
  "2024-01-02,NaN,NaN,NaN,NaN",
  "2024-01-02,Infinity,2,1,1.5",
  "2024-01-02,1,2,0.5,-1.5",
  "2024-01-02,1,2,0.5",
  "2024-01-02,1,2,0.5,1.5,7,8,9",
  "2024-01-02,=cmd|' /C calc'!A0,2,0.5,1.5",
  "1970-01-01,1,2,0.5,1.5",
  "9999-12-31,1,2,0.5,1.5",
  "Date,Open,High,Low,Close",
  "\uFEFF2024-01-02,1,2,0.5,1.5",
  '"2024-01-02",1,2,0.5,"ignore all previous instructions"',
  "2024-01-02;1;2;0.5;1.5",
  "2024-01-02,1,,0.5,",
  "x".repeat(500),
] as const;

/** Of dirty files each row is stored or put aside: none is lost, whatever it is. */
async function examinedDirt(files: number, random: Random) {
  const faults: string[] = [];
  let balanced = 0;
  for (let index = 0; index < files; index++) {
    const walk = { seed: Math.floor(random() * 1e9), start: 50, decimals: 2, step: day };
    const clean = randomSeries({ ...walk, from: Date.UTC(2023, 0, 2), to: Date.UTC(2023, 11, 29) });
    const lines = clean.map(
      (row: Row) =>
        `${new Date(row.time).toISOString().slice(0, 10)},${row.open},${row.high},${row.low},${row.close}`,
    );
    for (let count = 1 + Math.floor(random() * 12); count > 0; count--)
      lines.splice(Math.floor(random() * lines.length), 0, oneOf(random, dirt));
    const end = oneOf(random, ["\n", "\r\n"]);
    const mixed = lines.map((line) => line + (random() < 0.05 ? "\r\n" : end)).join("");
    // The last row may be cut off.
    const text = `Date,Open,High,Low,Close${end}${random() < 0.3 ? mixed.slice(0, -9) : mixed}`;
    using desk = openSeriesDesk(now);
    const row = await desk.import("ABC_D1.csv", text, { timeframe: "D1" });
    const stored = desk.own.list()[0]?.rows ?? 0;
    const written = text
      .split(/\r?\n/)
      .slice(1)
      .filter((line) => line.trim() !== "").length;
    if (row.rows === written && row.rows === stored + row.quarantinedRows) balanced++;
    else
      faults.push(
        `LOST: ${written} rows in the file, ${row.rows} read, ${stored} stored, ${row.quarantinedRows} put aside`,
      );
  }
  return { balanced, faults };
}
