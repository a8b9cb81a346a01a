/** What only /metrics tells: of the process, the database and how long was waited. */
import type { LabelledCounts } from "../telemetry/histogram.ts";
import type { Samples } from "../telemetry/metric.ts";

export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly heapBytes: number;
  /** null where the system does not tell. */
  readonly openDescriptors: number | null;
  readonly mostDescriptors: number | null;
  /** How late timers came in the last minute, in seconds; null before the first was due. */
  readonly loopLag: { readonly median: number; readonly p99: number; readonly most: number } | null;
}

export interface DatabaseUsage {
  readonly fileBytes: number;
  readonly walBytes: number;
  /** Commits that reached the disk, since the start. */
  readonly writes: number;
  /** How long the last one took, the disk included; null: there was none. */
  readonly lastWriteSeconds: number | null;
}

export interface MeasuresPort {
  process(): ProcessUsage;
  database(): DatabaseUsage;
  /** How long answers waited for a slot, in seconds. */
  queueWaits(): LabelledCounts;
  /** How long readers waited for the first token, in seconds. */
  firstTokens(): LabelledCounts;
  /** Tokens that were generated since the start, by engine and model. */
  generatedTokens(): Samples;
}
