/** What the pages of price series show. */
import type { Candle } from "./components/candle-chart.tsx";
import type { FrameProps, NoticeProps, ShownDates } from "./props.ts";

export interface SeriesRow {
  readonly id: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly rows: number;
  /** As its own zone shows them: a daily bar is of one day, wherever its reader is. */
  readonly first: string;
  readonly last: string;
  /** Sentences about what is odd. */
  readonly warnings: readonly string[];
}

export interface ImportRow {
  readonly id: string;
  readonly name: string;
  readonly status: "needs_answer" | "ready" | "committed";
  readonly format: string;
  readonly symbol: string;
  readonly rows: number;
  readonly added: number;
  readonly quarantinedRows: number;
  readonly datasetId: string | null;
  readonly createdAt: number;
}

export interface ImportQuestion {
  readonly field: string;
  readonly why: string;
  readonly choices: readonly { readonly value: string; readonly examples: readonly string[] }[];
}

export interface DataPageProps extends FrameProps {
  readonly series: readonly SeriesRow[];
  readonly imports: readonly ImportRow[];
  readonly problem: string | null;
  readonly notice: NoticeProps | null;
  readonly isReadOnly: boolean;
  readonly dates: ShownDates;
}

export interface ImportPageProps extends FrameProps {
  readonly row: ImportRow;
  readonly questions: readonly ImportQuestion[];
  readonly quarantined: readonly { readonly row: number; readonly reason: string }[];
  readonly warnings: readonly string[];
  readonly problem: string | null;
  readonly isReadOnly: boolean;
}

export interface SeriesPageProps extends FrameProps {
  readonly series: SeriesRow;
  /** Label and value. */
  readonly passport: readonly (readonly [label: string, value: string])[];
  /** Of the last bars, oldest first. */
  readonly candles: readonly Candle[];
  /** Digits after the mark of its prices. */
  readonly decimals: number;
  /** The newest first, as they are shown. */
  readonly bars: readonly (readonly string[])[];
  readonly indicators: readonly { readonly name: string; readonly title: string }[];
  readonly problem: string | null;
  readonly isReadOnly: boolean;
}
