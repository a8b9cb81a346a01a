import { type Format, hasAll } from "./format.ts";

/** Chart → Export chart data: lower case, times in ISO with an offset or in Unix seconds; indicators stand in further columns. */
export const tradingView: Format = {
  name: "tradingview",
  title: "TradingView chart data",
  matches: (headers, table) =>
    table.headers?.[0] === "time" && hasAll(headers, "time", "open", "high", "low", "close"),
  decimal: "point",
};
