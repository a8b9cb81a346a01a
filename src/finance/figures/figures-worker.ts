/** The thread that computes over long series: one task, one reply (see figures-apart.ts). */
import { AppError } from "../../errors.ts";
import type { Words } from "../../texts/say.ts";
import { type ChartSeries, chartSeries, type WantedChart } from "./chart-series.ts";
import { type SeriesFigures, seriesFigures, type WantedFigures } from "./series-figures.ts";

export type ToWorker =
  | { readonly type: "figures"; readonly wanted: WantedFigures }
  | { readonly type: "chart"; readonly wanted: WantedChart };

export type FromWorker =
  | { readonly type: "figures"; readonly figures: SeriesFigures }
  | { readonly type: "chart"; readonly chart: ChartSeries }
  | { readonly type: "refused"; readonly words: Words; readonly facts: AppError["facts"] };

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  self.postMessage(replyTo(data));
};

function replyTo(task: ToWorker): FromWorker {
  try {
    return task.type === "figures"
      ? { type: "figures", figures: seriesFigures(task.wanted) }
      : { type: "chart", chart: chartSeries(task.wanted) };
  } catch (error) {
    // Anything else is a defect, and ends the thread.
    if (!(error instanceof AppError)) throw error;
    return { type: "refused", words: error.words, facts: error.facts };
  }
}
