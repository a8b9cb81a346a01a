/**
 * The vectors of passages in memory, searched whole, document by document: a cache of the table. They stay bytes: a book of two
 * thousand passages takes two megabytes, and is searched in some milliseconds.
 */
import type { DocumentQueries } from "../store/documents.ts";

interface Vectors {
  /** One a vector: the passage that it is of. */
  readonly numbers: Uint32Array;
  readonly bytes: Int8Array;
  /** One a vector: what makes its length 1. */
  readonly scales: Float32Array;
}

/** How near each passage of a document is to a question, by number. */
export type Similarities = ReadonlyMap<number, number>;

const mostDocuments = 60;

export class PassageIndex {
  /** The one that was asked for last is last. */
  readonly #documents = new Map<string, Vectors>();

  constructor(
    private readonly documents: Pick<DocumentQueries, "passageVectors">,
    private readonly model: string,
    private readonly dimensions: number,
  ) {}

  /** Of the nearest piece of each passage, -1 to 1; those without a vector are left out. */
  similarities(documentId: string, query: Float32Array): Similarities {
    const { numbers, bytes, scales } = this.#vectorsOf(documentId);
    const found = new Map<number, number>();
    for (let at = 0; at < numbers.length; at++) {
      let sum = 0;
      const offset = at * this.dimensions;
      for (let index = 0; index < this.dimensions; index++)
        sum += (query[index] ?? 0) * (bytes[offset + index] ?? 0);
      const number = numbers[at] ?? 0;
      const similarity = sum * (scales[at] ?? 0);
      if (similarity > (found.get(number) ?? -1)) found.set(number, similarity);
    }
    return found;
  }

  /** Its vectors have changed, or it is gone. */
  forget(documentId: string): void {
    this.#documents.delete(documentId);
  }

  #vectorsOf(documentId: string): Vectors {
    const known = this.#documents.get(documentId) ?? this.#read(documentId);
    this.#documents.delete(documentId);
    this.#documents.set(documentId, known);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > mostDocuments && oldest !== undefined) this.#documents.delete(oldest);
    return known;
  }

  #read(documentId: string): Vectors {
    const rows = this.documents
      .passageVectors(documentId, this.model)
      // Vectors of another length were made by a model that only shares the name.
      .filter(({ embedding }) => embedding.length > 0 && embedding.length % this.dimensions === 0);
    const count = rows.reduce((sum, { embedding }) => sum + embedding.length / this.dimensions, 0);
    const numbers = new Uint32Array(count);
    const bytes = new Int8Array(count * this.dimensions);
    let at = 0;
    for (const { number, embedding } of rows) {
      bytes.set(
        new Int8Array(embedding.buffer, embedding.byteOffset, embedding.length),
        at * this.dimensions,
      );
      for (let left = embedding.length; left > 0; left -= this.dimensions) numbers[at++] = number;
    }
    const scales = new Float32Array(count);
    for (let vector = 0; vector < count; vector++) {
      let squares = 0;
      for (let index = 0; index < this.dimensions; index++)
        squares += (bytes[vector * this.dimensions + index] ?? 0) ** 2;
      scales[vector] = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    }
    return { numbers, bytes, scales };
  }
}
