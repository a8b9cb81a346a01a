/** What indicators and statistics say: titles, summaries, formulas, fields and labels. */
import type { TObject } from "@sinclair/typebox";
import { indicators } from "../../src/finance/indicators/indicators.ts";
import { statistics } from "../../src/finance/statistics/statistics.ts";
import { defaultsOf } from "../finance/indicators/defaults-of.ts";
import { randomBars } from "../finance/indicators/random-bars.ts";

export function indicatorTexts(): string[] {
  const bars = randomBars(20);
  const ofIndicators = indicators.flatMap((indicator) => [
    indicator.title,
    indicator.summary,
    indicator.formula,
    ...fieldTexts(indicator.parameters),
    ...indicator.compute(bars, defaultsOf(indicator)).map(({ label }) => label),
  ]);
  const ofStatistics = statistics.flatMap(({ title, summary, formula, parameters }) => [
    ...[title, summary, formula],
    ...fieldTexts(parameters),
  ]);
  return [...ofIndicators, ...ofStatistics];
}

/** The names of a schema's fields, and the words that can be chosen in them. */
const fieldTexts = ({ properties }: TObject) =>
  Object.values(properties).flatMap(({ title, description, anyOf }) => [
    String(title),
    ...(description === undefined ? [] : [description]),
    ...(Array.isArray(anyOf) ? anyOf.map((each: { readonly const?: unknown }) => String(each.const)) : []),
  ]);
