/** Numbers in words, English and German: "five hundred", "twenty-five", "fünfhundert", "anderthalb". Other languages are not read. */
import { wordSet } from "./word-set.ts";

const wordTable = (words: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(words));

const small: ReadonlyMap<string, number> = wordTable({
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11 },
  ...{ twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18 },
  nineteen: 19,
});
const tens: ReadonlyMap<string, number> = wordTable({
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 },
});
const scales: ReadonlyMap<string, number> = wordTable({
  ...{ hundred: 100, hundreds: 100, thousand: 1000, thousands: 1000, million: 1e6, millions: 1e6 },
  ...{ billion: 1e9, billions: 1e9, trillion: 1e12, trillions: 1e12, dozen: 12, dozens: 12 },
  ...{
    hundert: 100,
    tausend: 1000,
    dutzend: 12,
    millionen: 1e6,
    milliarde: 1e9,
    milliarden: 1e9,
    billionen: 1e12,
  },
});
const parts: ReadonlyMap<string, number> = wordTable({
  ...{ half: 0.5, halves: 0.5, third: 1 / 3, thirds: 1 / 3, quarter: 0.25, quarters: 0.25 },
  ...{ fifths: 0.2, eighths: 0.125, tenths: 0.1, hundredths: 0.01 },
  ...{ halb: 0.5, halbe: 0.5, halbes: 0.5, halben: 0.5, halber: 0.5, hälfte: 0.5 },
  ...{ drittel: 1 / 3, viertel: 0.25, fünftel: 0.2, achtel: 0.125, zehntel: 0.1 },
});
/** Multiples that stand alone. */
export const multiples: ReadonlyMap<string, number> = wordTable({
  ...{ twice: 2, thrice: 3, double: 2, doubled: 2, doubles: 2, triple: 3, tripled: 3, triples: 3 },
  ...{ quadruple: 4, quadrupled: 4, halved: 0.5, twofold: 2, threefold: 3, fivefold: 5, tenfold: 10 },
  ...{ doppelt: 2, doppelte: 2, doppelten: 2, verdoppelt: 2, verdoppelte: 2, dreifach: 3, dreifache: 3 },
  ...{ verdreifacht: 3, vierfach: 4, vierfache: 4, halbiert: 0.5, zehnfach: 10, zehnfache: 10 },
});

const germanUnits: ReadonlyMap<string, number> = wordTable({
  ...{ ein: 1, eins: 1, zwei: 2, zwo: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9 },
});
/** "Eine Million", "nach einem Jahr". */
const inflected: ReadonlySet<string> = new Set(["eine", "einen", "einem", "einer", "eines"]);
const germanSmall: ReadonlyMap<string, number> = wordTable({
  ...Object.fromEntries(germanUnits),
  ...{ zehn: 10, elf: 11, zwölf: 12, dreizehn: 13, vierzehn: 14, fünfzehn: 15, sechzehn: 16, siebzehn: 17 },
  ...{ achtzehn: 18, neunzehn: 19 },
});
const germanTens: ReadonlyMap<string, number> = wordTable({
  ...{ zwanzig: 20, dreißig: 30, dreissig: 30, vierzig: 40, fünfzig: 50, sechzig: 60, siebzig: 70 },
  ...{ achtzig: 80, neunzig: 90 },
});

/** Of the words that begin a number, all but the German compounds. */
const simpleWords: ReadonlySet<string> = new Set(
  [multiples, small, tens, scales, parts].flatMap((words) => [...words.keys()]),
);
const germanBeginning = /^(?:ein|zw|dr|vier|fünf|sech|sieb|acht|neun|zehn|elf|hund|taus|ander)/;

/** @returns the value of one German word such as "zweitausendfünfhundert"; null for another word */
function germanNumber(word: string): number | null {
  if (word.length > 60 || !germanBeginning.test(word)) return null;
  if (word === "anderthalb" || word === "eineinhalb") return 1.5;
  if (word.endsWith("einhalb")) {
    const whole = germanNumber(word.slice(0, -"einhalb".length));
    return whole === null ? null : whole + 0.5;
  }
  return around(word, "tausend", 1000, (part) => around(part, "hundert", 100, belowHundred));
}

function around(
  word: string,
  scale: string,
  factor: number,
  read: (part: string) => number | null,
): number | null {
  const at = word.indexOf(scale);
  if (at < 0) return read(word);
  const before = at === 0 ? 1 : read(word.slice(0, at));
  const rest = word.slice(at + scale.length).replace(/^und/, "");
  const after = rest === "" ? 0 : read(rest);
  return before === null || after === null ? null : before * factor + after;
}

function belowHundred(word: string): number | null {
  const found = germanSmall.get(word) ?? germanTens.get(word);
  if (found !== undefined) return found;
  const at = word.indexOf("und");
  const [unit, ten] = [germanUnits.get(word.slice(0, at)), germanTens.get(word.slice(at + 3))];
  return at > 0 && unit !== undefined && ten !== undefined ? unit + ten : null;
}

/** @returns the value of a word that begins a number; null for another word */
export function wordValue(word: string): number | null {
  if (inflected.has(word)) return 1;
  return small.get(word) ?? tens.get(word) ?? scales.get(word) ?? parts.get(word) ?? germanNumber(word);
}

/** Words that are numbers only before another one, or before a unit: "one percent", "ein Lot", "a million". */
export const articles: ReadonlySet<string> = wordSet("one a an ein eine einen einem einer eines eins");

/** @returns false for nearly all words that begin no number */
export const mayBeginNumber = (word: string): boolean =>
  simpleWords.has(word) || articles.has(word) || germanBeginning.test(word);

interface WordNumber {
  readonly value: number;
  /** How many of the words belong to it. */
  readonly count: number;
}

/**
 * @param words lower case, in order; a hyphen or a space stood between them
 * @returns the number that they begin with; null when they begin with none
 */
export function numberAtStart(words: readonly string[]): WordNumber | null {
  let [total, current, count] = [0, 0, 0];
  let previous: number | null = null;
  const isNumber = (word: string | undefined) => word !== undefined && wordValue(word) !== null;
  for (const [at, word] of words.entries()) {
    const isGlue = (word === "and" || word === "und") && at > 0;
    if (isGlue && joins(words, at, previous)) continue;
    const isArticle = articles.has(word) && wordValue(word) === null;
    if (
      isArticle &&
      (at === 0 || words[at - 1] === "and" || words[at - 1] === "und") &&
      isNumber(words[at + 1])
    )
      continue;
    if (isArticle && previous === 0.5) continue; // Half a million.
    const value = isArticle ? null : wordValue(word);
    if (value === null || (previous !== null && !follows(previous, value, word))) break;
    if (scales.has(word) && value !== 12 && value >= 1000) {
      total += (current || 1) * value;
      current = 0;
    } else if (scales.has(word)) current = (current || 1) * value;
    else if (parts.has(word) && previous !== null && words[at - 1] !== "a" && words[at - 1] !== "ein")
      current = current * value;
    else current += value;
    previous = value;
    count = at + 1;
  }
  return count === 0 ? null : { value: total + current, count };
}

/** One hundred and two; two and a half. */
function joins(words: readonly string[], at: number, previous: number | null): boolean {
  const next = words[at + 1] ?? "";
  if (previous !== null && previous >= 100) {
    const value = wordValue(next);
    return value !== null && value < 100 && value >= 1;
  }
  return (next === "a" || next === "ein" || next === "eine") && parts.has(words[at + 2] ?? "");
}

function follows(previous: number, value: number, word: string): boolean {
  if (scales.has(word)) return true;
  if (parts.has(word)) return previous < 100;
  if (previous >= 100) return value < previous;
  return previous >= 20 && previous < 100 && previous % 10 === 0 && value >= 1 && value < 10;
}
