/** What a reader has chosen to see of a series, as its page's address says it: indicators, levels, a span, a marked bar. */
import { InvalidRequestError } from "../errors.ts";
import { readDecimal } from "../finance/calculators/read-decimal.ts";
import { LocalTime } from "../finance/data/local-time.ts";
import { momentIn } from "../finance/data/moment.ts";
import { say } from "../texts/say.ts";
import { type ChosenIndicator, chosenIndicators } from "../workspace/series-chart.ts";

export interface ChartView {
  readonly indicators: readonly ChosenIndicator[];
  /** Prices. */
  readonly levels: readonly number[];
  /** Milliseconds since 1970; undefined: to the end, or the last bars. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The bar that is marked. */
  readonly at: number | undefined;
}

/** Its fields, those of its forms included. */
export interface ChartQuery {
  readonly show?: string;
  readonly levels?: string;
  readonly from?: string;
  readonly to?: string;
  readonly at?: string;
  /** An indicator that is added, and its parameters. */
  readonly add?: string;
  readonly period?: string;
  /** A price that is added. */
  readonly level?: string;
}

export const defaultView: ChartView = {
  ...{ indicators: [], levels: [], from: undefined, to: undefined, at: undefined },
};

const mostLevels = 20;

/** @param zone of days that are named @throws InvalidRequestError */
export function chartViewIn(query: ChartQuery, zone: string): ChartView {
  const { show = "", levels = "", add = "", period = "", level = "" } = query;
  const added = add === "" ? [] : [period.trim() === "" ? add : `${add}:${period.replaceAll(/\s/g, "")}`];
  const clock = new LocalTime(zone);
  return {
    indicators: chosenIndicators([...show.split(";"), ...added]),
    levels: levelsIn([...levels.split(";"), level]),
    from: timeIn("from", query.from, clock, 0),
    to: timeIn("to", query.to, clock, 1),
    at: timeIn("at", query.at, clock, 0),
  };
}

function levelsIn(texts: readonly string[]): readonly number[] {
  const levels = texts.filter((text) => text.trim() !== "").map(levelIn);
  if (levels.length > mostLevels)
    throw new InvalidRequestError(say`A chart has ${mostLevels} levels at most. Remove one first.`, {
      param: "levels",
    });
  return [...new Set(levels)].toSorted((one, other) => other - one);
}

function levelIn(text: string): number {
  const reading = readDecimal(text, say`The level`);
  if ("problem" in reading) throw new InvalidRequestError(reading.problem, { param: "levels" });
  return reading.value;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 24 * 3_600_000;

/** @param after how many days: the end of a span has all of its day */
function timeIn(name: string, text: string | undefined, clock: LocalTime, after: number): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const instant = momentIn(name, text.trim());
  if (instant === undefined || !day.test(text.trim())) return instant;
  return clock.instantOf(instant + after * dayMs) - after;
}

/** Whether the address says it as `chartAddress` does: what forms send is said in another way. */
export const isSettled = (query: ChartQuery): boolean =>
  query.add === undefined &&
  query.level === undefined &&
  query.period === undefined &&
  Object.values(query).every((value) => value !== "" && !day.test(value));

export const chartAddress = (id: string, view: ChartView): string => {
  const fields = chartFields(view);
  return fields.length === 0 ? `/data/${id}` : `/data/${id}?${queryOf(fields)}`;
};

/** Names and values: what a form sends along. */
export function chartFields({ indicators, levels, from, to, at }: ChartView): (readonly [string, string])[] {
  const time = (ms: number | undefined) => (ms === undefined ? "" : shortTime(ms));
  const all = [
    ["show", indicators.map(({ word }) => word).join(";")],
    ["levels", levels.join(";")],
    ["from", time(from)],
    ["to", time(to)],
    ["at", time(at)],
  ] as const;
  return all.filter(([, value]) => value !== "");
}

/** Marks that an address may have are left as they are. */
export const queryOf = (fields: readonly (readonly [string, string])[]): string =>
  fields
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(value).replaceAll(/%(?:3A|3B|2C|2F)/g, decodeURIComponent)}`,
    )
    .join("&");

export const shortTime = (ms: number): string => new Date(ms).toISOString().replace(/(?::00)?\.000Z$/, "Z");
