import type { Format } from "./format.ts";

/** History Center → Export, and HistData's files for MetaTrader: `2012.02.01,00:00,1.3,1.4,1.2,1.35,42`, without names. */
export const mt4Bars: Format = {
  name: "mt4-bars",
  title: "MetaTrader 4 bars",
  matches: (headers, { columns, delimiter, sample }) =>
    headers.length === 0 &&
    columns === 7 &&
    delimiter === "," &&
    sample
      .slice(0, 20)
      .every(
        ({ cells: [date = "", time = ""] }) => /^\d{4}\.\d\d\.\d\d$/.test(date) && /^\d\d:\d\d$/.test(time),
      ),
  decimal: "point",
  dateOrder: "ymd",
  volume: "tick",
};
