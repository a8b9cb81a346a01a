/** Which instrument a calculation is about. A symbol that nobody lists is a share, once the currency of its price is stated. */
import { say, type Words } from "../../texts/say.ts";
import { noteOf, shareOf } from "../instruments/catalog.ts";
import type { Instrument } from "../instruments/instrument.ts";
import { isCurrency } from "../instruments/iso-4217.ts";
import type { CalculationContext, Slot } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { currency, optional, positive, symbol } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

export const instrumentFields = {
  symbol: symbol({ title: "Instrument", examples: ["EURUSD"] }),
  quote: optional(
    currency({
      title: "Currency of the price",
      description: "Only for a share, or another instrument that is not listed.",
    }),
  ),
};

export const instrumentSlot = {
  kinds: ["instrument"],
  cues: ["on", "in", "of", "for", "bei", "auf", "im", "für", "von"],
  alone: true,
} satisfies Slot;

/** @throws InvalidRequestError where the name is unknown, or the stated currency is not the instrument's */
export function instrumentNamed(
  name: string,
  quote: string | undefined,
  { instruments }: CalculationContext,
): Instrument {
  const stated = quote?.toUpperCase();
  const found = instruments.find(name);
  const shown = { verbatim: JSON.stringify(name.slice(0, 20)) };
  if (found !== null) {
    if (stated !== undefined && stated !== found.quote)
      refuse(
        "quote",
        say`${found.symbol} is priced in ${found.quote}, not in ${stated}. Leave the currency of the price out.`,
      );
    return found;
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,11}$/.test(name.trim()))
    refuse(
      "symbol",
      say`${shown} is not an instrument. State its symbol, such as EURUSD, XAUUSD, US30 or BTCUSD.`,
    );
  if (stated === undefined)
    refuse(
      "symbol",
      say`The instrument ${shown} is unknown. State a listed one, such as EURUSD or XAUUSD; for a share, state the currency of its price, too.`,
    );
  if (!isCurrency(stated))
    refuse(
      "quote",
      say`${stated} is not a currency's code. State the currency of the share's price, such as USD.`,
    );
  return shareOf(name.trim(), stated);
}

/** What one lot is called. */
export const sizeUnit = ({ kind }: Instrument): "lots" | "shares" | "contracts" =>
  kind === "share" ? "shares" : kind === "future" ? "contracts" : "lots";

/** "lot", "share": after "per". */
export const oneOf = (instrument: Instrument): string => sizeUnit(instrument).slice(0, -1);

/** How much is traded: lots, contracts, shares. */
export const lotsField = (words: { readonly default?: number } = {}) =>
  positive({
    title: "Size",
    description: "In lots; for a share, the number of shares.",
    unit: "lots",
    maximum: 1e9,
    examples: [1],
    ...words,
  });
export const lotsSlot = {
  kinds: ["lots", "shares", "contracts"],
  cues: ["size", "position"],
  alone: true,
} satisfies Slot;

/** The unit of the instrument's price. */
export const priceUnit = ({ base, quote }: Instrument): string =>
  base === null ? quote : `${quote} per ${base}`;

/** "0.01" has 2. */
export const decimalsIn = (step: string): number => new Exact(step).decimalPlaces();

/** The specification, as an assumption that people can check. */
export function specificationOf(instrument: Instrument): Words[] {
  const { symbol, contractSize, base, pip, quote, kind } = instrument;
  const size = base === null ? { decimal: contractSize } : say`${{ decimal: contractSize }} ${base}`;
  const words = kind === "share" ? [] : [say`${symbol}: contract size ${size} a lot, pip ${pip} ${quote}.`];
  const note = noteOf(instrument);
  return note === null ? words : [...words, note];
}
