/**
 * A part of a series as a chart draws it: bars, grouped where there are more than can be seen, and the lines of indicators, by the
 * functions that make facts. A pure function of the bars.
 */
import { say, type Words } from "../../texts/say.ts";
import type { Bars } from "../data/bars.ts";
import { mostListed, type Passport } from "../data/passport.ts";
import type { Parameters } from "../data/series-facts.ts";
import { misfitOf, withZone } from "../indicators/compute-indicator.ts";
import type { Indicator, Line } from "../indicators/indicator.ts";
import { indicatorNamed } from "../indicators/indicators.ts";

export interface WantedChart {
  /** With the bars before the part that its indicators need. */
  readonly bars: Bars;
  readonly passport: Passport;
  /** The index of the first bar that is drawn. */
  readonly from: number;
  /** So many bars are one point. */
  readonly step: number;
  /** Their parameters have been checked. */
  readonly indicators: readonly { readonly name: string; readonly parameters: Parameters }[];
}

interface DrawnLine extends Pick<Line, "name" | "label" | "unit"> {
  /** One for each point, NaN: undefined. Of a group: the value at its last bar. */
  readonly values: Float64Array;
  /** 1 where the value still depends on where the data begins. */
  readonly settling: Uint8Array;
}

export interface ChartSeries {
  readonly bars: Bars;
  /** In the order in which they were wanted. `problem`: why there is nothing, or nothing in a part. */
  readonly indicators: readonly { readonly problem: Words | null; readonly lines: readonly DrawnLine[] }[];
}

/** @throws RangeError for an indicator that nobody knows; InvalidRequestError when parameters make no sense together */
export function chartSeries({ bars, passport, from, step, indicators }: WantedChart): ChartSeries {
  const drawn = groupedBars(bars, from, step);
  const spans = evenSpans(bars.time, passport);
  return {
    bars: drawn,
    indicators: indicators.map(({ name, parameters }) => {
      const indicator = indicatorNamed(name);
      if (indicator === undefined) throw new RangeError(`There is no indicator "${name}".`);
      const misfit = misfitOf(indicator, { bars, passport });
      if (misfit !== null) return { problem: misfit, lines: [] };
      const whole = withZone(indicator, parameters, passport);
      const lines = linesOver(indicator, whole, bars, spans).map((line) => pointsOf(line, from, step));
      const isCut = (spans.at(-1)?.end ?? 0) < bars.time.length;
      return {
        problem: isCut ? say`Bars that change their timeframe too often have no indicators.` : null,
        lines,
      };
    }),
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where bars change from one timeframe to another nothing is computed across; after more changes than are listed nothing at all. */
function evenSpans(time: Float64Array, { interval_changes: changes }: Passport): readonly Span[] {
  const listed = changes.map(({ at }) => time.findIndex((each) => each >= Date.parse(at)));
  const cuts = [...new Set(listed.filter((at) => at > 0))];
  const starts = [0, ...cuts];
  const spans = starts.map((start, at) => ({ start, end: cuts[at] ?? time.length }));
  const isWhole = changes.length < mostListed || (listed.at(-1) ?? -1) < 0;
  return isWhole ? spans : spans.slice(0, -1);
}

type Whole = Line & { readonly settling: Uint8Array };

function linesOver(
  indicator: Indicator,
  parameters: Parameters,
  bars: Bars,
  spans: readonly Span[],
): Whole[] {
  const { length } = bars.time;
  const lines: Whole[] = [];
  for (const { start, end } of spans)
    for (const [index, line] of indicator.compute(part(bars, start, end), parameters as never).entries()) {
      lines[index] ??= { ...line, values: undefinedValues(length), settling: new Uint8Array(length) };
      lines[index].values.set(line.values, start);
      lines[index].settling.fill(1, start, Math.min(end, start + line.settledFrom));
    }
  return lines;
}

function part({ time, open, high, low, close, volume }: Bars, start: number, end: number): Bars {
  const of = (column: Float64Array) => column.subarray(start, end);
  return {
    ...{ time: of(time), open: of(open), high: of(high), low: of(low), close: of(close) },
    volume: volume === null ? null : of(volume),
  };
}

const undefinedValues = (length: number) => new Float64Array(length).fill(Number.NaN);

function pointsOf({ name, label, unit, values, settling }: Whole, from: number, step: number): DrawnLine {
  const places = lastOfGroups(values.length, from, step);
  return {
    ...{ name, label, unit },
    values: Float64Array.from(places, (at) => values[at] ?? Number.NaN),
    settling: Uint8Array.from(places, (at) => settling[at] ?? 0),
  };
}

const lastOfGroups = (length: number, from: number, step: number): readonly number[] =>
  Array.from(
    { length: Math.max(0, Math.ceil((length - from) / step)) },
    (_, group) => Math.min(length, from + (group + 1) * step) - 1,
  );

/** The first open, the highest high, the lowest low, the last close and the sum of the volumes of each group. */
function groupedBars(bars: Bars, from: number, step: number): Bars {
  if (step === 1) return part(bars, from, bars.time.length);
  const places = lastOfGroups(bars.time.length, from, step);
  const groups = places.map((last, group) => part(bars, from + group * step, last + 1));
  const column = (of: (group: Bars) => number) => Float64Array.from(groups, of);
  return {
    time: column(({ time }) => time[0] ?? Number.NaN),
    open: column(({ open }) => open[0] ?? Number.NaN),
    high: column(({ high }) => high.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)),
    low: column(({ low }) => low.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)),
    close: column(({ close }) => close.at(-1) ?? Number.NaN),
    volume: bars.volume === null ? null : column(({ volume }) => sumOf(volume ?? new Float64Array())),
  };
}

/** Of what is known. */
function sumOf(volume: Float64Array): number {
  const known = volume.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0);
}
