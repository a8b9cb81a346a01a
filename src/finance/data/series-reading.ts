/** What is known of a file of prices, and what was read of it. */
import type { Words } from "../../texts/say.ts";
import type { Bars } from "./bars.ts";
import type { Format } from "./formats/format.ts";
import type { DecimalMark } from "./number-text.ts";
import type { DateOrder } from "./time-text.ts";
import type { Timeframe } from "./timeframe.ts";

/** What somebody has said about a file. */
export interface SeriesAnswers {
  readonly zone?: string | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly decimal?: DecimalMark | undefined;
}

/** What only a person can say. */
export interface Question {
  readonly field: "date_order" | "decimal" | "timeframe";
  readonly why: string;
  readonly choices: readonly { readonly value: string; readonly examples: readonly string[] }[];
}

/** A row that could not be read. */
export interface Quarantined {
  /** The line in the file; the first line is 1. */
  readonly row: number;
  /** A whole sentence. Rows of earlier versions have it in English. */
  readonly reason: Words;
}

export interface ReadBars extends Bars {
  /** Where each bar stands in the file: the line of its row. */
  readonly line: Int32Array;
}

export interface SeriesRead {
  readonly status: "read";
  readonly format: Format;
  readonly bars: ReadBars;
  readonly quarantined: readonly Quarantined[];
  /** All rows with data: those that were read, and those that were put aside. */
  readonly rows: number;
  /** Digits after the mark, at most. */
  readonly decimals: number;
  readonly volumeKind: "tick" | "real" | "unknown" | "none";
  readonly isNewestFirst: boolean;
  /** As the times say it, the format, or somebody; null: nobody has. Then the times are taken as UTC. */
  readonly zone: string | null;
  /** What a column of the file says; null: none does. */
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
}

export type SeriesReading =
  | SeriesRead
  | {
      readonly status: "needs_answer";
      readonly format: Format;
      readonly questions: readonly Question[];
      readonly rows: number;
    }
  /** The rest of a sentence that begins with the file's name. */
  | { readonly status: "refused"; readonly problem: Words };
