/** Dates, times of day and years among the tokens of a text. A year counts as one only where a word says so: 2025 may be a price. */

import type { Token } from "./tokens.ts";
import { wordSet } from "./word-set.ts";

const months: ReadonlySet<string> = wordSet(`
  january february march april may june july august september october november december januar jänner
  februar märz mai juni juli oktober dezember jan feb mar apr jun jul aug sep sept oct nov dec okt dez mär
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
`);
export const isMonth = (token: Token | undefined): boolean =>
  token?.kind === "word" && months.has(token.word) && /^\p{Lu}/u.test(token.text);

const zoneWords = wordSet("am pm uhr utc gmt est edt cet cest et bst eet eest");
const timeCues = new Set(["at", "um", "gegen"]);
/** Of "leverage at 1:30". */
const ratioWords: ReadonlySet<string> = wordSet(
  "leverage leveraged hebel margin ratio verhältnis crv reward risk risiko risk-reward",
);
const yearCues: ReadonlySet<string> = wordSet(`
  in since year years during jahr jahre jahres seit anno fiscal early mid late anfang ende mitte frühjahr
  sommer herbst winter spring summer autumn ytd fy
`);
/** Before these a year may stand, unless the sentence speaks of prices. */
const weakYearCues: ReadonlySet<string> = wordSet(
  "by until till from before after ab bis vor nach von through of the desde hasta en",
);
const yearNouns: ReadonlySet<string> = wordSet(`
  crisis krise finanzkrise crash election season budget report recession rally financial annual bear
  pandemic tax edition geschäftsjahr jahresbericht annual
`);
const priceWords: ReadonlySet<string> = wordSet(`
  price prices gold level resistance support target stop entry trades trading rose fell rises falls
  rallied dropped climbed moved kurs stieg fiel steigt fällt close closed quote worth bounce zone buy sell breakout pullback points dollars area consolidation kaufen verkaufen bereich punkte dollar euro widerstand
  unterstützung ziel einstieg range xauusd preis
`);

const isValidDay = (day: number, month: number) => day >= 1 && day <= 31 && month >= 1 && month <= 12;
const isYear = (text: string | undefined) => text?.length === 4 && /^(?:19|20)\d\d$/.test(text);
const isShort = (text: string | undefined) =>
  text !== undefined && text.length <= 2 && /^\d{1,2}$/.test(text);
/** No other word begins a date, unless a number is glued to it. */
export const calendarWords: readonly string[] = [...months, "fy", "cy", "gj", "kw"];

/** 31.10.2025, 31.10.25, 2025.10.31 */
function isPointedDate(text: string): boolean {
  const [, day, month] = /^(\d{1,2})\.(\d{1,2})\.(?:\d{4}|\d{2})$/.exec(text) ?? [];
  if (day !== undefined && isValidDay(Number(day), Number(month))) return true;
  const [, second, third] = /^(?:19|20)\d\d\.(\d\d)\.(\d\d)$/.exec(text) ?? [];
  return second !== undefined && isValidDay(Number(third), Number(second));
}

/** Reads one place of the tokens; `at` is a number, or a word such as "Q3" or a month. */
export class Calendar {
  constructor(private readonly tokens: readonly Token[]) {}

  /** @returns the index after the date, time or year that begins at `at`; null when none does */
  endAt(at: number): number | null {
    const token = this.tokens[at];
    if (token === undefined) return null;
    if (token.kind === "word") return this.wordFirst(at, token);
    return (
      this.fullDate(at) ?? this.timeOfDay(at) ?? this.dayAndMonth(at) ?? this.period(at) ?? this.year(at)
    );
  }

  private text(at: number): string | undefined {
    return this.tokens[at]?.text;
  }

  private isSign(at: number, signs: string): boolean {
    const token = this.tokens[at];
    return token?.kind === "sign" && signs.includes(token.text);
  }

  private isNumber(at: number): boolean {
    return this.tokens[at]?.kind === "number";
  }

  private afterSpace(at: number): number {
    return this.tokens[at]?.kind === "space" ? at + 1 : at;
  }

  /** 2025-10-31, 2025-10-31T08:00, 31.10.2025, 2025.10.31, 31/10/2025, 10/31/25, 08-10 */
  private fullDate(at: number): number | null {
    const first = this.text(at) ?? "";
    if (first.length > 5 && isPointedDate(first)) return at + 1;
    const separator = this.text(at + 1) ?? "";
    if (separator !== "-" && separator !== "/") return this.germanDay(at, first);
    const [second = "", third] = [
      this.text(at + 2),
      this.text(at + 3) === separator ? this.text(at + 4) : undefined,
    ];
    if (!isShort(second)) return null;
    const isIso = isYear(first) && isShort(third) && isValidDay(Number(third), Number(second));
    if (isIso)
      return this.text(at + 5) === "T" && this.isNumber(at + 6) ? (this.timeOfDay(at + 6) ?? at + 5) : at + 5;
    const isDate = isShort(first) && third !== undefined && /^(?:\d{4}|\d{2})$/.test(third);
    const [a, b] = [Number(first), Number(second)];
    if (isDate && (isValidDay(a, b) || isValidDay(b, a)) && (separator === "/" || third.length === 4))
      return at + 5;
    const isDayMonth =
      first.length === 2 && second.length === 2 && (first.startsWith("0") || second.startsWith("0"));
    return isDayMonth && third === undefined && (isValidDay(a, b) || isValidDay(b, a)) ? at + 3 : null;
  }

  /** am 31.10. */
  private germanDay(at: number, first: string): number | null {
    const found = /^(\d{1,2})\.(\d{1,2})$/.exec(first);
    if (found === null || !this.isSign(at + 1, ".") || !isValidDay(Number(found[1]), Number(found[2])))
      return null;
    return ["am", "vom", "bis", "zum", "seit", "ab", "dem"].includes(this.wordBefore(at)) ? at + 2 : null;
  }

  /** 10:30, 9:05 pm, 9 am, 14 Uhr; 1:30 alone is a ratio. */
  private timeOfDay(at: number): number | null {
    const hours = this.text(at) ?? "";
    if (!isShort(hours) || Number(hours) > 24) return null;
    if (this.isSign(at + 1, ":")) {
      const minutes = this.text(at + 2) ?? "";
      if (!/^[0-5]\d$/.test(minutes)) return null;
      let end = at + 3;
      if (this.isSign(end, ":") && /^[0-5]\d(?:\.\d+)?$/.test(this.text(end + 1) ?? "")) end += 2;
      const zone = this.zoneEnd(end);
      const isRatio = zone === null && this.isAfterAny(at, ratioWords);
      const isSure = !isRatio && (hours.length === 2 || zone !== null || timeCues.has(this.wordBefore(at)));
      return isSure ? (zone ?? end) : null;
    }
    return this.zoneEnd(at + 1, true);
  }

  private zoneEnd(at: number, isHourOnly = false): number | null {
    const next = this.afterSpace(at);
    const token = this.tokens[next];
    if (token?.kind !== "word" || !zoneWords.has(token.word)) return null;
    if (isHourOnly && !["am", "pm", "uhr"].includes(token.word)) return null;
    // "5 am Montag": German "am" is no time.
    if (isHourOnly && token.word === "am" && next > at && /^\p{Lu}/u.test(this.text(next + 2) ?? ""))
      return null;
    return token.word === "et" && token.text !== "ET" ? null : next + 1;
  }

  /** 31 October 2025, 31. Oktober, 31st of March */
  private dayAndMonth(at: number): number | null {
    const day = this.text(at) ?? "";
    if (!isShort(day) || Number(day) < 1 || Number(day) > 31) return null;
    let next = at + 1;
    if (this.isSign(next, ".")) next++;
    else if (["st", "nd", "rd", "th"].includes(this.tokens[next]?.word ?? "")) next++;
    next = this.afterSpace(next);
    if (this.tokens[next]?.word === "of") next = this.afterSpace(next + 1);
    if (this.isSign(next, "-") && isMonth(this.tokens[next + 1])) next++;
    return isMonth(this.tokens[next]) ? this.yearAfter(next + 1) : null;
  }

  private yearAfter(at: number): number {
    let next = at;
    if (this.isSign(next, ".,-")) next++;
    next = this.afterSpace(next);
    return isYear(this.text(next)) && this.tokens[next]?.kind === "number" ? next + 1 : at;
  }

  /** October 31, 2025; Oct 31st; March 2025; Q3 2025; FY26; H1/25; KW 12 */
  private wordFirst(at: number, token: Token): number | null {
    if (isMonth(token)) {
      let next = at + 1;
      if (this.isSign(next, ".")) next++;
      next = this.afterSpace(next);
      const day = this.text(next);
      if (this.isNumber(next) && isYear(day)) return next + 1;
      // "May 5,000" is no date.
      if (!this.isNumber(next) || !isShort(day) || Number(day) > 31) return null;
      next += ["st", "nd", "rd", "th"].includes(this.tokens[next + 1]?.word ?? "") ? 2 : 1;
      return this.yearAfter(next);
    }
    const [number, next] = [this.text(at + 1) ?? "", at + 2];
    const isQuarter =
      (token.text === "Q" && /^[1-4]$/.test(number)) || (token.text === "H" && /^[12]$/.test(number));
    if (isQuarter) {
      if (this.isSign(next, "/'’-") && /^(?:\d\d|20\d\d)$/.test(this.text(next + 1) ?? "")) return next + 2;
      const year = this.afterSpace(next);
      return isYear(this.text(year)) ? year + 1 : token.text === "Q" ? next : null;
    }
    if (["FY", "CY", "GJ"].includes(token.text)) {
      const year = this.afterSpace(at + 1);
      return /^(?:\d\d|20\d\d)$/.test(this.text(year) ?? "") ? year + 1 : null;
    }
    if (token.text === "KW") {
      const week = this.afterSpace(at + 1);
      return isShort(this.text(week)) ? week + 1 : null;
    }
    return null;
  }

  /** 1Q25, the 1980s, 90er, 10月 */
  private period(at: number): number | null {
    const [number = "", suffix] = [this.text(at), this.tokens[at + 1]];
    if (suffix?.kind !== "word") return null;
    if (/^[年月日]$/.test(suffix.text) && /^\d{1,4}$/.test(number)) return at + 2;
    const isDecade = isYear(number) || /^[1-9]0$/.test(number);
    if (isDecade && number.endsWith("0") && (suffix.text === "er" || suffix.text === "ern")) return at + 2;
    if (
      isDecade &&
      number.endsWith("0") &&
      suffix.text === "s" &&
      (number.length === 4 || this.wordBefore(at) === "the")
    )
      return at + 2;
    const isQuarter =
      /^[1-4]$/.test(number) && /^[QH]$/.test(suffix.text) && /^\d\d(?:\d\d)?$/.test(this.text(at + 2) ?? "");
    return isQuarter ? at + 3 : null;
  }

  private year(at: number): number | null {
    if (!isYear(this.text(at)) || !this.isAlone(at)) return null;
    const before = this.wordBefore(at);
    const after = this.tokens[this.afterSpace(at + 1)];
    const isBeginning = before === "" && this.isAfterBreak(at);
    const isRange = this.isYearRange(at);
    const isNamed = (after?.kind === "word" && yearNouns.has(after.word)) || yearNouns.has(before);
    if (yearCues.has(before) || isNamed || (isRange && !this.speaksOfPrices(at))) return at + 1;
    if (before === "of" && this.isAfterTime(at)) return at + 1;
    const isWeak = weakYearCues.has(before) && before !== "of" && before !== "the";
    const isSubject =
      isBeginning &&
      ["was", "is", "will", "war", "wird", "ist", "saw", "brought"].includes(after?.word ?? "");
    return (isWeak || isSubject) && !this.speaksOfPrices(at) ? at + 1 : null;
  }

  /** the summer of 2008, the crisis of 2008 */
  private isAfterTime(at: number): boolean {
    const token = this.tokens[at - 4];
    return (
      isMonth(token) ||
      yearCues.has(token?.word ?? "") ||
      yearNouns.has(token?.word ?? "") ||
      token?.word === "end"
    );
  }

  /** 2020–2025, (2025), 2020/21 */
  private isYearRange(at: number): boolean {
    const isDash = (place: number) => this.isSign(place, "-–—/");
    const link = this.tokens[at + 2]?.word ?? "";
    const isFirst =
      ["to", "and", "bis", "und", "through"].includes(link) &&
      isYear(this.text(at + 4)) &&
      this.isNumber(at + 4);
    const follows = isDash(at + 1) && (isYear(this.text(at + 2)) || isShort(this.text(at + 2)));
    const precedes = isDash(at - 1) && isYear(this.text(at - 2));
    const isSecond =
      ["to", "and", "bis", "und", "through"].includes(this.wordBefore(at)) && isYear(this.text(at - 4));
    return (
      isFirst || follows || precedes || isSecond || (this.isSign(at - 1, "(©") && this.isSign(at + 1, "),;"))
    );
  }

  private isAlone(at: number): boolean {
    const [before, after] = [this.tokens[at - 1], this.tokens[at + 1]];
    const touchesMoney = before?.kind === "sign" && !"(–-—/[\"'“©~".includes(before.text);
    return (
      !touchesMoney && !(after?.kind === "sign" && "%€$£".includes(after.text)) && after?.kind !== "word"
    );
  }

  private wordBefore(at: number): string {
    const previous = this.tokens[at - 1]?.kind === "space" ? at - 2 : at - 1;
    return this.tokens[previous]?.word ?? "";
  }

  private isAfterBreak(at: number): boolean {
    const previous = this.tokens[at - 1]?.kind === "space" ? at - 2 : at - 1;
    const token = this.tokens[previous];
    return (
      token === undefined || token.kind === "break" || token.kind === "mark" || ".!?".includes(token.text)
    );
  }

  /** One of the words is among the ten before it in its sentence. */
  private isAfterAny(at: number, words: ReadonlySet<string>): boolean {
    for (let near = at - 1, count = 0; near >= 0 && count < 10; near--) {
      const token = this.tokens[near];
      if (
        token === undefined ||
        token.kind === "break" ||
        (token.kind === "sign" && ".!?".includes(token.text))
      )
        break;
      if (token.kind !== "word") continue;
      count++;
      if (words.has(token.word)) return true;
    }
    return false;
  }

  /** In the words around it. */
  private speaksOfPrices(at: number): boolean {
    if (this.isAfterAny(at, priceWords)) return true;
    for (let near = at + 1, words = 0; near < this.tokens.length && words < 6; near++) {
      const token = this.tokens[near];
      if (
        token === undefined ||
        token.kind === "break" ||
        (token.kind === "sign" && ".!?".includes(token.text))
      )
        break;
      if (token.kind !== "word") continue;
      words++;
      if (priceWords.has(token.word)) return true;
    }
    return false;
  }
}
