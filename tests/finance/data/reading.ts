/** A text of prices, read as tests look at it. */

import { readSeries } from "../../../src/finance/data/read-series.ts";
import type { SeriesAnswers, SeriesRead } from "../../../src/finance/data/series-reading.ts";
import { inLanguage } from "../../../src/texts/say.ts";

/** What is read of a text that must be a series. */
export function read(text: string, answers: SeriesAnswers = {}): SeriesRead {
  const reading = readSeries(text, answers);
  if (reading.status !== "read") throw new Error(JSON.stringify(reading));
  return reading;
}

/** Its bars, one a line: time, open, high, low, close, volume. */
export const shown = ({ bars }: SeriesRead) =>
  [...bars.time].map(
    (time, at) =>
      `${new Date(time).toISOString().slice(0, 16)} ${[bars.open, bars.high, bars.low, bars.close].map((column) => column[at]).join(" ")} ${bars.volume?.[at] ?? "-"}`,
  );

/** What was put aside, as an English reader is told. */
export const putAside = ({ quarantined }: SeriesRead) =>
  quarantined.map(({ row, reason }) => ({ row, reason: inLanguage(reason, "en") }));
