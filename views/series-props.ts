/** What the pages of price series show. */
import type { CandleChartProps } from "./chart-props.ts";
import type { FrameProps, NoticeProps, ShownDates } from "./props.ts";

export interface SeriesRow {
  readonly id: string;
  /** "XAUUSD D1", where two have this name "XAUUSD D1 (EET)" */
  readonly name: string;
  readonly rows: number;
  /** As its own zone shows them: a daily bar is of one day, wherever its reader is. */
  readonly first: string;
  readonly last: string;
  /** Sentences about what is odd. */
  readonly warnings: readonly string[];
}

/** A series on the desk. */
export interface PriceRow {
  readonly id: string;
  /** "XAUUSD D1" */
  readonly name: string;
  readonly close: string;
  /** The moment of its last bar. */
  readonly at: string;
  /** How many bars there are, in words. */
  readonly rows: string;
  readonly isOdd: boolean;
}

/** The folder whose files are imported. */
export interface WatchedProps {
  readonly folder: string;
  readonly problem: string | null;
  readonly files: readonly { readonly name: string; readonly problem: string }[];
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
  /** Of the form: it names its import while it is read. */
  readonly token: string;
  /** null: no folder is watched for this reader. */
  readonly watched: WatchedProps | null;
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

/** Something that is chosen of a chart, and the address without it. */
export interface ChartChoice {
  readonly label: string;
  readonly without: string;
  /** The colour of its line; null: it has several, or none. */
  readonly tone: number | null;
  /** Why there is nothing to be seen of it. */
  readonly problem: string | null;
}

/** A figure of the bar that is looked at. */
export interface ChartValue {
  readonly label: string;
  readonly value: string;
  readonly tone: number | null;
}

export interface SeriesChartProps {
  readonly id: string;
  readonly drawn: CandleChartProps;
  /** Each candle is so many bars. */
  readonly step: number;
  /** The last bar is not over yet. */
  readonly isProvisional: boolean;
  /** 1M, 3M, 1Y, all. */
  readonly ranges: readonly { readonly label: string; readonly to: string; readonly isCurrent: boolean }[];
  readonly choices: readonly ChartChoice[];
  /** Of the marked bar, or of the last one. */
  readonly time: string;
  readonly values: readonly ChartValue[];
  /** The days of the chosen span, as YYYY-MM-DD. */
  readonly days: { readonly from: string; readonly to: string };
  /** What the forms send along. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The clock of its times. */
  readonly zone: string;
  readonly csv: string;
  /** The bars that are drawn, as a table. */
  readonly table: string;
  /** What public/js/price-chart.js is told. */
  readonly script: Readonly<Record<string, unknown>>;
}

export interface SeriesPageProps extends FrameProps {
  readonly series: SeriesRow;
  /** Of the page, with what is chosen of it. */
  readonly address: string;
  /** Label and value. */
  readonly passport: readonly (readonly [label: string, value: string])[];
  readonly chart: SeriesChartProps;
  readonly table: {
    readonly title: string;
    readonly columns: readonly string[];
    /** The newest first, as they are shown. */
    readonly rows: readonly (readonly string[])[];
  };
  readonly indicators: readonly { readonly name: string; readonly title: string }[];
  readonly problem: string | null;
  readonly isReadOnly: boolean;
}
