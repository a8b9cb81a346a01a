/** Collects measurements and shows them as one table: the median, and the smallest and largest beside it. */

export interface Row {
  readonly measure: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

export class Results {
  readonly #rows = new Map<string, { unit: string; ours: number[]; peer: number[] }>();

  add(measure: string, unit: string, whose: "ours" | "peer", value: number): void {
    const row = this.#rows.get(measure) ?? { unit, ours: [], peer: [] };
    this.#rows.set(measure, row);
    row[whose].push(value);
  }

  /** In the order in which the measures first came. */
  rows(): Row[] {
    return [...this.#rows].map(([measure, row]) => ({ measure, ...row }));
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? Number.NaN : (upper + lower) / 2;
}

/** @param peer the heading of the other column, beside which stands how many times ours is of it; null: none */
export function tableOf(rows: readonly Row[], peer: string | null): string {
  const heading = ["", "", "this program", ...(peer === null ? [] : [peer, "ratio"])];
  const cells = rows.map(({ measure, unit, ours, peer: others }) => [
    measure,
    unit,
    spread(ours),
    ...(peer === null ? [] : [spread(others), ratio(ours, others)]),
  ]);
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...cells].map((row) => row[column]?.length ?? 0)),
  );
  return [heading, ...cells]
    .map((row) =>
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return "–";
  if (values.length === 1) return rounded(values[0] ?? 0);
  return `${rounded(median(values))} (${rounded(Math.min(...values))} to ${rounded(Math.max(...values))})`;
}

function ratio(ours: readonly number[], peer: readonly number[]): string {
  if (ours.length === 0 || peer.length === 0) return "–";
  return (median(ours) / median(peer)).toFixed(2);
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
