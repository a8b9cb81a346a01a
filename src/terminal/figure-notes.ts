/** What a terminal says of the figures of an answer that it has shown as it came: a line cannot be marked afterwards. */
import { figureSummary } from "../finance/numbers/question-marks.ts";
import type { ShownFigure } from "./messages.ts";

/** More are counted, not listed. */
const mostListed = 12;

/** @returns nothing, when every figure is known */
export function figureNotes(figures: readonly ShownFigure[]): readonly string[] {
  const unchecked = figures.filter((figure) => figure.class === "unsupported").map(({ text }) => text);
  const summary = figureSummary(figures);
  if (unchecked.length === 0 || summary === null) return [];
  const each = [...new Set(unchecked)];
  const more = each.length > mostListed ? `, and ${each.length - mostListed} more` : "";
  return [`${summary}. Unchecked: ${each.slice(0, mostListed).join(", ")}${more}.`];
}
