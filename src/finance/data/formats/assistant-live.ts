import { type Format, hasAll } from "./format.ts";

/** What the Python original took: `timestamp,open,high,low,close,tick_volume,spread,real_volume`, at times the newest first. */
export const assistantLive: Format = {
  name: "assistant-live",
  title: "Live data of the Python assistant",
  matches: (headers) => hasAll(headers, "timestamp", "open", "close", "tick_volume", "spread"),
  decimal: "point",
  dateOrder: "ymd",
};
