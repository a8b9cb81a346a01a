/** Several sources as one. It knows nothing of what they yield. */

interface Waiting<Item> {
  readonly item: Item;
  readonly taken: () => void;
}

/**
 * Yields the items of all sources as they come; each source is read one item ahead, so that a slow reader holds all of them
 * back. When the reader leaves, sources end at their next item: their maker ends what they wait for.
 * @throws what the first source that fails throws
 */
export async function* merged<Item>(
  sources: readonly AsyncIterable<Item>[],
): AsyncGenerator<Item, void, undefined> {
  const waiting: Waiting<Item>[] = [];
  let unfinished = sources.length;
  const failures: unknown[] = [];
  let isOver = false;
  let wake = () => {};
  const read = async (source: AsyncIterable<Item>): Promise<void> => {
    try {
      for await (const item of source) {
        if (isOver) return;
        await new Promise<void>((taken) => {
          waiting.push({ item, taken });
          wake();
        });
        if (isOver) return;
      }
    } catch (cause) {
      failures.push(cause);
    } finally {
      unfinished -= 1;
      wake();
    }
  };
  for (const source of sources) void read(source);
  try {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) {
        yield next.item;
        next.taken();
      } else if (failures.length > 0) throw failures[0];
      else if (unfinished === 0) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    isOver = true;
    for (const { taken } of waiting) taken();
  }
}
