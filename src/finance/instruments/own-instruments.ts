/** The program's instruments with a user's changes and additions. It knows nothing of storage. */
import type { Instrument, Instruments } from "./instrument.ts";

/** "eur/usd" is EURUSD. */
export const symbolOf = (text: string): string => text.toUpperCase().replaceAll(/[\s/._-]/g, "");

/** @param own stand in place of the defaults of the same symbol */
export function withOwn(defaults: Instruments, own: readonly Instrument[]): Instruments {
  if (own.length === 0) return defaults;
  const bySymbol = new Map(own.map((instrument) => [instrument.symbol, instrument]));
  const current = (instrument: Instrument) => bySymbol.get(instrument.symbol) ?? instrument;
  return {
    find(name) {
      const found = bySymbol.get(symbolOf(name)) ?? defaults.find(name);
      if (found !== null) return current(found);
      const synonym = name.trim().toLowerCase();
      return own.find(({ synonyms }) => synonyms.includes(synonym)) ?? null;
    },
    all() {
      const known = defaults.all();
      const symbols = new Set(known.map(({ symbol }) => symbol));
      return [...known.map(current), ...own.filter(({ symbol }) => !symbols.has(symbol))];
    },
  };
}
