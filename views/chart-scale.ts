/** An axis of figures: from where to where it goes, with steps that are easy to read. It knows nothing of what is drawn. */

export interface Scale {
  readonly from: number;
  readonly to: number;
  /** From the lowest to the highest. */
  readonly ticks: readonly number[];
}

/** Steps of one, two or five times a power of ten. @param withZero it begins at zero, as bars must */
export function scaleOf(values: readonly number[], { withZero }: { readonly withZero: boolean }): Scale {
  const all = withZero ? [0, ...values] : values;
  const lowest = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = all.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const span = highest - lowest || Math.abs(highest) || 1;
  const step = stepOf(span / 4);
  const first = Math.floor(lowest / step);
  const last = Math.max(first + 1, Math.ceil(highest / step));
  // Not added up: 0.1 + 0.2 is no tick.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step, step));
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, ticks };
}

function stepOf(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * 0.999) ?? 10;
  return factor * power;
}

const rounded = (value: number, step: number) =>
  Number(value.toFixed(Math.min(100, Math.max(0, -Math.floor(Math.log10(step))))));
