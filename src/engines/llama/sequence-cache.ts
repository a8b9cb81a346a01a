/**
 * Chooses which sequence of the KV cache a prompt runs on, so that a conversation's next turn finds its
 * earlier ones already computed. It knows nothing of decoding.
 */

/** The fields of a sequence that the choice needs. */
export interface CachedSequence {
  /** The tokens in its KV cells. */
  readonly cachedTokens: readonly number[];
  /** The conversation that they are of; null: nobody said. */
  readonly conversationId: string | null;
  /** Drops everything after the first `length` tokens. */
  truncate(length: number): Promise<void>;
}

interface Entry<S> {
  readonly sequence: S;
  busy: boolean;
  lastUsed: number;
  /** Its tokens are of no use to anybody any more. */
  isForgotten: boolean;
  /** Resolves, and never rejects, when what was forgotten is gone. */
  emptied: Promise<void>;
}

export interface Lease<S> extends Disposable {
  readonly sequence: S;
  /** How many of the prompt's first tokens the sequence holds already. */
  readonly commonPrefix: number;
  /** The sequence may be used when this has resolved. */
  readonly emptied: Promise<void>;
}

export class SequenceCache<S extends CachedSequence> {
  readonly #entries: Entry<S>[];
  #clock = 0;

  constructor(sequences: readonly S[]) {
    this.#entries = sequences.map((sequence) => ({
      sequence,
      busy: false,
      lastUsed: 0,
      isForgotten: false,
      emptied: Promise.resolve(),
    }));
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
      .filter((entry) => cachedTokens(entry).length > 0)
      .toSorted((a, b) => b.lastUsed - a.lastUsed)
      .map(({ sequence }) => sequence);
  }

  /** Drops what is cached of these conversations: at once, or at the end of the answer that uses it. */
  forget(isForgotten: (conversationId: string) => boolean): void {
    for (const entry of this.#entries) {
      const { conversationId } = entry.sequence;
      if (conversationId === null || !isForgotten(conversationId)) continue;
      entry.isForgotten = true;
      if (!entry.busy) empty(entry);
    }
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
      .map((entry) => ({ entry, common: commonPrefixLength(cachedTokens(entry), prompt) }));
    const continuations = free.filter(
      ({ entry, common }) => common > 0 && common * 2 >= cachedTokens(entry).length,
    );
    const chosen =
      continuations.toSorted((a, b) => b.common - a.common)[0] ??
      free.find(({ entry }) => cachedTokens(entry).length === 0) ??
      free.toSorted((a, b) => a.entry.lastUsed - b.entry.lastUsed)[0];
    if (!chosen) return null;
    const { entry, common } = chosen;
    entry.busy = true;
    // What was forgotten is emptied before it is used, and what is cached from then on is the new prompt's.
    entry.isForgotten = false;
    return {
      sequence: entry.sequence,
      commonPrefix: common,
      emptied: entry.emptied,
      [Symbol.dispose]: () => {
        entry.busy = false;
        entry.lastUsed = ++this.#clock;
        if (entry.isForgotten) empty(entry);
      },
    };
  }
}

const cachedTokens = ({ sequence, isForgotten }: Entry<CachedSequence>): readonly number[] =>
  isForgotten ? [] : sequence.cachedTokens;

/** One that cannot be emptied stays forgotten: the next prompt is read over it. */
function empty(entry: Entry<CachedSequence>): void {
  entry.emptied = entry.emptied.then(() => entry.sequence.truncate(0)).catch(() => {});
}

export function commonPrefixLength(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a[index] === b[index]) index++;
  return index;
}
