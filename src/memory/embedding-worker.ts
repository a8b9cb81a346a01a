/**
 * Gives memories their vectors in the background: a fresh memory at once, and those that an earlier run of the
 * program, or another model, left without one. The table is the queue, so nothing is forgotten in a crash.
 */
import type { Embedder } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { MemoryQueries } from "../store/memories.ts";
import type { Memory } from "../store/schema.ts";
import { EmbeddingTimeout, embedInTime } from "./embed-in-time.ts";

const batchSize = 16;

export class EmbeddingWorker {
  readonly #stop = new AbortController();
  /** Rows whose text the embedder refuses while it takes others: they wait for the next start. */
  readonly #refused = new Set<string>();
  #running: Promise<void> | null = null;
  #wanted = false;
  #gaveUp = false;

  /** @param deadlineMs for one batch */
  constructor(
    private readonly memories: Pick<MemoryQueries, "withoutEmbedding" | "setEmbedding">,
    private readonly commit: Store["commit"],
    private readonly embedder: Embedder,
    private readonly log: Log,
    private readonly deadlineMs = 30_000,
  ) {}

  /** Says that there may be something to embed. Never throws and never waits. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    this.#wanted = true;
    this.#running ??= this.#work();
  }

  /** Says that the embedder works: what it was asked in vain before is tried again. */
  wakeIfGaveUp(): void {
    if (this.#gaveUp) this.wake();
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
    // Whoever woke us goes on first.
    await Promise.resolve();
    try {
      while (this.#wanted && !this.#stop.signal.aborted) {
        const batch = this.#nextBatch();
        if (batch.length === 0) this.#wanted = false;
        else await this.#embedBatch(batch);
      }
      this.#gaveUp = false;
    } catch (error) {
      // The rows are still without a vector. The next memory tries again, or a recall that finds the embedder working.
      this.#wanted = false;
      this.#gaveUp = true;
      if (!this.#stop.signal.aborted) this.log.warn("memories_not_embedded", { error });
    } finally {
      this.#running = null;
    }
  }

  #nextBatch(): readonly Memory[] {
    return this.memories
      .withoutEmbedding(this.embedder.model, batchSize + this.#refused.size)
      .filter(({ id }) => !this.#refused.has(id))
      .slice(0, batchSize);
  }

  async #embedBatch(batch: readonly Memory[]): Promise<void> {
    try {
      await this.#embed(batch);
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      if (batch.length === 1 || error instanceof EmbeddingTimeout) throw error;
      await this.#embedOneByOne(batch);
    }
  }

  /** One text that the embedder refuses must not cost the others their vectors. */
  async #embedOneByOne(batch: readonly Memory[]): Promise<void> {
    const failures = new Map<string, unknown>();
    for (const memory of batch) {
      try {
        await this.#embed([memory]);
      } catch (error) {
        this.#stop.signal.throwIfAborted();
        if (error instanceof EmbeddingTimeout) throw error;
        failures.set(memory.id, error);
      }
    }
    const [first] = failures.values();
    if (failures.size === batch.length) throw first;
    for (const [memory, error] of failures) {
      this.#refused.add(memory);
      this.log.warn("memory_not_embedded", { memory, error });
    }
  }

  async #embed(batch: readonly Memory[]): Promise<void> {
    const vectors = await embedInTime(
      this.embedder,
      batch.map(embeddedText),
      this.deadlineMs,
      this.#stop.signal,
    );
    await this.commit(() => {
      for (const [index, memory] of batch.entries()) {
        const vector = vectors[index];
        if (vector !== undefined)
          this.memories.setEmbedding(memory.id, this.embedder.model, float32Bytes(vector));
      }
    });
  }
}

/** What stands for a memory in the space of meanings. */
function embeddedText({ key, value }: Memory): string {
  return `${key}: ${value}`;
}

/** Little-endian, as every machine is that Bun runs on. */
function float32Bytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
