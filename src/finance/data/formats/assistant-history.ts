import { type Format, hasAll } from "./format.ts";

/** What the Python original kept: `TimeFrame,Symbol,Candle,DateTime,Open,High,Low,Close,Volume,HL,Body`. */
export const assistantHistory: Format = {
  name: "assistant-history",
  title: "History of the Python assistant",
  matches: (headers) =>
    hasAll(headers, "timeframe", "symbol", "candle", "datetime", "open", "close", "hl", "body"),
  decimal: "point",
  dateOrder: "ymd",
  volume: "tick",
  notes: ["The times are those of the broker's server, mostly EET."],
};
