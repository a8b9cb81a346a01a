/**
 * Ends an answer before the stop string that is complete first, wherever the pieces are cut. Text that may be the beginning
 * of one is buffered until it is clear. It knows nothing of tokens: the data of a piece travels with it as `carried`.
 */

export interface Piece<Carried> {
  readonly text: string;
  readonly carried: Carried;
}

interface StopCheck<Carried> {
  /** Pieces that can be shown: they cannot be part of a stop string. */
  readonly released: readonly Piece<Carried>[];
  /** null while no stop string has appeared. */
  readonly stopped: Stopped<Carried> | null;
}

export interface Stopped<Carried> {
  /** What of the piece that the stop string begins in stands before it; '' for nothing. */
  readonly before: Piece<Carried>;
  /** What of the last piece follows the stop string. */
  readonly after: string;
}

/**
 * Where the stop string begins that is complete first; of several that end together the longest. The one that begins
 * first would be another one, if a shorter one had ended the answer a piece earlier.
 */
function firstStop(text: string, stops: readonly string[]): readonly [begin: number, end: number] | null {
  let [begin, end] = [-1, Number.POSITIVE_INFINITY];
  for (const stop of stops) {
    const at = text.indexOf(stop);
    if (at < 0) continue;
    const stopEnd = at + stop.length;
    if (stopEnd < end || (stopEnd === end && at < begin)) [begin, end] = [at, stopEnd];
  }
  return begin < 0 ? null : [begin, end];
}

export class StopStrings<Carried> {
  readonly #stops: readonly string[];
  #found: string | null = null;
  #buffer: Piece<Carried>[] = [];

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /** The stop string that has ended the answer, if it is one of these. */
  foundOf(wanted: readonly string[]): { readonly stopString?: string } {
    return this.#found !== null && wanted.includes(this.#found) ? { stopString: this.#found } : {};
  }

  push(piece: Piece<Carried>): StopCheck<Carried> {
    if (this.#stops.length === 0) return { released: [piece], stopped: null };
    this.#buffer.push(piece);
    const text = this.#buffer.map((buffered) => buffered.text).join("");
    const at = firstStop(text, this.#stops);
    if (at !== null) return this.#cutAt(...at, piece);
    return { released: this.#releaseUpTo(text.length - this.#longestBeginning(text)), stopped: null };
  }

  /** The buffered text when the answer ends without a stop string. */
  flush(): readonly Piece<Carried>[] {
    const buffered = this.#buffer;
    this.#buffer = [];
    return buffered;
  }

  /** @param last of the buffered pieces */
  #cutAt(begin: number, end: number, last: Piece<Carried>): StopCheck<Carried> {
    const released = this.#releaseUpTo(begin);
    const shown = released.reduce((length, piece) => length + piece.text.length, 0);
    const [cut = last] = this.#buffer;
    const buffered = this.#buffer.map(({ text }) => text).join("");
    this.#found = buffered.slice(begin - shown, end - shown);
    this.#buffer = [];
    return {
      released,
      stopped: {
        before: { ...cut, text: buffered.slice(0, begin - shown) },
        after: buffered.slice(end - shown),
      },
    };
  }

  /** Takes the pieces that lie wholly before `position`. */
  #releaseUpTo(position: number): Piece<Carried>[] {
    const released: Piece<Carried>[] = [];
    let length = 0;
    for (const piece of this.#buffer) {
      length += piece.text.length;
      if (length > position) break;
      released.push(piece);
    }
    this.#buffer = this.#buffer.slice(released.length);
    return released;
  }

  /** The length of the longest end of `text` with which a stop string begins. */
  #longestBeginning(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
