/** Price series as pages name them: their times by the clock that their reader expects, and what is odd in them. */
import type { SeriesRow } from "../../views/series-props.ts";
import { type Passport, passportWarnings } from "../finance/data/passport.ts";
import { lengthOf } from "../finance/data/timeframe.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import { languageOfReader } from "../texts/reader-language.ts";
import { inLanguage } from "../texts/say.ts";
import type { SeriesForm } from "./series-chart-props.ts";

const dayMs = 24 * 3_600_000;

/**
 * A daily bar is of one day, wherever its reader is: it is shown by the clock of its files. Shorter bars are shown by the reader's
 * own, unless nobody knows the clock of the files.
 * @param readerZone the zone of the reader
 */
export function seriesForm(
  { symbol, timeframe, zone: declared, passport }: Dataset,
  readerZone: string,
): SeriesForm {
  const isOfDays = (lengthOf(timeframe) ?? 0) >= dayMs;
  const zone = declared === null ? "UTC" : isOfDays ? declared : readerZone;
  const format = new Intl.DateTimeFormat(languageOfReader(), {
    ...{ dateStyle: "medium", timeZone: zone },
    ...(isOfDays ? {} : { timeStyle: "short" }),
  });
  return {
    ...{ name: `${symbol} ${timeframe}`, decimals: passport?.decimals ?? 2, zone, isOfDays },
    shown: (ms) => format.format(ms),
  };
}

/** "XAUUSD H1", and where another one has this name, the clock of its files. @param all that the reader has */
export function seriesName({ id, symbol, timeframe, zone }: Dataset, all: readonly Dataset[]): string {
  const isOne = all.every(
    (other) => other.id === id || other.symbol !== symbol || other.timeframe !== timeframe,
  );
  return `${symbol} ${timeframe}${isOne || zone === null ? "" : ` (${zone})`}`;
}

export function seriesRow(dataset: Dataset, { shown }: SeriesForm, all: readonly Dataset[]): SeriesRow {
  const { id, rows, passport } = dataset;
  const at = (instant: string | null | undefined) => (instant == null ? "" : shown(Date.parse(instant)));
  return {
    ...{ id, name: seriesName(dataset, all), rows, warnings: warningsOf(passport) },
    ...{ first: at(passport?.first), last: at(passport?.last) },
  };
}

export const warningsOf = (passport: Passport | null): readonly string[] =>
  passport === null ? [] : passportWarnings(passport).map((words) => inLanguage(words, languageOfReader()));
