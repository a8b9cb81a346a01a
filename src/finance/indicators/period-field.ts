/** The fields that indicators share. */
import { choice, count, positive } from "../calculators/input-fields.ts";

/** A number of bars. The largest keeps a million bars below two seconds. */
export const bars = (title: string, standard: number, minimum = 1, maximum = 1000) =>
  count({ title, minimum, maximum, default: standard });

/** How many standard deviations or average ranges a band is away. */
export const multiple = (title: string, standard: number) =>
  positive({ title, maximum: 100, default: standard });

const prices = ["close", "open", "high", "low"] as const;

/** Which price of a bar is used. */
export const priceOfBar = () => choice(prices, { title: "Price", default: "close" });

export type PriceOfBar = (typeof prices)[number];
