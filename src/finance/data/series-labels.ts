/** What the rows of a file say of their symbol and their timeframe: a series has one of each. */
import { say, type Words } from "../../texts/say.ts";
import { shortened } from "./shown-cell.ts";
import { type Timeframe, timeframeNamed } from "./timeframe.ts";

/** So many different values are named in a message. */
const mostNamed = 5;

export class SeriesLabels {
  #symbol: string | null = null;
  #timeframe: Timeframe | null = null;
  readonly #symbols = new DifferentValues();
  readonly #timeframes = new DifferentValues();

  /** @param cells null: the table has no such column. An empty cell says nothing. */
  see({ symbol, timeframe }: { readonly symbol: string | null; readonly timeframe: string | null }): void {
    if (symbol !== null && this.#symbols.isNew(symbol)) {
      this.#symbols.add(symbol, symbol.toUpperCase());
      this.#symbol ??= symbol;
    }
    if (timeframe !== null && this.#timeframes.isNew(timeframe)) {
      const named = timeframeNamed(timeframe);
      this.#timeframes.add(timeframe, named ?? timeframe.toUpperCase());
      this.#timeframe ??= named;
    }
  }

  get symbol(): string | null {
    return this.#symbol;
  }

  get timeframe(): Timeframe | null {
    return this.#timeframe;
  }

  /** The rest of a sentence that begins with the file's name; null: all rows are of one series. */
  get problem(): Words | null {
    if (this.#symbols.count > 1)
      return say`has prices of several symbols (${{ verbatim: this.#symbols.named }}). Split it into one file for each symbol`;
    // A column of this name whose values are no timeframes at all holds something else.
    if (this.#timeframe !== null && this.#timeframes.count > 1)
      return say`has prices of several timeframes (${{ verbatim: this.#timeframes.named }}). Split it into one file for each timeframe`;
    return null;
  }
}

/** The different values of a column, as far as a message names them. */
class DifferentValues {
  /** The first way in which each was written, by what it means. */
  readonly #written = new Map<string, string>();
  #last = "";

  /** Whether it is not the same text as the one before, which is the common case, and not empty. */
  isNew(cell: string): boolean {
    if (cell === "" || cell === this.#last) return false;
    this.#last = cell;
    return true;
  }

  add(cell: string, meaning: string): void {
    if (this.#written.size <= mostNamed && !this.#written.has(meaning)) this.#written.set(meaning, cell);
  }

  get count(): number {
    return this.#written.size;
  }

  get named(): string {
    const names = [...this.#written.values()].map(shortened);
    return names.length > mostNamed ? `${names.slice(0, mostNamed).join(", ")}, …` : names.join(", ");
  }
}
