/** Finds an instrument by any of the names that people and brokers give it. It guesses nothing: an unknown name is null. */

import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { inLanguage, say, type Words } from "../../texts/say.ts";
import { type Instrument, type Instruments, instrumentSchema } from "./instrument.ts";
import data from "./instruments.json";
import { isCurrency } from "./iso-4217.ts";

/** What brokers append to a symbol for a kind of account: EURUSDm, EURUSD.pro, GER40.cash. */
const suffix = /(?:pro|raw|ecn|std|stp|micro|mini|cash|spot|vip|zero|[mcirxzb])$/i;
/** Quotes of which one unit is about a hundredth of a dollar or less: a pip is the second decimal. */
const smallUnits = new Set(
  "JPY HUF KRW CLP ISK IDR VND COP PYG UGX RWF BIF DJF GNF KMF XAF XOF XPF VUV".split(" "),
);

function instrumentsOf(list: readonly Instrument[]): Instruments {
  const bySymbol = new Map(list.map((each) => [each.symbol, each]));
  const byWord = new Map<string, Instrument>();
  for (const each of bySymbol.values())
    for (const word of each.synonyms) if (!byWord.has(word)) byWord.set(word, each);
  const known = (text: string) => bySymbol.get(text.toUpperCase()) ?? byWord.get(text.toLowerCase()) ?? null;

  return {
    find(name) {
      const text = name.trim().slice(0, 40).replace(/\s+/g, " ");
      const bare = text.replace(/^[#.$]/, "");
      const joined = bare.replace(/[\s/_-]/g, "");
      const beforeMark = bare.replace(/[/]/g, "").replace(/[.+!_#-][a-z0-9]{0,8}[+!]?$/i, "");
      for (const candidate of [text, bare, joined, beforeMark]) {
        const found = known(candidate) ?? pairOf(candidate);
        if (found !== null) return found;
      }
      const withoutSuffix = beforeMark.replace(suffix, "").toUpperCase();
      return withoutSuffix.length < 4 ? null : (bySymbol.get(withoutSuffix) ?? pairOf(withoutSuffix));
    },
    all: () => [...bySymbol.values()],
  };
}

/** Two currencies that are joined are a pair, whether or not it is listed. */
function pairOf(text: string): Instrument | null {
  const symbol = text.toUpperCase();
  if (!/^[A-Z]{6}$/.test(symbol)) return null;
  const base = symbol.slice(0, 3);
  const quote = symbol.slice(3);
  if (base === quote || !isCurrency(base) || !isCurrency(quote)) return null;
  const pip = smallUnits.has(quote) ? "0.01" : "0.0001";
  return withNote({
    symbol,
    name: `${base} / ${quote}`,
    kind: "forex",
    base,
    quote,
    pip,
    point: null,
    contractSize: "100000",
    lotStep: "0.01",
    minLot: "0.01",
    synonyms: [],
    source: pairRule,
  });
}

/** The sources of specifications that are in no list. */
const pairRule = "By rule: both codes are currencies of ISO 4217.";
const shareRule = "By rule: any symbol with the currency of its price is a share.";

/** What brokers disagree on; null: nothing. */
export function noteOf({ symbol, base, quote, pip, contractSize, source, note }: Instrument): Words | null {
  if (source === pairRule)
    return say`${symbol} is not in the list of instruments. By rule a pip is ${pip} and a lot is ${{ decimal: contractSize }} ${base}: compare with your broker.`;
  if (source === shareRule)
    return say`${symbol} is read as a share that is priced in ${quote}: whole shares, contract size 1.`;
  return note ?? null;
}

function withNote(instrument: Instrument): Instrument {
  const note = noteOf(instrument);
  return note === null ? instrument : { ...instrument, note: inLanguage(note, "en") };
}

/** A share of any company: one share is the unit, and nothing smaller is traded. */
export const shareOf = (ticker: string, quote: string): Instrument =>
  withNote({
    symbol: ticker.toUpperCase(),
    name: `${ticker.toUpperCase()} (share)`,
    kind: "share",
    base: null,
    quote,
    pip: "0.01",
    point: "1",
    contractSize: "1",
    lotStep: "1",
    minLot: "1",
    synonyms: [],
    source: shareRule,
  });

/** The specifications that come with the program. */
export const builtInInstruments: Instruments = instrumentsOf(Value.Parse(Type.Array(instrumentSchema), data));
