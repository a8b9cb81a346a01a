/**
 * The vectors of one model in memory, searched whole: a cache of the table, which reads what was changed since the last
 * search. Of each subject (owner, category and key) only the memory that was the newest at the moment that is asked for is found;
 * one that is deleted makes room for the one before it. Brute force is exact, and takes 0.2 ms for a thousand vectors of 384 dimensions (`bun run bench recall`).
 */
import type { MemoryQueries } from "../store/memories.ts";
import type { MemoryVector } from "../store/memory-search.ts";
import type { OwnerId } from "../store/schema.ts";
import { unpackVectors } from "./memory-vectors.ts";
import { VectorBlocks, type VectorPlace } from "./vector-blocks.ts";

interface VectorHit {
  readonly id: string;
  /** Cosine similarity to the nearest piece, -1 to 1: the vectors have unit length. */
  readonly similarity: number;
}

interface NearestOptions {
  readonly limit: number;
  /** Milliseconds since 1970: what was known and held then. */
  readonly asOf: number;
  readonly atLeast?: number;
  readonly exceptConversation?: string | undefined;
}

interface Entry extends Omit<MemoryVector, "embedding"> {
  readonly place: VectorPlace;
}

export class VectorIndex {
  #blocks = new VectorBlocks();
  /** By owner and subject, the newest first. */
  readonly #entries = new Map<OwnerId, Map<string, Entry[]>>();
  readonly #byId = new Map<string, Entry>();
  /** How many of the changes since the start are in here; null: the table was not read yet. */
  #seen: number | null = null;
  /** The rows without an owner were read again after the first login. */
  #adopted = false;

  constructor(
    private readonly memories: Pick<MemoryQueries, "vectors" | "vector" | "changedSince">,
    private readonly model: string,
    private readonly dimensions: number,
  ) {}

  /** @returns the most similar first, at most `limit` */
  nearest(
    ownerId: OwnerId,
    query: Float32Array,
    { limit, asOf, atLeast = -1, exceptConversation }: NearestOptions,
  ): VectorHit[] {
    this.#forgetFormerOwner(ownerId);
    this.#catchUp();
    const hits: VectorHit[] = [];
    for (const ofSubject of this.#entries.get(ownerId)?.values() ?? []) {
      const entry = ofSubject.find(
        ({ createdAt, validFrom }) => createdAt <= asOf && (validFrom === null || validFrom <= asOf),
      );
      if (entry === undefined || (entry.validTo !== null && entry.validTo <= asOf)) continue;
      const { id, conversationId, place } = entry;
      if (exceptConversation !== undefined && conversationId === exceptConversation) continue;
      const similarity = this.#nearestPiece(query, place);
      const last = hits.at(-1);
      if (similarity < atLeast || (hits.length === limit && last && similarity <= last.similarity)) continue;
      const at = hits.findIndex((hit) => hit.similarity < similarity);
      hits.splice(at < 0 ? hits.length : at, 0, { id, similarity });
      if (hits.length > limit) hits.pop();
    }
    return hits;
  }

  /** @returns null when the memory has no vector here */
  similarity(id: string, query: Float32Array): number | null {
    const entry = this.#byId.get(id);
    return entry === undefined ? null : this.#nearestPiece(query, entry.place);
  }

  #nearestPiece(query: Float32Array, { block, first, length }: VectorPlace): number {
    let nearest = -1;
    for (let at = first; at < first + length; at += this.dimensions)
      nearest = Math.max(nearest, dotProduct(query, block, at));
    return nearest;
  }

  /**
   * The first login gives all rows without an owner to the first user, perhaps in another process: with the first request of a
   * user the table is read again.
   */
  #forgetFormerOwner(ownerId: OwnerId): void {
    if (ownerId === null || this.#adopted) return;
    this.#adopted = true;
    this.#entries.clear();
    this.#byId.clear();
    this.#blocks = new VectorBlocks();
    this.#seen = null;
  }

  #catchUp(): void {
    const changed = this.memories.changedSince(this.#seen ?? 0);
    if (this.#seen === null) for (const vector of this.memories.vectors(this.model)) this.#put(vector);
    else for (const id of new Set(changed)) this.#readAgain(id);
    this.#seen = (this.#seen ?? 0) + changed.length;
  }

  #readAgain(id: string): void {
    const former = this.#byId.get(id);
    if (former !== undefined) {
      this.#byId.delete(id);
      this.#blocks.release(former.place);
      const ofOwner = this.#entries.get(former.ownerId);
      const rest = ofOwner?.get(subjectOf(former))?.filter((entry) => entry.id !== id) ?? [];
      if (rest.length === 0) ofOwner?.delete(subjectOf(former));
      else ofOwner?.set(subjectOf(former), rest);
    }
    const vector = this.memories.vector(id, this.model);
    if (vector !== null) this.#put(vector);
  }

  #put({ embedding, ...own }: MemoryVector): void {
    // Vectors of another length were made by a model that only shares the name.
    const vectors = unpackVectors(embedding, this.dimensions);
    if (vectors === null) return;
    const entry = { ...own, place: this.#blocks.put(vectors) };
    const subject = subjectOf(entry);
    const ofOwner = this.#entries.get(entry.ownerId) ?? new Map<string, Entry[]>();
    this.#entries.set(entry.ownerId, ofOwner);
    const ofSubject = ofOwner.get(subject) ?? [];
    ofOwner.set(subject, ofSubject);
    const place = ofSubject.findIndex((other) => isNewer(entry, other));
    ofSubject.splice(place < 0 ? ofSubject.length : place, 0, entry);
    this.#byId.set(entry.id, entry);
  }
}

const subjectOf = ({ category, key }: Entry) => JSON.stringify([category, key]);

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

function isNewer(one: Entry, other: Entry): boolean {
  return one.createdAt === other.createdAt ? one.order > other.order : one.createdAt > other.createdAt;
}
