/** Counts values by size. It knows nothing of their meaning. */

export type Labels = Readonly<Record<string, string>>;

interface HistogramCounts {
  /** The number of values up to each limit, the largest limit last. */
  readonly upTo: readonly (readonly [limit: number, count: number])[];
  readonly count: number;
  readonly sum: number;
}

/** The values of one set of labels. */
export class Histogram {
  readonly #limits: readonly number[];
  readonly #counts: number[];
  #count = 0;
  #sum = 0;

  /** @param limits ascending */
  constructor(limits: readonly number[]) {
    this.#limits = limits;
    this.#counts = limits.map(() => 0);
  }

  add(value: number): void {
    const bucket = this.#limits.findIndex((limit) => value <= limit);
    if (bucket >= 0) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
  }

  counts(): HistogramCounts {
    let count = 0;
    const upTo = this.#limits.map((limit, index) => {
      count += this.#counts[index] ?? 0;
      return [limit, count] as const;
    });
    return { upTo, count: this.#count, sum: this.#sum };
  }
}

export type LabelledCounts = readonly (readonly [labels: Labels, counted: HistogramCounts])[];

/** A histogram for each set of labels. */
export class LabelledHistogram {
  readonly #limits: readonly number[];
  readonly #byLabels = new Map<string, { readonly labels: Labels; readonly histogram: Histogram }>();

  /** @param limits ascending */
  constructor(limits: readonly number[]) {
    this.#limits = limits;
  }

  add(labels: Labels, value: number): void {
    const key = JSON.stringify(labels);
    const kept = this.#byLabels.get(key) ?? { labels, histogram: new Histogram(this.#limits) };
    kept.histogram.add(value);
    this.#byLabels.set(key, kept);
  }

  counts(): LabelledCounts {
    return [...this.#byLabels.values()].map(({ labels, histogram }) => [labels, histogram.counts()]);
  }
}
