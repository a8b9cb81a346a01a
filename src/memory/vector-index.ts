/**
 * Finds the rows of a table that are nearest to a vector. Signs alone say which are likely to be (sign-vectors.ts); those are measured
 * with the vectors that the table holds. So 60 bytes a vector are in memory, and what is not in the table any more is not found,
 * whatever is still here. It is read in the background, in slices, and follows the table. Memories and passages are found by it
 * alike: it knows nothing of what the rows are.
 */
import { resultInSlices, WorkSlices } from "../loop/work-slices.ts";
import { similarityTo } from "./memory-vectors.ts";
import { SignVectors } from "./sign-vectors.ts";

interface StoredVectors {
  readonly row: number;
  /** Rows are searched by groups: an owner's, or a document's. */
  readonly group: string | null;
  /** One a piece of its text, as memory-vectors.ts writes them. */
  readonly embedding: Uint8Array;
}

interface VectorTable<Vectors extends StoredVectors> {
  /** Those with vectors of this model, beyond a row, in the order of their rows. */
  vectorsAfter(model: string, row: number, limit: number): readonly Vectors[];
  /** Those of these rows that have vectors of this model, and are there. */
  vectorsOf(model: string, rows: readonly number[]): readonly Vectors[];
  /** Calls, within the transaction, with each row whose vectors have changed, or that is there or gone. @returns ends that */
  onVectorsChanged(listener: (row: number) => void): () => void;
}

type Near<Vectors> = Vectors & {
  /** Of its nearest piece, -1 to 1: the vectors have unit length. */
  readonly similarity: number;
};

interface Nearest<Vectors> {
  /** The nearest first. */
  readonly near: readonly Near<Vectors>[];
  /** Whether there are no others. */
  readonly isAll: boolean;
}

/** So many times as many vectors are measured as are to be found: the nearest are among the likeliest then. */
export const measuredForOne = 16;

/** Read within a millisecond. */
const rowsAtOnce = 250;
const measuredAtOnce = 100;

export class VectorIndex<Vectors extends StoredVectors> implements Disposable {
  #signs: SignVectors;
  readonly #groups = new Map<string | null, number>();
  readonly #changed = new Set<number>();
  /** The last row that was read at the beginning; null: all were. */
  #readTo: number | null = 0;
  #reading: Promise<void> | null = null;
  #turn: NodeJS.Immediate | null = null;
  #isClosed = false;
  readonly #unsubscribe: () => void;

  /** @param model names the vectors that are comparable */
  constructor(
    private readonly table: VectorTable<Vectors>,
    private readonly model: string,
    private readonly dimensions: number,
  ) {
    this.#signs = new SignVectors(dimensions);
    this.#unsubscribe = table.onVectorsChanged((row) => {
      this.#changed.add(row);
      if (this.#readTo === null) this.#followSoon();
    });
  }

  /** In bytes. */
  get size(): number {
    return this.#signs.size;
  }

  /**
   * @param count so many vectors, the likeliest by their signs, are measured: of those that are found the order is right, and one that
   *   is nearest is missing seldom (`bun run bench recall` measures how often)
   * @param newest look only at about so many that were written last
   */
  async nearest(
    groups: readonly (string | null)[],
    query: Float32Array,
    count: number,
    newest?: number,
  ): Promise<Nearest<Vectors>> {
    await this.ready();
    const slices = new WorkSlices();
    const asked = new Set(groups);
    const numbers = new Set(groups.flatMap((group) => this.#groups.get(group) ?? []));
    const likely = await resultInSlices(this.#signs.nearest(query, numbers, count, newest), slices);
    const rows = [...new Set(likely)].sort((left, right) => left - right);
    const near: Near<Vectors>[] = [];
    for (let first = 0; first < rows.length; first += measuredAtOnce) {
      for (const vectors of this.table.vectorsOf(this.model, rows.slice(first, first + measuredAtOnce))) {
        const similarity = asked.has(vectors.group) ? similarityTo(query, vectors.embedding) : null;
        if (similarity !== null) near.push({ ...vectors, similarity });
      }
      if (slices.isOver) await slices.next();
    }
    return {
      near: near.sort((one, other) => other.similarity - one.similarity),
      isAll: likely.length < count,
    };
  }

  /** Resolves when it has what the table has. */
  async ready(): Promise<void> {
    while (!this.#isClosed && (this.#readTo !== null || this.#changed.size > 0)) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
  }

  /** The groups of rows have changed in a way that was not told. */
  readAgain(): void {
    this.#signs = new SignVectors(this.dimensions);
    this.#readTo = 0;
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#unsubscribe();
    if (this.#turn !== null) clearImmediate(this.#turn);
  }

  /** What is forgotten leaves memory at once, and a question finds nothing left to do. */
  #followSoon(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      // What fails here stays to be done: the next question tries again, and says why it fails.
      this.ready().catch(() => {});
    });
  }

  async #read(): Promise<void> {
    const slices = new WorkSlices();
    while (this.#readTo !== null && !this.#isClosed) {
      const rows = this.table.vectorsAfter(this.model, this.#readTo, rowsAtOnce);
      for (const row of rows) this.#put(row);
      this.#readTo = rows.length < rowsAtOnce ? null : (rows.at(-1)?.row ?? null);
      if (slices.isOver) await slices.next();
    }
    while (this.#changed.size > 0 && this.#readTo === null && !this.#isClosed) {
      const rows = new Set([...this.#changed].slice(0, rowsAtOnce));
      // One that changes meanwhile is in the list again.
      for (const row of rows) this.#changed.delete(row);
      try {
        await resultInSlices(this.#signs.remove(rows), slices);
        for (const row of this.table.vectorsOf(this.model, [...rows])) this.#put(row);
      } catch (error) {
        for (const row of rows) this.#changed.add(row);
        throw error;
      }
      if (slices.isOver) await slices.next();
    }
  }

  #put({ row, group, embedding }: Vectors): void {
    // Vectors of another length were made by a model that only shares the name.
    if (embedding.byteLength % this.dimensions !== 0) return;
    const number = this.#groups.get(group) ?? this.#groups.size + 1;
    this.#groups.set(group, number);
    const bytes = new Int8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength);
    for (let first = 0; first < bytes.length; first += this.dimensions)
      this.#signs.put(row, number, bytes.subarray(first, first + this.dimensions));
  }
}
