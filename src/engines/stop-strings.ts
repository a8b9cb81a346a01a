/**
 * Ends an answer before the first stop string. Text that may be the beginning of one is held back until it
 * is clear. It knows nothing of tokens: whatever belongs to a piece of text travels with it as `carried`.
 */

export interface Piece<Carried> {
  readonly text: string;
  readonly carried: Carried;
}

export interface StopCheck<Carried> {
  /** Pieces that can be shown: none of them can be part of a stop string any more. */
  readonly released: readonly Piece<Carried>[];
  /** The text before the stop string inside the last, cut piece; null while no stop string has appeared. */
  readonly stoppedWith: string | null;
}

export class StopStrings<Carried> {
  readonly #stops: readonly string[];
  #held: Piece<Carried>[] = [];

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  push(piece: Piece<Carried>): StopCheck<Carried> {
    if (this.#stops.length === 0) return { released: [piece], stoppedWith: null };
    this.#held.push(piece);
    const text = this.#held.map((held) => held.text).join("");
    const found = this.#stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) return this.#cutAt(Math.min(...found));
    return { released: this.#releaseUpTo(text.length - this.#longestBeginning(text)), stoppedWith: null };
  }

  /** What is held back when the answer ends without a stop string. */
  flush(): readonly Piece<Carried>[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #cutAt(position: number): StopCheck<Carried> {
    const released = this.#releaseUpTo(position);
    const shown = released.reduce((length, piece) => length + piece.text.length, 0);
    const stoppedWith = this.#held
      .map((held) => held.text)
      .join("")
      .slice(0, position - shown);
    this.#held = [];
    return { released, stoppedWith };
  }

  /** Takes the pieces that lie wholly before `position`. */
  #releaseUpTo(position: number): Piece<Carried>[] {
    const released: Piece<Carried>[] = [];
    let length = 0;
    for (const piece of this.#held) {
      length += piece.text.length;
      if (length > position) break;
      released.push(piece);
    }
    this.#held = this.#held.slice(released.length);
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
