/** Cuts a plain view into words, numbers, blanks and signs; one look at each character, so it takes linear time. */
import { fractionCharacters, isSuperscript } from "./digit-readings.ts";
import { breakCharacter, markCharacter, regionCharacter, ruleCharacter } from "./plain-view.ts";

type TokenKind = "number" | "word" | "space" | "sign" | "break" | "region" | "mark" | "rule";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Lower case, for words. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const special: Readonly<Record<string, TokenKind>> = {
  [breakCharacter]: "break",
  [regionCharacter]: "region",
  [markCharacter]: "mark",
  [ruleCharacter]: "rule",
};
const isDigit = (code: number) => code >= 48 && code <= 57;
const isLatin = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isLetter = (text: string, at: number) => {
  const code = text.charCodeAt(at);
  if (code < 128) return isLatin(code);
  return code >= 0xaa && /[\p{L}\p{M}]/u.test(text.charAt(at)) && !isFraction(text.charAt(at));
};
const isBlank = (code: number) =>
  code === 32 ||
  code === 9 ||
  code === 10 ||
  code === 13 ||
  code === 0xa0 ||
  code === 0x2009 ||
  code === 0x202f ||
  code === 0x3000;
const isFraction = (character: string) => character !== "" && fractionCharacters.includes(character);
/** Between the digits of one number: 1,234.5 1'234 and the narrow spaces. */
const isSeparator = (code: number) =>
  code === 44 ||
  code === 46 ||
  code === 39 ||
  code === 0x2019 ||
  code === 0xa0 ||
  code === 0x2009 ||
  code === 0x202f;
const exponent = /[eE][+-]?\d{1,4}(?![\p{L}\d])/uy;

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const kind = kindAt(text, at);
    if (kind === "number") at = numberEnd(text, at);
    else if (kind === "word") while (at < text.length && isLetter(text, at)) at++;
    else if (kind === "space") while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    else at++;
    if (at === start) at++;
    const found = text.slice(start, at);
    tokens.push({ kind, text: found, word: kind === "word" ? found.toLowerCase() : "", start, end: at });
  }
  return tokens;
}

function kindAt(text: string, at: number): TokenKind {
  const code = text.charCodeAt(at);
  if (isLatin(code)) return "word";
  if (code === 32) return "space";
  if (isDigit(code) || (code >= 128 && isFraction(text.charAt(at)))) return "number";
  if (isBlank(code)) return "space";
  if (isLetter(text, at)) return "word";
  // .5
  const before = text.charCodeAt(at - 1);
  const isPoint = (code === 46 || code === 44) && isDigit(text.charCodeAt(at + 1));
  if (isPoint && !isDigit(before) && !(at > 0 && isLetter(text, at - 1)) && before !== 46) return "number";
  return code < 128 ? "sign" : (special[text.charAt(at)] ?? "sign");
}

function numberEnd(text: string, start: number): number {
  let at = start;
  if (isFraction(text.charAt(at))) return at + 1;
  let hasSeparator = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) at++;
    else if (isSeparator(code) && isDigit(text.charCodeAt(at + 1)) && (code < 0x80 || isGroup(text, at))) {
      hasSeparator = true;
      at += 2;
    } else break;
  }
  if (!hasSeparator && isFraction(text.charAt(at))) return at + 1;
  while (at < text.length && isSuperscript(text.charAt(at))) at++;
  exponent.lastIndex = at;
  return at + (exponent.exec(text)?.[0].length ?? 0);
}

/** Blanks and apostrophes that are no ASCII stand before three digits, not more. */
const isGroup = (text: string, at: number) =>
  isDigit(text.charCodeAt(at + 2)) && isDigit(text.charCodeAt(at + 3)) && !isDigit(text.charCodeAt(at + 4));
