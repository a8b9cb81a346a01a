/** Gathers bars in the order in which they come, and gives them sorted by time. */
import type { ReadBars } from "./series-reading.ts";

interface Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly line: number;
}

const names = ["time", "open", "high", "low", "close", "volume"] as const;
type Columns = Record<(typeof names)[number], Float64Array>;

export class BarsBuilder {
  readonly #hasRange: boolean;
  #columns = columnsOf(1024);
  #lines = new Int32Array(1024);
  #length = 0;

  /** @param options `hasRange`: open, high and low are known; otherwise they are NaN, and never made up */
  constructor({ hasRange }: { readonly hasRange: boolean }) {
    this.#hasRange = hasRange;
  }

  add(bar: Bar): void {
    if (this.#length === this.#lines.length) this.#grow();
    const at = this.#length;
    for (const name of names) this.#columns[name][at] = bar[name];
    if (!this.#hasRange) {
      this.#columns.open[at] = this.#columns.high[at] = this.#columns.low[at] = Number.NaN;
    }
    this.#lines[at] = bar.line;
    this.#length += 1;
  }

  /** The oldest first; rows of the same time stay in the order of the file. */
  sorted({ keepsVolume }: { readonly keepsVolume: boolean }): ReadBars {
    const length = this.#length;
    const { time } = this.#columns;
    let isSorted = true;
    for (let at = 1; at < length && isSorted; at++) isSorted = (time[at - 1] ?? 0) <= (time[at] ?? 0);
    const order = isSorted ? null : this.#order();
    const of = (name: (typeof names)[number]) => arranged(this.#columns[name], order, length);
    return {
      ...{ time: of("time"), open: of("open"), high: of("high"), low: of("low"), close: of("close") },
      volume: keepsVolume ? of("volume") : null,
      line:
        order === null ? this.#lines.slice(0, length) : Int32Array.from(order, (at) => this.#lines[at] ?? 0),
    };
  }

  #order(): Uint32Array {
    const { time } = this.#columns;
    const lines = this.#lines;
    const order = Uint32Array.from({ length: this.#length }, (_, at) => at);
    return order.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || (lines[a] ?? 0) - (lines[b] ?? 0));
  }

  #grow(): void {
    const length = this.#lines.length * 2;
    const columns = columnsOf(length);
    for (const name of names) columns[name].set(this.#columns[name]);
    const lines = new Int32Array(length);
    lines.set(this.#lines);
    this.#columns = columns;
    this.#lines = lines;
  }
}

const columnsOf = (length: number): Columns => ({
  ...{ time: new Float64Array(length), open: new Float64Array(length), high: new Float64Array(length) },
  ...{ low: new Float64Array(length), close: new Float64Array(length), volume: new Float64Array(length) },
});

const arranged = (values: Float64Array, order: Uint32Array | null, length: number): Float64Array =>
  order === null ? values.slice(0, length) : Float64Array.from(order, (at) => values[at] ?? Number.NaN);
