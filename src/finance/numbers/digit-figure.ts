/** Reads one figure that is written in digits: 1,234.56 €, -5%, $10k, 1:2.5, 25 pips, 3/4 of, 5 × 10^6. */

import type { Affixes } from "./affixes.ts";
import { negated } from "./decimal-text.ts";
import { readingsOf, scaled } from "./digit-readings.ts";
import type { Reading } from "./figure.ts";
import { countNouns } from "./identifiers.ts";
import { plainFigure, type RawFigure } from "./raw-figure.ts";
import type { Token } from "./tokens.ts";
import { wordSet } from "./word-set.ts";

const ordinals = wordSet("st nd rd th te ter ten tes");
const ordinalArticles = wordSet("der die das dem den des am im zum beim vom jeder jede jeden einen");
const ofWords = wordSet("of von der des");
const chartFrames = wordSet("chart charts timeframe candle candles bar bars tf");

const isSign = (token: Token | undefined, signs: string) =>
  token?.kind === "sign" && signs.includes(token.text);
const isSmall = (text: string | undefined) =>
  text !== undefined && text.length <= 2 && /^\d{1,2}$/.test(text);

interface Core {
  readonly to: number;
  readonly values: readonly Reading[];
  readonly unit: string | null;
}

/** @param free tokens before this index belong to another figure @param afterHours "1h" ends right before it */
export function digitFigure(
  tokens: readonly Token[],
  at: number,
  free: number,
  affixes: Affixes,
  afterHours: boolean,
): RawFigure {
  const structural = counted(tokens, at, affixes);
  if (structural !== null) return plainFigure("structural", at, structural);
  const core = coreOf(tokens, at);
  const before = affixes.before(at, free);
  const isMinutes = afterHours && tokens[core.to]?.text === "m";
  const scale = isMinutes || core.unit !== null ? null : affixes.scale(core.to, before.currency !== null);
  const numberEnd = scale?.end ?? core.to;
  if (tokens[core.to]?.text === "m" && isChart(tokens, core.to + 1, affixes))
    return plainFigure("structural", at, core.to + 1);
  const found = affixes.unit(numberEnd);
  const unit = isMinutes
    ? { unit: "minutes", power: 0, symbolEnd: core.to + 1, end: core.to + 1 }
    : before.currency !== null && found !== null && !isMoneySuffix(found.unit, before.currency)
      ? null
      : found;
  const glued = tokens[numberEnd];
  const isUnknown = glued?.kind === "word" && unit === null && scale === null;
  const isGluedBefore = before.from === at && tokens[at - 1]?.kind === "word" && at - 1 >= free;
  const sized = inSizes(core.values, scale?.powers ?? [0], unit?.power ?? 0);
  const to = unit?.symbolEnd ?? numberEnd;
  const rate = affixes.per(unit?.end ?? numberEnd);
  const isBracketed = before.isBracketed && isAccounting(tokens, at, to, unit?.unit ?? before.currency);
  return {
    ...plainFigure("amount", before.from, isUnknown ? numberEnd + 1 : Math.max(to, numberEnd)),
    wholeTo: Math.max(rate.end, unit?.end ?? numberEnd),
    values: isUnknown || isGluedBefore ? [] : signed(sized, before.sign, isBracketed),
    unit: before.currency ?? unit?.unit ?? core.unit,
    per: rate.per,
    approximate: before.approximate,
    sign: before.sign,
    isScaled: scale !== null,
  };
}

function inSizes(values: readonly Reading[], powers: readonly number[], ofUnit: number): readonly Reading[] {
  if (powers.length === 1 && powers[0] === -ofUnit) return values;
  return powers.flatMap((power) => values.map((reading) => scaled(reading, power + ofUnit)));
}

/** "$10 USD": the code repeats the sign. Another unit after money belongs to other words: "$10 per pip", "$5 5 lots". */
const isMoneySuffix = (unit: string, currency: string) => unit === currency;

/** (1,234) with separators or money: an amount below zero, or an aside. */
function isAccounting(tokens: readonly Token[], at: number, to: number, unit: string | null): boolean {
  const isClosed = isSign(tokens[to], ")");
  const isMoney = unit !== null && /^[A-Z]{3,5}$/.test(unit);
  return isClosed && (isMoney || (unit === null && /\d[.,]\d{2,3}/.test(tokens[at]?.text ?? "")));
}

function signed(
  readings: readonly Reading[],
  sign: RawFigure["sign"],
  isBracketed: boolean,
): readonly Reading[] {
  if (sign !== "-" && (!isBracketed || sign !== null)) return readings;
  const below = readings.map(({ value, decimals }) => ({ value: negated(value), decimals }));
  return sign === "-" ? below : [...readings, ...below];
}

function isChart(tokens: readonly Token[], at: number, affixes: Affixes): boolean {
  const next = isSign(tokens[at], "-") ? at + 1 : affixes.afterSpace(at);
  return chartFrames.has(tokens[next]?.word ?? "");
}

/** 1st, "der 2. Versuch", "3 reasons" @returns the index after it */
function counted(tokens: readonly Token[], at: number, affixes: Affixes): number | null {
  const [text = "", next] = [tokens[at]?.text, tokens[at + 1]];
  if (text.length > 3 || !/^\d{1,3}$/.test(text)) return null;
  if (next?.kind === "word" && ordinals.has(next.word)) return at + 2;
  const following = tokens[affixes.afterSpace(at + 1)];
  const isCount = next?.kind === "space" && Number(text) <= 20 && countNouns.has(following?.word ?? "");
  if (isCount && !isSign(tokens[at - 1], "$€£.-/")) return at + 1;
  if (!isSign(next, ".")) return null;
  const before = tokens[tokens[at - 1]?.kind === "space" ? at - 2 : at - 1];
  const isOrdinal =
    Number(text) <= 31 &&
    tokens[at + 2]?.kind === "space" &&
    tokens[at + 3]?.kind === "word" &&
    ordinalArticles.has(before?.word ?? "");
  return isOrdinal ? at + 2 : null;
}

function coreOf(tokens: readonly Token[], at: number): Core {
  return ratio(tokens, at) ?? fraction(tokens, at) ?? power(tokens, at) ?? grouped(tokens, at);
}

/** 2:1, 1:2.5: the multiple that it is. */
function ratio(tokens: readonly Token[], at: number): Core | null {
  if (!isSign(tokens[at + 1], ":")) return null;
  const sides = [at];
  while (
    isSign(tokens[(sides.at(-1) ?? at) + 1], ":") &&
    tokens[(sides.at(-1) ?? at) + 2]?.kind === "number"
  ) {
    sides.push((sides.at(-1) ?? at) + 2);
    if (sides.length > 8) break;
  }
  if (sides.length < 2) return null;
  const to = (sides.at(-1) ?? at) + 1;
  const [left, right] = [readingsOf(tokens[at]?.text ?? ""), readingsOf(tokens[at + 2]?.text ?? "")];
  const isPlain = sides.length === 2 && left.length > 0 && right.length > 0;
  if (!isPlain) return { to, values: [], unit: "x" };
  if (left[0]?.value === "1") return { to, values: right, unit: "x" };
  if (right[0]?.value === "1") return { to, values: left, unit: "x" };
  const [a, b] = [Number(left[0]?.value), Number(right[0]?.value)];
  return { to, values: b === 0 ? [] : [{ value: (a / b).toFixed(4), decimals: 4 }], unit: "x" };
}

/** 3/4 of; without "of" both are figures. */
function fraction(tokens: readonly Token[], at: number): Core | null {
  const [above, below] = [tokens[at]?.text, tokens[at + 2]?.text];
  if (!isSign(tokens[at + 1], "/") || !isSmall(above) || !isSmall(below) || tokens[at + 2]?.kind !== "number")
    return null;
  const next = tokens[tokens[at + 3]?.kind === "space" ? at + 4 : at + 3];
  if (Number(below) === 0 || Number(above) >= Number(below) || !ofWords.has(next?.word ?? "")) return null;
  const value = (Number(above) / Number(below)).toFixed(4).replace(/0+$/, "");
  return { to: at + 3, values: [{ value, decimals: value.length - 2 }], unit: null };
}

/** 10^6, 5 × 10^6, 5x10⁶ */
function power(tokens: readonly Token[], at: number): Core | null {
  const skip = (place: number) => (tokens[place]?.kind === "space" ? place + 1 : place);
  const alone = powerOfTen(tokens, at);
  if (alone !== null)
    return { to: alone.to, values: [{ value: `1${"0".repeat(alone.exponent)}`, decimals: 0 }], unit: null };
  const times = skip(at + 1);
  const isTimes =
    isSign(tokens[times], "×*·") || (tokens[times]?.word === "x" && tokens[times]?.text === "x");
  const scale = isTimes ? powerOfTen(tokens, skip(times + 1)) : null;
  if (scale === null) return null;
  const values = readingsOf(tokens[at]?.text ?? "").map((reading) => scaled(reading, scale.exponent));
  return { to: scale.to, values, unit: null };
}

function powerOfTen(tokens: readonly Token[], at: number): { to: number; exponent: number } | null {
  const { text = "", kind } = tokens[at] ?? {};
  if (kind !== "number" || !text.startsWith("10")) return null;
  if (/^10[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/.test(text))
    return { to: at + 1, exponent: (readingsOf(text)[0]?.value.length ?? 1) - 1 };
  const raised = tokens[at + 2];
  const isRaised =
    text === "10" && isSign(tokens[at + 1], "^") && isSmall(raised?.text) && Number(raised?.text) <= 30;
  return isRaised ? { to: at + 3, exponent: Number(raised?.text) } : null;
}

/** 10 000 and 1 234 567,89 with plain blanks. */
function grouped(tokens: readonly Token[], at: number): Core {
  const first = tokens[at]?.text ?? "";
  let to = at + 1;
  const single = { to, values: readingsOf(first), unit: null };
  const isFirst = first.length <= 3 && tokens[to]?.text === " " && tokens[to + 1]?.kind === "number";
  if (!isFirst || !/^[1-9]\d{0,2}$/.test(first)) return single;
  const groups = [first];
  let part = "";
  while (tokens[to]?.text === " " && tokens[to + 1]?.kind === "number" && groups.length < 8 && part === "") {
    const [, group, decimals = ""] = /^(\d{3})([.,]\d+)?$/.exec(tokens[to + 1]?.text ?? "") ?? [];
    if (group === undefined) break;
    groups.push(group);
    part = decimals;
    to += 2;
  }
  const isHyphened = isSign(tokens[to], "-") && tokens[to + 1]?.kind === "word";
  if (groups.length === 1 || isHyphened) return single;
  const value = groups.join("") + part.replace(",", ".");
  return { to, values: [{ value, decimals: Math.max(0, part.length - 1) }], unit: null };
}
