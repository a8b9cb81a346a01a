/** Indicators and statistics over an owner's series: computed, kept as facts, and computed again. It knows nothing of HTTP. */
import { AppError, InvalidRequestError, NotFoundError } from "../errors.ts";
import { readInputs } from "../finance/calculators/read-inputs.ts";
import { momentIn } from "../finance/data/moment.ts";
import { checkedParameters, type Series } from "../finance/data/series-facts.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { Verification } from "../finance/facts/verify.ts";
import { figuresApart } from "../finance/figures/figures-apart.ts";
import type { SeriesFigures } from "../finance/figures/series-figures.ts";
import { barsNeeded } from "../finance/indicators/compute-indicator.ts";
import type { Indicator } from "../finance/indicators/indicator.ts";
import { indicatorNamed, indicators } from "../finance/indicators/indicators.ts";
import { builtInInstruments } from "../finance/instruments/catalog.ts";
import type { Statistic } from "../finance/statistics/statistic.ts";
import { statisticNamed, statistics } from "../finance/statistics/statistics.ts";
import type { Store } from "../store/database.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import type { OwnerId } from "../store/schema.ts";
import { inLanguage, type Language, say } from "../texts/say.ts";
import type { BarSpan } from "./dataset-chunks.ts";
import type { OwnDatasets } from "./datasets.ts";
import { spanOfStatistic } from "./days-of-series.ts";
import { type FactPlace, factPlace } from "./fact-place.ts";
import { type DrawnChart, drawnChart } from "./series-chart.ts";

export type OwnSeriesFigures = ReturnType<typeof seriesFiguresOf>;

export interface SeriesFiguresDeps {
  readonly store: Pick<Store, "facts" | "transaction">;
  readonly datasets: OwnDatasets;
  readonly ownerId: OwnerId;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
}

type WantedChart = Parameters<typeof drawnChart>[2];
type Inputs = Readonly<Record<string, unknown>>;

export function seriesFiguresOf({ store, datasets, ownerId, now = Date.now }: SeriesFiguresDeps) {
  async function ofIndicator(
    indicator: Indicator,
    inputs: Inputs,
    language: Language,
  ): Promise<SeriesFigures> {
    const { dataset, at, ...rest } = inputs;
    const parameters = parametersOf(indicator, rest, ["dataset", "at"]);
    const span = { to: momentIn("at", at), limit: barsNeeded(indicator, parameters) };
    const series = await seriesOf(named(dataset), span);
    return figuresApart({
      ...{ name: indicator.name, parameters, series, other: null, language },
      ...{ stated: Object.keys(rest), now: now() },
    });
  }

  async function ofStatistic(
    statistic: Statistic,
    inputs: Inputs,
    language: Language,
  ): Promise<SeriesFigures> {
    const { dataset, other, from, to, ...rest } = inputs;
    const takes = ["dataset", ...(statistic.series === 2 ? ["other"] : []), "from", "to"];
    const parameters = parametersOf(statistic, rest, takes);
    const inSpan = async (each: Dataset) =>
      seriesOf(each, await spanOfStatistic(statistic, each, { from, to }, datasets, now()));
    const second =
      statistic.series === 1 || other === undefined
        ? null
        : await inSpan(datasetNamed(String(other), "other"));
    const series = await inSpan(named(dataset));
    return figuresApart({
      ...{ name: statistic.name, parameters, series, other: second, language },
      ...{ stated: Object.keys(rest), now: now() },
    });
  }

  /** @returns null: there is no such figure */
  function computed(name: string, inputs: Inputs, language: Language): Promise<SeriesFigures> | null {
    const indicator = indicatorNamed(name);
    if (indicator !== undefined) return ofIndicator(indicator, inputs, language);
    const statistic = statisticNamed(name);
    return statistic === undefined ? null : ofStatistic(statistic, inputs, language);
  }

  async function seriesOf({ id: datasetId, symbol, passport }: Dataset, span: BarSpan): Promise<Series> {
    if (passport === null) throw new NotFoundError(say`There is no such dataset.`);
    return { datasetId, symbol, passport, bars: await datasets.bars(datasetId, span) };
  }

  const named = (dataset: unknown): Dataset =>
    dataset === undefined ? onlyOne(datasets.list()) : datasetNamed(String(dataset));

  /** By its id; or by the symbol, with or without the timeframe: "XAUUSD", "XAUUSD D1". */
  function datasetNamed(name: string, param = "dataset"): Dataset {
    const all = datasets.list();
    const byId = all.find(({ id }) => id === name);
    if (byId !== undefined) return byId;
    const [symbol, timeframe] = name.toUpperCase().split(/\s+/);
    const found = all.filter(
      (each) => each.symbol === symbol && (timeframe === undefined || each.timeframe === timeframe),
    );
    if (found.length === 0) throw new NotFoundError(say`There is no such dataset.`, { param });
    return onlyOne(found, param);
  }

  return {
    /** Computes it, and keeps nothing. @returns null: there is none of this name @throws as `calculate` */
    compute: (name: string, inputs: Inputs, language: Language): Promise<SeriesFigures | null> =>
      Promise.resolve(computed(name, inputs, language)),
    indicators: (): readonly Indicator[] => indicators,
    /** A part of a series as a chart draws it. @throws NotFoundError, InvalidRequestError */
    chart: (id: string, wanted: WantedChart): Promise<DrawnChart> => drawnChart(datasets, id, wanted, now()),
    /** Where a fact lies in its series. @returns null: it is of none, or of one that is gone */
    place: (fact: Fact): FactPlace | null => factPlace(datasets, fact),
    statistics: (): readonly Statistic[] => statistics,
    /**
     * Computes an indicator at the last bar, or at the one that had begun by `at`; or a statistic of all bars, or of those `from`
     * and `to` a time; of days, YYYY-MM-DD, all of them. The facts are kept.
     * @param inputs `dataset` (its id, or its symbol), `other` where two are compared, and the parameters
     * @returns null: there is none of this name
     * @throws InvalidRequestError with `param`, NotFoundError
     */
    async calculate(name: string, inputs: Inputs, language: Language = "en"): Promise<SeriesFigures | null> {
      const found = await computed(name, inputs, language);
      if (found === null) return null;
      const { facts } = found;
      store.transaction(() => store.facts.insert({ ownerId, generationId: null, facts, createdAt: now() }));
      return found;
    },
    /** Computes a fact again from the rows as they are now. @returns null: it is none over a series */
    async verify(
      { id, name, value, formula }: Fact,
      language: Language = "en",
    ): Promise<Verification | null> {
      if (formula.parameters.dataset === undefined) return null;
      try {
        const found = await computed(formula.id, formula.parameters, language);
        if (found === null) return null;
        const again = found.facts.find((each) => each.name === name);
        const isEqual = again !== undefined && again.id === id && again.value === value;
        return {
          equal: isEqual,
          value: again?.value ?? null,
          changed: isEqual ? [] : [inLanguage(say`The rows behind it have changed since.`, language)],
        };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return {
          ...{ equal: false, value: null },
          changed: [inLanguage(say`It cannot be computed any more: ${error.words}`, language)],
        };
      }
    },
  };
}

/** @throws InvalidRequestError */
const parametersOf = (
  measure: Pick<Indicator | Statistic, "title" | "parameters">,
  given: Inputs,
  others: readonly string[],
) =>
  checkedParameters(measure, readInputs({ inputs: measure.parameters }, given, builtInInstruments), others);

function onlyOne(found: readonly Dataset[], param = "dataset"): Dataset {
  const [one, ...more] = found;
  if (one !== undefined && more.length === 0) return one;
  if (one === undefined)
    throw new NotFoundError(say`There is no data yet. Import a file of prices first.`, { param: "dataset" });
  throw new InvalidRequestError(
    say`Several datasets fit. Name one: ${{ verbatim: found.map(({ symbol, timeframe, id }) => `${symbol} ${timeframe} (${id})`).join(", ") }}.`,
    { param },
  );
}
