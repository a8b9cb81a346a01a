/** The card about a price series: the value at its bar, from which data, and what is to be known of it. It computes nothing. */
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import { Exact } from "../calculators/exact.ts";
import { LocalTime } from "../data/local-time.ts";
import type { Fact } from "../facts/fact.ts";
import { asText, withUnit } from "./shown-figure.ts";

/** What was computed of one series. */
export interface SeriesFound {
  readonly id: string;
  /** "XAUUSD D1" */
  readonly name: string;
  /** Digits after the mark of its prices. */
  readonly decimals: number;
  readonly facts: readonly Fact[];
  readonly warnings: readonly string[];
}

const whole = (blocks: readonly (string | null)[]): string =>
  `${blocks.filter((block) => block !== null && block !== "").join("\n\n")}\n\n`;

export function seriesCard(found: readonly SeriesFound[], language: Language): string {
  const own = (words: Words) => inLanguage(words, language);
  const [first] = found;
  const [fact] = first?.facts ?? [];
  if (first === undefined || fact === undefined) return "";
  const rows = found.flatMap((series) =>
    series.facts.map(
      (each) => `| ${each.label} | ${asText(series.name)} | ${shown(each, series, language)} |`,
    ),
  );
  return whole([
    `### ${fact.label}: **${shown(fact, first, language)}** (${asText(first.name)})`,
    ...[...new Set(found.flatMap(({ warnings }) => warnings))].map(
      (warning) => `**${own(say`Note:`)}** ${warning}`,
    ),
    rows.length < 2
      ? null
      : [
          `| ${own(say`Result`)} | ${own(say`Data`)} | ${own(say`Value`)} |`,
          "| --- | --- | ---: |",
          ...rows,
        ].join("\n"),
    `**${own(say`As of:`)}** ${found.map(({ facts: [each], name }) => `${asText(name)} ${momentOf(each)}`).join("; ")}`,
    `**${own(say`Formula:`)}** ${fact.formula.words}`,
    [
      `**${own(say`Calculation`)}**`,
      "",
      ...found.flatMap(({ facts }) => facts.map(({ label, formula }) => `- ${label}: ${formula.steps}`)),
    ].join("\n"),
    found.map(({ id, name }) => `[${own(say`Open the data`)}: ${asText(name)}](/data/${id})`).join(" · "),
  ]);
}

/** The moment of the bar, by the clock of its series. */
function momentOf(fact: Fact | undefined): string {
  if (fact?.asOf == null) return "";
  const { instant, zone } = fact.asOf;
  return new LocalTime(zone).momentAt(Date.parse(instant), zone);
}

/** Rounded as a person reads it: prices as the data has them, all else with two decimals. */
function shown({ value, unit, name }: Fact, { decimals }: SeriesFound, language: Language): string {
  if (value === null) return inLanguage(say`undefined`, language);
  const places = unit === null && !pureNumbers.has(name) ? decimals : 2;
  const rounded = new Exact(value).toFixed(Math.min(places, new Exact(value).decimalPlaces()));
  return withUnit(rounded, unit, language);
}

/** Figures without a unit that are no prices. */
const pureNumbers = new Set([
  "rsi",
  "adx",
  "plus-di",
  "minus-di",
  "cci",
  "stochastic-k",
  "stochastic-d",
  "correlation",
  "beta",
  "sharpe",
  "sortino",
]);

/** There are series, but none of this one. */
export const noSeriesCard = (symbol: string, language: Language): string =>
  whole([
    `### ${inLanguage(say`There is no data of ${{ verbatim: asText(symbol) }} here`, language)}`,
    inLanguage(
      say`No figure is made up. [Import its prices](/data): bars of MetaTrader, TradingView, Yahoo or any CSV with a time and a price.`,
      language,
    ),
  ]);
