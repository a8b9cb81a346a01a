/**
 * Gives memories their vectors in the background: those of a fresh memory at once, and those that an earlier run
 * of the program, or another model, left without one. The table is the queue, so nothing is forgotten in a crash.
 */
import type { Embedder } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { MemoryQueries } from "../store/memories.ts";
import type { Memory } from "../store/schema.ts";
import { embedInTime } from "./embed-in-time.ts";

const batchSize = 16;
const deadlineMs = 30_000;

export class EmbeddingWorker {
  readonly #stop = new AbortController();
  /** Rows that could not be embedded: they wait for the next start, so that they do not block the others. */
  readonly #failed = new Set<string>();
  #running: Promise<void> | null = null;
  #wanted = false;

  constructor(
    private readonly memories: Pick<MemoryQueries, "withoutEmbedding" | "setEmbedding">,
    private readonly embedder: Embedder,
    private readonly log: Log,
  ) {}

  /** Says that there may be something to embed. Never throws and never waits. */
  wake(): void {
    this.#wanted = true;
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when everything that could be embedded has been. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error("The memory is being closed."));
    await this.idle();
  }

  async #work(): Promise<void> {
    // The caller's own write comes first.
    await Promise.resolve();
    try {
      while (this.#wanted && !this.#stop.signal.aborted) {
        const batch = this.#nextBatch();
        if (batch.length === 0) this.#wanted = false;
        else await this.#embed(batch);
      }
    } catch (error) {
      // The rows are still without a vector: the next memory, or the next start, tries again.
      if (!this.#stop.signal.aborted) this.log.warn("memories_not_embedded", { error });
    } finally {
      this.#wanted = false;
    }
  }

  #nextBatch(): readonly Memory[] {
    return this.memories
      .withoutEmbedding(this.embedder.model, batchSize + this.#failed.size)
      .filter(({ id }) => !this.#failed.has(id))
      .slice(0, batchSize);
  }

  async #embed(batch: readonly Memory[]): Promise<void> {
    const texts = batch.map(embeddedText);
    try {
      const vectors = await embedInTime(this.embedder, texts, deadlineMs, this.#stop.signal);
      for (const [index, vector] of vectors.entries()) {
        const memory = batch[index];
        if (memory !== undefined)
          this.memories.setEmbedding(memory.id, this.embedder.model, float32Bytes(vector));
      }
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      const [only, ...others] = batch;
      if (only === undefined) return;
      if (others.length > 0) {
        // One bad text must not cost the others their vectors.
        for (const memory of batch) await this.#embed([memory]);
        return;
      }
      this.#failed.add(only.id);
      this.log.warn("memory_not_embedded", { memory: only.id, error });
    }
  }
}

/** What stands for a memory in the space of meanings. */
export function embeddedText({ key, value }: Pick<Memory, "key" | "value">): string {
  return value.startsWith(key) ? value : `${key}: ${value}`;
}

/** Little-endian, as every machine is that Bun runs on. */
export function float32Bytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
