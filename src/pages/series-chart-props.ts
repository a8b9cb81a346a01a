/** A drawn part of a series as its page shows it: candles, lines with their colours, words and addresses. It computes no figure. */
import type { Candle, CandleChartProps, ChartLine, ChartPane } from "../../views/chart-props.ts";
import type { ChartChoice, ChartValue, SeriesChartProps } from "../../views/series-props.ts";
import type { Bars } from "../finance/data/bars.ts";
import { LocalTime } from "../finance/data/local-time.ts";
import { rollingSpan } from "../finance/desk/series-span.ts";
import { languageOfReader, tr, translated } from "../texts/reader-language.ts";
import { inLanguage } from "../texts/say.ts";
import type { DrawnChart } from "../workspace/series-chart.ts";
import { type ChartView, chartAddress, chartFields, queryOf, shortTime } from "./chart-view.ts";

/** How times and prices of a series are shown. */
export interface SeriesForm {
  /** "XAUUSD D1" */
  readonly name: string;
  readonly decimals: number;
  /** Of the times. */
  readonly zone: string;
  /** Days alone, without an hour. */
  readonly isOfDays: boolean;
  shown(ms: number): string;
}

/** Values that are looked at. */
const guides: Readonly<Record<string, readonly number[]>> = {
  ...{ rsi: [30, 70], stochastic: [20, 80], cci: [-100, 100], adx: [25], macd: [0] },
};
const tones = 6;

interface LookedLine extends ChartLine {
  readonly name: string;
}

interface LookedIndicator {
  readonly word: string;
  /** "SMA 50" */
  readonly title: string;
  readonly place: "price" | "pane";
  readonly lines: readonly LookedLine[];
  readonly guides: readonly number[];
  readonly problem: string | null;
}

/** Each line with its colour; the bands of one indicator have one. */
export function lookedIndicators({ indicators }: DrawnChart): readonly LookedIndicator[] {
  let tone = 0;
  return indicators.map(({ indicator, parameters, word, lines, problem }) => {
    const shown = lines.filter(({ unit }) => indicator.place === "pane" || unit === "price");
    const values = Object.values(parameters).filter((value) => typeof value === "number");
    const title = [shortTitle(indicator), values.join(", ")].join(" ").trim();
    return {
      ...{ word, title, place: indicator.place, guides: guides[indicator.name] ?? [] },
      problem: problem === null ? null : inLanguage(problem, languageOfReader()),
      lines: shown.map((line, index) => {
        if (index === 0 || !line.name.endsWith("-band")) tone += 1;
        return {
          ...{ name: line.name, tone: ((tone - 1) % tones) + 1, look: lookOf(line.name, tone) },
          label: shown.length === 1 ? title : translated(line.label),
          values: [...line.values],
        };
      }),
    };
  });
}

/** Traders know the short ones by their letters. */
const shortTitle = ({ name, title }: { readonly name: string; readonly title: string }): string =>
  name.length <= 4 ? name.toUpperCase() : translated(title);

function lookOf(name: string, tone: number): ChartLine["look"] {
  if (name.endsWith("-histogram")) return "bars";
  if (name === "psar") return "dots";
  return name === "middle-band" || tone > tones ? "dashed" : "line";
}

const overlaysOf = (looked: readonly LookedIndicator[]): readonly ChartLine[] =>
  looked.filter(({ place }) => place === "price").flatMap(({ lines }) => lines);

const panesOf = (looked: readonly LookedIndicator[]): readonly ChartPane[] =>
  looked
    .filter(({ place, lines }) => place === "pane" && lines.length > 0)
    .map(({ title, lines, guides: at }) => ({ title, lines, guides: at }));

const candlesOf = (bars: Bars, shown: (ms: number) => string): readonly Candle[] =>
  Array.from(bars.time, (time, at) => ({
    time: shown(time),
    ...{
      open: bars.open[at] ?? Number.NaN,
      high: bars.high[at] ?? Number.NaN,
      low: bars.low[at] ?? Number.NaN,
    },
    ...{ close: bars.close[at] ?? Number.NaN, volume: bars.volume?.[at] ?? Number.NaN },
  }));

/** As a person reads it: prices as the data has them, all else with two decimals. */
export const shownNumber = (value: number | undefined, decimals: number): string =>
  value === undefined || Number.isNaN(value)
    ? ""
    : new Intl.NumberFormat(languageOfReader(), {
        ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals },
      }).format(value);

/** As it is drawn without scripts. */
export function drawnProps(drawn: DrawnChart, { name, decimals, shown }: SeriesForm): CandleChartProps {
  const looked = lookedIndicators(drawn);
  return {
    ...{ name, decimals, candles: candlesOf(drawn.bars, shown) },
    ...{ overlays: overlaysOf(looked), panes: panesOf(looked) },
  };
}

interface ChartPropsOptions {
  readonly view: ChartView;
  readonly drawn: DrawnChart;
  readonly form: SeriesForm;
  /** Of the chart's library. */
  readonly library: string;
}

export function seriesChartProps({ view, drawn, form, library }: ChartPropsOptions): SeriesChartProps {
  const { dataset, bars, step } = drawn;
  const { id } = dataset;
  const { name, decimals, zone, isOfDays, shown } = form;
  const looked = lookedIndicators(drawn);
  const mark = view.at === undefined ? null : bars.time.findLastIndex((time) => time <= (view.at ?? 0));
  const markAt = mark === null || mark < 0 ? null : mark;
  const at = markAt ?? bars.time.length - 1;
  const words = view.indicators.map(({ word }) => word).join(";");
  const chosen: [string, string][] = words === "" ? [] : [["indicators", words]];
  const seen = spanOf(view, bars);
  const clock = new LocalTime(zone);
  const day = (ms: number | undefined) => (ms === undefined ? "" : clock.dayAt(ms));
  return {
    ...{ id, step, isProvisional: drawn.isProvisional, zone: zone.replaceAll("_", " ") },
    time: bars.time.length === 0 ? tr`There are no bars in this span.` : shown(bars.time[at] ?? 0),
    drawn: { ...drawnProps(drawn, form), levels: view.levels, mark: markAt },
    ranges: rangesOf(view, drawn, clock),
    choices: choicesOf(view, looked, form, id),
    values: valuesAt(bars, looked, at, decimals),
    days: { from: day(view.from), to: day(view.to) },
    fields: chartFields(view),
    csv: `/api/datasets/${id}/export?${queryOf([...chosen, ...seen])}`,
    table: chartAddress(id, { ...view, from: bars.time[0] ?? view.from, to: view.to }),
    script: {
      ...{ library, name, decimals, isOfDays },
      series: `/api/datasets/${id}/series?${queryOf([...chosen, ["zone", zone]])}`,
      span: queryOf(seen.filter(([key]) => view[key as "from" | "to"] !== undefined)),
      at: view.at ?? null,
      levels: view.levels,
      words: {
        open: tr`price¦Open`,
        high: tr`price¦High`,
        low: tr`price¦Low`,
        close: tr`price¦Close`,
        volume: tr`Volume`,
      },
      indicators: looked.map(({ word, place, title, lines, guides: values }) => ({
        ...{ word, place, title, guides: values },
        lines: lines.map(({ name: line, label, tone, look }) => ({ name: line, label, tone, look })),
      })),
    },
  };
}

const spanOf = (view: ChartView, bars: Bars): [string, string][] => [
  ["from", shortTime(view.from ?? bars.time[0] ?? 0)],
  ...(view.to === undefined ? [] : [["to", shortTime(view.to)] as [string, string]]),
];

function choicesOf(
  view: ChartView,
  looked: readonly LookedIndicator[],
  { decimals }: SeriesForm,
  id: string,
): readonly ChartChoice[] {
  return [
    ...looked.map(({ word, title, lines, problem }) => ({
      ...{ label: title, problem },
      tone: new Set(lines.map(({ tone }) => tone)).size === 1 ? (lines[0]?.tone ?? null) : null,
      without: chartAddress(id, {
        ...view,
        indicators: view.indicators.filter((each) => each.word !== word),
      }),
    })),
    ...view.levels.map((level) => ({
      ...{ label: shownNumber(level, decimals), tone: null, problem: null },
      without: chartAddress(id, { ...view, levels: view.levels.filter((each) => each !== level) }),
    })),
  ];
}

function rangesOf(
  view: ChartView,
  { dataset, bars }: DrawnChart,
  clock: LocalTime,
): SeriesChartProps["ranges"] {
  const { passport, id } = dataset;
  const last = passport?.last == null ? (bars.time.at(-1) ?? 0) : Date.parse(passport.last);
  const first = passport?.first == null ? 0 : Date.parse(passport.first);
  const monthsBefore = (months: number) => {
    const span = rollingSpan(months, "month", clock.shownAt(last));
    return span === null ? first : clock.instantOf(span.from);
  };
  const ranges = [
    { label: tr`1M`, from: monthsBefore(1) },
    { label: tr`3M`, from: monthsBefore(3) },
    { label: tr`1Y`, from: monthsBefore(12) },
    { label: tr`All`, from: first },
  ];
  return ranges
    .filter(({ from }, index) => from > first || index === ranges.length - 1)
    .map(({ label, from }) => ({
      label,
      to: chartAddress(id, { ...view, from, to: undefined }),
      isCurrent: view.from === from && view.to === undefined,
    }));
}

function valuesAt(
  bars: Bars,
  looked: readonly LookedIndicator[],
  at: number,
  decimals: number,
): readonly ChartValue[] {
  const prices = [
    { label: tr`price¦Open`, value: bars.open[at] },
    { label: tr`price¦High`, value: bars.high[at] },
    { label: tr`price¦Low`, value: bars.low[at] },
    { label: tr`price¦Close`, value: bars.close[at] },
  ].map(({ label, value }) => ({ label, value: shownNumber(value, decimals), tone: null }));
  const volume = bars.volume?.[at];
  const lines = looked.flatMap(({ place, lines: all }) =>
    all.map(({ label, tone, values }) => ({
      ...{ label, tone },
      value: shownNumber(values[at], place === "price" ? decimals : 2),
    })),
  );
  return [
    ...prices,
    ...(volume === undefined ? [] : [{ label: tr`Volume`, value: shownNumber(volume, 0), tone: null }]),
    ...lines,
  ].filter(({ value }) => value !== "");
}
