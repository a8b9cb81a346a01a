/** Real and generated prices with what TA-Lib (and talipp, of what it has not) makes of them. Its packages are fetched when a test first asks. */
import { join } from "node:path";
import type { Bars } from "../../../src/finance/data/bars.ts";
import { pythonWith } from "../../api/clients/python-with.ts";

interface Series {
  readonly bars: Bars;
  /** "macd/macd-signal" → one value for each bar; NaN: undefined. */
  readonly lines: Readonly<Record<string, Float64Array>>;
}

type Columns = Readonly<Record<string, readonly (number | null)[]>>;
type Answer = Readonly<Record<string, { readonly bars: Columns; readonly lines: Columns }>>;

/**
 * Beside the generated ones: S&P 500 and Nasdaq by day from 1999 to 2018 (`arch`, NCSA), months of two shares and 44 days of the
 * VIX (`vega-datasets`, BSD).
 */
export async function referenceSeries(
  generated: Readonly<Record<string, Bars>>,
): Promise<Readonly<Record<string, Series>>> {
  const python = await pythonWith(["ta-lib==0.8.2", "talipp==2.7.0"]);
  const prices = await pythonWith(["--no-deps", "arch==8.0.0", "vega-datasets==0.9.0"]);
  const given = Object.fromEntries(
    Object.entries(generated).map(([name, { time: _, ...columns }]) => [
      name,
      Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, [...(values ?? [])]])),
    ]),
  );
  const child = Bun.spawn(
    [...python.command, join(import.meta.dir, "reference.py"), prices.environment.PYTHONPATH ?? ""],
    { env: python.environment, stdin: new Blob([JSON.stringify(given)]), stdout: "pipe", stderr: "inherit" },
  );
  const said = await new Response(child.stdout).text();
  if ((await child.exited) !== 0) throw new Error("TA-Lib gave no reference; its words are above.");
  const answer: Answer = JSON.parse(said);
  return Object.fromEntries(
    Object.entries(answer).map(([name, { bars, lines }]) => [
      name,
      {
        bars: barsOf(bars),
        lines: Object.fromEntries(Object.entries(lines).map(([line, values]) => [line, columnOf(values)])),
      },
    ]),
  );
}

const columnOf = (values: readonly (number | null)[]) =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

function barsOf({ open, high, low, close = [], volume }: Columns): Bars {
  return {
    time: Float64Array.from(close, (_, index) => index * 86_400_000),
    open: columnOf(open ?? close),
    high: columnOf(high ?? close),
    low: columnOf(low ?? close),
    close: columnOf(close),
    volume: volume === undefined ? null : columnOf(volume),
  };
}
