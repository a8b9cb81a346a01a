/** An indicator with its parameters as a word of an address: "rsi", "sma:50", "macd:12,26,9". Left out: the usual ones. */
import type { Parameters } from "../data/series-facts.ts";
import type { Indicator } from "./indicator.ts";

/** @returns its name, and its parameters in their order, which nobody has checked */
export function indicatorIn(word: string): { readonly name: string; readonly values: readonly string[] } {
  const [name = "", values] = word.trim().split(/:(.*)/s);
  return { name: name.toLowerCase(), values: values === undefined ? [] : values.split(",") };
}

/** @param values in the order of the indicator's own schema; empty ones are left out */
export const parametersIn = ({ parameters }: Indicator, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    [...Object.keys(parameters.properties), ...values.slice(Object.keys(parameters.properties).length)]
      .map((name, at) => [name, values[at] ?? ""] as const)
      .filter(([, value]) => value !== ""),
  );

/** Those that are usual are left out at the end. */
export function wordOf({ name, parameters: schema }: Indicator, parameters: Parameters): string {
  const values = Object.entries(schema.properties).map(([key, { default: usual }]) => {
    const value = parameters[key];
    return value === undefined || value === usual ? "" : String(value);
  });
  const last = values.findLastIndex((value) => value !== "");
  return last < 0 ? name : `${name}:${values.slice(0, last + 1).join(",")}`;
}
