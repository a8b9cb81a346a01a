/**
 * The readings of digits and separators: 1,234.56 and 1.234,56 and 1'234.56 and 1 234,56 and 12,34,567 have one, 1,234 has two,
 * 1.2.3 has none. It knows nothing of signs and units.
 */

import { shifted } from "./decimal-text.ts";
import type { Reading } from "./figure.ts";

/** Longer ones are no amounts; they are figures without a reading. */
const longest = 60;

const fractions: Readonly<Record<string, string>> = {
  "½": "0.5",
  "¼": "0.25",
  "¾": "0.75",
  "⅕": "0.2",
  "⅖": "0.4",
  "⅗": "0.6",
  "⅘": "0.8",
  "⅛": "0.125",
  "⅜": "0.375",
  "⅝": "0.625",
  "⅞": "0.875",
  "⅒": "0.1",
  "⅓": "0.3333",
  "⅔": "0.6667",
};
export const fractionCharacters = Object.keys(fractions).join("");

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
export const isSuperscript = (character: string) => superscripts.includes(character);

/** Most numbers. */
const plainDigits = /^[\d.,]+$/;
const form = /^([\d.,'’\u00A0\u2009\u202F ]*)([½¼¾⅕⅖⅗⅘⅛⅜⅝⅞⅒⅓⅔]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)(?:[eE]([+-]?\d{1,3}))?$/u;

/** @param text as the tokenizer finds it: "1,234.56", "2½", "10⁶", "1e-5", ".5" */
export function readingsOf(text: string): readonly Reading[] {
  if (text.length > longest) return [];
  if (plainDigits.test(text)) return separatedReadings(text);
  const [, digits = "", fraction = "", raised = "", exponent] = form.exec(text) ?? [];
  if (fraction !== "") return fractionReadings(digits, fraction);
  const plain = separatedReadings(digits);
  if (raised !== "") return raisedReadings(plain, raised);
  const power = Number(exponent ?? 0);
  // 1e309 is no amount of anything.
  return Math.abs(power) > 30 ? [] : plain.map((reading) => scaled(reading, power));
}

/** @returns the reading times ten to the power of `power` */
export const scaled = ({ value, decimals }: Reading, power: number): Reading =>
  power === 0 ? { value, decimals } : { value: shifted(value, power), decimals: decimals - power };

function fractionReadings(digits: string, fraction: string): readonly Reading[] {
  if (!/^\d{0,6}$/.test(digits)) return [];
  const part = fractions[fraction] ?? "0";
  return [{ value: `${Number(digits || 0)}.${part.slice(2)}`, decimals: part.length - 2 }];
}

/** 10⁶ is a power; a raised digit after another number is a footnote, and the number is what it was. */
function raisedReadings(plain: readonly Reading[], raised: string): readonly Reading[] {
  if (plain[0]?.value !== "10") return plain;
  const power = Number([...raised].map((digit) => superscripts.indexOf(digit)).join(""));
  return power > 30 ? [] : [{ value: shifted("1", power), decimals: 0 }];
}

function separatedReadings(digits: string): readonly Reading[] {
  const parts: string[] = [];
  const separators: string[] = [];
  let from = 0;
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at);
    if (code >= 48 && code <= 57) continue;
    parts.push(digits.slice(from, at));
    separators.push(digits.charAt(at));
    from = at + 1;
  }
  if (separators.length === 0) return digits === "" ? [] : [{ value: shifted(digits, 0), decimals: 0 }];
  parts.push(digits.slice(from));
  const last = separators.at(-1) ?? "";
  const found: Reading[] = [];
  if (areGroups(parts, separators)) found.push({ value: shifted(parts.join(""), 0), decimals: 0 });
  const before = separators.slice(0, -1);
  const isDecimal =
    (last === "." || last === ",") && !before.includes(last) && areGroups(parts.slice(0, -1), before);
  if (isDecimal) {
    const part = parts.at(-1) ?? "";
    found.push({
      value: shifted(`${parts.slice(0, -1).join("") || "0"}.${part}`, 0),
      decimals: part.length,
    });
  }
  return found;
}

/** 1,234,567 and, in India, 12,34,567. */
function areGroups(parts: readonly string[], separators: readonly string[]): boolean {
  if (separators.length === 0) return true;
  const [first = "", ...rest] = parts;
  const last = rest.at(-1) ?? "";
  const isOneKind = separators.every((separator) => separator === separators[0]);
  if (!isOneKind || first === "" || first.startsWith("0") || last.length !== 3) return false;
  if (first.length <= 3 && rest.every((part) => part.length === 3)) return true;
  return separators[0] === "," && first.length <= 2 && rest.slice(0, -1).every((part) => part.length === 2);
}
