/** Indicators over an owner's series: computed, kept as facts, and computed again. It knows nothing of HTTP. */
import { AppError, InvalidRequestError, NotFoundError } from "../errors.ts";
import { readInputs } from "../finance/calculators/read-inputs.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { Verification } from "../finance/facts/verify.ts";
import {
  barsNeeded,
  type ComputedIndicator,
  computeIndicator,
  indicatorParameters,
} from "../finance/indicators/compute-indicator.ts";
import type { Indicator } from "../finance/indicators/indicator.ts";
import { indicatorNamed, indicators } from "../finance/indicators/indicators.ts";
import { builtInInstruments } from "../finance/instruments/catalog.ts";
import type { Store } from "../store/database.ts";
import type { Dataset } from "../store/dataset-tables.ts";
import type { OwnerId } from "../store/schema.ts";
import { inLanguage, type Language, say } from "../texts/say.ts";
import type { OwnDatasets } from "./datasets.ts";

export type OwnIndicators = ReturnType<typeof indicatorsOf>;

interface IndicatorDeps {
  readonly store: Pick<Store, "facts" | "transaction">;
  readonly datasets: OwnDatasets;
  readonly ownerId: OwnerId;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
}

export function indicatorsOf({ store, datasets, ownerId, now = Date.now }: IndicatorDeps) {
  async function computed(
    indicator: Indicator,
    inputs: Readonly<Record<string, unknown>>,
    language: Language,
  ): Promise<ComputedIndicator> {
    const { dataset: named, at, ...rest } = inputs;
    const dataset = named === undefined ? onlyOne(datasets.list()) : datasetNamed(String(named));
    const parameters = indicatorParameters(
      indicator,
      readInputs({ inputs: indicator.parameters }, rest, builtInInstruments),
    );
    const to = at === undefined ? undefined : instantIn(at);
    const bars = await datasets.bars(dataset.id, { to, limit: barsNeeded(indicator, parameters) });
    const { id: datasetId, symbol, passport } = dataset;
    if (passport === null) throw new NotFoundError(say`There is no such dataset.`);
    const series = { datasetId, symbol, passport, bars, stated: Object.keys(rest), now: now() };
    return computeIndicator(indicator, parameters, series, language);
  }

  /** By its id; or by the symbol, with or without the timeframe: "XAUUSD", "XAUUSD D1". */
  function datasetNamed(name: string): Dataset {
    const all = datasets.list();
    const byId = all.find(({ id }) => id === name);
    if (byId !== undefined) return byId;
    const [symbol, timeframe] = name.toUpperCase().split(/\s+/);
    const found = all.filter(
      (each) => each.symbol === symbol && (timeframe === undefined || each.timeframe === timeframe),
    );
    if (found.length === 0) throw new NotFoundError(say`There is no such dataset.`, { param: "dataset" });
    return onlyOne(found);
  }

  return {
    all: (): readonly Indicator[] => indicators,
    /** undefined: there is none of this name. */
    named: indicatorNamed,
    /** @throws InvalidRequestError */
    get(name: string): Indicator {
      const found = indicatorNamed(name);
      if (found === undefined)
        throw new InvalidRequestError(say`There is no such indicator.`, { param: "indicator" });
      return found;
    },
    /**
     * At the last bar, or at the one that had begun by `at`; the facts are kept.
     * @param inputs `dataset` (its id, or its symbol), `at` (ISO 8601), and the indicator's parameters
     * @throws InvalidRequestError with `param`, NotFoundError
     */
    async calculate(
      indicator: Indicator,
      inputs: Readonly<Record<string, unknown>>,
      language: Language = "en",
    ): Promise<ComputedIndicator> {
      const found = await computed(indicator, inputs, language);
      const { facts } = found;
      store.transaction(() => store.facts.insert({ ownerId, generationId: null, facts, createdAt: now() }));
      return found;
    },
    /** Computes a fact again from the rows as they are now. @returns null: it is no fact of an indicator */
    async verify(fact: Fact, language: Language = "en"): Promise<Verification | null> {
      const indicator = indicatorNamed(fact.formula.id);
      if (indicator === undefined || fact.formula.parameters.dataset === undefined) return null;
      try {
        const { facts } = await computed(indicator, fact.formula.parameters, language);
        const again = facts.find(({ name }) => name === fact.name);
        const isEqual = again !== undefined && again.id === fact.id && again.value === fact.value;
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

function onlyOne(found: readonly Dataset[]): Dataset {
  const [one, ...more] = found;
  if (one !== undefined && more.length === 0) return one;
  if (one === undefined)
    throw new NotFoundError(say`There is no data yet. Import a file of prices first.`, { param: "dataset" });
  throw new InvalidRequestError(
    say`Several datasets fit. Name one: ${{ verbatim: found.map(({ symbol, timeframe, id }) => `${symbol} ${timeframe} (${id})`).join(", ") }}.`,
    { param: "dataset" },
  );
}

/** @throws InvalidRequestError */
function instantIn(at: unknown): number {
  const instant = typeof at === "string" ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(instant))
    throw new InvalidRequestError(say`at must be a time, such as 2024-03-01T12:00:00Z.`, { param: "at" });
  return instant;
}
