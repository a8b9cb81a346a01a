/** A fact's place in the chart of its series: the address that opens it, and a small drawing of it. */
import type { CardChartProps } from "../../views/chart-props.ts";
import { AppError } from "../errors.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { FactPlace } from "../workspace/fact-place.ts";
import { chosenIndicators } from "../workspace/series-chart.ts";
import type { OwnSeriesFigures } from "../workspace/series-figures.ts";
import { type ChartView, chartAddress } from "./chart-view.ts";
import { drawnProps } from "./series-chart-props.ts";
import { seriesForm } from "./series-rows.ts";

type SeriesPlaces = Pick<OwnSeriesFigures, "place" | "chart">;

/** Candles of a small drawing. */
const fewBars = 60;

/** @returns null: it is of no series, or of one that is gone */
export function factChartAddress(series: Pick<SeriesPlaces, "place">, fact: Fact): string | null {
  const place = series.place(fact);
  return place === null ? null : addressOf(place);
}

const viewOf = ({ indicator, at, from, to, dataset }: FactPlace): ChartView => {
  const last = dataset.passport?.last;
  return {
    ...{ indicators: chosenIndicators(indicator === null ? [] : [indicator]), levels: [], from, at },
    to: last != null && to >= Date.parse(last) ? undefined : to,
  };
};

const addressOf = (place: FactPlace) => `${chartAddress(place.dataset.id, viewOf(place))}#chart`;

/** @param zone of the reader @returns null: none of the facts is of a series that is still here */
export async function cardChart(
  series: SeriesPlaces,
  facts: readonly Fact[],
  zone: string,
): Promise<CardChartProps | null> {
  const fact = facts.find(({ formula }) => formula.parameters.dataset !== undefined);
  const place = fact === undefined ? null : series.place(fact);
  if (place === null) return null;
  const { dataset, at, from, to } = place;
  const { indicators } = viewOf(place);
  try {
    const wanted =
      at === undefined
        ? ({ from, to, limit: fewBars * 2, step: "auto" } as const)
        : ({ to: at, limit: fewBars, step: 1 } as const);
    const drawn = await series.chart(dataset.id, { ...wanted, indicators });
    if (drawn.bars.time.length === 0) return null;
    return {
      to: addressOf(place),
      drawn: { ...drawnProps(drawn, seriesForm(dataset, zone)), isSmall: true },
    };
  } catch (error) {
    // Erased meanwhile, or refused: the card says what there is to say.
    if (error instanceof AppError) return null;
    throw error;
  }
}
