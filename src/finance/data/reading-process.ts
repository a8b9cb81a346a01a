/**
 * The process that reads a file of prices: the file at its input, the answers as its argument, the reading at its output (see
 * read-series-apart.ts).
 */
import { decodeText } from "../../files/decode-text.ts";
import { say } from "../../texts/say.ts";
import { packedReading } from "./packed-reading.ts";
import { passportOf } from "./passport.ts";
import { readSeries } from "./read-series.ts";
import type { SeriesReading } from "./series-reading.ts";
import type { Timeframe } from "./timeframe.ts";

const answers: Parameters<typeof readSeries>[1] & { readonly timeframe?: Timeframe } = JSON.parse(
  process.argv[2] ?? "{}",
);
const text = decodeText(new Uint8Array(await Bun.stdin.arrayBuffer()));
const reading: SeriesReading =
  text === null
    ? { status: "refused", problem: say`is no text. Save it as CSV, and import that` }
    : readSeries(text, answers, progressOf(text));
const passport =
  reading.status === "read"
    ? passportOf(reading.bars, {
        zone: reading.zone,
        volume: reading.volumeKind,
        adjustment: reading.format.adjustment ?? null,
        decimals: reading.decimals,
        timeframe: answers.timeframe ?? reading.timeframe,
      })
    : null;
/** Tells, at standard error, how much has been read: dates and numbers are proved first, and then read. */
function progressOf(text: string): (line: number) => void {
  const lines = Math.max(1, text.split("\n").length);
  let [before, passes] = [0, 0];
  return (line) => {
    if (line < before) passes += 1;
    before = line;
    if (line % 20_000 !== 0) return;
    console.error(((Math.min(passes, 1) + Math.min(1, line / lines)) / 2).toFixed(3));
  };
}

const writer = Bun.stdout.writer();
for (const part of packedReading(reading, passport)) writer.write(part);
await writer.end();
