/** The thread that computes over long series: one request, one reply (see figures-apart.ts). */
import { AppError } from "../../errors.ts";
import type { Words } from "../../texts/say.ts";
import { type SeriesFigures, seriesFigures, type WantedFigures } from "./series-figures.ts";

export type FromWorker =
  | { readonly type: "done"; readonly figures: SeriesFigures }
  | { readonly type: "refused"; readonly words: Words; readonly facts: AppError["facts"] };

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<WantedFigures>) => {
  self.postMessage(replyTo(data));
};

function replyTo(wanted: WantedFigures): FromWorker {
  try {
    return { type: "done", figures: seriesFigures(wanted) };
  } catch (error) {
    // Anything else is a defect, and ends the thread.
    if (!(error instanceof AppError)) throw error;
    return { type: "refused", words: error.words, facts: error.facts };
  }
}
