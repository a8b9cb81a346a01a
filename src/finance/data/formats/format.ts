/**
 * The contract of a format: a program that writes price series in a form of its own. One file holds one format, and one line of
 * formats.ts registers it. What a format does not say is proved by the values, or asked.
 */
import type { DecimalMark } from "../number-text.ts";
import type { Table } from "../sniff-table.ts";
import type { DateOrder } from "../time-text.ts";

export interface Format {
  /** kebab-case; it is in the API. */
  readonly name: string;
  /** For people: "MetaTrader 5 bars". */
  readonly title: string;
  /** @param headers as plainHeader writes them; empty: the table has none */
  matches(headers: readonly string[], table: Table): boolean;
  /** The zone of its times, where the form says so. Left out: somebody has to declare it. */
  readonly zone?: string;
  /** Left out: proved by the values, or asked. */
  readonly decimal?: DecimalMark;
  readonly dateOrder?: DateOrder;
  /** Which column is the price, where several could be. */
  readonly price?: "bid";
  /** Whose count the volume is, where the names of the columns do not say it. */
  readonly volume?: "tick" | "real";
  /** total: dividends and splits are in its prices; split: splits alone. Left out: nobody says. */
  readonly adjustment?: "raw" | "split" | "total";
  /** Sentences for people about what to know of it. */
  readonly notes?: readonly string[];
}

/** Whether these columns are there, in whatever order. */
export const hasAll = (headers: readonly string[], ...wanted: readonly string[]): boolean =>
  wanted.every((name) => headers.includes(name));
