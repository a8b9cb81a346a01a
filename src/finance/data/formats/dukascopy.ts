import { type Format, hasAll } from "./format.ts";

/** `Gmt time,Open,High,Low,Close,Volume`, dates as 31.01.2024. */
export const dukascopy: Format = {
  name: "dukascopy",
  title: "Dukascopy",
  matches: (headers) => hasAll(headers, "gmt time", "open", "high", "low", "close"),
  zone: "UTC",
  decimal: "point",
  dateOrder: "dmy",
  volume: "real",
};
