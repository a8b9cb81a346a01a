/** The ends of a range share a unit that is written once: 1-2%, $10 to 20, zwischen 5 und 10 Pips, 1–2 million. */

import { scaled } from "./digit-readings.ts";
import type { RawFigure } from "./raw-figure.ts";
import type { Token } from "./tokens.ts";
import { wordSet } from "./word-set.ts";

const toWords = wordSet("to bis or oder");

export function withRanges(figures: readonly RawFigure[], tokens: readonly Token[]): readonly RawFigure[] {
  const result = [...figures];
  for (let at = figures.length - 2; at >= 0; at--) {
    const [left, right] = [result[at], result[at + 1]];
    if (left?.role !== "amount" || right?.role !== "amount" || !isRange(left, right, tokens)) continue;
    // In "5 or $10" the sign is the second number's alone.
    const suffix = tokens[right.from]?.kind === "sign" ? null : right.unit;
    result[at] = { ...inScaleOf(left, right), unit: left.unit ?? suffix };
    if (right.unit === null) result[at + 1] = { ...right, unit: left.unit };
  }
  return result;
}

/** "1–2 million" begins with a million; "from 1 to 2 million" may. */
function inScaleOf(left: RawFigure, right: RawFigure): RawFigure {
  const decimals = right.values[0]?.decimals ?? 0;
  if (!right.isScaled || left.isScaled || decimals >= 0) return left;
  return { ...left, values: [...left.values, ...left.values.map((reading) => scaled(reading, -decimals))] };
}

/** @returns the one token that is no blank; null for none, or more */
function onlyBetween(tokens: readonly Token[], from: number, to: number): Token | null {
  let found: Token | null = null;
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === "space") continue;
    if (found !== null) return null;
    found = token;
  }
  return found;
}

function isRange(left: RawFigure, right: RawFigure, tokens: readonly Token[]): boolean {
  const from = Math.max(left.to, left.unit === null ? left.to : left.wholeTo);
  const link = onlyBetween(tokens, from, right.from);
  if (link === null) return false;
  if (link.kind === "sign") return "-–—".includes(link.text);
  if (toWords.has(link.word)) return true;
  const isPaired = link.word === "and" || link.word === "und";
  const before = tokens[tokens[left.from - 1]?.kind === "space" ? left.from - 2 : left.from - 1];
  return isPaired && (before?.word === "between" || before?.word === "zwischen");
}
