/**
 * From the currency of a price to the currency of the account. The rate is 1, or follows from the instrument's own price, or
 * is stated with the pair that it is the price of. It is never invented.
 */

import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Instrument } from "../instruments/instrument.ts";
import { isCurrency } from "../instruments/iso-4217.ts";
import type { Slot } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { currency, optional, positive } from "./input-fields.ts";
import { refuse } from "./refuse.ts";

export const accountField = currency({ title: "Account currency", examples: ["USD"] });
export const accountSlot = {
  kinds: ["currency"],
  cues: ["account", "konto", "balance", "kontowährung"],
  alone: true,
} satisfies Slot;

export const conversionFields = {
  conversionRate: optional(
    positive({
      title: "Conversion rate",
      description: "Between the currency of the price and the account's, where they differ.",
      examples: [1.27],
    }),
  ),
  conversionPair: optional(
    Type.String({
      title: "The conversion rate is the price of",
      description: "The pair, such as GBPUSD: how many USD one GBP costs.",
      minLength: 6,
      maxLength: 7,
      pattern: "^[A-Za-z]{3}/?[A-Za-z]{3}$",
      "x-kind": "instrument",
      examples: ["GBPUSD"],
    }),
  ),
};

const one = new Exact(1);
const conversionCues = ["conversion rate", "exchange rate", "converted at", "umrechnungskurs", "wechselkurs"];
export const conversionSlots = {
  conversionRate: { kinds: ["number"], cues: conversionCues },
  conversionPair: { kinds: ["instrument"], cues: conversionCues },
} satisfies Record<string, Slot>;

interface Stated {
  readonly currency: string;
  readonly conversionRate?: number;
  readonly conversionPair?: string;
}

export interface Conversion {
  /** Units of the account's currency for one unit of the price's: times ÷ by, a fraction that nothing has rounded. */
  readonly times: Exact;
  readonly by: Exact;
  /** " × 1.27 USD per GBP"; empty where both are the same. */
  readonly steps: Words;
  readonly assumptions: readonly Words[];
}

/**
 * @param price of the instrument, where it is known
 * @throws InvalidRequestError that asks for the rate, or for the pair that it is the price of
 */
export function conversionTo(
  stated: Stated,
  { symbol, base, quote }: Instrument,
  price?: number,
): Conversion {
  const account = accountCurrency(stated.currency);
  if (account === quote) return { times: one, by: one, steps: "", assumptions: [] };
  const { conversionRate, conversionPair } = stated;
  if (conversionRate !== undefined) return statedConversion(conversionRate, conversionPair, quote, account);
  const asked = say`${symbol} is priced in ${quote} and the account is in ${account}.`;
  if (base === account) {
    if (price === undefined)
      refuse(
        "conversionRate",
        say`${asked} State the price of ${symbol}, or a conversion rate with its pair.`,
      );
    return {
      times: new Exact(1),
      by: new Exact(price),
      steps: say` ÷ ${price} ${quote} per ${account}`,
      assumptions: [say`${quote} is converted to ${account} at the price of ${symbol}: ${price}.`],
    };
  }
  refuse(
    "conversionRate",
    say`${asked} State the price of ${quote}${account} or of ${account}${quote} as the conversion rate, and which of the two it is.`,
  );
}

/** An amount of the price's currency, in the account's. */
export const converted = (amount: Exact, { times, by }: Conversion): Exact => amount.times(times).div(by);

/** @throws InvalidRequestError where it is neither a currency nor a coin */
export function accountCurrency(code: string): string {
  const account = code.toUpperCase();
  if (!isCurrency(account) && !coins.has(account))
    refuse(
      "currency",
      say`${account} is not a currency's code. State the account currency, such as USD or EUR.`,
    );
  return account;
}
const coins = new Set(["BTC", "ETH", "USDT", "USDC", "DAI"]);

function statedConversion(
  rate: number,
  pair: string | undefined,
  quote: string,
  account: string,
): Conversion {
  const [direct, inverse] = [`${quote}${account}`, `${account}${quote}`];
  const name = pair?.toUpperCase().replace("/", "");
  if (name === direct)
    return {
      times: new Exact(rate),
      by: one,
      steps: say` × ${rate} ${account} per ${quote}`,
      assumptions: [],
    };
  if (name === inverse)
    return {
      times: one,
      by: new Exact(rate),
      steps: say` ÷ ${rate} ${quote} per ${account}`,
      assumptions: [],
    };
  const which = say`State which price ${trimmed(new Exact(rate), 10)} is: ${direct} (${account} for one ${quote}) or ${inverse} (${quote} for one ${account}).`;
  refuse(
    "conversionPair",
    name === undefined ? which : say`${name} does not convert ${quote} to ${account}. ${which}`,
  );
}
