import { type Format, hasAll } from "./format.ts";

/** `"Date","Price","Open","High","Low","Vol.","Change %"`, the newest first, in the language of the site: its dates must be proved. */
export const investing: Format = {
  name: "investing",
  title: "Investing.com",
  matches: (headers) =>
    hasAll(headers, "date", "price", "open", "high", "low") ||
    hasAll(headers, "datum", "zuletzt", "eröffn.", "hoch", "tief"),
  volume: "real",
};
