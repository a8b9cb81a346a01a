/** European options by Black, Scholes and Merton. It is statistics: binary floating point. */
import { normalDensity, normalProbability } from "./normal-distribution.ts";

export interface OptionTerms {
  readonly kind: "call" | "put";
  readonly spot: number;
  readonly strike: number;
  /** To expiry. */
  readonly years: number;
  /** A year, continuous, as shares. */
  readonly rate: number;
  readonly dividendYield: number;
}

export interface OptionValue {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  /** Of a year. */
  readonly theta: number;
  /** Of a volatility higher by 1 (100 %). */
  readonly vega: number;
  /** Of a rate higher by 1 (100 %). */
  readonly rho: number;
  readonly d1: number;
  readonly d2: number;
}

/** @param volatility a year, as a share */
export function optionValue(terms: OptionTerms, volatility: number): OptionValue {
  const { kind, spot, strike, years, rate, dividendYield } = terms;
  const sign = kind === "call" ? 1 : -1;
  const spread = volatility * Math.sqrt(years);
  const d1 = (Math.log(spot / strike) + (rate - dividendYield + volatility ** 2 / 2) * years) / spread;
  const d2 = d1 - spread;
  const asset = spot * Math.exp(-dividendYield * years);
  const cash = strike * Math.exp(-rate * years);
  const [onAsset, onCash] = [normalProbability(sign * d1), normalProbability(sign * d2)];
  const density = normalDensity(d1);
  return {
    price: Math.max(0, sign * (asset * onAsset - cash * onCash)),
    delta: (sign * asset * onAsset) / spot,
    gamma: (asset * density) / (spot ** 2 * spread),
    theta:
      (-asset * density * volatility) / (2 * Math.sqrt(years)) +
      sign * (dividendYield * asset * onAsset - rate * cash * onCash),
    vega: asset * density * Math.sqrt(years),
    rho: sign * years * cash * onCash,
    d1,
    d2,
  };
}

/** Without arbitrage a price lies between these. */
export function boundsOf(terms: OptionTerms): { readonly lowest: number; readonly highest: number } {
  const asset = terms.spot * Math.exp(-terms.dividendYield * terms.years);
  const cash = terms.strike * Math.exp(-terms.rate * terms.years);
  return terms.kind === "call"
    ? { lowest: Math.max(0, asset - cash), highest: asset }
    : { lowest: Math.max(0, cash - asset), highest: cash };
}

/** The volatility that gives the price: halving, because the price rises with it. null: none up to `highest`. */
export function impliedVolatility(terms: OptionTerms, price: number, highest: number): number | null {
  let [low, high] = [1e-6, highest];
  if (optionValue(terms, low).price > price || optionValue(terms, high).price < price) return null;
  for (let turn = 0; turn < 200 && high - low > 1e-15 * high; turn++) {
    const middle = (low + high) / 2;
    if (optionValue(terms, middle).price < price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
