/**
 * Takes out of a text every sentence that holds a number which its source does not hold: what a model wrote about a
 * text must not have numbers of its own. It compares numbers to the letter: one that was rounded, converted, or lost
 * its sign counts as made up. It knows nothing of what a number means, and of number words only the English ones.
 */

/**
 * With a sign before it, letters that belong to it, and whatever makes another number of it: 10 000 -5.2% Q3 1.5 million
 * 2026-01-31 10:30
 */
const numeral =
  /(?<![\p{L}\p{N}])[+\-−–]?\p{L}*(?:\p{N}{1,3}(?:[ \u00A0\u202F]\p{N}{3})+(?!\p{N})|\p{N}+)(?:[.,'’:/\-–]\p{N}+)*(?:\p{L}+|[^\S\n]?%|[^\S\n](?:per[^\S\n]?cent|thousand|million|billion|trillion|mn|bn)(?!\p{L}))?/giu;

const numberWord =
  /(?<!\p{L})(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|half|halved|twice|doubled?|tripled?)(?!\p{L})/giu;

/** What stands before a point of a list ("2. ") is a number of its own, too: it becomes a dash. */
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

const numbersOf = (text: string): readonly string[] =>
  [...text.matchAll(numeral), ...text.matchAll(numberWord)].map(([found]) => inOneForm(found));

/** Of the source a range or a date may also be told by its parts, and a percentage without its sign. */
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
    .replace(/\s?per\s?cent$/, "%")
    .replaceAll(/\s/g, "");
