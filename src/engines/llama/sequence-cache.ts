/**
 * Chooses which sequence of the KV cache a prompt runs on, so that a conversation's next turn finds its
 * earlier ones already computed. It knows nothing of decoding.
 */

/** The fields of a sequence that the choice needs: the tokens in its KV cells. */
export interface CachedSequence {
  readonly cachedTokens: readonly number[];
}

interface Entry<S> {
  readonly sequence: S;
  busy: boolean;
  lastUsed: number;
}

interface Lease<S> extends Disposable {
  readonly sequence: S;
  /** How many of the prompt's first tokens the sequence holds already. */
  readonly commonPrefix: number;
}

export class SequenceCache<S extends CachedSequence> {
  readonly #entries: Entry<S>[];
  #clock = 0;

  constructor(sequences: readonly S[]) {
    this.#entries = sequences.map((sequence) => ({ sequence, busy: false, lastUsed: 0 }));
  }

  get size(): number {
    return this.#entries.length;
  }

  get busy(): number {
    return this.#entries.filter((entry) => entry.busy).length;
  }

  /** Those that were used, the most recently used first. */
  byRecency(): S[] {
    return this.#entries
      .filter(({ sequence }) => sequence.cachedTokens.length > 0)
      .toSorted((a, b) => b.lastUsed - a.lastUsed)
      .map(({ sequence }) => sequence);
  }

  /**
   * Takes the free sequence with the longest common prefix. One that would lose more than half of what it
   * holds is another conversation that merely shares the system prompt: then an empty one is taken, or the least
   * recently used.
   * @returns null when every sequence is busy
   */
  acquire(prompt: readonly number[]): Lease<S> | null {
    const free = this.#entries
      .filter((entry) => !entry.busy)
      .map((entry) => ({ entry, common: commonPrefixLength(entry.sequence.cachedTokens, prompt) }));
    const continuations = free.filter(
      ({ entry, common }) => common > 0 && common * 2 >= entry.sequence.cachedTokens.length,
    );
    const chosen =
      continuations.toSorted((a, b) => b.common - a.common)[0] ??
      free.find(({ entry }) => entry.sequence.cachedTokens.length === 0) ??
      free.toSorted((a, b) => a.entry.lastUsed - b.entry.lastUsed)[0];
    if (!chosen) return null;
    const { entry, common } = chosen;
    entry.busy = true;
    return {
      sequence: entry.sequence,
      commonPrefix: common,
      [Symbol.dispose]: () => {
        entry.busy = false;
        entry.lastUsed = ++this.#clock;
      },
    };
  }
}

function commonPrefixLength(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a[index] === b[index]) index++;
  return index;
}
