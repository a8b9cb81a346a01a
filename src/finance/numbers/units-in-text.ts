/** The units, currencies and scales that stand next to a number, English, German and Spanish. */

import type { LexedFigure } from "./figure.ts";
import { wordSet } from "./word-set.ts";

const table = <T>(words: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(words));

export const currencySigns: ReadonlyMap<string, string> = table({
  ...{ $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₿": "BTC", "₩": "KRW", "₽": "RUB" },
  ...{ "₺": "TRY", "₴": "UAH", "₫": "VND", "₱": "PHP", "₪": "ILS" },
});
/** Letters before "$": US$, A$. */
export const dollarPrefixes: ReadonlyMap<string, string> = table({
  ...{ us: "USD", a: "AUD", au: "AUD", c: "CAD", ca: "CAD", hk: "HKD", nz: "NZD", s: "SGD", r: "BRL" },
});
const coins = ["BTC", "ETH", "USDT", "USDC", "SOL", "XRP", "BNB", "ADA", "DOGE", "LTC", "DOT"];
const notMoney = wordSet("XAU XAG XPT XPD ALL TOP TRY CUP MOP SOS LAK ANG PEN TND");
const codes: ReadonlySet<string> = new Set([...Intl.supportedValuesOf("currency"), ...coins]);
/** In lower case only those that are no words. */
const lowerCodes: ReadonlySet<string> = wordSet(`
  usd eur gbp jpy chf aud nzd cad cny inr sek nok dkk pln czk huf zar mxn brl hkd sgd krw btc eth usdt
  usdc
`);
const currencyWords: ReadonlyMap<string, string> = table({
  ...{ dollar: "USD", dollars: "USD", bucks: "USD", euro: "EUR", euros: "EUR", pound: "GBP", pounds: "GBP" },
  ...{ sterling: "GBP", pfund: "GBP", yen: "JPY", franc: "CHF", francs: "CHF", franken: "CHF" },
  ...{ rupee: "INR", rupees: "INR", rupien: "INR", yuan: "CNY", bitcoin: "BTC", bitcoins: "BTC", fr: "CHF" },
  ...{ dólar: "USD", dólares: "USD", dolar: "USD", dolares: "USD", libra: "GBP", libras: "GBP" },
  ...{ franco: "CHF", francos: "CHF", yenes: "JPY" },
});

/** @returns the currency that a word names; null for another word */
export function currencyOf(text: string): string | null {
  const lower = text.toLowerCase();
  const named = currencyWords.get(lower);
  if (named !== undefined) return named;
  const upper = text.toUpperCase();
  if (lowerCodes.has(lower)) return upper;
  return text === upper && codes.has(text) && !notMoney.has(text) ? text : null;
}

interface UnitWord {
  readonly unit: string;
  /** The power of ten by which the number is multiplied: 4 mini lots are 0.4 lots. */
  readonly power?: number;
}

const unitsByWords: ReadonlyMap<string, readonly string[]> = table({
  "%": ["percent", "per cent", "pct", "prozent", "prozentig", "prozentige", "prozentigen", "por ciento"],
  pp: [
    "percentage point",
    "percentage points",
    "prozentpunkt",
    "prozentpunkte",
    "prozentpunkten",
    "pp",
    "punto porcentual",
    "puntos porcentuales",
  ],
  bp: [
    "bp",
    "bps",
    "basis point",
    "basis points",
    "basispunkt",
    "basispunkte",
    "basispunkten",
    "punto básico",
    "puntos básicos",
    "puntos basicos",
  ],
  pips: ["pip", "pips"],
  points: ["point", "points", "pts", "punkt", "punkte", "punkten", "tick", "ticks", "punto", "puntos"],
  lots: [
    "lot",
    "lots",
    "standard lot",
    "standard lots",
    "full lots",
    "standardlot",
    "standardlots",
    "lote",
    "lotes",
  ],
  units: ["unit", "units", "einheit", "einheiten", "unidad", "unidades"],
  shares: ["share", "shares", "aktie", "aktien", "stock", "stocks", "acciones"],
  contracts: ["contract", "contracts", "kontrakt", "kontrakte", "kontrakten", "contrato", "contratos"],
  oz: [
    "oz",
    "ounce",
    "ounces",
    "troy ounces",
    "troy ounce",
    "unze",
    "unzen",
    "feinunzen",
    "feinunze",
    "onza",
    "onzas",
  ],
  R: ["R"],
  x: ["x", "times", "fold", "fach", "fache", "fachen", "facher", "faches", "veces"],
  years: [
    "year",
    "years",
    "yr",
    "yrs",
    "jahr",
    "jahre",
    "jahren",
    "jährig",
    "jährige",
    "jährigen",
    "jähriges",
    "año",
    "años",
  ],
  months: ["month", "months", "monat", "monate", "monaten", "monatig", "monatige", "mo", "mes", "meses"],
  weeks: ["week", "weeks", "woche", "wochen", "wöchig", "wöchige", "semana", "semanas"],
  days: [
    ...["day", "days", "tag", "tage", "tagen", "trading day", "trading days", "handelstage", "handelstagen"],
    ...["calendar days", "tägig", "tägige", "business days", "börsentage", "día", "días", "dias"],
  ],
  nights: ["night", "nights", "nacht", "nächte", "nächten", "noche", "noches"],
  hours: ["hour", "hours", "hr", "hrs", "stunde", "stunden", "hora", "horas"],
  minutes: ["minute", "minutes", "min", "mins", "minuten", "minutos"],
  trades: ["trade", "trades", "transaktionen", "operación", "operaciones"],
  payments: [
    "payment",
    "payments",
    "rate",
    "raten",
    "instalments",
    "installments",
    "zahlungen",
    "pagos",
    "cuotas",
    "mensualidades",
  ],
});
const parts: ReadonlyMap<string, UnitWord> = table({
  "mini lot": { unit: "lots", power: -1 },
  "mini lots": { unit: "lots", power: -1 },
  "micro lot": { unit: "lots", power: -2 },
  "micro lots": { unit: "lots", power: -2 },
  minilots: { unit: "lots", power: -1 },
  mikrolots: { unit: "lots", power: -2 },
  minilotes: { unit: "lots", power: -1 },
  microlotes: { unit: "lots", power: -2 },
  promille: { unit: "%", power: -1 },
});
const units: ReadonlyMap<string, UnitWord> = new Map([
  ...[...unitsByWords].flatMap(([unit, words]) => words.map((word): [string, UnitWord] => [word, { unit }])),
  ...parts,
]);
/** Words that begin a unit of two words. */
export const unitBeginnings: ReadonlySet<string> = new Set(
  [...units.keys()].filter((words) => words.includes(" ")).map((words) => words.split(" ")[0] ?? ""),
);

/** @param words one word, or two with a blank between; lower case but for R */
export const unitOf = (words: string): UnitWord | null => units.get(words) ?? null;

/** The words by which a unit is named in a sentence. */
export const wordsOfUnit = (unit: string): readonly string[] =>
  unitsByWords.get(unit) ?? [...currencyWords].flatMap(([word, code]) => (code === unit ? [word] : []));

/** Letters that belong to the digits before them: 5d, 30m after 1h. */
export const gluedUnits: ReadonlyMap<string, UnitWord> = table({
  ...{ x: { unit: "x" }, X: { unit: "x" }, R: { unit: "R" }, r: { unit: "R" }, d: { unit: "days" } },
  ...{ h: { unit: "hours" }, y: { unit: "years" }, Y: { unit: "years" }, w: { unit: "weeks" } },
  ...{ mo: { unit: "months" }, yr: { unit: "years" }, p: { unit: "pips" } },
});

/** Powers of ten; two where the languages differ: a German Billion is 10^12. */
export const gluedScales: ReadonlyMap<string, readonly number[]> = table({
  ...{
    k: [3],
    K: [3],
    m: [6],
    M: [6],
    mm: [6],
    MM: [6],
    mn: [6],
    mln: [6],
    mio: [6],
    Mio: [6],
    bn: [9],
    Bn: [9],
  },
  ...{
    b: [9],
    B: [9],
    bln: [9],
    mrd: [9],
    Mrd: [9],
    tn: [12],
    T: [12],
    trn: [12],
    tsd: [3],
    Tsd: [3],
    MIO: [6],
  },
  ...{ 万: [4], 萬: [4], 億: [8], 亿: [8], 千: [3] },
});
/** After a blank. */
export const spacedScales: ReadonlyMap<string, readonly number[]> = table({
  ...{
    k: [3],
    hundred: [2],
    hundert: [2],
    thousand: [3],
    tausend: [3],
    tsd: [3],
    million: [6],
    millions: [6],
  },
  ...{
    millionen: [6],
    mio: [6],
    mn: [6],
    mln: [6],
    billion: [9, 12],
    billions: [9],
    bn: [9],
    milliarde: [9],
  },
  ...{ milliarden: [9], mrd: [9], trillion: [12], trillions: [12], tn: [12], billionen: [12], lakh: [5] },
  ...{ lakhs: [5], crore: [7], crores: [7], mil: [3], millón: [6], millon: [6], millones: [6] },
});

export const perWords: ReadonlyMap<string, NonNullable<LexedFigure["per"]>> = table({
  ...{
    year: "year",
    annum: "year",
    yr: "year",
    jahr: "year",
    yearly: "year",
    annually: "year",
    jährlich: "year",
  },
  ...{ month: "month", monat: "month", monthly: "month", monatlich: "month", mo: "month" },
  ...{
    week: "week",
    woche: "week",
    weekly: "week",
    wöchentlich: "week",
    day: "day",
    tag: "day",
    daily: "day",
  },
  ...{ täglich: "day", trade: "trade", lot: "lot", pip: "pip" },
  ...{ año: "year", mes: "month", semana: "week", día: "day", noche: "day", operación: "trade", lote: "lot" },
});
