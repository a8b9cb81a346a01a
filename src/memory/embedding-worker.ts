/**
 * Gives rows of a table their vectors in the background: a fresh one at once, and those that an earlier run of the
 * program, or another model, left without one. The table is the queue, so nothing is forgotten in a crash. Owners take
 * turns, and a text that the embedder refuses costs only itself. It knows nothing of what the rows are.
 */
import type { Embedder } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { EmbeddingTimeout, embedInTime } from "./embed-in-time.ts";
import { packVectors } from "./memory-vectors.ts";

const batchSize = 16;
/** Every embedder that works takes this. */
const probe = "A short note.";

interface EmbeddingQueue<Row> {
  /** Those who have rows without a vector. */
  ownersToEmbed(): readonly OwnerId[];
  /** Of one owner's those that have none, the likeliest to be asked for first. */
  toEmbed(ownerId: OwnerId, limit: number): readonly Row[];
  setEmbedding(row: Row, model: string, embedding: Buffer): void;
}

/** How a row is told to the embedder. */
interface EmbeddedForm<Row> {
  /** One text for each of its pieces. */
  readonly textsOf: (row: Row) => readonly string[];
  /** Names the vectors of a model in this form. */
  readonly vectorName: (model: string) => string;
}

/**
 * Puts rows into the queue again whose vectors were made otherwise, part by part: others have their turn between two.
 * @param dropAfter looks at some rows after this one. @returns the last of them; null: there are no more
 */
export async function dropOtherVectors(dropAfter: (row: number) => Promise<number | null>): Promise<void> {
  for (let row: number | null = 0; row !== null; ) row = await dropAfter(row);
}

export class EmbeddingWorker<Row extends { readonly id: string | number }> {
  readonly #stop = new AbortController();
  /** Rows whose texts the embedder refuses while it takes others: they wait for the next start, or other texts. */
  readonly #refused = new Map<Row["id"], readonly string[]>();
  /** Whose turn it was last. */
  #lastOwner: OwnerId | undefined;
  #running: Promise<void> | null = null;
  #wanted = false;
  #gaveUp = false;

  /** @param deadlineMs for one batch */
  constructor(
    private readonly queue: EmbeddingQueue<Row>,
    private readonly commit: Store["commit"],
    private readonly embedder: Embedder,
    private readonly log: Log,
    private readonly form: EmbeddedForm<Row>,
    private readonly deadlineMs = 30_000,
  ) {}

  /** Reports that there may be something to embed. Never throws and never waits. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    this.#wanted = true;
    this.#running ??= this.#work();
  }

  /** Reports that the embedder works: failed texts are tried again. */
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
    // The caller that woke us continues first.
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

  /** The newest of each owner: an import of thousands delays no other owner. */
  #nextBatch(): readonly Row[] {
    const owners = this.queue.ownersToEmbed();
    const next = (this.#lastOwner === undefined ? -1 : owners.indexOf(this.#lastOwner)) + 1;
    const inTurn = [...owners.slice(next), ...owners.slice(0, next)].slice(0, batchSize);
    const share = Math.max(1, Math.floor(batchSize / Math.max(1, inTurn.length)));
    this.#lastOwner = inTurn.at(-1);
    return inTurn.flatMap((owner) =>
      this.queue
        .toEmbed(owner, share + this.#refused.size)
        .filter((row) => !this.#isRefused(row))
        .slice(0, share),
    );
  }

  #isRefused(row: Row): boolean {
    const refused = this.#refused.get(row.id);
    return refused !== undefined && Bun.deepEquals(refused, this.form.textsOf(row));
  }

  async #embedBatch(batch: readonly Row[]): Promise<void> {
    try {
      await this.#embed(batch);
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      if (error instanceof EmbeddingTimeout) throw error;
      await this.#embedOneByOne(batch);
    }
  }

  async #embedOneByOne(batch: readonly Row[]): Promise<void> {
    const failures = new Map<Row, unknown>();
    for (const row of batch) {
      try {
        await this.#embed([row]);
      } catch (error) {
        this.#stop.signal.throwIfAborted();
        if (error instanceof EmbeddingTimeout) throw error;
        failures.set(row, error);
      }
    }
    // All of them may be too much for it, or it is down: then this is thrown, and none of them is to blame.
    if (failures.size === batch.length)
      await embedInTime(this.embedder, [probe], this.deadlineMs, this.#stop.signal);
    for (const [row, error] of failures) {
      this.#refused.set(row.id, this.form.textsOf(row));
      this.log.warn("memory_not_embedded", { memory: row.id, error });
    }
  }

  async #embed(batch: readonly Row[]): Promise<void> {
    const { textsOf, vectorName } = this.form;
    const texts = batch.map(textsOf);
    const vectors = await embedInTime(this.embedder, texts.flat(), this.deadlineMs, this.#stop.signal);
    await this.commit(() => {
      let first = 0;
      for (const [index, row] of batch.entries()) {
        const count = texts[index]?.length ?? 0;
        const own = vectors.slice(first, first + count);
        first += count;
        this.queue.setEmbedding(row, vectorName(this.embedder.model), packVectors(own));
      }
    });
  }
}
