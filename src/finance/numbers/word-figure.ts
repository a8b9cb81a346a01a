/** Reads one figure that is written in words: "five hundred dollars", "ein Prozent", "half of", "doubled". */

import type { Affixes } from "./affixes.ts";
import { negated } from "./decimal-text.ts";
import type { Reading } from "./figure.ts";
import { countNouns } from "./identifiers.ts";
import { articles, multiples, numberAtStart, wordValue } from "./number-words.ts";
import { plainFigure, type RawFigure } from "./raw-figure.ts";
import type { Token } from "./tokens.ts";
import { wordSet } from "./word-set.ts";

/** A number has no more words. */
const most = 14;
/** "one day", "ein Trade", "eine Rate" are no figures; "one percent" is. */
const looseUnits: ReadonlySet<string> = wordSet("days trades points x payments nights");
const notDouble: ReadonlySet<string> = wordSet(
  "top tops bottom bottoms check checking digit digits entry click taxation down",
);
const pointers: ReadonlySet<string> = wordSet(
  "the these those all both first last next other diese die den ersten letzten or oder dieser beiden",
);
const vague: ReadonlySet<string> = wordSet(`
  hundreds thousands millions billions trillions dozens millionen milliarden billionen halves tenths
  quarters thirds fifths eighths hundredths
`);
const halves: ReadonlySet<string> = wordSet(
  "half halb halbe halbes halben halber hälfte third quarter drittel viertel achtel fünftel zehntel",
);
const afterHalf: ReadonlySet<string> = wordSet(
  "of the a an your my that its this their von der des davon deines ihres",
);
const ordinalWords: ReadonlySet<string> = wordSet(`
  first second third fourth last latter this next per previous erste zweite ersten zweiten dritte letzte
  letzten each every the
`);

/** twenty-first */
const ordinalEnds: ReadonlySet<string> = wordSet(
  "first second third fourth fifth sixth seventh eighth ninth",
);

/** @returns the figure that begins at the word `at`; null when none does */
export function wordFigure(
  tokens: readonly Token[],
  at: number,
  free: number,
  affixes: Affixes,
): RawFigure | null {
  const first = tokens[at]?.word ?? "";
  const previous = wordBefore(tokens, at);
  if (isGluedToNumber(tokens, at)) return null;
  const multiple = multiples.get(first);
  if (multiple !== undefined) return multipleFigure(tokens, at, multiple, affixes);
  if (wordValue(first) === null && (!articles.has(first) || wordValue(wordAfter(tokens, at)) === null))
    return null;
  const words = wordsFrom(tokens, at);
  const found = numberAtStart(words.map(({ word }) => word));
  const last = found === null ? undefined : words[found.count - 1];
  if (found === null || last === undefined) return null;
  const to = last.index + 1;
  if (tokens[to]?.text === "-" && ordinalEnds.has(tokens[to + 1]?.word ?? "")) return null;
  const next = tokens[to]?.kind === "space" ? (tokens[to + 1]?.word ?? "") : "";
  const isHalfA = first === "half" && (next === "a" || next === "an");
  const unit = affixes.unit(isHalfA ? to + 2 : to);
  const isSingle = found.count === 1;
  if (
    isSingle &&
    articles.has(first) &&
    (unit === null || looseUnits.has(unit.unit) || first === "a" || first === "an")
  )
    return null;
  if (isSingle && vague.has(first)) return null;
  const isPart = halves.has(words[found.count - 1]?.word ?? "") && found.value <= 0.5;
  if (
    isPart &&
    (isSingle || articles.has(first)) &&
    !isMeantPart(first, previous, next, unit !== null, isSingle)
  )
    return null;
  const isCount = found.value <= 20 && Number.isInteger(found.value);
  const isPointed =
    isSingle &&
    found.value <= 10 &&
    unit === null &&
    (pointers.has(previous) || next === "of" || next === "or");
  if (isCount && (countNouns.has(next) || isPointed)) return plainFigure("structural", at, to);
  const before = affixes.before(at, free);
  const reading = readingOf(found.value);
  const values = [
    { value: before.sign === "-" ? negated(reading.value) : reading.value, decimals: reading.decimals },
  ];
  const rate = isHalfA ? { per: null, end: to } : affixes.per(unit?.end ?? to);
  return {
    ...plainFigure(
      "amount",
      before.sign === null && before.currency === null ? at : before.from,
      isHalfA ? to : (unit?.symbolEnd ?? to),
    ),
    wholeTo: Math.max(rate.end, unit?.end ?? to),
    values: found.value > 1e18 ? [] : values.map((value) => withPower(value, unit?.power ?? 0)),
    unit: unit?.unit ?? null,
    per: rate.per,
    approximate: before.approximate,
    sign: before.sign,
    isScaled: found.value >= 100,
  };
}

const withPower = ({ value, decimals }: Reading, power: number): Reading =>
  power === 0 ? { value, decimals } : readingOf(Number(value) * 10 ** power);

function readingOf(value: number): Reading {
  const text = Number.isInteger(value) ? String(value) : value.toFixed(4).replace(/0+$/, "");
  return { value: text, decimals: text.includes(".") ? text.length - text.indexOf(".") - 1 : 0 };
}

function multipleFigure(
  tokens: readonly Token[],
  at: number,
  value: number,
  affixes: Affixes,
): RawFigure | null {
  const next =
    tokens[at + 1]?.kind === "space" || tokens[at + 1]?.text === "-" ? (tokens[at + 2]?.word ?? "") : "";
  if (notDouble.has(next)) return null;
  // "doubled by", "verdoppelt" carry no unit of their own; "twice a month" is a rate.
  const rate = affixes.per(at + 1);
  return {
    ...plainFigure("amount", at, at + 1),
    wholeTo: Math.max(at + 1, rate.end),
    values: [readingOf(value)],
    unit: "x",
    per: rate.per,
  };
}

/** "half of", "a quarter of", "ein Viertel"; not "the third", "this quarter", "first half". */
function isMeantPart(
  first: string,
  previous: string,
  next: string,
  hasUnit: boolean,
  isSingle: boolean,
): boolean {
  if (ordinalWords.has(previous)) return false;
  if (first.startsWith("halb") || first.endsWith("tel") || first === "hälfte") return true;
  if (first === "third" || first === "quarter") return false;
  if (first === "half") return hasUnit || afterHalf.has(next);
  return !isSingle && (hasUnit || next === "of" || first.startsWith("ein") || first === "one");
}

function wordsFrom(
  tokens: readonly Token[],
  at: number,
): readonly { readonly word: string; readonly index: number }[] {
  const words = [];
  for (let index = at; words.length < most; index += 2) {
    const token = tokens[index];
    if (token?.kind !== "word") break;
    words.push({ word: token.word, index });
    if (!isLink(tokens[index + 1])) break;
  }
  return words;
}

/** @returns the next word of what may be one number; "" for none */
function wordAfter(tokens: readonly Token[], at: number): string {
  return isLink(tokens[at + 1]) ? (tokens[at + 2]?.word ?? "") : "";
}

const isLink = (token: Token | undefined) =>
  token?.kind === "space" || (token?.kind === "sign" && token.text === "-");

function wordBefore(tokens: readonly Token[], at: number): string {
  const link = tokens[at - 1];
  return link?.kind === "space" || link?.text === "-" ? (tokens[at - 2]?.word ?? "") : "";
}

const isGluedToNumber = (tokens: readonly Token[], at: number) =>
  tokens[at - 1]?.kind === "number" || tokens[at + 1]?.kind === "number";
