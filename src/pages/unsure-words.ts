/** The words of an answer that its model was unsure of, as marks of its text. It knows nothing of pages. */

import type { FigureMark } from "../../views/props.ts";
import type { LoggedToken } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";

/** A token below it makes its word an unsure one; the page of the tokens calls that "Unsure" or "A guess". */
const sureFrom = 0.6;

/** In order; a word is a run of letters and digits, so that no sign of Markdown is within one. */
export function unsureWords(log: readonly LoggedToken[], text: string): readonly FigureMark[] {
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  const least = new Map<number, number>();
  let at = 0;
  let word = 0;
  for (const token of log) {
    if (token.reasoning) continue;
    const end = at + token.text.length;
    for (; word < words.length && endOf(words[word]) <= at; word++);
    for (let index = word; index < words.length && (words[index]?.index ?? 0) < end; index++)
      if (token.logprob !== undefined)
        least.set(index, Math.min(least.get(index) ?? 1, Math.exp(token.logprob)));
    at = end;
  }
  return [...least].flatMap(([index, probability]) => {
    const found = words[index];
    if (found === undefined || probability >= sureFrom) return [];
    const percent = probability < 0.01 ? tr`below 1 %` : `${Math.round(probability * 100)} %`;
    return [{ start: found.index, end: endOf(found), kind: "unsure", words: tr`Probability ${percent}` }];
  });
}

const endOf = (word: RegExpExecArray | undefined) =>
  word === undefined ? Number.POSITIVE_INFINITY : word.index + word[0].length;

/** Where a figure has its own mark it keeps that. Both in order. */
export const besideFigures = (
  figures: readonly FigureMark[],
  unsure: readonly FigureMark[],
): readonly FigureMark[] =>
  [
    ...figures,
    ...unsure.filter(({ start, end }) => !figures.some((mark) => mark.start < end && mark.end > start)),
  ].sort((a, b) => a.start - b.start);
