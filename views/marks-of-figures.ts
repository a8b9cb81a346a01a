/** The figures of an answer as the marks of its page. */
import type { Figure } from "../src/finance/numbers/classify-figures.ts";
import type { AnswerFigures } from "../src/generations/answer-figures.ts";
import { translated } from "../src/texts/reader-language.ts";
import { finishedLengths } from "./markdown.ts";
import type { FigureMark } from "./props.ts";

/** A mark for each figure that says how much; list numbers, names and dates have none. */
export const marksOfFigures = (figures: readonly Figure[], from = 0): FigureMark[] =>
  figures.flatMap((figure) => {
    const { start, end, pending, fact, source, words } = figure;
    if (figure.class === "structural" || figure.class === "calendar") return [];
    return [
      {
        start: start + from,
        end: end + from,
        kind: pending ? "pending" : figure.class,
        ...(fact === undefined ? {} : { factId: fact }),
        ...(source === undefined || source.where === "" ? {} : { messageId: source.where }),
        // A calculation stands as it is; what a convention says is a text of the program.
        ...(words === undefined ? {} : { words: figure.class === "convention" ? translated(words) : words }),
      },
    ];
  });

/**
 * The marks of finished text, block by block: what a block says of a figure does not depend on the others.
 * @param from where the text begins in the answer
 */
export function* marksOfBlocks(
  text: string,
  from: number,
  figures: AnswerFigures,
): Generator<FigureMark[], void, undefined> {
  let taken = 0;
  const until = (end: number) => {
    const found = figures.figuresIn(text.slice(taken, end), { from: from + taken, isWhole: true });
    const marks = marksOfFigures(found, taken);
    taken = end;
    return marks;
  };
  for (const end of finishedLengths(text)) if (end > taken) yield until(end);
  if (taken < text.length) yield until(text.length);
}
