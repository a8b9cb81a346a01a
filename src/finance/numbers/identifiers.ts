/**
 * Numbers that are part of a name: S&P 500, US30, M15, EMA 20/50/200, RSI(14), 52-week, 401(k), Step 3. Each list is closed, and so
 * are the numbers after a name: DAX 40 is an index, DAX 18,000 is a level. What is in no list is a figure.
 */

import type { Token } from "./tokens.ts";
import { wordSet } from "./word-set.ts";

interface Identifier {
  /** The index after it. */
  readonly end: number;
  /** Parameters of an indicator: 14 of RSI(14). */
  readonly parameters: readonly string[];
  readonly indicator: string | null;
}

const named: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "s&p": ["500", "100", "400", "600"],
    sp: ["500"],
    dax: ["30", "40"],
    cac: ["40"],
    nikkei: ["225"],
    ftse: ["100", "250", "350"],
    russell: ["1000", "2000", "3000"],
    nasdaq: ["100"],
    stoxx: ["50", "600"],
    dow: ["30"],
    asx: ["200"],
    ibex: ["35"],
    csi: ["300", "500"],
    nifty: ["50", "500"],
    kospi: ["200"],
    tsx: ["60"],
    atx: ["20"],
    smi: ["20"],
    aex: ["25"],
    topix: ["100"],
    iso: ["20022", "4217", "9001", "8601", "27001"],
    ifrs: ["9", "15", "16", "17"],
    section: ["1256", "1231", "179", "988", "475"],
    form: ["1040", "1099", "8949", "8", "10", "20", "13", "4", "6781"],
    covid: ["19"],
    gpt: ["2", "3", "4", "5"],
    basel: ["2", "3", "4"],
    mt: ["4", "5"],
    metatrader: ["4", "5"],
    top: ["3", "5", "10", "20", "25", "50", "100"],
    windows: ["7", "10", "11"],
    solvency: ["2"],
    web: ["2", "3"],
    level: ["1", "2", "3"],
    tier: ["1", "2", "3"],
    agenda: ["2030"],
  }),
);
const glued: ReadonlySet<string> = wordSet(`
  US30 US100 US500 US2000 NAS100 NDX100 SPX500 GER30 GER40 DE30 DE40 UK100 FRA40 EU50 EUSTX50 STOXX50
  JP225 JPN225 AUS200 HK50 HK33 ESP35 ES35 CN50 NL25 SWI20 MT4 MT5 GPT4 DAX40 FTSE100 SP500 CAC40 B2B B2C
  P2P W2 G7 G10 G20 C2C ISO20022 M2M D2C F1 A1 X3 IPv4 IPv6 MD5 SHA256 UTF8 H2O CO2 MA5
`);
const timeframe = /^(?:M(?:1|2|3|4|5|6|10|12|15|20|30)|H(?:1|2|3|4|6|8|12)|D1|W1|MN1)$/;
/** Pivot levels, targets. */
const level = /^(?:[RS][1-4]|TP[1-9]|SL[1-3]|PP1|L[1-4])$/;

const averages = wordSet("ema sma ma wma hma gd dema tema");
const oscillators = wordSet(
  "rsi atr macd cci adx stochastic stochastik bollinger supertrend donchian keltner ichimoku mfi roc dmi bb",
);
/** Usual parameters of oscillators; RSI (28) may be a value. */
const usualParameters = wordSet("2 3 5 7 8 9 10 12 14 20 21 26 52 50 1.5 2.5");
const rsiParameters = wordSet("2 3 5 7 9 10 14 21");

const numberedParts: ReadonlySet<string> = wordSet(`
  step steps table figure fig chapter part phase option example question note appendix article rule
  exercise scenario case method strategy version number no nr section schritt schritte tabelle abbildung
  abb kapitel abschnitt teil stufe beispiel frage absatz abs variante artikel art regel szenario methode
  anhang nummer wave welle page seite line zeile day tag week woche scenario lesson lektion satz
`);
const chartWords: ReadonlySet<string> = wordSet(`
  moving ma sma ema high low highs lows average averages chart charts candle candles timeframe rsi atr
  vwap treasury treasuries yield yields note notes bond rolling channel breakout range linie durchschnitt
  hoch tief durchschnitts bars bar simple exponential gleitender gleitenden gleitende us u bund gilt jgb
  kerze kerzen
`);
const spanWords: ReadonlySet<string> = wordSet(`
  day days week period periods month year hour minute min bar tage wochen jahres monats perioden minuten
  stunden h m d
`);
const plans: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "401": ["k"],
    "403": ["b"],
    "457": ["b"],
    "1031": ["exchange"],
    "529": ["plan", "plans"],
  }),
);
const gluedNumberNames = wordSet("401k 403b 529s 3D 2D 4K 5G 4G 13F 13D 13G 5K");

/** "three reasons": counted things of a text, not of the world. */
export const countNouns: ReadonlySet<string> = wordSet(`
  reason reasons option options step steps way ways thing things factor factors type types kind kinds
  example examples question questions part parts sentence sentences item items idea ideas tip tips rule
  rules method methods strategies approaches scenarios scenario cases main key common simple important
  different major basic categories components advantages disadvantages benefits risks words paragraphs
  gründe optionen schritte schritten möglichkeiten dinge faktoren arten beispiele fragen teile sätze
  sätzen regeln tipps methoden szenarien fälle fällen wege wichtige wichtigsten hauptgründe vorteile
  nachteile kategorien ansätze begriffe sides seiten
`);

/** No other word begins an identifier, unless a number is glued to it. */
export const identifierWords: readonly string[] = [
  ...["s", ...named.keys()],
  ...[...averages, ...oscillators, ...numberedParts],
];

const isSign = (token: Token | undefined, signs: string) =>
  token?.kind === "sign" && signs.includes(token.text);
const isInteger = (token: Token | undefined) =>
  token?.kind === "number" && token.text.length <= 5 && /^\d+$/.test(token.text);

/** Reads one place of the tokens; `at` is a word or a number. */
export class Identifiers {
  constructor(private readonly tokens: readonly Token[]) {}

  at(at: number): Identifier | null {
    const token = this.tokens[at];
    if (token === undefined) return null;
    if (token.kind === "word") return this.wordFirst(at, token);
    return (
      this.plan(at, token) ??
      this.span(at) ??
      this.idiom(at, token) ??
      this.address(at, token) ??
      this.footnote(at)
    );
  }

  private plain(end: number): Identifier {
    return { end, parameters: [], indicator: null };
  }

  private word(at: number): string {
    return this.tokens[at]?.word ?? "";
  }

  private afterSpace(at: number): number {
    return this.tokens[at]?.kind === "space" ? at + 1 : at;
  }

  private wordFirst(at: number, token: Token): Identifier | null {
    const next = this.tokens[at + 1];
    if (next?.kind === "number") {
      const whole = token.text + next.text;
      const isHalfYear =
        /^H[12]$/.test(whole) && /^20\d\d$/.test(this.tokens[this.afterSpace(at + 2)]?.text ?? "");
      if (isHalfYear) return null;
      if (glued.has(whole) || timeframe.test(whole) || level.test(whole)) return this.plain(at + 2);
    }
    const isIndicator = averages.has(token.word) || oscillators.has(token.word);
    return (
      (isIndicator ? this.indicator(at, token.word) : null) ?? this.index(at, token) ?? this.part(at, token)
    );
  }

  /** S&P 500, Nasdaq-100, Section 1256 */
  private index(at: number, token: Token): Identifier | null {
    const isAmpersand =
      isSign(this.tokens[at + 1], "&") && token.text === "S" && this.tokens[at + 2]?.text === "P";
    const name = isAmpersand ? "s&p" : token.word;
    const numbers = named.get(name);
    if (numbers === undefined) return null;
    const next = isAmpersand ? at + 3 : at + 1;
    const place = isSign(this.tokens[next], "-") ? next + 1 : this.afterSpace(next);
    const number = this.tokens[place];
    if (number?.kind !== "number" || place === next || !numbers.includes(number.text)) return null;
    if (isSign(this.tokens[place + 1], "%€$")) return null;
    return this.plain(place + 1);
  }

  /** RSI(14), MACD (12, 26, 9), EMA 20/50/200, EMA20, 50-EMA */
  private indicator(at: number, name: string): Identifier | null {
    const isAverage = averages.has(name);
    const parameterOf = (token: Token | undefined) => {
      if (token?.kind !== "number") return null;
      const isUsual = isAverage
        ? /^\d{1,3}$/.test(token.text)
        : (name === "rsi" ? rsiParameters : usualParameters).has(token.text);
      return isUsual ? token.text : null;
    };
    let next = at + 1;
    if (/^(?:bands?|channel|bänder)$/.test(this.word(this.afterSpace(next))))
      next = this.afterSpace(next) + 1;
    const afterName = this.afterSpace(next);
    if (isSign(this.tokens[afterName], "(")) {
      const read = this.list(afterName + 1, ",;/", parameterOf);
      if (read !== null && isSign(this.tokens[read.end], ")"))
        return { ...read, end: read.end + 1, indicator: name };
      return null;
    }
    const place = isSign(this.tokens[next], "-") ? next + 1 : isAverage ? afterName : next;
    const read = this.list(place, "/", parameterOf);
    const hasMore =
      isSign(this.tokens[read?.end ?? 0], "%:") || (read !== null && this.tokens[read.end]?.kind === "word");
    return read === null || hasMore ? null : { ...read, indicator: name };
  }

  private list(from: number, separators: string, parameterOf: (token: Token | undefined) => string | null) {
    const parameters: string[] = [];
    let at = this.afterSpace(from);
    for (;;) {
      // "12,26,9" is one number to the tokenizer.
      const joined = this.tokens[at];
      const pieces = joined?.kind === "number" && separators.includes(",") ? joined.text.split(",") : null;
      const read =
        parameterOf(joined) === null && pieces !== null && pieces.length > 1 ? pieces : [parameterOf(joined)];
      if (read.some((piece) => piece === null || !/^\d{1,3}(?:\.\d)?$/.test(piece))) return null;
      parameters.push(...read.filter((piece) => piece !== null));
      if (!isSign(this.tokens[at + 1], separators)) return { end: at + 1, parameters };
      at = this.afterSpace(at + 2);
      if (parameters.length > 12) return null;
    }
  }

  /** Step 3, Table 2, Version 2.1 */
  private part(at: number, token: Token): Identifier | null {
    if (!numberedParts.has(token.word)) return null;
    const isAbbreviated = isSign(this.tokens[at + 1], ".");
    const place = this.afterSpace(isAbbreviated ? at + 2 : at + 1);
    const number = this.tokens[place];
    if (number?.kind !== "number" || place === at + 1) return null;
    const isVersion = ["version", "section", "chapter", "kapitel", "abschnitt"].includes(token.word);
    const isPart = /^\d{1,2}$/.test(number.text) && Number(number.text) <= 20;
    if (!isPart && !(isVersion && /^\d{1,2}(?:\.\d{1,2}){1,3}$/.test(number.text))) return null;
    const next = this.afterSpace(place + 1);
    const isAmount =
      isSign(this.tokens[next], "%€$£–/") || (next === place + 1 && this.tokens[next]?.kind === "word");
    const unit = /^(?:pips?|lots?|percent|prozent|usd|eur|points?|punkte?|years?|months?|days?)$/.test(
      this.word(next),
    );
    return isAmount || unit ? null : this.plain(place + 1);
  }

  private plan(at: number, token: Token): Identifier | null {
    const [next, after, end] = [this.tokens[at + 1], this.tokens[at + 2], this.tokens[at + 3]];
    const letters = plans.get(token.text);
    if (letters !== undefined) {
      if (isSign(next, "(") && letters.includes(after?.text ?? "") && isSign(end, ")"))
        return this.plain(at + 4);
      if (next?.kind === "space" && letters.includes(after?.word ?? "")) return this.plain(at + 3);
    }
    if (next?.kind === "word" && gluedNumberNames.has(token.text + next.text)) return this.plain(at + 2);
    const isForm =
      isSign(next, "-") && ["10", "8", "20", "6"].includes(token.text) && /^[KQF]$/.test(after?.text ?? "");
    return isForm ? this.plain(at + 3) : null;
  }

  /** 52-week, 20/50/200-day moving average, 10-year yield, 50-EMA, 200er EMA, 4-hour chart */
  private span(at: number): Identifier | null {
    if (!isInteger(this.tokens[at])) return null;
    let last = at;
    while (isSign(this.tokens[last + 1], "/") && isInteger(this.tokens[last + 2]) && last - at < 12)
      last += 2;
    const isHyphen = isSign(this.tokens[last + 1], "-");
    const place = isHyphen ? last + 2 : this.afterSpace(last + 1);
    const word = this.word(place);
    const hasAverage = averages.has(word) || word === "er";
    if (!hasAverage && !spanWords.has(word)) return null;
    const parameters: string[] = [];
    for (let part = at; part <= last; part += 2) parameters.push(this.tokens[part]?.text ?? "");
    if (hasAverage && (isHyphen || word !== "ma") && /^\d{1,3}$/.test(this.tokens[at]?.text ?? "")) {
      const name = word === "er" ? this.word(this.wordAfter(place)) : word;
      if (averages.has(name)) return { end: last + 1, parameters, indicator: name };
    }
    if (!spanWords.has(word)) return null;
    const is52Weeks = parameters.length === 1 && parameters[0] === "52" && /^(?:week|wochen)/.test(word);
    const following = [this.wordAfter(place), this.wordAfter(this.wordAfter(place))].map((index) =>
      this.word(index),
    );
    const isChart =
      isHyphen && (following.some((near) => chartWords.has(near)) || this.isJoinedToSpan(place));
    if (is52Weeks && isHyphen) return { end: last + 1, parameters: [], indicator: null };
    return isChart ? { end: last + 1, parameters, indicator: null } : null;
  }

  /** The 50-day of "the 50-day and 200-day averages". */
  private isJoinedToSpan(place: number): boolean {
    const isJoint = ["and", "or", "und", "oder"].includes(this.word(place + 2));
    return isJoint && this.tokens[place + 4]?.kind === "number" && this.span(place + 4) !== null;
  }

  /** @returns the index of the next word after one blank or hyphen; -1 for none */
  private wordAfter(at: number): number {
    const next = isSign(this.tokens[at + 1], "-(") || this.tokens[at + 1]?.kind === "space" ? at + 2 : at + 1;
    return this.tokens[next]?.kind === "word" ? next : -1;
  }

  /** 24/7, 9/11, 2-for-1, the 1-2-3 pattern */
  private idiom(at: number, token: Token): Identifier | null {
    const second = this.tokens[at + 2];
    if (!isSign(this.tokens[at + 1], "/") || second?.kind !== "number") return null;
    const isIdiom = ["24/7", "24/5", "9/11", "20/20"].includes(`${token.text}/${second.text}`);
    return isIdiom ? this.plain(at + 3) : null;
  }

  /** 192.168.0.1, +49 30 1234567, 555-123-4567 */
  private address(at: number, token: Token): Identifier | null {
    const parts = /^\d+(?:\.\d+){3}$/.test(token.text) ? token.text.split(".") : [];
    if (parts.length > 0 && parts.every((part) => part.length <= 3 && Number(part) <= 255))
      return this.plain(at + 1);
    const isInternational = isSign(this.tokens[at - 1], "+") && /^\d{1,3}$/.test(token.text);
    const isNational =
      isSign(this.tokens[at + 1], "-") &&
      /^\d{3}$/.test(token.text) &&
      /^\d{3}$/.test(this.tokens[at + 2]?.text ?? "");
    if (!isInternational && !isNational) return null;
    let [last, digits] = [at, token.text.length];
    while (last - at < 16) {
      const [gap, next] = [this.tokens[last + 1], this.tokens[last + 2]];
      if (next?.kind !== "number" || !/^\d{2,8}$/.test(next.text) || !(gap?.text === " " || isSign(gap, "-")))
        break;
      digits += next.text.length;
      last += 2;
    }
    const isPhone = isInternational ? last >= at + 4 && digits >= 9 : last === at + 4 && digits === 10;
    return isPhone ? this.plain(last + 1) : null;
  }

  /** [1] */
  private footnote(at: number): Identifier | null {
    const isMarked = isSign(this.tokens[at - 1], "[^") && isSign(this.tokens[at + 1], "]");
    return isMarked && /^\d{1,2}$/.test(this.tokens[at]?.text ?? "") ? this.plain(at + 1) : null;
  }
}
