/**
 * The vectors of one model in one block of memory, searched whole: a cache of the table, which reads what was written
 * since the last search. One slot a subject (owner, category and key), which holds that subject's newest vector. Brute
 * force is exact, and takes 0.2 ms for a thousand vectors of 384 dimensions.
 */
import type { MemoryQueries, MemoryVector } from "../store/memories.ts";
import type { OwnerId } from "../store/schema.ts";

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity, -1 to 1: the vectors have unit length. */
  readonly similarity: number;
}

type Slot = Omit<MemoryVector, "embedding">;

export class VectorIndex {
  #vectors = new Float32Array(0);
  #slots: Slot[] = [];
  #slotOfSubject = new Map<string, number>();
  /** How many of the vectors written since the start are in here; null: the table was not read yet. */
  #seen: number | null = null;
  /** What was nobody's has been looked up again since somebody logs in. */
  #adopted = false;

  constructor(
    private readonly memories: Pick<MemoryQueries, "vectors" | "vector" | "embedded">,
    private readonly model: string,
    private readonly dimensions: number,
  ) {}

  /** @returns at least this similar, the most similar first, at most `limit` */
  nearest(
    ownerId: OwnerId,
    query: Float32Array,
    limit: number,
    atLeast: number,
    exceptConversation?: string,
  ): VectorHit[] {
    this.#forgetFormerOwner(ownerId);
    this.#catchUp();
    const hits: VectorHit[] = [];
    for (const [index, { id, ownerId: whose, conversationId }] of this.#slots.entries()) {
      if (whose !== ownerId) continue;
      if (exceptConversation !== undefined && conversationId === exceptConversation) continue;
      const similarity = dotProduct(query, this.#vectors, index * this.dimensions);
      const last = hits.at(-1);
      if (similarity < atLeast || (hits.length === limit && last && similarity <= last.similarity)) continue;
      const place = hits.findIndex((hit) => hit.similarity < similarity);
      hits.splice(place < 0 ? hits.length : place, 0, { id, similarity });
      if (hits.length > limit) hits.pop();
    }
    return hits;
  }

  /**
   * With the first login all that was nobody's becomes the first user's, maybe by another process: once somebody asks,
   * the table is read anew.
   */
  #forgetFormerOwner(ownerId: OwnerId): void {
    if (ownerId === null || this.#adopted) return;
    this.#adopted = true;
    this.#slots = [];
    this.#slotOfSubject.clear();
    this.#seen = null;
  }

  #catchUp(): void {
    const written = this.memories.embedded(this.#seen ?? 0);
    if (this.#seen === null) {
      for (const vector of this.memories.vectors(this.model)) this.#put(vector);
    } else {
      for (const id of written) {
        const vector = this.memories.vector(id, this.model);
        if (vector !== null) this.#put(vector);
      }
    }
    this.#seen = (this.#seen ?? 0) + written.length;
  }

  #put({ embedding, ...slot }: MemoryVector): void {
    // A vector of another length was made by a model that only shares the name.
    if (embedding.byteLength !== this.dimensions * Float32Array.BYTES_PER_ELEMENT) return;
    const subject = JSON.stringify([slot.ownerId, slot.category, slot.key]);
    const index = this.#slotOfSubject.get(subject) ?? this.#slots.length;
    const present = this.#slots[index];
    if (present !== undefined && isNewer(present, slot)) return;
    this.#slotOfSubject.set(subject, index);
    this.#slots[index] = slot;
    this.#makeRoomFor(index + 1);
    // Copied byte by byte: a blob may lie at any address, a Float32Array may not.
    const bytes = new Uint8Array(this.#vectors.buffer);
    bytes.set(embedding, index * embedding.byteLength);
  }

  #makeRoomFor(slots: number): void {
    if (this.#vectors.length >= slots * this.dimensions) return;
    const grown = new Float32Array(Math.max(64, slots * 2) * this.dimensions);
    grown.set(this.#vectors);
    this.#vectors = grown;
  }
}

/** Four sums side by side, because one alone would wait for itself at every addition: twice as fast. */
function dotProduct(query: Float32Array, vectors: Float32Array, offset: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const whole = query.length - (query.length % 4);
  for (let index = 0; index < whole; index += 4) {
    first += (query[index] ?? 0) * (vectors[offset + index] ?? 0);
    second += (query[index + 1] ?? 0) * (vectors[offset + index + 1] ?? 0);
    third += (query[index + 2] ?? 0) * (vectors[offset + index + 2] ?? 0);
    fourth += (query[index + 3] ?? 0) * (vectors[offset + index + 3] ?? 0);
  }
  for (let index = whole; index < query.length; index++)
    first += (query[index] ?? 0) * (vectors[offset + index] ?? 0);
  return first + second + third + fourth;
}

function isNewer(one: Slot, other: Slot): boolean {
  return one.createdAt === other.createdAt ? one.order > other.order : one.createdAt > other.createdAt;
}
