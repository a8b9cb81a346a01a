/** What all figures over price series share: their parameters, the bars as inputs of a fact, and what a passport says against them. */
import type { TObject } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../../errors.ts";
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import type { Fact, FactInput } from "../facts/fact.ts";
import type { Bars } from "./bars.ts";
import type { Passport } from "./passport.ts";
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
  const change = passport.interval_changes.find(({ at }) => Date.parse(at) > from && Date.parse(at) <= to);
  return change === undefined
    ? null
    : say`The bars change from ${{ verbatim: change.from }} to ${{ verbatim: change.to }} at ${{ verbatim: change.at.slice(0, 10) }}: nothing is computed across that. Use a span on one side of it.`;
}

/** @param now milliseconds since 1970: a bar that is not over yet is no last word */
export function seriesWarnings({ bars, passport }: Series, now: number): readonly Words[] {
  const last = bars.time.at(-1);
  const length = passport.timeframe === null ? null : lengthOf(passport.timeframe);
  const isOpen = last !== undefined && length !== null && last + length > now && last <= now;
  return [
    ...(isOpen ? [say`The last bar is not over yet: its value will change.`] : []),
    ...(passport.gaps.share > 0.05
      ? [say`About ${Math.round(passport.gaps.share * 100)} % of the bars are missing.`]
      : []),
  ];
}

/** sha256 of the columns. */
function hashOfBars({ time, open, high, low, close, volume }: Bars): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const column of [time, open, high, low, close, ...(volume === null ? [] : [volume])])
    hasher.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return `sha256 ${hasher.digest("hex").slice(0, 32)}`;
}
