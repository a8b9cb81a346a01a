/** Reads an iterator one item ahead: an item that is not awaited to its arrival is not lost. It knows nothing of streams. */

export type Read<T> =
  | { readonly type: "item"; readonly item: T }
  | { readonly type: "done" }
  | { readonly type: "broken"; readonly error: unknown };

export class ReadAhead<T> {
  readonly #source: AsyncIterator<T>;
  /** The one read that is in progress, or done and not yet taken. */
  #ahead: Promise<Read<T>> | undefined;

  constructor(source: AsyncIterator<T>) {
    this.#source = source;
  }

  /** The next item, the same one until it is taken. It never rejects: an error waits its turn behind the items before it. */
  peek(): Promise<Read<T>> {
    this.#ahead ??= readOf(this.#source);
    return this.#ahead;
  }

  /** The next peek reads on. */
  take(): void {
    this.#ahead = undefined;
  }
}

/** Never rejects. */
export async function readOf<T>(source: AsyncIterator<T>): Promise<Read<T>> {
  try {
    const next = await source.next();
    return next.done ? { type: "done" } : { type: "item", item: next.value };
  } catch (error) {
    return { type: "broken", error };
  }
}
