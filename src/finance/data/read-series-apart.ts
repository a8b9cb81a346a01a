/** Has a file of prices read in a process of its own: a million rows take seconds, and memory that is given back. */
import { join } from "node:path";
import { outputOf } from "../../files/read-apart.ts";
import { say } from "../../texts/say.ts";
import { type ReadFile, unpackedReading } from "./packed-reading.ts";
import type { SeriesAnswers } from "./series-reading.ts";
import type { Timeframe } from "./timeframe.ts";

const bounds = { deadlineMs: 120_000, mostMemory: 4_000_000_000 };

/** @param onProgress gets how much has been read, from 0 to 1 @throws the signal's reason */
export async function readSeriesApart(
  bytes: Uint8Array,
  answers: SeriesAnswers & { readonly timeframe?: Timeframe | undefined },
  signal: AbortSignal,
  onProgress: (share: number) => void = () => {},
): Promise<ReadFile> {
  const script = join(import.meta.dir, "reading-process.ts");
  const words = [script, JSON.stringify(answers)];
  const onLine = (line: string) => onProgress(Number(line));
  const output = await outputOf({ words, bytes, onLine }, signal, bounds);
  if (output instanceof Blob) return await unpackedReading(output);
  return { status: "refused", problem: problems[output] };
}

const problems = {
  failed: say`cannot be read: it is damaged`,
  "took too long": say`takes too long to read. Split it, and import its parts one after the other`,
  "took too much memory": say`takes too much memory to read. Split it, and import its parts one after the other`,
};
