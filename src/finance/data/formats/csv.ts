import type { Format } from "./format.ts";

/** Any table with a time and a price: what no program that is known has written. */
export const csv: Format = { name: "csv", title: "CSV", matches: () => true };
