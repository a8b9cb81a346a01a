/** The instruments that a sentence names: a figure of one is no figure of another. */
import type { Instruments } from "../instruments/instrument.ts";
import type { NamedSubject, SubjectsIn } from "./sources.ts";
import { currencyOf } from "./units-in-text.ts";
import { wordSet } from "./word-set.ts";

const metals = wordSet("XAU XAG XPT XPD BTC ETH");
const word = /[\p{L}\p{N}&]+(?:[.+][a-z]{1,5}(?![\p{L}\p{N}]))?/gu;
/** Capitals that are no ticker. */
const acronyms = wordSet(`
  RSI EMA SMA WMA ATR MACD CCI ADX MFI ROC VWAP OBV DMI PSAR CAGR XIRR IRR TWR ROI ROE EBIT EBITDA EPS PE NAV AUM TP SL BE RR
  PNL ETF ETFS FX CFD CFDS USA US UK EU ECB FED FOMC CPI GDP PPI PMI NFP IMF SEC OECD EZB BIP MWST AG GMBH SE INC LLC LTD PLC
  YTD YOY MOM QOQ QE ATH ATL OHLC OHLCV MT FIFO LIFO APR APY EAR TER KID ISIN WKN IRA IPO OTC API PDF CSV FAQ OK NO YES AND OR
  NOT THE FOR BUY SELL LONG SHORT STOP LOSS RISK LOT LOTS PIP PIPS ITM OTM ATM BSM DAX VIX EST UTC GMT CET AM PM KO HV IV LTV
  ZINS NUR NICHT SUMME INFO TIP NB PS II III IV VI SEPA ESG FIRE DCA ALL TO ON IN OF IS IT BY AT IF SO ME MY WE GD EMAS SMAS
`);

/** Of the specifications that are in use: most users have changed none. */
const known = new WeakMap<Instruments, SubjectsIn>();

/** @returns a port that knows the names, symbols and pairs of these instruments */
export function subjectsOf(instruments: Instruments): SubjectsIn {
  const subjects = known.get(instruments) ?? readingSubjectsOf(instruments);
  known.set(instruments, subjects);
  return subjects;
}

function readingSubjectsOf(instruments: Instruments): SubjectsIn {
  const names = new Map<string, { readonly symbol: string; readonly pip: string }>();
  for (const { symbol, pip, synonyms } of instruments.all())
    for (const name of [symbol.toLowerCase(), ...synonyms])
      if (!names.has(name)) names.set(name, { symbol, pip });
  const beginnings = new Set([...names.keys()].map((name) => /^[\p{L}\p{N}&]+/u.exec(name)?.[0] ?? name));
  return (text) => named(text, (name) => names.get(name) ?? null, beginnings);
}

type Lookup = (name: string) => { readonly symbol: string; readonly pip?: string } | null;

function named(text: string, lookup: Lookup, beginnings: ReadonlySet<string>): readonly NamedSubject[] {
  const words: { readonly found: string; readonly start: number; readonly end: number }[] = [];
  word.lastIndex = 0;
  for (let match = word.exec(text); match !== null; match = word.exec(text))
    words.push({ found: match[0], start: match.index, end: word.lastIndex });
  const subjects: NamedSubject[] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (first === undefined) break;
    const isPossible =
      /^[A-Z]{3}/.test(first.found) || beginnings.has(beginningOf(first.found).toLowerCase());
    if (!isPossible) continue;
    for (let count = Math.min(3, words.length - at); count > 0; count--) {
      const last = words[at + count - 1];
      if (last === undefined) continue;
      const subject = subjectOf(text.slice(first.start, last.end), lookup, text.charAt(last.end));
      if (subject === null) continue;
      subjects.push({ ...subject, start: first.start, end: last.end });
      at += count - 1;
      break;
    }
  }
  return subjects;
}

const beginningOf = (name: string) => (/[.+]/.test(name) ? name.replace(/[.+].*$/, "") : name);

function subjectOf(name: string, lookup: Lookup, next: string) {
  const joined = name.replace(/[/\-–_ .+]/g, "");
  if (name.includes(" ") || /^[\p{L}\p{N}&]+$/u.test(name) || /[.+]/.test(name)) {
    const found =
      lookup(name.toLowerCase()) ??
      (/[.+]/.test(name) ? lookup(name.replace(/[.+].*$/, "").toLowerCase()) : null);
    if (found !== null) return found;
  }
  const pair = /^([A-Za-z]{3})[/\-–]?([A-Za-z]{3})(?:[.+_]?[a-z]{1,5})?$/.exec(name);
  const [, base = "", quote = ""] = pair ?? [];
  const isPair =
    isTraded(base) &&
    isTraded(quote) &&
    base !== quote &&
    (name.includes("/") || base === base.toUpperCase());
  if (isPair) return lookup(`${base}${quote}`.toLowerCase()) ?? { symbol: `${base}${quote}`.toUpperCase() };
  const isTicker =
    /^[A-Z]{3,5}$/.test(joined) &&
    joined === name &&
    !acronyms.has(name) &&
    currencyOf(name) === null &&
    next !== "/";
  return isTicker && !metals.has(name) ? { symbol: name } : null;
}

const isTraded = (code: string) => metals.has(code.toUpperCase()) || currencyOf(code.toUpperCase()) !== null;
