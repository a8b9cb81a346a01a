/**
 * An indicator at one bar of a series, as facts: with the bars that it was computed from, the variant, and what the passport says
 * against it. A pure function of the bars. It knows nothing of storage.
 */
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../../errors.ts";
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import type { Bars } from "../data/bars.ts";
import type { Passport } from "../data/passport.ts";
import { lengthOf } from "../data/timeframe.ts";
import { hashOf } from "../facts/canonical.ts";
import type { Fact, FactInput } from "../facts/fact.ts";
import type { Indicator, Line } from "./indicator.ts";

/** The bars up to the one that is asked for, and whose they are. */
interface IndicatorSeries {
  readonly datasetId: string;
  readonly symbol: string;
  readonly passport: Passport;
  readonly bars: Bars;
  /** The parameters that somebody has stated; the others are defaults. */
  readonly stated: readonly string[];
  /** Milliseconds since 1970: a bar that is not over yet is no last word. */
  readonly now: number;
}

export interface ComputedIndicator {
  /** One a line, in order. */
  readonly facts: readonly Fact[];
  readonly warnings: readonly string[];
}

type Parameters = Fact["formula"]["parameters"];

/** With defaults. @throws InvalidRequestError with `param` */
export function indicatorParameters({ parameters: schema, title }: Indicator, given: object): Parameters {
  const whole = Value.Default(schema, Value.Clone(given)) as Parameters;
  const unknown = Object.keys(whole).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined)
    throw new InvalidRequestError(
      say`${title} has no input ${{ verbatim: JSON.stringify(unknown.slice(0, 40)) }}. It has: ${{ verbatim: ["dataset", "at", ...Object.keys(schema.properties)].join(", ") }}.`,
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

/** How many bars are needed for it; Infinity: all that there are. */
export const barsNeeded = (indicator: Indicator, parameters: Parameters): number =>
  // They have been checked against the indicator's own schema.
  indicator.settlesAfter(parameters as never) + 1;

export function computeIndicator(
  indicator: Indicator,
  parameters: Parameters,
  series: IndicatorSeries,
  language: Language = "en",
): ComputedIndicator {
  const { bars, datasetId, passport } = series;
  const last = bars.time.length - 1;
  const refusal = last < 0 ? say`There are no bars.` : refusalOf(indicator, series);
  const lines = refusal === null ? indicator.compute(bars, parameters as never) : [noLine(indicator)];
  const warnings = [...(refusal === null ? [] : [refusal]), ...warningsOf(series)];
  const at = new Date(bars.time[last] ?? 0).toISOString();
  const inputs: FactInput[] = [
    input("dataset", say`${{ verbatim: `${series.symbol} ${passport.timeframe ?? ""}` }}`, datasetId),
    input("at", say`Bar`, at),
    input("bars", say`Bars`, `${last + 1}, ${hashOfBars(bars)}`),
    ...Object.entries(parameters).map(([name, value]) => ({
      name,
      title: inLanguage(String(indicator.parameters.properties[name]?.title ?? name), language),
      ...{ value: String(value), unit: null },
      from: series.stated.includes(name) ? ("user" as const) : ("default" as const),
    })),
  ];
  function input(name: string, title: Words, value: string): FactInput {
    return { name, title: inLanguage(title, language), value, unit: null, from: "data" };
  }
  const inputsHash = hashOf(inputs.map(({ name, value, unit }) => ({ name, value, unit })));
  const said = (words: Words) => inLanguage(words, language);
  const doubtsOf = (line: Line): readonly Words[] =>
    refusal === null ? doubtsAt(line, last, barsNeeded(indicator, parameters)) : [];
  const factOf = (line: Line): Fact => {
    const value = refusal === null ? valueAt(line, last) : null;
    const doubt = doubtsOf(line);
    const { name, version, formula, source } = indicator;
    const whole = { dataset: datasetId, at, ...parameters };
    const identity = { formula: name, version, parameters: whole, inputsHash, result: line.name };
    return {
      id: `f${hashOf(identity).slice(0, 24)}`,
      name: line.name,
      label: inLanguage(line.label, language),
      value,
      unit: line.unit === "price" ? null : line.unit,
      subject: series.symbol,
      asOf: { instant: at, zone: passport.zone ?? "UTC" },
      kind: "computed",
      formula: {
        ...{ id: name, version, source, parameters: whole },
        words: inLanguage(formula, language),
        steps: inLanguage(
          say`${line.label} over ${last + 1} bars of ${{ verbatim: `${series.symbol} ${passport.timeframe ?? ""}` }}, up to ${{ verbatim: at }}`,
          language,
        ),
      },
      ...{ inputs, inputsHash },
      warnings: [...doubt, ...warnings].map(said),
    };
  };
  return {
    facts: lines.map(factOf),
    warnings: [...new Set([...warnings, ...lines.flatMap(doubtsOf)].map(said))],
  };
}

const noLine = ({ name, title }: Indicator): Line => ({
  ...{ name, label: title, unit: null, values: new Float64Array(), settledFrom: 0 },
});

/** null where it is undefined. One that is still settling has a value, and a warning. */
function valueAt({ values }: Line, at: number): string | null {
  const value = values[at] ?? Number.NaN;
  return Number.isFinite(value) ? decimalOf(value) : null;
}

/** Twelve significant digits, without an exponent: more than any price has, and what rounding errors leave alone. */
function decimalOf(value: number): string {
  const [digits = "0", power] = value.toPrecision(12).split("e");
  if (power !== undefined)
    return Number(value.toPrecision(12))
      .toFixed(Math.max(0, 11 - Number(power)))
      .replace(/\.?0+$/, "");
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** What speaks against the value at a bar, or why there is none. */
function doubtsAt(line: Line, at: number, needed: number): readonly Words[] {
  const { label, settledFrom } = line;
  const least = Number.isFinite(needed) ? needed : settledFrom + 1;
  if (at < settledFrom)
    return [say`${label} is still settling: it needs about ${least} bars, and there are ${at + 1}.`];
  return valueAt(line, at) === null ? [say`${label} is undefined at this bar.`] : [];
}

/** Why it is not computed at all. */
function refusalOf(indicator: Indicator, { bars, passport }: IndicatorSeries): Words | null {
  const from = bars.time[0] ?? 0;
  const to = bars.time.at(-1) ?? 0;
  const change = passport.interval_changes.find(({ at }) => Date.parse(at) > from && Date.parse(at) <= to);
  if (change !== undefined)
    return say`The bars change from ${{ verbatim: change.from }} to ${{ verbatim: change.to }} at ${{ verbatim: change.at.slice(0, 10) }}: nothing is computed across that. Use a span on one side of it.`;
  if (indicator.needsVolume && bars.volume === null)
    return say`This needs a volume, and the data has none: none is made up.`;
  if (Object.hasOwn(indicator.parameters.properties, "sessionStart") && passport.zone === null)
    return say`Sessions need a declared time zone, and the data has none. Import it again with its zone.`;
  return null;
}

function warningsOf({ bars, passport, now }: IndicatorSeries): readonly Words[] {
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

/** sha256 of the columns: a changed row is another input. */
function hashOfBars({ time, open, high, low, close, volume }: Bars): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const column of [time, open, high, low, close, ...(volume === null ? [] : [volume])])
    hasher.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return `sha256 ${hasher.digest("hex").slice(0, 32)}`;
}
