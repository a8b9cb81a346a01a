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

async function* resumed(
  passed: GenerationUpdate | null,
  next: Promise<IteratorResult<GenerationUpdate, void>>,
  rest: AsyncGenerator<GenerationUpdate, void, undefined>,
): AsyncGenerator<GenerationUpdate, void, undefined> {
  try {
    if (passed !== null) yield passed;
    const { value, done } = await next;
    if (done) return;
    yield value;
    yield* rest;
  } finally {
    // A reader that leaves before `rest` was begun leaves it all the same.
    await rest.return();
  }
}
