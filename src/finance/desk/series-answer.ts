/** Answers questions about the owner's own price series with a card. It knows nothing of where they are stored. */
import { AppError } from "../../errors.ts";
import { inLanguage, type Language, say, type Words } from "../../texts/say.ts";
import { LocalTime } from "../data/local-time.ts";
import { passportWarnings } from "../data/passport.ts";
import { endOfBar } from "../data/series-facts.ts";
import type { Fact } from "../facts/fact.ts";
import { indicatorNamed } from "../indicators/indicators.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { statisticNamed } from "../statistics/statistics.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import { noBarsCard, noSeriesCard, type SeriesFound, seriesCard } from "./series-card.ts";
import { countOfCut, type Job, jobsFor } from "./series-jobs.ts";
import { endOfData, type KnownSeries, type TimesOf } from "./series-places.ts";
import { type SeriesQuestion, seriesQuestionIn } from "./series-question.ts";
import { sizeOf } from "./series-size.ts";
import { asText } from "./shown-figure.ts";

/** The series of one owner. */
export interface DeskSeries {
  list(): readonly KnownSeries[];
  /** @returns null: there is no such measure @throws AppError */
  compute(
    measure: string,
    inputs: Readonly<Record<string, unknown>>,
    language: Language,
  ): Promise<{ readonly facts: readonly Fact[]; readonly warnings: readonly string[] } | null>;
  readonly times: TimesOf;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The zone of the owner's clock: what "yesterday" means. */
  readonly zone: string;
}

/** @returns null: it is no question about series */
export async function seriesAnswer(
  question: string,
  instruments: Instruments,
  series: DeskSeries,
): Promise<Pick<DeskAnswer, "facts" | "card"> | null> {
  const all = series.list();
  const asked = seriesQuestionIn(question, {
    instruments,
    symbols: all.map(({ symbol }) => symbol),
    now: new LocalTime(series.zone).shownAt(series.now),
  });
  if (asked === null) return null;
  const { language, timeframes } = asked;
  const named = asked.symbols.map((symbol) =>
    all.filter((each) => each.symbol === symbol || instruments.find(each.symbol)?.symbol === symbol),
  );
  const missing = missingIn(asked, named);
  const fitting = named.map((list) =>
    timeframes.length === 0 ? list : list.filter(({ timeframe }) => timeframes.includes(timeframe)),
  );
  // What there is of the others is shown; where there is nothing at all, that is said.
  if (fitting.some((list) => list.length === 0)) return { facts: [], card: noSeriesCard(missing, language) };
  try {
    const jobs = await jobsFor(asked, fitting, { ...series, language });
    if ("span" in jobs) return { facts: [], card: noBarsCard(jobs, language) };
    const { found, notes: left } = await foundBySome(jobs, asked, series);
    const cut = countOfCut(asked, fitting);
    const size = asked.account === undefined ? null : sizeOf(asked.account, found, instruments, language);
    const whole = size === null ? found : [...found, ...(size.found === null ? [] : [size.found])];
    const [one, ...more] = whole.flatMap((each) => each.facts);
    if (one === undefined) return null;
    const notes = [
      ...notesOn(jobs, series, missing, language),
      ...(cut === null
        ? []
        : [
            inLanguage(
              say`${cut} series fit, and not all of them are shown. Name a timeframe to choose one.`,
              language,
            ),
          ]),
      ...left,
      ...(size?.notes ?? []),
    ];
    return { facts: [one, ...more], card: seriesCard(whole, language, notes) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { facts: [], card: refusedCard(asked.measure, error, language) };
  }
}

/** "XAUUSD H4": what the question names and nobody has imported. */
const missingIn = ({ symbols, timeframes }: SeriesQuestion, named: readonly (readonly KnownSeries[])[]) =>
  symbols.flatMap((symbol, index) => {
    const list = named[index] ?? [];
    if (timeframes.length === 0) return list.length === 0 ? [symbol] : [];
    return timeframes
      .filter((each) => list.every(({ timeframe }) => timeframe !== each))
      .map((each) => `${symbol} ${each}`);
  });

/**
 * Of one symbol in several timeframes those are shown that can be computed, and a note says why the others are not.
 * @throws AppError where none can
 */
async function foundBySome(jobs: readonly Job[], asked: SeriesQuestion, series: DeskSeries) {
  const found: SeriesFound[] = [];
  const notes: string[] = [];
  let refused: AppError | null = null;
  for (const job of jobs) {
    try {
      const each = await foundBy(job, asked, series);
      if (each !== null) found.push(each);
    } catch (error) {
      if (!(error instanceof AppError) || asked.symbols.length > 1) throw error;
      refused ??= error;
      const [name, reason] = [job.name, inLanguage(error.words, asked.language)].map((text) => ({
        verbatim: asText(text),
      }));
      notes.push(inLanguage(say`${name} is left out: ${reason}`, asked.language));
    }
  }
  if (refused !== null && found.length === 0) throw refused;
  return { found, notes };
}

async function foundBy(job: Job, asked: SeriesQuestion, series: DeskSeries): Promise<SeriesFound | null> {
  const { series: of, name, measure, inputs, span } = job;
  try {
    const computed = await series.compute(measure, inputs, asked.language);
    if (computed === null) return null;
    const { decimals } = of.passport;
    const facts = asked.first === undefined ? computed.facts : withFirst(computed.facts, asked.first);
    return { ...{ id: of.id, name, decimals, facts, span }, warnings: computed.warnings };
  } catch (error) {
    if (job.isExtra !== true || !(error instanceof AppError)) throw error;
    return null;
  }
}

/** The low is asked for, and the high comes with it. */
const withFirst = (facts: readonly Fact[], name: string): readonly Fact[] => [
  ...facts.filter((fact) => fact.name === name),
  ...facts.filter((fact) => fact.name !== name),
];

/** Some days have no bars in any market. */
const dayMs = 86_400_000;
const usualPause = 5 * dayMs;

/** What is to be known beside the figures. */
function notesOn(
  jobs: readonly Job[],
  { now }: DeskSeries,
  missing: readonly string[],
  language: Language,
): readonly string[] {
  const own = (words: Parameters<typeof inLanguage>[0]) => inLanguage(words, language);
  const lacking = missing.map((each) => own(say`There is no data of ${{ verbatim: asText(each) }} here`));
  const ofData = jobs.flatMap((job) => dataNotes(job, now).map(own));
  const odd = jobs.flatMap(({ series: { id, symbol, timeframe, passport } }) =>
    passportWarnings(passport).length === 0
      ? []
      : [
          own(
            say`There are remarks on the data of ${{ verbatim: asText(`${symbol} ${timeframe}`) }}: [see its passport](${{ verbatim: `/data/${id}#passport` }}).`,
          ),
        ],
  );
  return [...new Set([...lacking.map((each) => `${each}.`), ...ofData, ...odd])];
}

/** Whether a whole day from Monday to Friday lies between two times of a clock. */
function hasWeekday(from: number, to: number): boolean {
  for (let day = Math.ceil(from / dayMs) * dayMs; day + dayMs <= to; day += dayMs)
    if (![0, 6].includes(new Date(day).getUTCDay())) return true;
  return false;
}

/** What the data has not, or has at other times. */
function dataNotes({ name, measure, span, series }: Job, now: number): readonly Words[] {
  const { passport } = series;
  if (passport.last === null || passport.first === null) return [];
  const clock = new LocalTime(passport.zone);
  const [first, last] = [Date.parse(passport.first), Date.parse(passport.last)];
  const day = (instant: number) => ({ verbatim: clock.dayAt(instant) });
  const of = { verbatim: asText(name) };
  const isOld = (span?.to ?? now) - endOfData(series) > usualPause;
  const isOfSession = /^(?:pivots|session-levels|setup|swings)$/.test(measure);
  const isPast = isOld || (isOfSession && hasWeekday(clock.shownAt(endOfData(series)), clock.shownAt(now)));
  if (span === null)
    return isPast ? [say`The data of ${of} ends at ${day(last)}: the figure is of then.`] : [];
  const moment = (instant: number) => ({ verbatim: clock.momentAt(instant, passport.zone ?? "UTC") });
  const { before, cut, from } = span;
  const isChange = measure === "change";
  const begin = isChange && before !== null ? before : cut.begin;
  const isCut = cut.begin !== null || cut.end !== null;
  return [
    ...(isOld ? [say`The data of ${of} ends at ${day(last)}, before the span does.`] : []),
    ...(before === null && first > from
      ? [say`The data of ${of} begins at ${day(first)}, after the span does.`]
      : before === null && isChange
        ? [say`The data of ${of} begins with the span: the change is from its first close.`]
        : []),
    ...(isCut && span.last !== null
      ? [
          say`The bars of ${of} begin and end at other times than the span: the figure is of ${moment(begin === null ? from : endOfBar(begin, passport))} to ${moment(endOfBar(span.last, passport))}.`,
        ]
      : []),
  ];
}

const refusedCard = (measure: string, { words }: AppError, language: Language): string => {
  const title = indicatorNamed(measure)?.title ?? statisticNamed(measure)?.title ?? measure;
  return `### ${inLanguage(say`${title}: not computed`, language)}\n\n${asText(inLanguage(words, language))}\n\n`;
};
