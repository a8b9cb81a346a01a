/** Gives each thing that a question mentions to one input, so that the sum of the scores is the highest. It knows only scores. */

export interface Option {
  /** The input's name; null: the thing needs no input. */
  readonly slot: string | null;
  readonly score: number;
}

export interface Assignment {
  /** One a thing, in order. */
  readonly slots: readonly (string | null)[];
  readonly score: number;
}

/** More steps than any real question needs. */
const mostSteps = 20_000;

/**
 * @param things the options of each thing
 * @returns the best two, the best first; none where a thing fits nowhere, or where there are too many ways
 */
export function assign(things: readonly (readonly Option[])[]): readonly Assignment[] {
  if (things.some((options) => options.length === 0)) return [];
  // The most that things from here on can still add.
  const rest = new Array<number>(things.length + 1).fill(0);
  for (let at = things.length - 1; at >= 0; at--)
    rest[at] = (rest[at + 1] ?? 0) + Math.max(...(things[at] ?? []).map(({ score }) => score));
  const best: Assignment[] = [];
  const slots: (string | null)[] = [];
  let steps = 0;
  const visit = (at: number, score: number): void => {
    if (++steps > mostSteps) return;
    const worst = best[1]?.score ?? Number.NEGATIVE_INFINITY;
    if (score + (rest[at] ?? 0) <= worst) return;
    if (at === things.length) {
      best.push({ slots: [...slots], score });
      best.sort((a, b) => b.score - a.score);
      best.length = Math.min(best.length, 2);
      return;
    }
    for (const { slot, score: added } of things[at] ?? []) {
      if (slot !== null && slots.includes(slot)) continue;
      slots.push(slot);
      visit(at + 1, score + added);
      slots.pop();
    }
  };
  visit(0, 0);
  return steps > mostSteps ? [] : best;
}
