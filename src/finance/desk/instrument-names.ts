/** Finds the instruments that a question names: symbols in any form that brokers write, and synonyms. */
import type { Instrument, Instruments } from "../instruments/instrument.ts";
import { Lexicon, longestOf } from "./lexicon.ts";
import type { Word } from "./question-words.ts";

interface NamedInstrument {
  readonly instrument: Instrument;
  /** UTF-16 offsets in the question. */
  readonly start: number;
  readonly end: number;
}

/** EURUSD, EUR/USD, eurusd.m, US30, DE40.cash: what is worth asking for. */
const symbolLike =
  /(?<![\p{L}\p{N}])(?:[A-Za-z]{3}\/[A-Za-z]{3}|[A-Za-z]{6}|[A-Za-z]{2,5}\d{2,4})(?:[._#-]?[A-Za-z]{1,6})?(?![\p{L}\p{N}])/gu;

export class InstrumentNames {
  readonly #instruments: Instruments;
  readonly #synonyms: Lexicon<Instrument>;

  constructor(instruments: Instruments) {
    this.#instruments = instruments;
    this.#synonyms = new Lexicon(
      instruments
        .all()
        .flatMap((each) => [each.symbol, ...each.synonyms].map((name) => [name, each] as const)),
    );
  }

  find(text: string, words: readonly Word[]): NamedInstrument[] {
    const found = longestOf(this.#synonyms.find(words)).map(({ value, from, to }) => ({
      instrument: value,
      start: words[from]?.start ?? 0,
      end: words[to - 1]?.end ?? 0,
    }));
    for (const { 0: name, index } of text.matchAll(symbolLike)) {
      const end = index + name.length;
      if (found.some((each) => each.start < end && index < each.end)) continue;
      const instrument = this.#instruments.find(name);
      if (instrument !== null) found.push({ instrument, start: index, end });
    }
    return found;
  }
}
