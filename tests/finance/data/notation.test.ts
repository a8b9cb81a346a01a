/** What cells of a price series mean: times, decimal marks; and how messages show them. */

import { describe, expect, test } from "bun:test";
import { readSeries } from "../../../src/finance/data/read-series.ts";
import type { SeriesAnswers } from "../../../src/finance/data/series-reading.ts";
import { inLanguage } from "../../../src/texts/say.ts";
import { putAside, read, shown } from "./reading.ts";

describe("A time", () => {
  const times = (text: string, answers: SeriesAnswers = {}) =>
    shown(read(text, answers)).map((bar) => bar.slice(0, 16));
  const column = (...cells: readonly string[]) =>
    `Date,Close\n${cells.map((cell) => `${cell},1.5\n`).join("")}`;

  test("with a year of two digits is of the century that its order says", () => {
    const text = column("24-01-31", "24-02-01");
    expect(readSeries(text)).toMatchObject({
      questions: [
        {
          choices: [
            { value: "dmy", examples: ["24-01-31 → 2031-01-24", "24-02-01 → 2001-02-24"] },
            { value: "ymd", examples: ["24-01-31 → 2024-01-31", "24-02-01 → 2024-02-01"] },
          ],
        },
      ],
    });
    expect(times(text, { dateOrder: "ymd" })).toEqual(["2024-01-31T00:00", "2024-02-01T00:00"]);
    expect(times(column("85-01-31", "01-02-03"))).toEqual(["1985-01-31T00:00", "2001-02-03T00:00"]);
    expect(times(column("31.01.85"))).toEqual(["1985-01-31T00:00"]);
  });

  test("of digits alone is a date with its time where it can be one, and not the Unix time of another year", () => {
    expect(times(column("202401311015", "202401311030"))).toEqual(["2024-01-31T10:15", "2024-01-31T10:30"]);
    expect(times(column("2024013110", "2024013111"))).toEqual(["2024-01-31T10:00", "2024-01-31T11:00"]);
    const dates = read(column("2024013110", "2024013111", "2024013125"));
    expect(shown(dates).length).toBe(2);
    expect(putAside(dates)).toEqual([{ row: 4, reason: 'Column Date: "2024013125" is no time.' }]);
  });

  test("of digits alone is a Unix time where the column says so", () => {
    expect(times(column("1704189600", "1704189600000"))).toEqual(["2024-01-02T10:00", "2024-01-02T10:00"]);
    // All days of 1976 in milliseconds: one of them is 202003200000.
    const days = Array.from({ length: 366 }, (_, at) => Date.UTC(1976, 0, 1 + at));
    expect([...read(column(...days.map(String))).bars.time]).toEqual(days);
    const reading = readSeries(column("1704189600", "2024013110"));
    expect(reading.status === "refused" && inLanguage(reading.problem, "en")).toMatch(
      /such as 2024013110, which may be .* such as 1704189600, which/,
    );
  });

  test("in the cell of the date is not added to that of a column of times", () => {
    const both = (...rows: readonly string[]) =>
      `Date,Time,Close\n${rows.map((row) => `${row},1.5\n`).join("")}`;
    expect(times(both("2024-01-02 10:00,10:00", "2024-01-03 00:00,02:00", "2024-01-04,03:00"))).toEqual([
      ...["2024-01-02T10:00", "2024-01-03T00:00", "2024-01-04T03:00"],
    ]);
    // As spreadsheets write a date alone.
    expect(times(both("2024-01-02 00:00,10:00", "2024-01-03 00:00,02:00"))).toEqual([
      ...["2024-01-02T10:00", "2024-01-03T02:00"],
    ]);
  });
});

describe("A decimal mark", () => {
  const prices = (...cells: readonly string[]) =>
    `Date;Close\n${cells.map((cell, at) => `${new Date(Date.UTC(2024, 0, 2 + at)).toISOString().slice(0, 10)};${cell}\n`).join("")}`;
  const closes = (text: string, answers: SeriesAnswers = {}) => [...read(text, answers).bars.close];
  const proved = Array.from({ length: 40 }, () => "1.08");

  test("is that of nearly all values: one that proves the other is put aside, and no thousandfold", () => {
    const reading = read(prices(...proved, "0,123", "1234,567", "1,08"));
    expect([...reading.bars.close]).toEqual(proved.map(Number));
    expect(putAside(reading).map(({ reason }) => reason)).toEqual([
      ...["0,123", "1234,567", "1,08"].map(
        (cell) => `Column Close: "${cell}" has a comma before its decimals, and the column a point.`,
      ),
    ]);
    expect(closes(prices("1,08", ...proved))).toEqual(proved.map(Number));
    expect(closes(prices("1,234", "12,345,678", "1.5"))).toEqual([1_234, 12_345_678, 1.5]);
  });

  test("of a column whose values prove both is refused", () => {
    const reading = readSeries(prices("1.5", "0,123"));
    expect(reading.status === "refused" && inLanguage(reading.problem, "en")).toBe(
      'has numbers of two notations in column 2, such as "1.5" and "0,123". Write all of them with the same decimal mark',
    );
  });

  test("that somebody states is that of the columns which prove nothing", () => {
    const text = "Date;Open;High;Low;Close\n2024-01-02;1.2;1,3;1.1;1.234\n";
    expect(readSeries(text)).toMatchObject({ questions: [{ field: "decimal" }] });
    expect(shown(read(text, { decimal: "comma" }))).toEqual(["2024-01-02T00:00 1.2 1.3 1.1 1234 -"]);
  });

  test("is followed by at most 12 digits that are shown; a cell of absurd length is put aside", () => {
    const reading = read(prices("1.0800000000000001", `1.${"1".repeat(200)}`));
    expect(reading.decimals).toBe(12);
    expect([...reading.bars.close]).toEqual([1.08]);
    expect(putAside(reading)[0]?.reason).toMatch(/has more digits than a price\.$/);
  });
});

describe("A message", () => {
  const long = "x".repeat(5_000);
  const texts = (reading: ReturnType<typeof readSeries>) =>
    reading.status === "refused"
      ? [inLanguage(reading.problem, "en")]
      : reading.status === "read"
        ? putAside(reading).map(({ reason }) => reason)
        : reading.questions.flatMap(({ choices }) => choices.flatMap(({ examples }) => examples));

  test.each([
    [`Date,Close\n2024-01-02,${long}\n`],
    // Spaces in a name are one space, so that this is the column "open time".
    [`Open${" ".repeat(5_000)}Time,Close\nx,1\n2024-01-02,1\n`],
    [`Date,Open,${long}\n2024-01-02,1,2\n`],
    [`${long},${long}\n${long},${long}\n`],
    [`Date${",Close".repeat(900)}\n2024-01-02${",1".repeat(900)}\n`],
    [`Date;Close\n2024-01-02;1.234${" ".repeat(5_000)}K\n`],
  ])("never holds a long text of the file whole: %#", (text) => {
    const found = texts(readSeries(text));
    expect(found).not.toEqual([]);
    for (const each of found) expect(each.length).toBeLessThan(600);
  });
});
