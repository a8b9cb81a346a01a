import type { Format } from "./format.ts";

/** https://www.histdata.com/f-a-q/data-files-detailed-specification/ : Eastern Standard Time, never daylight saving. */
export const histdataAscii: Format = {
  name: "histdata-ascii",
  title: "HistData ASCII bars",
  matches: (headers, { delimiter, sample }) =>
    headers.length === 0 &&
    delimiter === ";" &&
    sample.slice(0, 20).every(({ cells: [time = ""] }) => /^\d{8} \d{6}$/.test(time)),
  zone: "Etc/GMT+5",
  decimal: "point",
  dateOrder: "ymd",
  notes: ["Volume is always 0 in this format."],
};
