/** The card about a price series: the value at its bar, from which data, and what is to be known of it. It computes nothing. */
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import { Exact } from "../calculators/exact.ts";
import { LocalTime } from "../data/local-time.ts";
import type { Fact } from "../facts/fact.ts";
import type { NoBars } from "./series-jobs.ts";
import type { SpanBars } from "./series-places.ts";
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
  /** The span that the question names; null or left out: it names none. */
  readonly span?: SpanBars | null;
  /** From the series' figures, by a calculator: it shows them as they are. */
  readonly isOfCalculator?: true;
}

const whole = (blocks: readonly (string | null)[]): string =>
  `${blocks.filter((block) => block !== null && block !== "").join("\n\n")}\n\n`;

/** @param notes of the desk, beside the warnings of the figures */
export function seriesCard(
  found: readonly SeriesFound[],
  language: Language,
  notes: readonly string[] = [],
): string {
  const own = (words: Words) => inLanguage(words, language);
  const [first] = found;
  const [fact] = first?.facts ?? [];
  if (first === undefined || fact === undefined) return "";
  const rows = found.flatMap((series) =>
    series.facts.map(
      (each) =>
        `| ${each.label} | ${series.isOfCalculator === true ? "" : asText(series.name)} | ${shown(each, series, language)} |`,
    ),
  );
  const ofData = found.filter(({ isOfCalculator }) => isOfCalculator !== true);
  const warnings = new Set([...found.flatMap((each) => each.warnings), ...notes]);
  return whole([
    ...found.filter(({ facts: [each] }) => each?.name === fact.name).map((each) => headline(each, language)),
    ...[...warnings].map((warning) => `**${own(say`Note:`)}** ${warning}`),
    rows.length < 2
      ? null
      : [
          `| ${own(say`Result`)} | ${own(say`Data`)} | ${own(say`Value`)} |`,
          "| --- | --- | ---: |",
          ...rows,
        ].join("\n"),
    ...spansOf(ofData, language),
    ...samplesOf(found),
    `**${own(say`As of:`)}** ${ofData.map(({ facts: [each], name }) => `${asText(name)} ${momentOf(each)}`).join("; ")}`,
    listOf(own(say`Inputs`), inputsOf(found, language)),
    ...formulasOf(found).map((words) => `**${own(say`Formula:`)}** ${words}`),
    [
      `**${own(say`Calculation`)}**`,
      "",
      ...found.flatMap(({ facts }) => facts.map(({ label, formula }) => `- ${label}: ${formula.steps}`)),
    ].join("\n"),
    listOf(own(say`Assumptions`), [
      ...new Set(found.flatMap(({ facts: [each] }) => each?.assumptions ?? [])),
    ]),
    linksTo(ofData)
      .map(({ id, name }) => `[${own(say`Open the data`)}: ${asText(name)}](/data/${id})`)
      .join(" · "),
  ]);
}

/** One a series that is asked about. */
const headline = (series: SeriesFound, language: Language): string => {
  const [fact] = series.facts;
  return fact === undefined
    ? ""
    : `### ${fact.label}: **${shown(fact, series, language)}** (${asText(series.name)})`;
};

const listOf = (title: string, items: readonly string[]) =>
  items.length === 0 ? null : [`**${title}**`, "", ...items.map((item) => `- ${item}`)].join("\n");

/** What was stated, and what was taken for lack of a statement. */
const inputsOf = (found: readonly SeriesFound[], language: Language) => [
  ...new Set(
    found.flatMap(({ facts: [fact] }) =>
      (fact?.inputs ?? [])
        .filter(({ from }) => from !== "data")
        .map(({ title, value, from }) => {
          const line = `${title}: ${/\d/.test(value) ? value : inLanguage(value, language)}`;
          return from === "default" ? `${line} (${inLanguage(say`default`, language)})` : line;
        }),
    ),
  ),
];

const formulasOf = (found: readonly SeriesFound[]) => [
  ...new Set(found.flatMap(({ facts: [fact] }) => (fact === undefined ? [] : [fact.formula.words]))),
];

/** One link a series. */
const linksTo = (found: readonly SeriesFound[]) => [
  ...new Map(found.map((each) => [each.id, each] as const)).values(),
];

/** From when to when, by which clock. */
function spansOf(found: readonly SeriesFound[], language: Language): readonly string[] {
  const lines = found.flatMap(({ span }) => {
    if (span == null) return [];
    const clock = new LocalTime(span.zone);
    const moment = (instant: number) => ({ verbatim: clock.momentAt(instant, span.zone) });
    // The last day of a span is a part of it.
    const words =
      span.to === null
        ? say`since ${moment(span.from)}, by the clock of ${{ verbatim: span.zone }}`
        : say`from ${moment(span.from)} to the end of ${{ verbatim: clock.dayAt(span.to - 1) }}, by the clock of ${{ verbatim: span.zone }}`;
    return [`**${inLanguage(say`Span:`, language)}** ${inLanguage(words, language)}`];
  });
  return [...new Set(lines)];
}

/** How many observations of which rows are behind the answer, and its interval: words of the facts themselves. */
const samplesOf = (found: readonly SeriesFound[]) =>
  found.flatMap(({ facts, warnings, isOfCalculator }) => {
    if (isOfCalculator === true) return [];
    const known = new Set(warnings);
    const lines = facts.map(({ warnings: each }) => each.filter((sentence) => !known.has(sentence)));
    // The answer's, and those with an interval: they have a sentence more.
    const most = Math.max(...lines.map(({ length }) => length));
    return facts.flatMap(({ label }, index) => {
      const sentences = lines[index] ?? [];
      if (sentences.length === 0 || (index > 0 && (sentences.length < most || most < 2))) return [];
      return [`${label}: ${sentences.join(" ")}`];
    });
  });

/** The moment of the bar, by the clock of its series. */
function momentOf(fact: Fact | undefined): string {
  if (fact?.asOf == null) return "";
  const { instant, zone } = fact.asOf;
  return new LocalTime(zone).momentAt(Date.parse(instant), zone);
}

/** Rounded as a person reads it: prices as the data has them, all else with two decimals. */
function shown(
  { value, unit, name }: Fact,
  { decimals, isOfCalculator }: SeriesFound,
  language: Language,
): string {
  if (value === null) return inLanguage(say`undefined`, language);
  if (isOfCalculator === true) return withUnit(value, unit, language);
  const usual = unit === null ? (pureNumbers.get(name) ?? decimals) : 2;
  // "27,500" could be thousands there: such a price has one digit more.
  const places = usual === 3 && (language === "de" || language === "es") ? 4 : usual;
  const rounded = new Exact(value).toFixed(Math.min(places, new Exact(value).decimalPlaces()));
  return withUnit(rounded, unit, language);
}

/** Figures without a unit that are no prices, and how many of their decimals say something. */
const pureNumbers: ReadonlyMap<string, number> = new Map([
  ...["rsi", "adx", "plus-di", "minus-di", "cci", "stochastic-k", "stochastic-d", "sharpe", "sortino"].map(
    (name) => [name, 2] as const,
  ),
  ...["correlation", "beta"].map((name) => [name, 4] as const),
]);

/** @param missing "XAUUSD H4" */
export const noSeriesCard = (missing: readonly string[], language: Language): string =>
  whole([
    `### ${inLanguage(say`There is no data of ${{ verbatim: asText(missing.join(", ")) }} here`, language)}`,
    inLanguage(
      say`No figure is made up. [Import its prices](/data): bars of MetaTrader, TradingView, Yahoo or any CSV with a time and a price.`,
      language,
    ),
  ]);

/** There is a series, but no bar of it in the span. */
export function noBarsCard({ series, span }: NoBars, language: Language): string {
  const { symbol, timeframe, passport } = series;
  const name = { verbatim: asText(`${symbol} ${timeframe}`) };
  const day = (instant: string | null) => ({
    verbatim: instant === null ? "–" : new LocalTime(passport.zone).dayAt(Date.parse(instant)),
  });
  const from = { verbatim: new LocalTime(span.zone).momentAt(span.from, span.zone) };
  return whole([
    `### ${inLanguage(say`There are no bars of ${name} in this span`, language)}`,
    inLanguage(
      say`The span begins at ${from}, and the data reaches from ${day(passport.first)} to ${day(passport.last)}. No figure is made up. [Import newer rows](/data), or ask for another span.`,
      language,
    ),
  ]);
}
