/** What all figures over price series share: their parameters, the bars as inputs of a fact, and what a passport says against them. */
import type { TObject } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../../errors.ts";
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import type { Fact, FactInput } from "../facts/fact.ts";
import type { Bars } from "./bars.ts";
import { LocalTime } from "./local-time.ts";
import { mostListed, type Passport } from "./passport.ts";
import { lengthOf } from "./timeframe.ts";

/** Bars of a series, and whose they are. */
export interface Series {
  readonly datasetId: string;
  readonly symbol: string;
  readonly passport: Passport;
  readonly bars: Bars;
}

export type Parameters = Fact["formula"]["parameters"];

interface Parametrised {
  readonly title: string;
  readonly parameters: TObject;
}

/**
 * With defaults.
 * @param others names of inputs that are no parameters, for the sentence
 * @throws InvalidRequestError with `param`
 */
export function checkedParameters(
  { title, parameters: schema }: Parametrised,
  given: object,
  others: readonly string[],
): Parameters {
  const whole = Value.Default(schema, Value.Clone(given)) as Parameters;
  const unknown = Object.keys(whole).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined)
    throw new InvalidRequestError(
      say`${title} has no input ${{ verbatim: JSON.stringify(unknown.slice(0, 40)) }}. It has: ${{ verbatim: [...others, ...Object.keys(schema.properties)].join(", ") }}.`,
      { param: unknown.slice(0, 40) },
    );
  const fault = Value.Errors(schema, whole).First();
  if (fault === undefined) return whole;
  const name = fault.path.split("/")[1] ?? "";
  throw new InvalidRequestError(
    say`${title}: ${schema.properties[name]?.title ?? { verbatim: name }} is not allowed to be ${{ verbatim: JSON.stringify(whole[name])?.slice(0, 40) ?? "" }}.`,
    { param: name },
  );
}

/** @param stated the parameters that somebody has stated; the others are defaults */
export const parameterInputs = (
  { parameters: schema }: Parametrised,
  parameters: Parameters,
  stated: readonly string[],
  language: Language,
): readonly FactInput[] =>
  Object.entries(parameters).map(([name, value]) => ({
    name,
    title: inLanguage(String(schema.properties[name]?.title ?? name), language),
    ...{ value: String(value), unit: null },
    from: stated.includes(name) ? "user" : "default",
  }));

/** The rows behind a figure: a changed row is another input. @param suffix of the inputs' names, where there are two series */
export function seriesInputs(series: Series, language: Language, suffix = ""): readonly FactInput[] {
  const { bars, datasetId } = series;
  const of = (name: string, title: Words, value: string): FactInput => ({
    ...{ name: `${name}${suffix}`, title: inLanguage(title, language), value, unit: null, from: "data" },
  });
  return [
    of("dataset", { verbatim: nameOf(series) }, datasetId),
    of("at", say`Bar`, new Date(bars.time.at(-1) ?? 0).toISOString()),
    of("bars", say`Bars`, `${bars.time.length}, ${hashOfBars(bars)}`),
  ];
}

export const nameOf = ({ symbol, passport }: Pick<Series, "symbol" | "passport">): string =>
  `${symbol} ${passport.timeframe ?? ""}`.trim();

/** Why nothing is computed over these bars at all; null: nothing is against it. */
export function spanProblem({ bars, passport }: Series): Words | null {
  if (bars.time.length === 0) return say`There are no bars.`;
  const from = bars.time[0] ?? 0;
  const to = bars.time.at(-1) ?? 0;
  const { interval_changes: changes, zone } = passport;
  const change = changes.find(({ at }) => Date.parse(at) > from && Date.parse(at) <= to);
  const dayOf = (at: string) => ({ verbatim: new LocalTime(zone).dayAt(Date.parse(at)) });
  if (change !== undefined)
    return say`The bars change from ${{ verbatim: change.from }} to ${{ verbatim: change.to }} at ${dayOf(change.at)}: nothing is computed across that. Use a span on one side of it.`;
  const last = changes.at(-1);
  // Later changes are not in the list.
  return last !== undefined && changes.length >= mostListed && to > Date.parse(last.at)
    ? say`The bars change their timeframe more often than is written down: nothing is computed after ${dayOf(last.at)}. Import a file of one timeframe.`
    : null;
}

/** @param now milliseconds since 1970: a bar that is not over yet is no last word */
export function seriesWarnings({ bars, passport }: Series, now: number): readonly Words[] {
  const last = bars.time.at(-1) ?? Number.NEGATIVE_INFINITY;
  const same = passport.timeframe === "tick" ? 0 : sameTimes(bars);
  return [
    ...(last > now
      ? [say`The last bar begins in the future: it is not over, or its time is of another time zone.`]
      : endOfBar(last, passport) > now
        ? [say`The last bar is not over yet: its value will change.`]
        : []),
    ...(same === 1 ? [say`1 bar has the time of another one: that time counts twice.`] : []),
    ...(same > 1 ? [say`${same} bars have the time of another one: those times count more than once.`] : []),
    ...(passport.gaps.share > 0.05
      ? [say`About ${Math.round(passport.gaps.share * 100)} % of the bars are missing.`]
      : []),
  ];
}

/** Whether a bar that began at a time is over. */
export const isOver = (begin: number, passport: Passport, now: number): boolean =>
  endOfBar(begin, passport) <= now;

/** When a bar is over, by the clock of its series: months have 28 to 31 days, and some days 23 hours. */
export function endOfBar(begin: number, { timeframe, zone }: Pick<Passport, "timeframe" | "zone">): number {
  const length = timeframe === null ? null : lengthOf(timeframe);
  if (length === null || !Number.isFinite(begin)) return begin;
  if (length < dayMs) return begin + length;
  const clock = new LocalTime(zone);
  const local = new Date(clock.shownAt(begin));
  if (timeframe === "MN1") return clock.instantOf(local.setUTCMonth(local.getUTCMonth() + 1));
  return clock.instantOf(local.getTime() + length);
}
const dayMs = 24 * 3_600_000;

/** How many bars have the time of the one before. */
function sameTimes({ time }: Bars): number {
  let count = 0;
  for (let at = 1; at < time.length; at++) if (time[at] === time[at - 1]) count++;
  return count;
}

/** sha256 of the columns. */
function hashOfBars({ time, open, high, low, close, volume }: Bars): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const column of [time, open, high, low, close, ...(volume === null ? [] : [volume])])
    hasher.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return `sha256 ${hasher.digest("hex").slice(0, 32)}`;
}
