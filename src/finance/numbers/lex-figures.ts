/**
 * Reads the figures of a text, of users' questions and of answers alike: numbers in digits and in words, with their units, in
 * English and German. It knows nothing of where a figure comes from.
 */
import type { LexedFigure } from "./figure.ts";
import { readText } from "./read-text.ts";

/**
 * @param text Markdown as it is written
 * @param isWhole false while the text is still being written: figures that later text may change are `pending`
 * @returns the figures in order; what stands in code and in addresses is left out
 */
export function lexFigures(
  text: string,
  { isWhole = true }: { readonly isWhole?: boolean } = {},
): readonly LexedFigure[] {
  return readText(text, isWhole).figures.map(({ raw: _raw, scope: _scope, ...figure }) => figure);
}
