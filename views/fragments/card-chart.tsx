/** A small chart of the series that a card is about. It opens the place of the card's figure in the chart of the series. */
import { tr } from "../../src/texts/reader-language.ts";
import type { CardChartProps } from "../chart-props.ts";
import { CandleChart } from "../components/candle-chart.tsx";

export const CardChart = ({ chart: { drawn, to } }: { readonly chart: CardChartProps }) => (
  <figure class="card-chart">
    <CandleChart {...drawn} />
    <figcaption>
      <a href={to} safe>{tr`Open the chart of ${drawn.name}`}</a>
    </figcaption>
  </figure>
);
