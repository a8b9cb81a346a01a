/** Answers questions about the owner's own price series with a card. It knows nothing of where they are stored. */
import { AppError } from "../../errors.ts";
import { inLanguage, type Language, say } from "../../texts/say.ts";
import type { Timeframe } from "../data/timeframe.ts";
import type { Fact } from "../facts/fact.ts";
import { indicatorNamed } from "../indicators/indicators.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { statisticNamed } from "../statistics/statistics.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import { noSeriesCard, type SeriesFound, seriesCard } from "./series-card.ts";
import { type SeriesQuestion, seriesQuestionIn } from "./series-question.ts";
import { asText } from "./shown-figure.ts";

interface KnownSeries {
  readonly id: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Digits after the mark of its prices. */
  readonly decimals: number;
}

/** The series of one owner. */
export interface DeskSeries {
  list(): readonly KnownSeries[];
  /** @returns null: there is no such measure @throws AppError */
  compute(
    measure: string,
    inputs: Readonly<Record<string, unknown>>,
    language: Language,
  ): Promise<{ readonly facts: readonly Fact[]; readonly warnings: readonly string[] } | null>;
}

/** In several timeframes side by side, at most. */
const mostSeries = 4;

/** @returns null: it is no question about series, or there is none at all */
export async function seriesAnswer(
  question: string,
  instruments: Instruments,
  series: DeskSeries,
): Promise<Pick<DeskAnswer, "facts" | "card"> | null> {
  const all = series.list();
  if (all.length === 0) return null;
  const asked = seriesQuestionIn(question, { instruments, symbols: all.map(({ symbol }) => symbol) });
  if (asked === null || !takesPeriod(asked)) return null;
  const { measure, language } = asked;
  const named = (symbol: string) =>
    all.filter(
      (each) =>
        (each.symbol === symbol || instruments.find(each.symbol)?.symbol === symbol) &&
        (asked.timeframe === null || each.timeframe === asked.timeframe),
    );
  const [symbol = "", second] = asked.symbols;
  const first = named(symbol).slice(0, mostSeries);
  const other = second === undefined ? null : named(second);
  const missing = first.length === 0 ? symbol : other?.length === 0 ? second : undefined;
  if (missing !== undefined)
    return { facts: [], card: noSeriesCard(`${missing} ${asked.timeframe ?? ""}`.trim(), language) };
  const period = asked.period === null ? {} : { period: asked.period };
  const found: SeriesFound[] = [];
  try {
    for (const each of first) {
      const partner = other?.find(({ timeframe }) => timeframe === each.timeframe);
      if (other !== null && partner === undefined) continue;
      const inputs = { dataset: each.id, ...(partner === undefined ? {} : { other: partner.id }), ...period };
      const computed = await series.compute(measure, inputs, language);
      if (computed === null) return null;
      const name = [
        `${each.symbol} ${each.timeframe}`,
        ...(partner === undefined ? [] : [partner.symbol]),
      ].join(", ");
      found.push({ id: each.id, name, decimals: each.decimals, ...computed });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { facts: [], card: refusedCard(measure, error, language) };
  }
  const facts = found.flatMap((each) => each.facts);
  const [one, ...more] = facts;
  return one === undefined ? null : { facts: [one, ...more], card: seriesCard(found, language) };
}

/** "MACD 20" says nothing. */
function takesPeriod({ measure, period }: SeriesQuestion): boolean {
  const { parameters } = indicatorNamed(measure) ?? statisticNamed(measure) ?? {};
  return parameters !== undefined && (period === null || Object.hasOwn(parameters.properties, "period"));
}

const refusedCard = (measure: string, { words }: AppError, language: Language): string => {
  const title = indicatorNamed(measure)?.title ?? statisticNamed(measure)?.title ?? measure;
  return `### ${inLanguage(say`${title}: not computed`, language)}\n\n${asText(inLanguage(words, language))}\n\n`;
};
