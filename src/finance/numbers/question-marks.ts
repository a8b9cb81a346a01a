/** Where there is no line to draw under a figure: signs beside it. */

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

const names = {
  computed: "computed",
  derived: "derived",
  quoted: "quoted",
  convention: "conventions",
  unsupported: "unchecked",
} as const;

/** "12 figures: 9 computed, 2 quoted, 1 unchecked"; null: there is none that says how much. */
export function figureSummary(figures: readonly Marked[]): string | null {
  const parts = Object.entries(names).map(([kind, name]) => ({
    name,
    count: figures.filter((figure) => figure.class === kind).length,
  }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const shown = parts.filter(({ count }) => count > 0).map(({ count, name }) => `${count} ${name}`);
  return `${total} ${total === 1 ? "figure" : "figures"}: ${shown.join(", ")}`;
}
