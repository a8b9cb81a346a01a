/** The same rows in the forms of the programs that write such files. It knows nothing of how they are read. */
import type { Row } from "./random-series.ts";

const iso = ({ time }: Row) => new Date(time).toISOString();
const date = (row: Row, mark: string) => iso(row).slice(0, 10).replaceAll("-", mark);
const german = (row: Row) => iso(row).slice(0, 10).split("-").toReversed().join(".");
const clock = (row: Row) => iso(row).slice(11, 19);
const american = (row: Row) => {
  const [year, month, day] = iso(row).slice(0, 10).split("-");
  return `${month}/${day}/${year}`;
};
const lines = (head: string | null, rows: readonly string[]) =>
  `${[...(head === null ? [] : [head]), ...rows].join("\n")}\n`;
const prices = ({ open, high, low, close }: Row, mark: string) => [open, high, low, close].join(mark);
const withComma = (text: string) => text.replace(".", ",");
/** Eastern Standard Time, five hours behind UTC. */
const eastern = (row: Row): Row => ({ ...row, time: row.time - 5 * 3_600_000 });

export type Written = (rows: readonly Row[], symbol: string, timeframe: string) => string;

export const writtenAs: Readonly<Record<string, Written>> = {
  "mt5-bars": (rows) =>
    lines(
      "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>",
      rows.map((row) => `${date(row, ".")}\t${clock(row)}\t${prices(row, "\t")}\t${row.volume}\t0\t12`),
    ),
  "mt4-bars": (rows) =>
    lines(
      null,
      rows.map((row) => `${date(row, ".")},${clock(row).slice(0, 5)},${prices(row, ",")},${row.volume}`),
    ),
  "histdata-ascii": (rows) =>
    lines(
      null,
      rows
        .map(eastern)
        .map((row) => `${date(row, "")} ${clock(row).replaceAll(":", "")};${prices(row, ";")};0`),
    ),
  "assistant-history": (rows, symbol, timeframe) =>
    lines(
      "TimeFrame,Symbol,Candle,DateTime,Open,High,Low,Close,Volume,HL,Body",
      rows.map(
        (row, at) =>
          `${timeframe},${symbol},${at + 1},${date(row, ".")} ${clock(row).slice(0, 5)},${prices(row, ",")},${row.volume},300,50`,
      ),
    ),
  "assistant-live": (rows) =>
    lines(
      "timestamp,open,high,low,close,tick_volume,spread,real_volume",
      rows.map((row) => `${date(row, "-")} ${clock(row)},${prices(row, ",")},${row.volume},5,0`).toReversed(),
    ),
  tradingview: (rows) =>
    lines(
      "time,open,high,low,close,Volume,RSI",
      rows.map((row) => `${row.time / 1000},${prices(row, ",")},${row.volume},55.1`),
    ),
  yahoo: (rows) =>
    lines(
      "Date,Open,High,Low,Close,Adj Close,Volume",
      rows.map((row) => `${date(row, "-")},${prices(row, ",")},${row.close},${row.volume}`),
    ),
  stooq: (rows, symbol) =>
    lines(
      "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
      rows.map((row) => `${symbol},D,${date(row, "")},000000,${prices(row, ",")},${row.volume},0`),
    ),
  investing: (rows) =>
    lines(
      '"Date","Price","Open","High","Low","Vol.","Change %"',
      rows
        .map(
          (row) =>
            `"${american(row)}","${row.close}","${row.open}","${row.high}","${row.low}","${row.volume}","0.10%"`,
        )
        .toReversed(),
    ),
  dukascopy: (rows) =>
    lines(
      "Gmt time,Open,High,Low,Close,Volume",
      rows.map((row) => `${german(row)} ${clock(row)}.000,${prices(row, ",")},${row.volume}`),
    ),
  csv: (rows) =>
    lines(
      "Datum;Eröffnung;Hoch;Tief;Schluss",
      rows.map((row) => `${german(row)};${withComma(prices(row, ";").replaceAll(".", ","))}`),
    ),
};
