/** Numbers that are the same for everybody, such as 252 trading days; each holds only beside the words that it is bound to. */
import data from "./conventions.json";
import type { PlacedFigure } from "./read-text.ts";
import { areEqual } from "./rounding.ts";
import type { ScopeContext } from "./scope-context.ts";

interface Convention {
  readonly values: readonly string[];
  readonly unit: string | null;
  /** Of each group one word stands in the sentence. */
  readonly with: readonly (readonly string[])[];
  /** One of these is among the four words before it; without `after`, or one of those after it. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** None of these is among the two words before it: "RSI is at 70" states a value. */
  readonly never?: readonly string[];
  readonly words: string;
  readonly source: string;
}

const conventions: readonly Convention[] = data;

const byValue = new Map<number, readonly Convention[]>();
for (const convention of conventions)
  for (const value of convention.values)
    byValue.set(Number(value), [...(byValue.get(Number(value)) ?? []), convention]);

/** @returns what the convention says, and where it stands; null when none holds */
export function conventionOf(figure: PlacedFigure, context: ScopeContext): string | null {
  if (figure.values.length === 0 || figure.sign === "-") return null;
  const found = figure.values
    .flatMap(({ value }) => byValue.get(Number(value)) ?? [])
    .find((convention) => holds(convention, figure, context));
  return found === undefined ? null : `${found.words}. ${found.source}.`;
}

function holds(convention: Convention, figure: PlacedFigure, context: ScopeContext): boolean {
  const { values, unit, before, after, never } = convention;
  if (figure.unit !== unit) return false;
  if (!figure.values.some((reading) => values.some((value) => areEqual(value, reading.value)))) return false;
  if (!convention.with.every((group) => context.hasAny(group))) return false;
  const [preceding, following] = [context.wordsBefore(figure, 6), context.wordsAfter(figure, 4)];
  if (never?.some((word) => preceding.slice(0, 2).includes(word)) === true) return false;
  if (before === undefined && after === undefined) return true;
  const isAfter = before?.some((word) => preceding.includes(word)) ?? false;
  return isAfter || (after?.some((word) => following.includes(word)) ?? false);
}
