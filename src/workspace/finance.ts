/**
 * What one owner computes: calculators, the facts that they gave, and the specifications of instruments with the owner's
 * changes. API, pages and the desk use it alike. It knows nothing of HTTP.
 */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Calculator } from "../finance/calculators/calculator.ts";
import { calculatorNamed, calculators } from "../finance/calculators/calculators.ts";
import { readInputs } from "../finance/calculators/read-inputs.ts";
import { type Computed, compute } from "../finance/facts/compute.ts";
import type { Fact } from "../finance/facts/fact.ts";
import { factIn, type Verification, verifyFact } from "../finance/facts/verify.ts";
import { builtInInstruments } from "../finance/instruments/catalog.ts";
import { changedInstrument, type InstrumentChange } from "../finance/instruments/change-instrument.ts";
import type { Instrument } from "../finance/instruments/instrument.ts";
import { withOwn } from "../finance/instruments/own-instruments.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { type Language, say } from "../texts/say.ts";

export type Finance = ReturnType<typeof financeOf>;

/** An instrument as calculations use it. */
export interface OwnedInstrument extends Instrument {
  /** The owner changed or added it. */
  readonly isOwn: boolean;
  /** There is a specification of the program to go back to. */
  readonly hasDefault: boolean;
}

type FinanceStore = Pick<Store, "facts" | "instruments" | "transaction">;

const defaults = builtInInstruments;

export function financeOf(store: FinanceStore, ownerId: OwnerId) {
  const current = () => withOwn(defaults, store.instruments.list(ownerId));
  const calculator = (name: string): Calculator => {
    const found = calculatorNamed(name);
    if (found !== undefined) return found;
    throw new NotFoundError(
      say`There is no calculator of this name. There are: ${{ verbatim: calculators.map((each) => each.name).join(", ") }}.`,
      { param: "name" },
    );
  };
  const fact = (id: string): Fact => {
    const found = store.facts.get(id, ownerId);
    if (found === undefined) throw new NotFoundError(say`There is no such fact.`);
    return found;
  };
  const compare = (a: Instrument, b: Instrument) => a.symbol.localeCompare(b.symbol, "en");
  const ownedBy = () => {
    const own = new Set(store.instruments.list(ownerId).map(({ symbol }) => symbol));
    return (each: Instrument): OwnedInstrument => ({
      ...each,
      isOwn: own.has(each.symbol),
      hasDefault: defaults.find(each.symbol)?.symbol === each.symbol,
    });
  };
  const instruments = {
    /** Those that are listed, by symbol. Two currencies that are joined make a pair that is not. */
    all(): readonly OwnedInstrument[] {
      return current().all().map(ownedBy()).toSorted(compare);
    },
    /** By symbol or synonym. @throws NotFoundError */
    get(name: string): OwnedInstrument {
      const found = current().find(name);
      if (found === null) throw new NotFoundError(say`There is no such instrument.`, { param: "symbol" });
      return ownedBy()(found);
    },
    /** Changes it, or adds it. @throws InvalidRequestError with `param` */
    change(symbol: string, change: InstrumentChange): OwnedInstrument {
      const before = current().find(symbol);
      const after = changedInstrument(before, symbol, change);
      store.instruments.put(ownerId, after, Date.now());
      return instruments.get(after.symbol);
    },
    /** Adds one that is not listed. @throws InvalidRequestError with `param` */
    add(symbol: string, change: InstrumentChange): OwnedInstrument {
      const listed = current().find(symbol);
      if (listed !== null && instruments.all().some((each) => each.symbol === listed.symbol))
        throw new InvalidRequestError(
          say`There is ${{ verbatim: listed.symbol }} (${{ verbatim: listed.name }}) by this name. Change that one, or choose another symbol.`,
          { param: "symbol" },
        );
      return instruments.change(symbol, change);
    },
    /** Takes the owner's changes back. @returns the program's specification; null when there is none @throws NotFoundError */
    reset(symbol: string): OwnedInstrument | null {
      const found = instruments.get(symbol);
      store.instruments.remove(ownerId, found.symbol);
      return found.hasDefault ? instruments.get(found.symbol) : null;
    },
  };
  return {
    calculators: (): readonly Calculator[] => calculators,
    /** @throws NotFoundError that names those that there are */
    calculator,
    /**
     * Computes, and stores the facts.
     * @param inputs numbers also as decimal texts
     * @param isKept false: nothing is stored
     * @param language of the words
     * @throws InvalidRequestError with `param`, NotFoundError
     */
    calculate(
      name: string,
      inputs: Readonly<Record<string, unknown>>,
      isKept = true,
      language: Language = "en",
    ): Computed {
      const found = calculator(name);
      const specifications = current();
      const computed = compute(found, readInputs(found, inputs, specifications), specifications, language);
      if (isKept)
        store.transaction(() =>
          store.facts.insert({ ownerId, generationId: null, facts: computed.facts, createdAt: Date.now() }),
        );
      return computed;
    },
    /** @throws NotFoundError */
    fact,
    /** For a reader of this language. */
    inWordsOf: (stored: Fact, language: Language): Fact => factIn(stored, current(), language),
    /** Computes it again. @param language of the sentences @throws NotFoundError */
    verify: (id: string, language: Language = "en"): Verification =>
      verifyFact(fact(id), current(), language),
    /** Newest first; each once. */
    recent: (count: number): readonly Fact[] => store.facts.newest(ownerId, count),
    /** As calculations see them. */
    specifications: current,
    instruments,
  };
}
