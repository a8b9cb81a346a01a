import { type Format, hasAll } from "./format.ts";

/** Symbols → Export bars. Times are those of the broker's server. */
export const mt5Bars: Format = {
  name: "mt5-bars",
  title: "MetaTrader 5 bars",
  matches: (headers) => hasAll(headers, "date", "open", "high", "low", "close", "tickvol", "spread"),
  decimal: "point",
  dateOrder: "ymd",
  notes: ["The times are those of the broker's server, mostly EET."],
};
