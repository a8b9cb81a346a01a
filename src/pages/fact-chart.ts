/** A fact's place in the chart of its series: the address that opens it, and a small drawing of it. */
import type { CardChartProps } from "../../views/chart-props.ts";
import { AppError } from "../errors.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { FactPlace } from "../workspace/fact-place.ts";
import { chosenIndicators, type DrawnChart } from "../workspace/series-chart.ts";
import type { OwnSeriesFigures } from "../workspace/series-figures.ts";
import { type ChartView, chartAddress } from "./chart-view.ts";
import { drawnProps } from "./series-chart-props.ts";
import { seriesForm } from "./series-rows.ts";

type SeriesPlaces = Pick<OwnSeriesFigures, "place" | "chart">;

/** Candles of a small drawing. */
const fewBars = 60;

/** Drawings by what they are of, the one used longest ago first: a conversation is opened again and again, and draws from all bars. */
const cache = new Map<string, Promise<DrawnChart>>();
const mostCached = 200;

/** @returns null: it is of no series, or of one that is gone */
export function factChartAddress(series: Pick<SeriesPlaces, "place">, fact: Fact): string | null {
  const place = series.place(fact);
  const view = place === null ? null : viewOf(place);
  return place === null || view === null ? null : addressOf(place, view);
}

/** @returns null: its indicator is none of ours any more */
function viewOf({ indicator, at, from, to, dataset }: FactPlace): ChartView | null {
  const last = dataset.passport?.last;
  try {
    return {
      ...{ indicators: chosenIndicators(indicator === null ? [] : [indicator]), levels: [], from, at },
      to: last != null && to >= Date.parse(last) ? undefined : to,
    };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const addressOf = ({ dataset }: FactPlace, view: ChartView) => `${chartAddress(dataset.id, view)}#chart`;

/** @param zone of the reader @returns null: none of the facts is of a series that is still here */
export async function cardChart(
  series: SeriesPlaces,
  facts: readonly Fact[],
  zone: string,
): Promise<CardChartProps | null> {
  const fact = facts.find(({ formula }) => formula.parameters.dataset !== undefined);
  const place = fact === undefined ? null : series.place(fact);
  const view = place === null ? null : viewOf(place);
  if (place === null || view === null) return null;
  try {
    const drawn = await drawnOnce(series, place, view);
    if (drawn.bars.time.length === 0) return null;
    return {
      to: addressOf(place, view),
      drawn: { ...drawnProps(drawn, seriesForm(place.dataset, zone)), isSmall: true },
    };
  } catch (error) {
    // Erased meanwhile, or refused: the card says what there is to say.
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The bars of a series change with its time of change. */
function drawnOnce(
  series: SeriesPlaces,
  { dataset: { id, updatedAt }, at, from, to }: FactPlace,
  { indicators }: ChartView,
): Promise<DrawnChart> {
  const key = [id, updatedAt, at, from, to, ...indicators.map(({ word }) => word)].join(" ");
  const wanted =
    at === undefined
      ? ({ from, to, limit: fewBars * 2, step: "auto" } as const)
      : ({ to: at, limit: fewBars, step: 1 } as const);
  const drawn = cache.get(key) ?? series.chart(id, { ...wanted, indicators });
  cache.delete(key);
  cache.set(key, drawn);
  drawn.catch(() => cache.delete(key));
  const [oldest] = cache.keys();
  if (cache.size > mostCached && oldest !== undefined) cache.delete(oldest);
  return drawn;
}
