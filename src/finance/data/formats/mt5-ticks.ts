import { type Format, hasAll } from "./format.ts";

/** Symbols → Export ticks. */
export const mt5Ticks: Format = {
  name: "mt5-ticks",
  title: "MetaTrader 5 ticks",
  matches: (headers) => hasAll(headers, "date", "time", "bid", "ask", "flags"),
  price: "bid",
  decimal: "point",
  dateOrder: "ymd",
  notes: ["The prices are bids.", "The times are those of the broker's server, mostly EET."],
};
