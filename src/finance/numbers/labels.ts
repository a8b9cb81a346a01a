/** The words by which a fact, or an input, is named in a sentence, English and German. */
import { wordSet } from "./word-set.ts";

/** They name everything, and so nothing. */
const generic = wordSet(`
  a an the of for in at on to per and or with your is it by value amount number total result level first second after before
  each all from size price end start needed one date name type year years month months jahr monat day days rate
`);
const synonyms: Readonly<Record<string, string>> = {
  lots: "lot lots positionsgröße position positionsgrösse",
  position: "lots positionsgröße position",
  payment: "rate raten zahlung payments monatsrate instalment installment",
  risk: "risiko riskierst risking riskieren risked einsatz verlierst loss verlust",
  balance: "account konto kontostand kapital capital equity guthaben balance",
  margin: "margin sicherheitsleistung marge",
  pip: "pip pips pipwert",
  growth: "growth wachstum rendite cagr return jährlich wachstumsrate",
  cagr: "cagr growth wachstum rendite",
  interest: "interest zins zinsen zinssatz rate",
  duration: "duration laufzeit",
  leverage: "leverage hebel",
  stop: "stop stopp",
  rsi: "rsi",
  atr: "atr",
  yield: "yield rendite",
  expectancy: "expectancy erwartungswert",
  kelly: "kelly",
  delta: "delta",
  gamma: "gamma",
  theta: "theta",
  vega: "vega",
  rho: "rho",
  swap: "swap rollover",
  deposit: "deposit deposits einzahlung einzahlungen sparrate",
  years: "years jahre jahren",
  units: "units einheiten",
  profit: "profit gewinn",
  loss: "loss verlust",
  drawdown: "drawdown",
  contract: "contract kontraktgröße",
};

const cache = new Map<string, readonly string[]>();

/** @param names "monthly-payment", "Monthly payment" */
export function labelsOf(...names: readonly (string | undefined)[]): readonly string[] {
  const key = names.join("\n");
  const known = cache.get(key);
  if (known !== undefined) return known;
  const words = key.toLowerCase().match(/[\p{L}&]+/gu) ?? [];
  const found = words.filter((word) => !generic.has(word));
  const labels = [...new Set(found.flatMap((word) => [word, ...(synonyms[word]?.split(" ") ?? [])]))];
  // Names are those of calculators and fields: few. A bound, in case they are not.
  if (cache.size > 2000) cache.clear();
  cache.set(key, labels);
  return labels;
}
