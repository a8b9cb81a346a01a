/** Where a fact over a series lies: which indicator, at which bar, of which span. It knows nothing of charts. */
import { instantIn } from "../finance/data/time-text.ts";
import { lengthOf } from "../finance/data/timeframe.ts";
import type { Fact } from "../finance/facts/fact.ts";
import { wordOf } from "../finance/indicators/indicator-text.ts";
import { indicatorNamed } from "../finance/indicators/indicators.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import type { OwnDatasets } from "./datasets.ts";

export interface FactPlace {
  readonly dataset: Dataset;
  /** "rsi:14"; null: it is of prices alone. */
  readonly indicator: string | null;
  /** Of its bar; undefined: it is of all of a span. Milliseconds since 1970. */
  readonly at: number | undefined;
  /** What is to be seen, both included. */
  readonly from: number;
  readonly to: number;
}

/** So many bars before a fact's own are seen, and after it. */
const [before, after] = [90, 20];
const hourMs = 3_600_000;

/** @returns null: it is none over a series, or the series is gone */
export function factPlace(datasets: Pick<OwnDatasets, "list">, { formula, asOf }: Fact): FactPlace | null {
  const { dataset: id, at: atText, from, to, ...parameters } = formula.parameters;
  const dataset = datasets.list().find((each) => each.id === id);
  if (dataset === undefined) return null;
  const indicator = indicatorNamed(formula.id);
  const time = (text: unknown) => (typeof text === "string" ? (instantIn(text) ?? undefined) : undefined);
  if (indicator === undefined) {
    const [begin, end] = [time(from), time(to)];
    if (begin === undefined || end === undefined) return null;
    return { dataset, indicator: null, at: undefined, from: begin, to: end };
  }
  const at = time(atText) ?? time(asOf?.instant);
  if (at === undefined) return null;
  const length = lengthOf(dataset.timeframe) ?? hourMs / before;
  const word = indicator.name === "close" ? null : wordOf(indicator, parameters);
  return { dataset, indicator: word, at, from: at - before * length, to: at + after * length };
}
