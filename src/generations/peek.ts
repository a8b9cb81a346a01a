/** Reads the first updates of an answer without taking them from its reader. It knows nothing of HTTP. */
import type { GenerationUpdate } from "./generation-update.ts";

interface PeekOptions {
  /** The update that is waited for; those before it are passed over. By default the first token or the end. */
  readonly until?: (update: GenerationUpdate) => boolean;
  /** How long, in milliseconds, it is waited for. */
  readonly patienceMs: number;
}

interface Peeked {
  /** null: it did not come in time, or the updates ended without it. */
  readonly first: GenerationUpdate | null;
  /** The last update that was passed over, when `first` did not come; then all that follow. */
  readonly updates: AsyncIterable<GenerationUpdate>;
}

const isTokenOrEnd = ({ type }: GenerationUpdate) => type === "tokens" || type === "end";

/** @throws what the updates throw before `first` */
export async function peek(
  updates: AsyncGenerator<GenerationUpdate, void, undefined>,
  { until = isTokenOrEnd, patienceMs }: PeekOptions,
): Promise<Peeked> {
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patienceMs, null);
  let passed: GenerationUpdate | null = null;
  try {
    for (;;) {
      const next = updates.next();
      const read = await Promise.race([next, patience]);
      if (read === null) return { first: null, updates: resumed(passed, next, updates) };
      const first = read.value ?? null;
      if (first === null || until(first)) return { first, updates: resumed(null, next, updates) };
      passed = first;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** What was read already, then the rest, which nothing stands before once it is reached. */
function resumed(
  passed: GenerationUpdate | null,
  next: Promise<IteratorResult<GenerationUpdate, void>>,
  rest: AsyncGenerator<GenerationUpdate, void, undefined>,
): AsyncIterable<GenerationUpdate, void, undefined> {
  const read = passed === null ? [next] : [Promise.resolve({ done: false as const, value: passed }), next];
  const iterator = {
    next: () => read.shift() ?? rest.next(),
    return: () => {
      read.length = 0;
      return rest.return();
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
