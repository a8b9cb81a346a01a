/** Where there is no line to draw under a figure: signs beside it. */

import { countsInEnglish, figureCounts } from "./figure-counts.ts";

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly class: string;
}

/** @returns the text with "[?]" after each figure that nothing proves, and otherwise to the letter */
export function withQuestionMarks(text: string, figures: readonly Marked[]): string {
  let marked = "";
  let taken = 0;
  for (const { end, class: kind } of figures) {
    if (kind !== "unsupported") continue;
    marked += `${text.slice(taken, end)} [?]`;
    taken = end;
  }
  return marked + text.slice(taken);
}

/** "12 figures: 9 computed, 2 quoted, 1 unchecked"; null: there is none that says how much. */
export function figureSummary(figures: readonly Marked[]): string | null {
  const counts = figureCounts(figures.map((figure) => figure.class));
  return counts === null ? null : countsInEnglish(counts);
}
