import { type Format, hasAll } from "./format.ts";

/** `Date,Open,High,Low,Close,Adj Close,Volume`: prices with splits in them, and the close with dividends too beside them. */
export const yahoo: Format = {
  name: "yahoo",
  title: "Yahoo Finance",
  matches: (headers) => hasAll(headers, "date", "open", "high", "low", "close", "adj close"),
  decimal: "point",
  volume: "real",
  adjustment: "split",
};
