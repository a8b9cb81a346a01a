/** The marks of the figures of an answer, found in slices. */
import { marksOfBlocks } from "../../views/marks-of-figures.ts";
import type { FigureMark } from "../../views/props.ts";
import { figureCounts } from "../finance/numbers/figure-counts.ts";
import type { AnswerFigures } from "../generations/answer-figures.ts";
import { inSlices, type WorkSlices } from "../loop/work-slices.ts";

/** @param from where the text begins in the answer; it is finished */
export async function marksIn(
  text: string,
  from: number,
  figures: AnswerFigures | null,
  slices?: WorkSlices,
): Promise<readonly FigureMark[]> {
  if (figures === null) return [];
  return (await inSlices(marksOfBlocks(text, from, figures), slices)).flat();
}

export const countsOf = (marks: readonly FigureMark[]) => figureCounts(marks.map(({ kind }) => kind));
