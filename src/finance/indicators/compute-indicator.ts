/**
 * An indicator at one bar of a series, as facts: with the bars that it was computed from, the variant, and what the passport says
 * against it. A pure function of the bars. It knows nothing of storage.
 */
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import { LocalTime } from "../data/local-time.ts";
import type { Passport } from "../data/passport.ts";
import {
  nameOf,
  type Parameters,
  parameterInputs,
  type Series,
  seriesInputs,
  seriesWarnings,
  spanProblem,
} from "../data/series-facts.ts";
import { hashOf } from "../facts/canonical.ts";
import type { Fact } from "../facts/fact.ts";
import type { Indicator, Line } from "./indicator.ts";

/** The bars up to the one that is asked for. */
interface IndicatorSeries extends Series {
  /** The parameters that somebody has stated; the others are defaults. */
  readonly stated: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface ComputedIndicator {
  /** One a line, in order. */
  readonly facts: readonly Fact[];
  readonly warnings: readonly string[];
}

/** How many bars are needed for it; Infinity: all that there are. */
export const barsNeeded = (indicator: Indicator, parameters: Parameters): number =>
  // They have been checked against the indicator's own schema.
  indicator.settlesAfter(parameters as never) + 1;

/** @throws InvalidRequestError when there is no bar, or the indicator refuses the bars or its parameters */
export function computeIndicator(
  indicator: Indicator,
  stated: Parameters,
  series: IndicatorSeries,
  language: Language = "en",
): ComputedIndicator {
  const { bars, datasetId, passport } = series;
  refuseNone(series);
  const parameters = withZone(indicator, stated, passport);
  const last = bars.time.length - 1;
  const refusal = refusalOf(indicator, series);
  const lines = refusal === null ? indicator.compute(bars, parameters as never) : [noLine(indicator)];
  const warnings = [...(refusal === null ? [] : [refusal]), ...seriesWarnings(series, series.now)];
  const at = new Date(bars.time[last] ?? 0).toISOString();
  const zone = passport.zone ?? "UTC";
  const inputs = [
    ...seriesInputs(series, language),
    ...parameterInputs(indicator, parameters, series.stated, language),
  ];
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
      asOf: { instant: at, zone },
      kind: "computed",
      formula: {
        ...{ id: name, version, source, parameters: whole },
        words: inLanguage(formula, language),
        steps: inLanguage(
          say`${line.label} over ${last + 1} bars of ${{ verbatim: nameOf(series) }}, up to ${{ verbatim: new LocalTime(zone).momentAt(Date.parse(at), zone) }}`,
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

function refuseNone({ bars, passport: { first, zone } }: Series): void {
  if (bars.time.length > 0) return;
  if (first === null) refuse("dataset", say`There are no bars.`);
  const begin = new LocalTime(zone).momentAt(Date.parse(first), zone ?? "UTC");
  refuse("at", say`There is no bar at that time or before: the data begins at ${{ verbatim: begin }}.`);
}

/** Sessions are of the series' own clock, where nobody names another. */
export const withZone = (indicator: Indicator, stated: Parameters, { zone }: Passport): Parameters =>
  Object.hasOwn(indicator.parameters.properties, "zone") && stated.zone === undefined && zone !== null
    ? { zone, ...stated }
    : stated;

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
const refusalOf = (indicator: Indicator, series: IndicatorSeries): Words | null =>
  spanProblem(series) ?? misfitOf(indicator, series);

/** What the series lacks for it, whatever the span. */
export function misfitOf(indicator: Indicator, series: Pick<Series, "bars" | "passport">): Words | null {
  if (indicator.needsVolume && series.bars.volume === null)
    return say`This needs a volume, and the data has none: none is made up.`;
  if (Object.hasOwn(indicator.parameters.properties, "sessionStart") && series.passport.zone === null)
    return say`Sessions need a declared time zone, and the data has none. Import it again with its zone.`;
  return null;
}
