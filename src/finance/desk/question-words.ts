/** The words of a question, in sentences and clauses, each figure as one word. It knows no meaning. */

/** What a figure is among words. */
export const figureWord = "#";

export interface Word {
  /** Lower case; "#" for a figure. */
  readonly text: string;
  /** A figure as it is written; of other words the same as `text`. */
  readonly written: string;
  /** UTF-16 offsets in the question. */
  readonly start: number;
  readonly end: number;
  /** Counts up at commas, semicolons and the ends of sentences. */
  readonly clause: number;
  readonly sentence: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const piece = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|[.?!…;,/\n]/gu;
const shortened = new Set([
  "ca",
  "mio",
  "mrd",
  "approx",
  "incl",
  "inkl",
  "max",
  "min",
  "mtl",
  "jährl",
  "vs",
  "aprox",
  "máx",
  "mín",
]);

/** @param figures in order; none overlaps another */
export function wordsOf(text: string, figures: readonly Span[]): Word[] {
  const words: Word[] = [];
  let clause = 0;
  let sentence = 0;
  let next = 0;
  let at = 0;
  while (at < text.length) {
    const figure = figures[next];
    piece.lastIndex = at;
    const found = piece.exec(text);
    if (figure !== undefined && (found === null || found.index + found[0].length > figure.start)) {
      // A word that touches a figure ends where it begins: "EUR500".
      if (found !== null && found.index < figure.start && isWord(found[0]))
        words.push(wordAt(text, found.index, figure.start, clause, sentence));
      const { start, end } = figure;
      words.push({ text: figureWord, written: text.slice(start, end), start, end, clause, sentence });
      at = figure.end;
      next++;
      continue;
    }
    if (found === null) break;
    const [mark] = found;
    at = found.index + mark.length;
    if (isWord(mark)) words.push(wordAt(text, found.index, at, clause, sentence));
    else if (mark === "/") {
      // "5 €/month" is "5 € per month".
      if (/\p{L}/u.test(text.charAt(at)))
        words.push({ text: "/", written: "/", start: found.index, end: at, clause, sentence });
    } else if (mark === "," || mark === ";") clause++;
    else if (mark !== "." || endsSentence(text, found.index, words.at(-1))) {
      clause++;
      sentence++;
    }
  }
  return words;
}

const isWord = (mark: string) => /^[\p{L}\p{M}\p{N}]/u.test(mark);

function wordAt(text: string, start: number, end: number, clause: number, sentence: number): Word {
  const word = text.slice(start, end).toLowerCase().replaceAll("’", "'");
  return { text: word, written: word, start, end, clause, sentence };
}

/** Not after "p.a." or "ca.", and not within "e.g. this". */
function endsSentence(text: string, at: number, before: Word | undefined): boolean {
  if (!/^\s|^$/.test(text.slice(at + 1, at + 2))) return false;
  if (before === undefined || before.end !== at || before.text === figureWord) return true;
  return before.text.length > 1 && !shortened.has(before.text);
}

/** The words of a phrase of a calculator, split as a question is; "%" is any figure of per cent. */
export const phraseWords = (phrase: string): string[] =>
  phrase
    .split("%")
    .flatMap((part, index) => [
      ...(index === 0 ? [] : [figureWord]),
      ...wordsOf(part, []).map(({ text }) => text),
    ]);
