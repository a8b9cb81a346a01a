/** What a chart of prices shows: bars, lines over them, panes below. Data alone. */

/** One bar. Opens, highs and lows that are not there are NaN, and so is a volume. */
export interface Candle {
  /** As it is shown. */
  readonly time: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** One line of an indicator. */
export interface ChartLine {
  readonly label: string;
  /** From 1 to 6: a colour of the tokens. */
  readonly tone: number;
  readonly look: "line" | "dashed" | "dots" | "bars";
  /** One for each candle; NaN: undefined. */
  readonly values: readonly number[];
}

export interface ChartPane {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  /** Values that are looked at, such as 30 and 70. */
  readonly guides: readonly number[];
}

/** Beside a figure of a series. */
export interface CardChartProps {
  readonly drawn: CandleChartProps;
  /** The place of the figure in the chart of its series. */
  readonly to: string;
}

export interface CandleChartProps {
  /** Of what it is: "XAUUSD D1". */
  readonly name: string;
  /** Oldest first. */
  readonly candles: readonly Candle[];
  /** Digits after the mark of a price. */
  readonly decimals: number;
  readonly overlays?: readonly ChartLine[];
  readonly panes?: readonly ChartPane[];
  /** Prices that the reader has marked. */
  readonly levels?: readonly number[];
  /** The candle that is marked. */
  readonly mark?: number | null;
  /** Without volumes and times, and lower: beside a figure. */
  readonly isSmall?: boolean;
}
