/** How many figures of a text are known in which way, in words for people. */
import type { FigureClass } from "./classified-figure.ts";

/** In the order in which people read them. Structural figures and dates say nothing of how much. */
const names = {
  computed: "computed",
  derived: "derived",
  quoted: "quoted",
  convention: "conventions",
  unsupported: "unchecked",
} as const satisfies Partial<Record<FigureClass, string>>;

/** "12 figures", "9 computed, 2 quoted", "1 unchecked"; "" where there is none. */
export interface FigureCounts {
  readonly total: string;
  readonly known: string;
  readonly unchecked: string;
}

/** @param classes of the figures; others than those named above do not count @returns null: there is none to count */
export function figureCounts(classes: readonly string[]): FigureCounts | null {
  const parts = Object.entries(names).map(([kind, name]) => ({
    kind,
    count: classes.filter((each) => each === kind).length,
    name,
  }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const wordsOf = (counted: typeof parts) =>
    counted
      .filter(({ count }) => count > 0)
      .map(({ count, name }) => `${count} ${name}`)
      .join(", ");
  return {
    total: `${total} ${total === 1 ? "figure" : "figures"}`,
    known: wordsOf(parts.filter(({ kind }) => kind !== "unsupported")),
    unchecked: wordsOf(parts.filter(({ kind }) => kind === "unsupported")),
  };
}
