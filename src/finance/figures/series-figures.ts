/** An indicator at a bar, or a statistic of a span, by its name: a pure function of the bars. */
import type { Language } from "../../texts/say.ts";
import type { Parameters, Series } from "../data/series-facts.ts";
import type { Fact } from "../facts/fact.ts";
import { computeIndicator } from "../indicators/compute-indicator.ts";
import { indicatorNamed } from "../indicators/indicators.ts";
import { computeStatistic } from "../statistics/compute-statistic.ts";
import { statisticNamed } from "../statistics/statistics.ts";

export interface WantedFigures {
  /** Of an indicator or a statistic. */
  readonly name: string;
  /** They have been checked. */
  readonly parameters: Parameters;
  readonly series: Series;
  /** The second series, where two are compared. */
  readonly other: Series | null;
  /** The parameters that somebody has stated; the others are defaults. */
  readonly stated: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly language: Language;
}

export interface SeriesFigures {
  /** The first one is the answer. */
  readonly facts: readonly Fact[];
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
}

/** @throws InvalidRequestError with `param`; RangeError for a name that nobody knows */
export function seriesFigures({
  name,
  parameters,
  series,
  other,
  stated,
  now,
  language,
}: WantedFigures): SeriesFigures {
  const indicator = indicatorNamed(name);
  if (indicator !== undefined)
    return {
      ...computeIndicator(indicator, parameters, { ...series, stated, now }, language),
      assumptions: [],
    };
  const statistic = statisticNamed(name);
  if (statistic === undefined) throw new RangeError(`There is no indicator or statistic "${name}".`);
  return computeStatistic(statistic, parameters, { series, other, stated, now }, language);
}
