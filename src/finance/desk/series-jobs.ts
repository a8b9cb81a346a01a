/** What is to be computed for a question about series: of which of them, with which inputs. It computes nothing. */
import { inLanguage, type Language } from "../../texts/say.ts";
import { lengthOf } from "../data/timeframe.ts";
import { fitsSession, type SessionKind } from "../statistics/sessions.ts";
import { statisticNamed } from "../statistics/statistics.ts";
import {
  barsInSpan,
  byFitness,
  byFreshness,
  fitsSpan,
  isBehind,
  type KnownSeries,
  refuseUnfit,
  type SpanBars,
  type SpanReader,
} from "./series-places.ts";
import type { SeriesQuestion } from "./series-question.ts";

export interface Job {
  readonly series: KnownSeries;
  readonly partner: KnownSeries | null;
  /** "XAUUSD D1" */
  readonly name: string;
  readonly measure: string;
  readonly inputs: Readonly<Record<string, string | number>>;
  /** The span that the question names, where it does. */
  readonly span: SpanBars | null;
  /** It adds to the answer, and is left out where it cannot be computed. */
  readonly isExtra?: true;
}

/** What the question names has no bars in the span. */
export interface NoBars {
  readonly series: KnownSeries;
  readonly span: SpanBars;
}

interface Reader extends SpanReader {
  /** Of the question. */
  readonly language: Language;
}

/** In several timeframes side by side, at most. */
const mostSeries = 4;
const dayMs = 86_400_000;

/** @param named the series of each symbol of the question */
export async function jobsFor(
  asked: SeriesQuestion,
  named: readonly (readonly KnownSeries[])[],
  reader: Reader,
): Promise<readonly Job[] | NoBars> {
  const [first = [], second] = named;
  switch (asked.measure) {
    case "change":
    case "price-range":
      return await overSpan(asked, first, reader);
    case "compare":
      return await compared(asked, first, second ?? [], reader);
    case "levels":
      return await levels(first, reader);
    case "pivots":
    case "session-levels":
      return await sessionJob(first, asked.measure, asked.inputs ?? {}, reader);
    case "setup":
    case "swings":
      return (await fittest(first, reader)).map((series) => jobOf(series, asked.measure, asked.inputs ?? {}));
    default:
      return await sideBySide(asked, first, second, reader);
  }
}

const nameOf = ({ symbol, timeframe }: KnownSeries) => `${symbol} ${timeframe}`;
const iso = (ms: number) => new Date(ms).toISOString();
const isNone = (found: readonly Job[] | NoBars): found is NoBars => "span" in found;
const fittest = async (list: readonly KnownSeries[], { times }: Reader) =>
  (await byFreshness(list, times)).slice(0, 1);

function jobOf(
  series: KnownSeries,
  measure: string,
  inputs: Job["inputs"],
  span: SpanBars | null = null,
): Job {
  return {
    series,
    partner: null,
    name: nameOf(series),
    measure,
    inputs: { dataset: series.id, ...inputs },
    span,
  };
}

/** The instants between which a figure of a span is computed. */
function bounds({ from, last, to }: SpanBars) {
  return { from: iso(from), ...(to === null || last === null ? {} : { to: iso(last) }) };
}

/** A change or a range, over the bars that fit the span best. @throws InvalidRequestError where none of them do */
async function overSpan(
  asked: SeriesQuestion,
  list: readonly KnownSeries[],
  reader: Reader,
): Promise<readonly Job[] | NoBars> {
  const { span } = asked;
  if (span === undefined) throw new Error("A change is always of a span.");
  const found: { readonly job: Job; readonly lacks: number }[] = [];
  let none: NoBars | null = null;
  let unfit: KnownSeries | null = null;
  for (const series of byFitness(list, !span.isOfDays)) {
    const places = await barsInSpan(span, series, reader);
    if (!fitsSpan(series, span, places)) unfit ??= series;
    else if (places.last === null) none ??= { series, span: places };
    else
      found.push({
        job: jobOf(series, asked.measure, boundsFor(asked.measure, places), places),
        lacks: await lackOf(series, list, places, reader),
      });
  }
  // Those that are named are shown side by side; else the best one speaks.
  if (asked.timeframes.length > 1 && found.length > 0) return found.map(({ job }) => job);
  const [best] = found.toSorted((a, b) => a.lacks - b.lacks);
  if (best !== undefined) return [best.job];
  if (none !== null) return none;
  if (unfit !== null) refuseUnfit(unfit);
  return [];
}

/** How much of the span the data does not have, where another series may: its begin, its end. */
async function lackOf(
  series: KnownSeries,
  list: readonly KnownSeries[],
  { before, from, to }: SpanBars,
  { times }: Reader,
): Promise<number> {
  const beginsLate = before === null && Date.parse(series.passport.first ?? "") > from;
  const isOld = await isBehind(series, list, times, to ?? undefined);
  return (beginsLate ? 1 : 0) + (isOld ? 1 : 0);
}

/** A change begins at the last close before the span. */
const boundsFor = (measure: string, places: SpanBars) =>
  measure === "change" && places.before !== null
    ? { ...bounds(places), from: iso(places.before) }
    : bounds(places);

async function compared(
  asked: SeriesQuestion,
  first: readonly KnownSeries[],
  second: readonly KnownSeries[],
  reader: Reader,
): Promise<readonly Job[] | NoBars> {
  const shared = (await byFreshness(first, reader.times)).find((each) =>
    second.some(({ timeframe }) => timeframe === each.timeframe),
  );
  const of = (list: readonly KnownSeries[]) =>
    shared === undefined ? list : list.filter(({ timeframe }) => timeframe === shared.timeframe);
  const change = { ...asked, measure: "change" };
  const one = await overSpan(change, of(first), reader);
  const two = await overSpan(change, of(second), reader);
  if (isNone(one)) return one;
  if (isNone(two)) return two;
  const [left, right] = [one[0], two[0]];
  if (shared === undefined || left === undefined || right === undefined || left.span === null)
    return [...one, ...two];
  const together = {
    ...jobOf(left.series, "correlation", { other: right.series.id, ...bounds(left.span) }),
    ...{
      partner: right.series,
      name: `${nameOf(left.series)}, ${right.series.symbol}`,
      isExtra: true as const,
    },
  };
  return [...one, ...two, together];
}

/** How far back a session and the one before it reach. */
const reach: Readonly<Record<SessionKind, number>> = {
  day: 14 * dayMs,
  week: 45 * dayMs,
  month: 130 * dayMs,
};
const sessionIn = (session: unknown): SessionKind =>
  session === "week" || session === "month" ? session : "day";

/** A session is made of bars that are no longer than it is. */
async function sessionJob(
  list: readonly KnownSeries[],
  measure: string,
  inputs: Job["inputs"],
  reader: Reader,
): Promise<readonly Job[]> {
  const session = sessionIn(inputs.session);
  const fitting = list.filter(({ timeframe }) => fitsSession(timeframe, session));
  return (await fittest(fitting, reader)).map((series) => {
    const last = Date.parse(series.passport.last ?? "1970-01-01T00:00:00Z");
    return {
      ...jobOf(series, measure, { ...inputs, session, from: iso(last - reach[session]) }),
      name: `${nameOf(series)}, ${inLanguage(session, reader.language)}`,
    };
  });
}

async function levels(list: readonly KnownSeries[], reader: Reader): Promise<readonly Job[]> {
  const days = await sessionJob(list, "session-levels", { session: "day" }, reader);
  const weeks = await sessionJob(list, "session-levels", { session: "week" }, reader);
  const swings = (await fittest(list, reader)).map((series) => jobOf(series, "swings", {}));
  return [...days, ...weeks, ...swings];
}

/** The measures that are shown of one series, or of two that are compared. */
const ofOne: ReadonlySet<string> = new Set(
  "change price-range compare levels pivots session-levels setup swings".split(" "),
);

/** With the series of the other symbol, where there are two. */
function pairsOf(
  { measure, inputs }: Pick<SeriesQuestion, "measure" | "inputs">,
  first: readonly KnownSeries[],
  second: readonly KnownSeries[] | undefined,
) {
  const fits = ({ timeframe }: KnownSeries) =>
    measure !== "seasonality" || fitsSession(timeframe, inputs?.by === "weekday" ? "day" : "month");
  // Where none fits, the statistic says why.
  const fitting = first.some(fits) ? first.filter(fits) : first;
  return fitting.flatMap((series) => {
    const partner = second?.find(({ timeframe }) => timeframe === series.timeframe) ?? null;
    return second !== undefined && partner === null ? [] : [{ series, partner }];
  });
}

/** How many series fit, where not all of them are shown; else null. */
export function countOfCut(
  asked: SeriesQuestion,
  [first = [], second]: readonly (readonly KnownSeries[])[],
): number | null {
  const { length } = ofOne.has(asked.measure) ? [] : pairsOf(asked, first, second);
  return length > mostSeries ? length : null;
}

/** An indicator or a statistic in each timeframe; of two series where both have it. */
async function sideBySide(
  asked: SeriesQuestion,
  first: readonly KnownSeries[],
  second: readonly KnownSeries[] | undefined,
  reader: Reader,
): Promise<readonly Job[] | NoBars> {
  const { measure, period, inputs = {}, span } = asked;
  const jobs: Job[] = [];
  let none: NoBars | null = null;
  for (const { series, partner } of pairsOf(asked, first, second).slice(0, mostSeries)) {
    const places = span === undefined ? null : await barsInSpan(span, series, reader);
    const isOfHours = span?.isOfDays === false && (lengthOf(series.timeframe) ?? 0) >= dayMs;
    if (places !== null && (places.last === null || isOfHours)) {
      none ??= { series, span: places };
      continue;
    }
    const stated = {
      ...(partner === null ? {} : { other: partner.id }),
      ...(period === null ? {} : { period }),
      ...inputs,
      ...(places === null || statisticNamed(measure) === undefined ? {} : bounds(places)),
    };
    const job = jobOf(series, measure, stated, places);
    jobs.push(partner === null ? job : { ...job, partner, name: `${job.name}, ${partner.symbol}` });
  }
  return jobs.length === 0 && none !== null ? none : jobs;
}
