/** A part of an owner's series with indicators over it, as a chart draws it. It knows nothing of HTTP, nor of how it is drawn. */
import { InvalidRequestError } from "../errors.ts";
import { readInputs } from "../finance/calculators/read-inputs.ts";
import { checkedParameters, isOver, type Parameters } from "../finance/data/series-facts.ts";
import type { ChartSeries } from "../finance/figures/chart-series.ts";
import { chartApart } from "../finance/figures/figures-apart.ts";
import { barsNeeded } from "../finance/indicators/compute-indicator.ts";
import type { Indicator } from "../finance/indicators/indicator.ts";
import { indicatorIn, parametersIn, wordOf } from "../finance/indicators/indicator-text.ts";
import { indicatorNamed } from "../finance/indicators/indicators.ts";
import { builtInInstruments } from "../finance/instruments/catalog.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import { say } from "../texts/say.ts";
import type { OwnDatasets } from "./datasets.ts";
import type { WantedPart } from "./series-part.ts";

/** More cannot be told apart. */
const mostIndicators = 10;

/** An indicator with its parameters, as somebody has asked for it. */
export interface ChosenIndicator {
  readonly indicator: Indicator;
  readonly parameters: Parameters;
  /** "sma:50": the same in each address. */
  readonly word: string;
}

export interface DrawnChart extends Pick<ChartSeries, "bars"> {
  readonly dataset: Dataset;
  /** The place of the first bar in the series. */
  readonly start: number;
  /** So many bars are one point. */
  readonly step: number;
  /** Of the series. */
  readonly rows: number;
  /** Whether the last point is the last one of the series, and its bar is not over yet. */
  readonly isProvisional: boolean;
  readonly indicators: readonly (ChosenIndicator & ChartSeries["indicators"][number])[];
}

/** @param words "rsi:14" each @throws InvalidRequestError for one that is none, or whose parameters make no sense */
export function chosenIndicators(words: readonly string[]): readonly ChosenIndicator[] {
  const chosen = words.filter((word) => word.trim() !== "").map(chosenIndicator);
  const each = chosen.filter(({ word }, at) => chosen.findIndex((other) => other.word === word) === at);
  if (each.length <= mostIndicators) return each;
  throw new InvalidRequestError(say`A chart has ${mostIndicators} indicators at most. Remove one first.`, {
    param: "indicators",
  });
}

function chosenIndicator(text: string): ChosenIndicator {
  const { name, values } = indicatorIn(text);
  const indicator = indicatorNamed(name);
  if (indicator === undefined)
    throw new InvalidRequestError(say`There is no such indicator.`, { param: "indicators" });
  const given = readInputs(
    { inputs: indicator.parameters },
    parametersIn(indicator, values),
    builtInInstruments,
  );
  const parameters = checkedParameters(indicator, given, []);
  return { indicator, parameters, word: wordOf(indicator, parameters) };
}

/** @throws NotFoundError; InvalidRequestError when parameters make no sense together */
export async function drawnChart(
  datasets: OwnDatasets,
  id: string,
  wanted: Omit<WantedPart, "before"> & { readonly indicators: readonly ChosenIndicator[] },
  now: number,
): Promise<DrawnChart> {
  const needed = wanted.indicators.map(({ indicator, parameters }) => barsNeeded(indicator, parameters));
  const part = await datasets.part(id, { ...wanted, before: Math.max(0, ...needed) });
  const { dataset, bars, from, start, step, rows } = part;
  const { passport } = dataset;
  const shown = bars.time.length - from;
  const last = bars.time.at(-1);
  const isProvisional =
    start + shown === rows && last !== undefined && passport !== null && !isOver(last, passport, now);
  const place = { dataset, start, step, rows, isProvisional };
  if (passport === null) return { ...place, bars, indicators: [] };
  const indicators = wanted.indicators.map(({ indicator: { name }, parameters }) => ({ name, parameters }));
  const drawn = await chartApart({ bars, passport, from, step, indicators });
  return {
    ...{ ...place, bars: drawn.bars },
    indicators: wanted.indicators.map((chosen, at) => ({
      ...chosen,
      ...(drawn.indicators[at] ?? { problem: null, lines: [] }),
    })),
  };
}
