/**
 * Takes out of a text every sentence that holds a number which its source does not hold: what a model wrote about a
 * text must not have numbers of its own. It compares numbers to the letter: one that was rounded, converted, or lost
 * its sign counts as made up. It knows nothing of what a number means, and of number words only the English ones.
 */

/** Within a number; no line's end, as a number ends with its sentence. */
const blank = "[ \\u00A0\\u2009\\u202F]";
const gap = `(?:${blank}|-)`;

/** Not the dash of a range: 5%-10% */
const sign = `(?:(?<!%)(?:−${blank}|[+\\-−–]|(?:minus|negative)${blank}))`;
const percent = `${blank}?(?:%|(?:per${blank}?cent|prozent|pour${blank}cent|por${blank}ciento)(?!\\p{L}))`;

/**
 * What makes another number of one that stands before it; in several languages, since a factor of a million is too much to
 * be passed over.
 */
const sizes = [
  "k|m|mn|bn|mio|mrd|fold|lakh|crore",
  "dozens?|hundreds?|thousands?|millions?|billions?|trillions?",
  "hundert|tausend|millionen|milliarden?|billionen",
  "mille|milliards?|mil|millón|millones|mila|milioni|miliardi|milh(?:ão|ões)|bilh(?:ão|ões)|miljoen|miljard|duizend",
].join("|");

const digits = `(?:\\p{N}{1,3}(?:${blank}\\p{N}{3})+(?!\\p{N})|\\p{N}+)(?:[.,'’:/\\-–]\\p{N}+)*`;
/**
 * With a sign before it, letters that belong to it, and whatever makes another number of it: 10 000 -5.2% -$3 .5 Q3FY26 1e6
 * 1h30m 1.5 million 2026-01-31 10:30
 */
const numeral = new RegExp(
  `(?<![\\p{L}\\p{N}])${sign}?(?:\\p{Sc}[+\\-−–]?)?(?:[.,]|\\p{L}+)?${digits}(?:\\p{L}+${digits})*(?:\\p{L}+|${gap}(?:${sizes})(?!\\p{L}))?(?:${percent})?`,
  "giu",
);

const unit = "one|two|three|four|five|six|seven|eight|nine";
const teen = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen";
const tens = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty";
const small = `zero|${unit}|${teen}|${tens}`;
const scale = "dozens?|hundreds?|thousands?|millions?|billions?|trillions?";
const part = [
  "hal(?:f|ves|ved)|thirds?|quarters?|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)ths?",
  "(?:thir|four|fif|six|seven|eigh|nine)teenths?|(?:twen|thir|for|fif|six|seven|eigh|nine)tieths?|(?:hundred|thousand|million)ths?",
].join("|");
const times = `twice|thrice|doubled?|tripled?|quadrupled?|(?:${small}|hundred|thousand)fold`;
const numberWord = new RegExp(
  `(?<![\\p{L}\\p{N}])${sign}?(?:${small}|${scale}|${part}|${times})(?!\\p{L})(?:${percent})?`,
  "giu",
);
/** Two words that are one number: twenty-five, two hundred, hundred and two, two thirds */
const oneNumber = new RegExp(
  `^${sign}?(?:(?:${tens})${gap}(?:${unit})|(?:${small}|${scale})${gap}(?:${scale}|${part})|(?:${scale})${gap}(?:and${blank})?(?:${small}))(?:${percent})?$`,
  "iu",
);

/** The number before a point of a list ("2. ") counts as a number, too: it becomes a dash. */
const listMarks = /^([ \t]*)\d{1,3}[.)](?=[ \t])/gm;
/** What is left of a list's last point when its sentences are gone. */
const emptyPoint = /(?:^|\n)[ \t]*-\s*$/;

/** @returns the sentences of `text` in which every number stands in `source`, trimmed; '' when there is none */
export function withoutMadeUpNumbers(text: string, source: string): string {
  const known = numbersIn(source.replaceAll(listMarks, "$1-"));
  const sentences = new Intl.Segmenter("en", { granularity: "sentence" }).segment(
    text.replaceAll(listMarks, "$1-"),
  );
  return [...sentences]
    .map(({ segment }) => segment)
    .filter((sentence) => numbersOf(sentence).every((number) => known.has(number)))
    .join("")
    .replace(emptyPoint, "")
    .trim();
}

/** "One" alone is left out: it is seldom a number. */
const numbersOf = (text: string): readonly string[] =>
  [...[...text.matchAll(numeral)].map(([found]) => found), ...wordNumbers(text)]
    .map(inOneForm)
    .filter((number) => number !== "one");

function wordNumbers(text: string): readonly string[] {
  const numbers: string[] = [];
  let [lastAt, end] = [0, 0];
  for (const { 0: found, index } of text.matchAll(numberWord)) {
    const next = index + found.length;
    const belongs = end > 0 && oneNumber.test(text.slice(lastAt, next));
    numbers.push(belongs ? numbers.pop() + text.slice(end, next) : found);
    [lastAt, end] = [index, next];
  }
  return numbers;
}

/** A range or a date of the source also counts by its parts, and a percentage without its sign. */
function numbersIn(source: string): ReadonlySet<string> {
  const whole = numbersOf(source);
  const parts = whole.flatMap((number) => {
    const bare = number.replace(/%$/, "");
    return [bare, ...bare.split(/(?<=\p{N})[:/-]/u)];
  });
  return new Set([...whole, ...parts]);
}

const inOneForm = (number: string) =>
  number
    .toLowerCase()
    .replaceAll(/[−–]/g, "-")
    .replace(/^(?:minus|negative)\s/, "-")
    .replace(/(?:per\s?cent|prozent|pour\scent|por\sciento)$/, "%")
    .replaceAll(/\p{Sc}|\s|(?<=\p{L})-(?=\p{L})|(?<=\p{N})-(?=\p{L})/gu, "");
