/** Cuts exchanges into pieces that a model can read one after another. It knows nothing of models. */
import type { Exchange } from "../chat/context.ts";

export interface SummaryPiece {
  readonly text: string;
  /** The answer with which an exchange ends here; null: more of it follows. */
  readonly endsWith: string | null;
}

/** In characters, as these bounds are found before any token is counted: what is longer need not be counted. */
const longestReading = 16_000;
/** What cannot be read even in pieces of this length cannot be read at all. */
const shortestPiece = 200;

/** In order: of each exchange the question, then the answer. */
export const piecesOf = (exchanges: readonly Exchange[]): readonly SummaryPiece[] =>
  exchanges
    .flatMap(([question, answer]) => [
      { text: `User: ${question.content}`, endsWith: null },
      { text: `Assistant: ${answer.content}`, endsWith: answer.id },
    ])
    .flatMap((piece) => cutTo(piece, longestReading));

/**
 * Takes as many pieces from the beginning as can be read at once: up to the end of an exchange, or, when one is too long
 * for that, a part of it.
 * @returns null when not even a short piece can be read
 */
export async function takeReadable(
  pieces: readonly SummaryPiece[],
  isReadable: (texts: readonly string[]) => Promise<boolean>,
): Promise<{ readonly taken: readonly SummaryPiece[]; readonly rest: readonly SummaryPiece[] } | null> {
  let all = pieces;
  let count = countWithin(all, longestReading);
  while (!(await isReadable(all.slice(0, count).map(({ text }) => text)))) {
    const [first, ...others] = all;
    if (count > 1) count = Math.ceil(count / 2);
    else if (first === undefined || first.text.length <= shortestPiece) return null;
    else all = [...cutTo(first, Math.ceil(first.text.length / 2)), ...others];
  }
  const ending = all.slice(0, count).findLastIndex(({ endsWith }) => endsWith !== null);
  const end = ending < 0 ? count : ending + 1;
  return { taken: all.slice(0, end), rest: all.slice(end) };
}

/** The number of pieces from the beginning that together have at most this many characters; one at least. */
function countWithin(pieces: readonly SummaryPiece[], characters: number): number {
  let sum = 0;
  const past = pieces.findIndex(({ text }) => {
    sum += text.length;
    return sum > characters;
  });
  return past < 0 ? pieces.length : Math.max(1, past);
}

function cutTo({ text, endsWith }: SummaryPiece, longest: number): SummaryPiece[] {
  const cut: SummaryPiece[] = [];
  let rest = text;
  while (rest.length > longest) {
    const at = placeToCut(rest, longest);
    cut.push({ text: rest.slice(0, at), endsWith: null });
    rest = rest.slice(at);
  }
  return [...cut, { text: rest, endsWith }];
}

/** Of what a number is made of, and of half characters: there nothing is cut. */
const partOfNumber = /[\p{N}\p{Cs}.,'’:/+\-−–]/u;

/** After a blank where there is one near the end, otherwise where no number is cut: two halves would be two numbers. */
function placeToCut(text: string, longest: number): number {
  let at = longest;
  while (at > longest / 2 && !/\s/.test(text[at - 1] ?? "")) at -= 1;
  if (at > longest / 2) return at;
  at = longest;
  while (at > 1 && partOfNumber.test(text[at - 1] ?? "")) at -= 1;
  return at > 1 ? at : longest;
}
