/** The part of a series that a chart shows: found by times or by its place, with the bars before it that its figures need. */
import type { SourcedBars } from "../finance/data/stored-bars.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import { barsAt, barsBefore, type DatasetStore } from "./dataset-chunks.ts";

export interface WantedPart {
  /** Milliseconds since 1970, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Its first bar, counted from the first one of the series; left out: by the times. */
  readonly start?: number | undefined;
  /** The last so many points of a span; from a start the first so many. */
  readonly limit: number;
  /** So many bars are one point; auto: as few as make all of the span fit. */
  readonly step: number | "auto";
  /** So many bars before it. */
  readonly before: number;
}

export interface SeriesPart {
  readonly dataset: Dataset;
  /** With those before it. */
  readonly bars: SourcedBars;
  /** The index in `bars` of the first one of the part. */
  readonly from: number;
  /** Its place in the series. */
  readonly start: number;
  readonly step: number;
  /** Of the series. */
  readonly rows: number;
}

/** Groups are steps of these: one that is looked at closer is parted evenly. */
const coarser = 4;

/** @throws GoneChunkError */
export function* partOf(
  store: DatasetStore,
  dataset: Dataset,
  wanted: WantedPart,
): Generator<void, SeriesPart, undefined> {
  const rows = dataset.chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const { from, to, limit } = wanted;
  const first = wanted.start ?? (from === undefined ? 0 : yield* barsBefore(store, dataset, from));
  const last = to === undefined ? rows : yield* barsBefore(store, dataset, to + 1);
  const step = wanted.step === "auto" ? stepFor(last - first, limit) : wanted.step;
  const begun = Math.floor(first / step) * step;
  const end =
    wanted.start === undefined
      ? Math.min(rows, Math.ceil(last / step) * step)
      : Math.min(rows, begun + limit * step);
  const start = Math.min(Math.max(begun, Math.ceil(end / step - limit) * step), Math.max(begun, end));
  const begin = Math.max(0, start - wanted.before);
  const bars = yield* barsAt(store, dataset, begin, end);
  return { dataset, bars, from: start - begin, start, step, rows };
}

function stepFor(bars: number, limit: number): number {
  let step = 1;
  // None is coarser than one that has them all.
  while (Math.ceil(bars / step) + 1 > limit && bars > limit && step < bars) step *= coarser;
  return step;
}
