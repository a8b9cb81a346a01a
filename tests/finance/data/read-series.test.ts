/** Price series out of files: every format, what is asked and what is not, and rows that cannot be read. */

import { describe, expect, test } from "bun:test";
import { passportOf } from "../../../src/finance/data/passport.ts";
import { readSeries } from "../../../src/finance/data/read-series.ts";
import type { SeriesAnswers } from "../../../src/finance/data/series-reading.ts";
import { inLanguage } from "../../../src/texts/say.ts";
import { putAside, read, shown } from "./reading.ts";

describe("A file of", () => {
  test.each([
    [
      "mt5-bars",
      "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.01.02\t00:00:00\t2062.10\t2065.5\t2060.00\t2064.2\t1203\t0\t12\n",
      ["2024-01-02T00:00 2062.1 2065.5 2060 2064.2 1203"],
    ],
    [
      "mt5-ticks",
      "<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>\n2024.01.02\t00:00:00.250\t1.10452\t1.10455\t\t\t6\n",
      ["2024-01-02T00:00 NaN NaN NaN 1.10452 -"],
    ],
    [
      "mt4-bars",
      "2012.02.01,00:00,1.30664,1.30664,1.30650,1.30651,25\n",
      ["2012-02-01T00:00 1.30664 1.30664 1.3065 1.30651 25"],
    ],
    // Five hours behind UTC, in summer too.
    [
      "histdata-ascii",
      "20120701 000000;1.306;1.306;1.305;1.306;0\n",
      ["2012-07-01T05:00 1.306 1.306 1.305 1.306 -"],
    ],
    [
      "assistant-history",
      "TimeFrame,Symbol,Candle,DateTime,Open,High,Low,Close,Volume,HL,Body\nH4,XAUUSD,1,2018.03.19 04:00,1310.5,1312,1309,1311,500,300,50\n",
      ["2018-03-19T04:00 1310.5 1312 1309 1311 500"],
    ],
    [
      "assistant-live",
      "timestamp,open,high,low,close,tick_volume,spread,real_volume\n2025-01-03 10:15:00,3,4,2,3.5,20,5,0\n2025-01-03 10:00:00,2,3,1,2.5,10,5,0\n",
      ["2025-01-03T10:00 2 3 1 2.5 10", "2025-01-03T10:15 3 4 2 3.5 20"],
    ],
    [
      "tradingview",
      "time,open,high,low,close,Volume,RSI\n2024-01-02T09:30:00+01:00,1,2,0.5,1.5,7,55.1\n1704189600,1,2,0.5,1.5,7,55.1\n",
      ["2024-01-02T08:30 1 2 0.5 1.5 7", "2024-01-02T10:00 1 2 0.5 1.5 7"],
    ],
    [
      "yahoo",
      "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,187.15,188.44,183.89,185.64,184.94,82488700\n",
      ["2024-01-02T00:00 187.15 188.44 183.89 185.64 82488700"],
    ],
    [
      "stooq",
      "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nAAPL.US,D,20240102,000000,187.15,188.44,183.89,185.64,82488700,0\n",
      ["2024-01-02T00:00 187.15 188.44 183.89 185.64 82488700"],
    ],
    [
      "investing",
      '"Date","Price","Open","High","Low","Vol.","Change %"\n"01/13/2024","2,054.05","2,030.1","2,062.4","2,027.6","218.46K","1.20%"\n',
      ["2024-01-13T00:00 2030.1 2062.4 2027.6 2054.05 218460"],
    ],
    [
      "dukascopy",
      "Gmt time,Open,High,Low,Close,Volume\n01.02.2024 00:00:00.000,1.08,1.09,1.07,1.085,1200.5\n",
      ["2024-02-01T00:00 1.08 1.09 1.07 1.085 1200.5"],
    ],
    ["csv", "Datum;Schluss\n31.01.2024;1.234,56\n", ["2024-01-31T00:00 NaN NaN NaN 1234.56 -"]],
  ])("%s", (format, text, bars) => {
    const reading = read(text);
    expect(reading.format.name).toBe(format);
    expect(shown(reading)).toEqual(bars);
    expect(reading.quarantined).toEqual([]);
  });
});

describe("What nothing proves is asked", () => {
  const asked = (text: string, answers: SeriesAnswers = {}) => {
    const reading = readSeries(text, answers);
    return reading.status === "needs_answer" ? reading.questions.map(({ field }) => field) : reading.status;
  };
  test.each([
    ["Date,Close\n01/02/2024,1.5\n03/04/2024,1.6\n", ["date_order"]],
    ["Date;Close\n2024-01-02;1.234\n2024-01-03;1.235\n", ["decimal"]],
    ["Date;Close\n01.02.2024;1,234\n", ["date_order", "decimal"]],
    // One value proves a whole column, and all columns of a file are of one hand.
    ["Date,Close\n01/02/2024,1.5\n13/02/2024,1.6\n", "read"],
    ["Date,Close\n01/02/2024,1.5\n02/13/2024,1.6\n", "read"],
    ["Date;Open;Close\n2024-01-02;1.234;1.2\n", "read"],
    ["Date;Close;Volume\n2024-01-02;1.234;1,234,567\n", "read"],
    ["Date;Close\n2024-01-02;0.234\n", "read"],
    ["Date;Close\n2024-01-02;1234.567\n", "read"],
    ["Date;Close\n2024-01-02;1234\n", "read"],
    ["Date,Close\n2-Jan-2024,1.5\n", "read"],
    // A year of two digits may stand first, too.
    ["Date,Close\n24-01-31,1.5\n", ["date_order"]],
    ["Date,Close\n31.01.24,1.5\n", ["date_order"]],
    ["Date,Close\n01.02.24,1.5\n31.01.85,1.5\n", "read"],
    ["Date,Close\n85-01-31,1.5\n01-02-03,1.5\n", "read"],
    ["Date,Close\n31.01.24,1.5\n30.01.2024,1.5\n", "read"],
    ["Date,Close\n31/01'24,1.5\n", "read"],
  ])("%j: %j", (text, expected) => expect<unknown>(asked(text)).toEqual(expected));

  test("with rows in both readings, and the answer decides", () => {
    const text = "Date;Close\n01.02.2024;1.234\n";
    const reading = readSeries(text);
    expect(reading).toMatchObject({
      status: "needs_answer",
      rows: 1,
      questions: [
        {
          field: "date_order",
          choices: [
            { value: "dmy", examples: ["01.02.2024 → 2024-02-01"] },
            { value: "mdy", examples: ["01.02.2024 → 2024-01-02"] },
          ],
        },
        {
          field: "decimal",
          choices: [
            { value: "point", examples: ["1.234 → 1.234"] },
            { value: "comma", examples: ["1.234 → 1234"] },
          ],
        },
      ],
    });
    expect(shown(read(text, { dateOrder: "mdy", decimal: "comma" }))).toEqual([
      "2024-01-02T00:00 NaN NaN NaN 1234 -",
    ]);
  });
});

describe("A zone", () => {
  const times = (text: string, zone: string) => shown(read(text, { zone })).map((bar) => bar.slice(0, 16));

  test("is declared, and its clock changes are followed both ways", () => {
    const spring = "Date,Close\n2024-03-31 01:00,1.5\n2024-03-31 02:00,1.5\n2024-03-31 04:00,1.5\n";
    expect(times(spring, "EET")).toEqual(["2024-03-30T23:00", "2024-03-31T00:00", "2024-03-31T01:00"]);
    const autumn =
      "Date,Close\n2024-10-27 02:00,1.5\n2024-10-27 03:00,1.5\n2024-10-27 03:00,1.6\n2024-10-27 04:00,1.5\n";
    expect(times(autumn, "Europe/Helsinki")).toEqual([
      ...["2024-10-26T23:00", "2024-10-27T00:00", "2024-10-27T01:00", "2024-10-27T02:00"],
    ]);
  });

  test("knows in which of the two hours a row is when the newest row stands first", () => {
    const rows = (...hours: readonly string[]) =>
      `Date,Close\n${hours.map((hour) => `2024-10-27 ${hour},1.5\n`).join("")}`;
    const hours = ["04:00", "03:30", "03:00", "03:30", "03:00", "02:30"];
    const instants = ["23:30", "00:00", "00:30", "01:00", "01:30", "02:00"].map(
      (time) => `2024-10-${time === "23:30" ? 26 : 27}T${time}`,
    );
    expect(times(rows(...hours), "Europe/Helsinki")).toEqual(instants);
    expect(times(rows(...hours.toReversed()), "Europe/Helsinki")).toEqual(instants);
    expect(times(rows("05:00", "04:00", "03:00", "03:00", "02:00"), "Europe/Helsinki")).toEqual([
      ...["2024-10-26T23:00", "2024-10-27T00:00", "2024-10-27T01:00", "2024-10-27T02:00", "2024-10-27T03:00"],
    ]);
  });

  test("takes two ticks of one time for ticks of the same hour", () => {
    const ticks = ["02:59:59", "03:10:00", "03:10:00", "03:20:00", "03:05:00", "03:05:00", "04:00:00"];
    const instants = ["23:59", "00:10", "00:10", "00:20", "01:05", "01:05", "02:00"].map(
      (time) => `2024-10-${time === "23:59" ? 26 : 27}T${time}`,
    );
    const rows = (order: readonly string[]) =>
      `Date,Close\n${order.map((time) => `2024-10-27 ${time},1.5\n`).join("")}`;
    expect(times(rows(ticks), "Europe/Helsinki")).toEqual(instants);
    expect(times(rows(ticks.toReversed()), "Europe/Helsinki")).toEqual(instants);
  });

  test("that is not declared stands in the passport as none, and one that the cells say as UTC", () => {
    expect(read("Date,Close\n2024-03-31 01:00,1.5\n").zone).toBeNull();
    expect(read("Date,Close\n2024-03-31T01:00:00Z,1.5\n").zone).toBe("UTC");
  });
});

describe("A row that cannot be read", () => {
  test("is put aside with its line and its column, and all rows are counted", () => {
    const reading = read(
      "Report of today\n\nDate,Open,High,Low,Close,Volume\n2024-01-02,1,2,0.5,1.5,10\n2024-01-03,=cmd|' /C calc'!A0,2,0.5,1.5,10\n2024-02-30,1,2,0.5,1.5,10\n2024-01-04,1,2,0.5,NaN,10\n2024-01-05,1,2,0.5,Infinity,10\n9999-12-31,1,2,0.5,1.5,10\n1970-01-01,1,2,0.5,1.5,10\n2024-01-06,1,2",
    );
    expect(reading.bars.time.length).toBe(1);
    expect(reading.rows).toBe(8);
    expect(putAside(reading)).toEqual([
      { row: 5, reason: "Column Open: \"=cmd|' /C calc'!A0\" is no number." },
      { row: 6, reason: 'Column Date: "2024-02-30" is no date of the calendar.' },
      { row: 7, reason: 'Column Close: "NaN" is no number.' },
      { row: 8, reason: 'Column Close: "Infinity" is no number.' },
      { row: 9, reason: 'Column Date: "9999-12-31" lies outside of 1800 to 2200.' },
      { row: 10, reason: "Column Date: 1970-01-01 00:00 stands for a time that nobody knew." },
      { row: 11, reason: "The row has 3 cells; Column Low is missing." },
    ]);
  });

  test("says why in the reader's language, with what the file has as it stands there", () => {
    const { quarantined } = read("Date;Close\n2024-01-02;1.5\n2024-01-03;1.5x\n");
    expect(quarantined.map(({ reason }) => inLanguage(reason, "de"))).toEqual([
      'Spalte Close: "1.5x" ist keine Zahl.',
    ]);
    expect(quarantined.map(({ reason }) => inLanguage(reason, "es"))).toEqual([
      'Columna Close: "1.5x" no es un número.',
    ]);
  });

  test("never takes what stands around it: mixed line ends, a byte order mark, quoted cells over lines", () => {
    const reading = read(
      'Date,Close,Note\r\n2024-01-02,1.5,"a\nb"\r2024-01-03,\ufeff1.6,x\n2024-01-04,-37.63,\n',
    );
    expect(shown(reading).map((bar) => bar.split(" ")[4])).toEqual(["1.5", "1.6", "-37.63"]);
    expect([...reading.bars.line]).toEqual([2, 4, 5]);
  });

  test.each([
    ["2024.01.02;1,0800;1,0900;1,0700;1,0850\n", "2024-01-02T00:00 1.08 1.09 1.07 1.085 -"],
    ["2024.01.02;1500,5\n", "2024-01-02T00:00 NaN NaN NaN 1500.5 -"],
    [
      "02.01.2024;10:15;1,08;1,09;1,07;1,085\n13.01.2024;10:15;1,08;1,09;1,07;1,085\n",
      "2024-01-13T10:15 1.08 1.09 1.07 1.085 -",
    ],
    [
      "Datum;Eröffnung;Hoch;Tief;Schluss\n2024-01-02;1,08;1,09;1,07;1,085\n",
      "2024-01-02T00:00 1.08 1.09 1.07 1.085 -",
    ],
    ["2024-01-02,1.08,1.09,1.07,1.085\n", "2024-01-02T00:00 1.08 1.09 1.07 1.085 -"],
  ])("nor a comma of decimals for one that parts cells: %j", (text, bar) =>
    expect(shown(read(text)).at(-1)).toBe(bar),
  );

  test.each([
    ["hello\nworld\n", /is no table/],
    ["Date,Open,High\n2024-01-02,1,2\n", /no column for the price/],
    ["Name,Close\nx,1\n", /no row that begins with a time/],
    ["Date,Close,Close\n2024-01-02,1,2\n", /two columns called "close" \(columns 2, 3\)/],
    [`Date,Close${",x".repeat(1_500)}\n2024-01-02,1${",1".repeat(1_500)}\n`, /has 1502 columns/],
    ["2024-01-02,1,2\n2024-01-03,1,2\n", /2 numbers a row/],
    ["Date,Close\n13/02/2024,1\n02/13/2024,1\n", /cannot be of one order/],
    [
      "Date,Symbol,Close\n2024-01-02,EURUSD,1.5\n2024-01-02,GBPUSD,1.2\n2024-01-03,EURUSD,1.5\n",
      /several symbols \(EURUSD, GBPUSD\)/,
    ],
    [
      `Date,Symbol,Close\n${Array.from({ length: 8 }, (_, at) => `2024-01-02,S${at},1.5\n`).join("")}`,
      /several symbols \(S0, S1, S2, S3, S4, …\)/,
    ],
    ["Date,Timeframe,Close\n2024-01-02,H1,1.5\n2024-01-03,H4,1.2\n", /several timeframes \(H1, H4\)/],
    ["Date,Timeframe,Close\n2024-01-02,Renko,1.5\n2024-01-03,H4,1.2\n", /timeframes \(Renko, H4\)/],
  ])("nor a file that is no series: %j", (text, problem) => {
    const reading = readSeries(text);
    expect(reading.status === "refused" ? inLanguage(reading.problem, "en") : reading.status).toMatch(
      problem,
    );
  });
});

test("A symbol and a timeframe may be written in several ways, or not in each row", () => {
  const text = "Date,Symbol,Period,Close\n2024-01-02,,,1\n2024-01-03,eurusd,H4,1\n2024-01-04,EURUSD,240,1\n";
  expect(read(text)).toMatchObject({ symbol: "eurusd", timeframe: "H4" });
  expect(read("Date,Period,Close\n2024-01-02,Q1,1\n2024-05-02,Q2,1\n").timeframe).toBeNull();
});

describe("A passport", () => {
  const passport = (text: string) => {
    const { bars, zone, volumeKind, decimals } = read(text);
    return passportOf(bars, { zone, volume: volumeKind, adjustment: null, decimals, timeframe: null });
  };
  const series = (
    from: string,
    stepHours: number,
    count: number,
    price = (at: number) => 100 + (at % 7) * 0.5,
  ) =>
    Array.from({ length: count }, (_, at) => {
      const time = new Date(Date.parse(from) + at * stepHours * 3_600_000)
        .toISOString()
        .slice(0, 16)
        .replace("T", " ");
      return `${time},${price(at)},${price(at) + 1},${price(at) - 1},${price(at)}`;
    }).join("\n");

  test("names the timeframe, and where it changes", () => {
    const text = `Date,Open,High,Low,Close\n${series("2024-01-01T00:00Z", 24, 60)}\n${series("2024-03-04T00:00Z", 4, 120)}\n`;
    expect(passport(text)).toMatchObject({
      rows: 180,
      timeframe: "H4",
      has_range: true,
      decimals: 1,
      interval_changes: [{ at: "2024-03-04T00:00:00.000Z", from: "D1", to: "H4" }],
    });
  });

  test("counts weekends, gaps, violations, levels", () => {
    const rows = series("2024-01-01T00:00Z", 24, 40, (at) =>
      at < 20 ? 100 + at * 0.1 : 50 + at * 0.1,
    ).split("\n");
    rows[5] = "2024-01-06 00:00,100,90,95,100";
    rows.splice(30, 6);
    expect(passport(`Date,Open,High,Low,Close\n${rows.join("\n")}\n`)).toMatchObject({
      timeframe: "D1",
      weekend_rows: 8,
      ohlc_violations: 1,
      gaps: { count: 1 },
      scale_breaks: [{ at: "2024-01-21T00:00:00.000Z" }],
    });
  });

  test("of no rows at all says so", () => {
    expect(passport("Date,Close\nx,1\n2024-13-01,2\n")).toMatchObject({
      rows: 0,
      first: null,
      timeframe: null,
    });
  });
});
