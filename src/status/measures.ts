/** Figures of /metrics alone: the process, the database, and waits. */
import type { LabelledCounts } from "../telemetry/histogram.ts";
import type { Samples } from "../telemetry/metric.ts";

export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly heapBytes: number;
  /** null where the system does not report it. */
  readonly openDescriptors: number | null;
  readonly mostDescriptors: number | null;
  /** The delays of timers in the last minute, in seconds; null before the first was due. */
  readonly loopLag: { readonly median: number; readonly p99: number; readonly most: number } | null;
}

export interface DatabaseUsage {
  readonly fileBytes: number;
  readonly walBytes: number;
  /** Commits that reached the disk, since the start. */
  readonly writes: number;
  /** The duration of the last one, with the disk; null: there was none. */
  readonly lastWriteSeconds: number | null;
}

export interface MeasuresPort {
  process(): ProcessUsage;
  database(): DatabaseUsage;
  /** The waits for a slot, in seconds. */
  queueWaits(): LabelledCounts;
  /** The waits for the first token, in seconds. */
  firstTokens(): LabelledCounts;
  /** Tokens that were generated since the start, by engine and model. */
  generatedTokens(): Samples;
}
