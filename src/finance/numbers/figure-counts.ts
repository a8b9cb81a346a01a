/** How many figures of a text are known in which way. */
import type { FigureClass } from "./classified-figure.ts";

/** In the order in which people read them. Structural figures and dates say nothing of how much. */
const names = {
  computed: "computed",
  derived: "derived",
  quoted: "quoted",
  convention: "conventions",
  unsupported: "unchecked",
} as const satisfies Partial<Record<FigureClass, string>>;

type Kind = keyof typeof names;

const knownKinds = ["computed", "derived", "quoted", "convention"] as const satisfies readonly Kind[];

export interface FigureCounts {
  readonly total: number;
  /** In the order in which people read them; none without a figure. */
  readonly known: readonly { readonly kind: (typeof knownKinds)[number]; readonly count: number }[];
  readonly unchecked: number;
}

/** @param classes of the figures; others than those named above do not count @returns null: there is none to count */
export function figureCounts(classes: readonly string[]): FigureCounts | null {
  const countOf = (kind: Kind) => classes.filter((each) => each === kind).length;
  const known = knownKinds.map((kind) => ({ kind, count: countOf(kind) })).filter(({ count }) => count > 0);
  const unchecked = countOf("unsupported");
  const total = known.reduce((sum, { count }) => sum + count, unchecked);
  return total === 0 ? null : { total, known, unchecked };
}

/** "12 figures: 9 computed, 2 quoted, 1 unchecked": in English, for texts that leave the program. */
export function countsInEnglish({ total, known, unchecked }: FigureCounts): string {
  const parts = [...known, ...(unchecked === 0 ? [] : [{ kind: "unsupported" as const, count: unchecked }])];
  const words = parts.map(({ kind, count }) => `${count} ${names[kind]}`).join(", ");
  return `${total} ${total === 1 ? "figure" : "figures"}: ${words}`;
}
