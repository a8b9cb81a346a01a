/** What stands around the digits of a number: sign, currency and "about" before, scale, unit and "a month" after. */

import type { LexedFigure } from "./figure.ts";
import type { Token } from "./tokens.ts";
import {
  currencyOf,
  currencySigns,
  dollarPrefixes,
  gluedScales,
  gluedUnits,
  perWords,
  spacedScales,
  unitBeginnings,
  unitOf,
} from "./units-in-text.ts";
import { wordSet } from "./word-set.ts";

interface Before {
  /** The index of the first token that belongs to the figure. */
  readonly from: number;
  readonly sign: LexedFigure["sign"];
  readonly currency: string | null;
  readonly approximate: boolean;
  /** (1,234): accountants write a negative amount so. */
  readonly isBracketed: boolean;
}

interface Scale {
  readonly end: number;
  /** One power of ten, or two where languages differ. */
  readonly powers: readonly number[];
}

interface Unit {
  /** After the symbol, when the unit is one; else where the number ends. */
  readonly symbolEnd: number;
  readonly end: number;
  readonly unit: string;
  readonly power: number;
}

const aboutWords: ReadonlySet<string> = wordSet(
  "about around roughly approximately approx ca circa etwa rund ungefähr nearly almost fast knapp some aproximadamente unos unas casi",
);
const adjectives: ReadonlySet<string> = wordSet(
  "standard more full additional extra further whole weitere ganze volle troy",
);
/** "3 Tsd. Euro" */
const abbreviatedScales: ReadonlySet<string> = new Set(["tsd", "mio", "mrd"]);
const articlesOfRates: ReadonlySet<string> = wordSet("per a an each every pro je im am al por cada");

const isSign = (token: Token | undefined, signs: string) =>
  token?.kind === "sign" && signs.includes(token.text);

export class Affixes {
  constructor(private readonly tokens: readonly Token[]) {}

  private word(at: number): string {
    return this.tokens[at]?.word ?? "";
  }

  afterSpace(at: number): number {
    return this.tokens[at]?.kind === "space" ? at + 1 : at;
  }

  private beforeSpace(at: number): number {
    return this.tokens[at]?.kind === "space" ? at - 1 : at;
  }

  /** @param at the index of the number @param free tokens before this index belong to another figure */
  before(at: number, free: number): Before {
    let from = at;
    let currency: string | null = null;
    const outer = this.signBefore(from, free);
    from = outer.from;
    const money = this.currencyBefore(from, free);
    if (money !== null) ({ from, currency } = money);
    const inner = outer.sign === null && money !== null ? this.signBefore(from, free) : outer;
    from = Math.min(from, inner.from);
    const isBracketed = isSign(this.tokens[from - 1], "(") && from - 1 >= free && !this.isTouched(from - 2);
    return { from, currency, sign: inner.sign, isBracketed, approximate: this.isAbout(from, free) };
  }

  private isTouched(at: number): boolean {
    const kind = this.tokens[at]?.kind;
    return kind === "word" || kind === "number";
  }

  private signBefore(
    at: number,
    free: number,
  ): { readonly from: number; readonly sign: LexedFigure["sign"] } {
    const none = { from: at, sign: null };
    const token = this.tokens[at - 1];
    if (at - 1 < free || token === undefined) return none;
    if (isSign(token, "±")) return { from: at - 1, sign: "±" };
    if (isSign(token, "-") && isSign(this.tokens[at - 2], "+")) return { from: at - 2, sign: "±" };
    if (isSign(token, "-") && isSign(this.tokens[at - 2], "/") && isSign(this.tokens[at - 3], "+"))
      return { from: at - 3, sign: "±" };
    if (isSign(token, "+-−–")) {
      const before = this.tokens[at - 2];
      // $-5: the sign of the currency is before the sign of the number, and after no other number.
      const isMoney = isSign(before, "$€£") && this.tokens[at - 3]?.kind !== "number" && at - 2 >= free;
      const isJoined = !isMoney && (this.isTouched(at - 2) || isSign(before, ")%€$£]*/°-–"));
      if (isJoined) return none;
      return { from: at - 1, sign: token.text === "+" ? "+" : "-" };
    }
    const word = this.word(this.beforeSpace(at - 1));
    const isMinus = (word === "minus" || word === "negative") && token.kind === "space";
    // "10 minus 5" is a calculation.
    const isOperator = isMinus && this.tokens[this.beforeSpace(at - 3)]?.kind === "number";
    return isMinus && !isOperator && at - 2 >= free ? { from: at - 2, sign: "-" } : none;
  }

  private currencyBefore(
    at: number,
    free: number,
  ): { readonly from: number; readonly currency: string } | null {
    const place = this.beforeSpace(at - 1);
    const token = this.tokens[place];
    if (token === undefined || place < free || (token.kind !== "sign" && token.kind !== "word")) return null;
    if (this.tokens[at - 1]?.text.includes("\n")) return null;
    if (token.kind === "sign") {
      const sign = currencySigns.get(token.text);
      if (sign === undefined) return null;
      const prefix =
        token.text === "$" && place - 1 >= free ? dollarPrefixes.get(this.word(place - 1)) : undefined;
      return prefix === undefined ? { from: place, currency: sign } : { from: place - 1, currency: prefix };
    }
    const currency = currencyOf(token.text);
    // The second half of a pair is no unit: EUR/USD 1.0850.
    const isPair =
      isSign(this.tokens[place - 1], "/-&") ||
      (token.text.length > 3 && token.text !== token.text.toUpperCase());
    return currency === null || isPair ? null : { from: place, currency };
  }

  private isAbout(from: number, free: number): boolean {
    let place = this.beforeSpace(from - 1);
    if (place < free - 1 || place < 0) return false;
    if (isSign(this.tokens[place], "~≈")) return true;
    if (isSign(this.tokens[place], ".")) place--;
    return aboutWords.has(this.word(place));
  }

  /** @param isMoney a currency stands before the number, so that "m" after a blank is a million */
  scale(at: number, isMoney: boolean): Scale | null {
    const token = this.tokens[at];
    if (token?.kind === "word") {
      const powers =
        gluedScales.get(token.text) ?? (token.word.length > 2 ? spacedScales.get(token.word) : undefined);
      return powers === undefined ? null : { end: at + 1, powers };
    }
    const isLink = token?.kind === "space" || (isSign(token, "-") && this.tokens[at + 1]?.kind === "word");
    const word = isLink ? this.tokens[at + 1] : undefined;
    if (word === undefined) return null;
    const isMillion =
      word.text === "m" && (isMoney || currencySigns.has(this.tokens[this.afterSpace(at + 2)]?.text ?? ""));
    // The language decides: a German Billion is 10^12, an English billion 10^9.
    const powers = isMillion ? [6] : word.text === "billion" ? [9] : spacedScales.get(word.word);
    if (powers === undefined) return null;
    const more = this.scale(at + 2, isMoney);
    return more === null || more.powers.length > 1 || powers.length > 1
      ? { end: at + 2, powers }
      : { end: more.end, powers: [(powers[0] ?? 0) + (more.powers[0] ?? 0)] };
  }

  /** @returns the unit after the number that ends before `at` */
  unit(after: number): Unit | null {
    const isAbbreviated = isSign(this.tokens[after], ".") && abbreviatedScales.has(this.word(after - 1));
    const at = isAbbreviated && this.tokens[after + 1]?.kind === "space" ? after + 1 : after;
    return this.symbol(at) ?? this.gluedUnit(at) ?? this.unitWords(at);
  }

  private symbol(at: number): Unit | null {
    const place = this.afterSpace(at);
    const token = this.tokens[place];
    if (token?.kind !== "sign") return null;
    if (token.text === "%") {
      const next =
        this.tokens[place + 1]?.text === "-" || this.tokens[place + 1]?.kind === "space" ? place + 2 : -1;
      const isPoints = /^(?:points?|punkte?n?)$/.test(this.word(next));
      return {
        symbolEnd: place + 1,
        end: isPoints ? next + 1 : place + 1,
        unit: isPoints ? "pp" : "%",
        power: 0,
      };
    }
    if (token.text === "‰") return { symbolEnd: place + 1, end: place + 1, unit: "%", power: -1 };
    if (
      token.text === "×" &&
      place === at &&
      this.tokens[at + 1]?.kind !== "number" &&
      this.tokens[this.afterSpace(at + 1)]?.kind !== "number"
    )
      return { symbolEnd: place + 1, end: place + 1, unit: "x", power: 0 };
    const currency = currencySigns.get(token.text);
    const isNextOnes = this.tokens[place + 1]?.kind === "number" && (place > at || token.text === "$");
    if (currency === undefined || isNextOnes) return null;
    return { symbolEnd: place + 1, end: place + 1, unit: currency, power: 0 };
  }

  private gluedUnit(at: number): Unit | null {
    const token = this.tokens[at];
    if (token?.kind !== "word") return null;
    if ((token.text === "x" || token.text === "X") && this.tokens[at + 1]?.kind === "number") return null;
    const found = gluedUnits.get(token.text) ?? unitOf(token.word);
    const currency = found === null ? currencyOf(token.text) : null;
    if (currency !== null) return { symbolEnd: at + 1, end: at + 1, unit: currency, power: 0 };
    return found === null ? null : { symbolEnd: at, end: at + 1, unit: found.unit, power: found.power ?? 0 };
  }

  private unitWords(at: number): Unit | null {
    const isHyphen = isSign(this.tokens[at], "-–") && this.tokens[at + 1]?.kind === "word";
    if (!isHyphen && this.tokens[at]?.kind !== "space") return null;
    let place = at + 1;
    // "5 [lots](…)", "5 (USD)"
    if (this.tokens[place]?.kind !== "word") return null;
    const pair = `${this.word(place)} ${this.word(place + 2)}`;
    const isPair = unitBeginnings.has(this.word(place)) && unitOf(pair) !== null;
    if (!isPair && adjectives.has(this.word(place)) && this.tokens[place + 2]?.kind === "word") place += 2;
    const token = this.tokens[place];
    const found = isPair
      ? unitOf(pair)
      : token === undefined
        ? null
        : unitOf(token.text === "R" ? "R" : token.word);
    if (found !== null) {
      const isFactor = found.unit === "x" && this.tokens[this.afterSpace(place + 1)]?.kind === "number";
      const end = isPair ? place + 3 : place + 1;
      return isFactor ? null : { symbolEnd: at, end, unit: found.unit, power: found.power ?? 0 };
    }
    const prefix =
      token !== undefined && isSign(this.tokens[place + 1], "$") ? dollarPrefixes.get(token.word) : undefined;
    if (prefix !== undefined) return null;
    const currency = isHyphen || token === undefined ? null : currencyOf(token.text);
    const isPairOfCurrencies =
      isSign(this.tokens[place + 1], "/") && currencyOf(this.tokens[place + 2]?.text ?? "") !== null;
    if (currency === null || isPairOfCurrencies) return null;
    return { symbolEnd: at, end: place + 1, unit: currency, power: 0 };
  }

  /** "a month", "/ month", "pro Monat", "monatlich", "p.a." after `at` @returns the period and the index after it */
  per(at: number): { readonly per: LexedFigure["per"]; readonly end: number } {
    const place = this.afterSpace(at);
    const direct = perWords.get(this.word(place));
    if (direct !== undefined && /ly$|lich$/.test(this.word(place))) return { per: direct, end: place + 1 };
    if (this.word(place) === "p" && isSign(this.tokens[place + 1], ".")) {
      const second = this.afterSpace(place + 2);
      if (this.word(second) === "a") return { per: "year", end: second + 1 };
    }
    if (this.word(place) === "pa") return { per: "year", end: place + 1 };
    const isLink = isSign(this.tokens[place], "/") || articlesOfRates.has(this.word(place));
    const next = isLink ? this.afterSpace(place + 1) : -1;
    const found = perWords.get(this.word(next));
    // "With 0.40 lots each pip is $4": "each" begins something new.
    const isNew = /^(?:each|every)$/.test(this.word(place)) && (found === "pip" || found === "lot");
    return found === undefined || isNew ? { per: null, end: at } : { per: found, end: next + 1 };
  }
}
