/**
 * Gathers a generation's updates into batches, so that a reader gets a few frames a second instead of one a
 * token. It pulls: while a slow reader has not taken a batch, nothing is read ahead. It knows nothing of HTML.
 */
import type { GenerationUpdate, Outcome, Progress } from "../generations/generation-update.ts";
import type { Writer } from "../store/schema.ts";

interface Batch {
  /** The last word on the queue, the model or the prompt; null when there was none, or when tokens came after it. */
  progress: Progress | null;
  /** What the model thought, as far as it is new. */
  thought: string;
  /** The answer's new text. */
  text: string;
  /** It has calls of the program's tools, what came of them, or facts. */
  hasCalls?: true;
  /** The engines and models that wrote the text, as far as they are known. */
  writers?: Set<Writer>;
  /** How many tokens the reader has seen after this batch; null when it brings none. */
  cursor: number | null;
  outcome: Outcome | null;
}

/** A source that never waits would otherwise be read for ever, and nothing else would get its turn. */
const mostTogether = 500;

/**
 * The first batch comes at once; the next ones no sooner than `interval()` milliseconds after the one before.
 * @param interval asked after each batch
 */
export async function* coalesce(
  updates: AsyncIterable<GenerationUpdate>,
  interval: () => number,
): AsyncGenerator<Batch, void, undefined> {
  const iterator = updates[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<GenerationUpdate>> | undefined;
  let due = 0;
  try {
    for (;;) {
      next ??= iterator.next();
      const first = await next;
      next = undefined;
      if (first.done) return;
      const batch: Batch = { progress: null, thought: "", text: "", cursor: null, outcome: null };
      add(batch, first.value);

      const deadline = Promise.withResolvers<undefined>();
      const timer = setTimeout(deadline.resolve, Math.max(0, due - performance.now()));
      for (let joined = 1; joined < mostTogether && batch.outcome === null; joined++) {
        next ??= iterator.next();
        const more = await Promise.race([next, deadline.promise]).catch(() => undefined);
        // Time is up, or the source broke: what came before that is handed on first, and `next` is awaited again.
        if (more === undefined) break;
        next = undefined;
        if (more.done) break;
        add(batch, more.value);
      }
      if (batch.outcome === null) await deadline.promise;
      clearTimeout(timer);

      yield batch;
      due = performance.now() + interval();
    }
  } finally {
    // The reader has gone or the end has come: what was asked for last may fail without being waited for.
    next?.catch(() => {});
    iterator.return?.().catch(() => {});
  }
}

function add(batch: Batch, update: GenerationUpdate): void {
  switch (update.type) {
    case "waiting":
    case "loading":
    case "reading":
      batch.progress = update;
      return;
    case "tokens":
      batch.progress = null;
      for (const { reasoning, text } of update.tokens) batch[reasoning ? "thought" : "text"] += text;
      if (
        update.tokens.some(
          ({ toolUse, toolStep, toolResult, facts }) => toolUse ?? toolStep ?? toolResult ?? facts,
        )
      )
        batch.hasCalls = true;
      if (update.writer !== null) {
        batch.writers ??= new Set();
        batch.writers.add(update.writer);
      }
      batch.cursor = update.from + update.tokens.length;
      return;
    case "end":
      batch.outcome = update.outcome;
      return;
    default:
      update satisfies never;
  }
}
