/** What is to be computed for a question about series: of which of them, with which inputs. It computes nothing. */
import { inLanguage, type Language } from "../../texts/say.ts";
import { lengthOf } from "../data/timeframe.ts";
import { type SessionKind, sessionEnd } from "../statistics/sessions.ts";
import { statisticNamed } from "../statistics/statistics.ts";
import { barsInSpan, byFitness, type KnownSeries, type SpanBars, type TimesOf } from "./series-places.ts";
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

interface Reader {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the reader's clock. */
  readonly zone: string;
  readonly times: TimesOf;
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
      return ofSessions(asked, first, reader);
    case "setup":
    case "swings":
      return fittest(first).map((series) => jobOf(series, asked.measure, asked.inputs ?? {}));
    default:
      return await sideBySide(asked, first, second, reader);
  }
}

const nameOf = ({ symbol, timeframe }: KnownSeries) => `${symbol} ${timeframe}`;
const iso = (ms: number) => new Date(ms).toISOString();
const isNone = (found: readonly Job[] | NoBars): found is NoBars => "span" in found;
const fittest = (list: readonly KnownSeries[]) => byFitness(list, false).slice(0, 1);

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

/** A change or a range, over the bars that fit the span best. */
async function overSpan(
  asked: SeriesQuestion,
  list: readonly KnownSeries[],
  reader: Reader,
): Promise<readonly Job[] | NoBars> {
  const { span } = asked;
  if (span === undefined) throw new Error("A change is always of a span.");
  // Those that are named are shown side by side; else the best one speaks.
  const ranked = byFitness(list, !span.isOfDays);
  const jobs: Job[] = [];
  let none: NoBars | null = null;
  for (const series of ranked) {
    const places = await barsInSpan(span, series, reader.zone, reader.times);
    if (places.last === null) none ??= { series, span: places };
    else jobs.push(jobOf(series, asked.measure, boundsFor(asked.measure, places), places));
    if (jobs.length > 0 && asked.timeframes.length < 2) break;
  }
  return jobs.length === 0 && none !== null ? none : jobs;
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
  const shared = byFitness(first, false).find((each) =>
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
const lengthOfSession: Readonly<Record<SessionKind, number>> = {
  day: dayMs,
  week: 7 * dayMs,
  month: 28 * dayMs,
};

const sessionIn = (session: unknown): SessionKind =>
  session === "week" || session === "month" ? session : "day";

/** A session is made of bars that are no longer than it is. */
function sessionJob(
  list: readonly KnownSeries[],
  measure: string,
  inputs: Job["inputs"],
  { now, language }: Reader,
): readonly Job[] {
  const session = sessionIn(inputs.session);
  const fitting = list.filter(({ timeframe }) => {
    const length = lengthOf(timeframe);
    return length === null || length <= lengthOfSession[session];
  });
  return byFitness(fitting, false)
    .slice(0, 1)
    .map((series) => {
      const last = Date.parse(series.passport.last ?? "1970-01-01T00:00:00Z");
      const unfinished = sessionEnd(last, series.passport.zone ?? "UTC", session) > now ? 1 : 0;
      return {
        ...jobOf(series, measure, { ...inputs, session, unfinished, from: iso(last - reach[session]) }),
        name: `${nameOf(series)}, ${inLanguage(session, language)}`,
      };
    });
}

const ofSessions = (asked: SeriesQuestion, list: readonly KnownSeries[], reader: Reader): readonly Job[] =>
  sessionJob(list, asked.measure, asked.inputs ?? {}, reader);

async function levels(list: readonly KnownSeries[], reader: Reader): Promise<readonly Job[]> {
  const sessions = (["day", "week"] as const).flatMap((session) =>
    sessionJob(list, "session-levels", { session }, reader),
  );
  return [...sessions, ...fittest(list).map((series) => jobOf(series, "swings", {}))];
}

/** An indicator or a statistic in each timeframe; of two series where both have it. */
async function sideBySide(
  { measure, period, inputs = {}, span }: SeriesQuestion,
  first: readonly KnownSeries[],
  second: readonly KnownSeries[] | undefined,
  reader: Reader,
): Promise<readonly Job[] | NoBars> {
  const jobs: Job[] = [];
  let none: NoBars | null = null;
  for (const series of first.slice(0, mostSeries)) {
    const partner = second?.find(({ timeframe }) => timeframe === series.timeframe) ?? null;
    if (second !== undefined && partner === null) continue;
    const places = span === undefined ? null : await barsInSpan(span, series, reader.zone, reader.times);
    if (places !== null && places.last === null) {
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
