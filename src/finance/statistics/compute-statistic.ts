/**
 * A statistic over a span of a series, or of two, as facts: with the bars that it was computed from, how many observations are
 * behind each figure, and where the true value lies. A pure function of the bars. It knows nothing of storage.
 */
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import { LocalTime } from "../data/local-time.ts";
import {
  endOfBar,
  nameOf,
  type Parameters,
  parameterInputs,
  type Series,
  seriesInputs,
  seriesWarnings,
  spanProblem,
} from "../data/series-facts.ts";
import { lengthOf } from "../data/timeframe.ts";
import { hashOf } from "../facts/canonical.ts";
import type { Fact } from "../facts/fact.ts";
import { fitsSession, isLastWhole, sessionEnd } from "./sessions.ts";
import type { Finding, Statistic } from "./statistic.ts";

interface Span {
  readonly series: Series;
  /** The second one, where the statistic compares two. */
  readonly other: Series | null;
  /** The parameters that somebody has stated; the others are defaults. */
  readonly stated: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface ComputedStatistic {
  /** One a figure; the first one is the answer. */
  readonly facts: readonly Fact[];
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
}

/** @throws InvalidRequestError when there are too few bars, they are of two timeframes, or the clock of one of two is unknown */
export function computeStatistic(
  statistic: Statistic,
  given: Parameters,
  { series, other, stated, now }: Span,
  language: Language = "en",
): ComputedStatistic {
  const said = (words: Words) => inLanguage(words, language);
  for (const each of other === null ? [series] : [series, other]) {
    const problem = spanProblem(each);
    if (problem !== null) refuse(each === series ? "dataset" : "other", problem);
  }
  if (other !== null) refuseUnlike(series, other);
  const ofZone = inOwnZone(statistic, given, series, stated);
  refuseLongBars(statistic, ofZone, series);
  const { parameters, cut } = withUnfinished(statistic, ofZone, series, now);
  const found = statistic.compute(series.bars, parameters as never, other?.bars);
  const inputs = [
    ...seriesInputs(series, language),
    ...(other === null ? [] : seriesInputs(other, language, "-2")),
    ...parameterInputs(statistic, parameters, stated, language),
  ];
  const inputsHash = hashOf(inputs.map(({ name, value, unit }) => ({ name, value, unit })));
  const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString();
  // Of both: the second one may have bars before the first, and they went in.
  const times = [series, ...(other === null ? [] : [other])].map(({ bars }) => bars.time);
  const whole: Parameters = {
    dataset: series.datasetId,
    from: iso(Math.min(...times.map(([first = 0]) => first))),
    to: iso(Math.max(...times.map((time) => time.at(-1) ?? 0))),
    ...(other === null ? {} : { other: other.datasetId }),
    ...parameters,
  };
  const subject = other === null ? series.symbol : `${series.symbol} ${other.symbol}`;
  const ofSeries = [series, ...(other === null ? [] : [other])].flatMap((each) => seriesWarnings(each, now));
  const warnings = [...new Set([...found.warnings, ...cut, ...ofSeries].map(said))];
  const assumptions = found.assumptions.map(said);
  const { name: id, version, source, formula } = statistic;
  const clock = new LocalTime(series.passport.zone);
  const factOf = (finding: Finding): Fact => ({
    id: `f${hashOf({ formula: id, version, parameters: whole, inputsHash, result: finding.name }).slice(0, 24)}`,
    name: finding.name,
    label: said(finding.label),
    value: finding.value,
    unit: finding.unit === "price" ? null : finding.unit,
    subject,
    asOf: { instant: iso(finding.at ?? finding.to), zone: series.passport.zone ?? "UTC" },
    kind: "computed",
    formula: { id, version, source, words: said(formula), steps: said(finding.steps), parameters: whole },
    ...{ inputs, inputsHash, assumptions },
    warnings: [
      ...(finding.reason === undefined ? [] : [said(finding.reason)]),
      ...(finding.interval === undefined
        ? []
        : [
            said(
              say`In 95 of 100 samples it lies between ${finding.interval.low} and ${finding.interval.high}.`,
            ),
          ]),
      said(
        finding.n === 1
          ? say`From 1 observation of ${{ verbatim: nameOf(series) }}, ${{ verbatim: clock.dayAt(finding.from) }} to ${{ verbatim: clock.dayAt(finding.to) }}.`
          : say`From ${finding.n} observations of ${{ verbatim: nameOf(series) }}, ${{ verbatim: clock.dayAt(finding.from) }} to ${{ verbatim: clock.dayAt(finding.to) }}.`,
      ),
      ...warnings,
    ],
  });
  return { facts: found.results.map(factOf), warnings, assumptions };
}

/**
 * Days and months are those of the series' own clock, where nobody names another.
 * @throws InvalidRequestError for bars within a day whose clock nobody has declared
 */
function inOwnZone(statistic: Statistic, given: Parameters, { passport }: Series, stated: readonly string[]) {
  if (!Object.hasOwn(statistic.parameters.properties, "zone") || stated.includes("zone")) return given;
  const length = passport.timeframe === null ? null : lengthOf(passport.timeframe);
  if (passport.zone === null && (length === null || length < dayMs))
    refuse(
      "zone",
      say`Sessions need a declared time zone, and the data has none. Import it again with its zone.`,
    );
  return { ...given, zone: passport.zone ?? "UTC" };
}
const dayMs = 86_400_000;

/** Of a week across two months nobody knows what was in which. @throws InvalidRequestError */
function refuseLongBars(statistic: Statistic, parameters: Parameters, series: Series): void {
  const session = statistic.sessionOf?.(parameters as never);
  const { timeframe } = series.passport;
  if (session === undefined || timeframe === null || fitsSession(timeframe, session)) return;
  refuse(
    "dataset",
    say`The bars of ${{ verbatim: nameOf(series) }} are no parts of the sessions that this is computed of. Take a series of shorter bars.`,
  );
}

/** The last session counts once it is over, and where the data may hold all of it. It is kept as an input: later it is the same. */
function withUnfinished(
  statistic: Statistic,
  given: Parameters,
  { bars: { time }, passport }: Series,
  now: number,
): { readonly parameters: Parameters; readonly cut: readonly Words[] } {
  const isAsked = Object.hasOwn(statistic.parameters.properties, "unfinished");
  const kind = statistic.sessionOf?.(given as never);
  const last = time.at(-1);
  if (!isAsked || given.unfinished !== undefined || kind === undefined || last === undefined)
    return { parameters: given, cut: [] };
  const zone = String(given.zone);
  const end = endOfBar(last, passport);
  const isWhole = isLastWhole(time, { end, now, zone, kind });
  const isOver = Math.max(sessionEnd(last, zone, kind), end) <= now;
  const at = { verbatim: new LocalTime(zone).momentAt(end, zone) };
  return {
    parameters: { ...given, unfinished: isWhole ? 0 : 1 },
    cut:
      isOver && !isWhole
        ? [say`The data ends at ${at}, perhaps within its last session: that one is left out.`]
        : [],
  };
}

/** The same time must mean the same span of the same clock: a day's close is not that of its first four hours. */
function refuseUnlike(series: Series, other: Series): void {
  const [one, two] = [series.passport, other.passport];
  const [name, otherName] = [{ verbatim: nameOf(series) }, { verbatim: nameOf(other) }];
  if (one.timeframe !== two.timeframe)
    refuse(
      "other",
      say`${name} and ${otherName} are of two timeframes: their bars do not end together. Compare two of one timeframe.`,
    );
  if ((one.zone === null) !== (two.zone === null))
    refuse(
      "other",
      say`No time zone is declared for ${one.zone === null ? name : otherName}: nobody knows which of its bars belong to those of the other. Import it again with its zone.`,
    );
}
