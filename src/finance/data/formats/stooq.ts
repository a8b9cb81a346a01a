import { type Format, hasAll } from "./format.ts";

/** The bulk files of stooq.com: `<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,…`, dates as 20240131. */
export const stooq: Format = {
  name: "stooq",
  title: "Stooq",
  matches: (headers) => hasAll(headers, "ticker", "per", "date", "time", "open", "close"),
  decimal: "point",
  dateOrder: "ymd",
  volume: "real",
};
