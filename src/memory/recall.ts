/** Finds the memories that bear on a question: by meaning where there is an embedder that answers in time, and by words. */
import { WorkSlices } from "../loop/work-slices.ts";
import type { MemoryQueries } from "../store/memories.ts";
import type { MemoryScope } from "../store/memory-scope.ts";
import type { MemoryVectors } from "../store/memory-search.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { isInScope } from "./memory-scope.ts";
import { similarityTo, unpackVectors, vectorName } from "./memory-vectors.ts";
import { formOf } from "./question-form.ts";
import { type QuestionVectorDeps, questionVector } from "./question-vector.ts";
import { type RecalledMemory, rankMemories } from "./rank-memories.ts";
import { searchTerms } from "./search-terms.ts";
import { withSynonyms } from "./synonyms.ts";
import { coverageOf, type WeighedTerm, weightOf } from "./term-coverage.ts";
import { measuredForOne, VectorIndex } from "./vector-index.ts";

export interface RecallOptions {
  /** Whose memories: nobody else's are looked at. */
  readonly ownerId: OwnerId;
  /** Which of them; absent: those of no project. */
  readonly scope?: MemoryScope;
  /** Memories taken from this conversation are left out: the model has read it already. */
  readonly exceptConversation?: string;
  /** Milliseconds since 1970: what was known and held then; absent: now. */
  readonly asOf?: number;
  /** By one way alone, to measure it; absent: by both. */
  readonly by?: "meaning";
  readonly signal: AbortSignal;
}

interface RecallDeps extends QuestionVectorDeps {
  readonly memories: MemoryQueries;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The number of nearest memories to rank, and of those that share words with the question. */
const mostCandidates = 32;
/** Where most of the measured vectors were replaced or belong together, more are measured, up to this number: each takes 5 µs. */
const mostMeasured = 8_192;
/** A word that very many memories hold weighs as one that so many do. */
const manyHolders = 1_000;

interface NearestOptions {
  readonly limit: number;
  /** Milliseconds since 1970: what was known and held then. */
  readonly asOf: number;
  readonly exceptConversation?: string | undefined;
  /** Absent: those of no project. */
  readonly scope?: MemoryScope | undefined;
  /** Look only at about so many that were stored last. */
  readonly newest?: number;
}

export class Recall implements Disposable {
  readonly #deps: RecallDeps;
  readonly #index: VectorIndex<MemoryVectors> | null;
  /** Who asked last: with logins, or without. */
  #isOfUsers: boolean | null = null;

  constructor(deps: RecallDeps) {
    const { embedder, memories } = deps;
    this.#deps = deps;
    this.#index =
      embedder === null ? null : new VectorIndex(memories, vectorName(embedder.model), embedder.dimensions);
  }

  /** Resolves when recall by meaning need not wait for its index. */
  async ready(): Promise<void> {
    await this.#index?.ready();
  }

  /** What the index takes in memory, in bytes. */
  get indexSize(): number {
    return this.#index?.size ?? 0;
  }

  [Symbol.dispose](): void {
    this.#index?.[Symbol.dispose]();
  }

  /** @returns best first; none when none bears on it. @throws `signal.reason` */
  async find(question: string, limit: number, options: RecallOptions): Promise<RecalledMemory[]> {
    options.signal.throwIfAborted();
    if (limit <= 0) return [];
    const { ownerId, exceptConversation, scope } = options;
    const terms = options.by === "meaning" ? [] : searchTerms(question);
    const vector = await questionVector(question, this.#deps, "recall_by_text_alone", options.signal);
    const asOf = options.asOf ?? this.#deps.now();
    const near =
      vector === null
        ? []
        : await this.nearest(ownerId, vector, { limit: mostCandidates, asOf, exceptConversation, scope });
    const slices = new WorkSlices();
    const worded = await this.#worded(terms, { ...options, asOf }, slices);
    const both = new Map([...near, ...worded].map((memory) => [memory.id, memory]));
    const found = nearestOfSubject([...both.values()]);
    const weighed = await this.#weighed(found, terms, ownerId, slices);
    const candidates = found.map((memory) => ({
      memory,
      similarity: this.#similarity(memory, vector),
      coverage: coverageOf(weighed, memory.id),
    }));
    return rankMemories(candidates, { ...formOf(question), terms: terms.length, limit });
  }

  /** The owner's memories that are nearest to a vector and hold at that moment, the nearest first. */
  async nearest(
    ownerId: OwnerId,
    vector: Float32Array,
    { limit, asOf, exceptConversation, scope, newest }: NearestOptions,
  ): Promise<readonly Memory[]> {
    if (this.#index === null) return [];
    const { memories } = this.#deps;
    this.#noticeFirstLogin(ownerId);
    for (let count = limit * measuredForOne; ; count *= 4) {
      const { near, isAll } = await this.#index.nearest([ownerId], vector, count, newest);
      const slices = new WorkSlices();
      const found: Memory[] = [];
      for (const { id, similarity } of near) {
        if (found.length === limit || similarity < 0) break;
        const memory = memories.get(id);
        if (memory === undefined || !isInScope(scope, memory.projectId)) continue;
        if (!memories.isCurrent(id, asOf)) continue;
        if (exceptConversation === undefined || memory.conversationId !== exceptConversation)
          found.push(memory);
        if (slices.isOver) await slices.next();
      }
      const isEnough = found.length === limit || (near.at(-1)?.similarity ?? -1) < 0;
      if (isEnough || isAll || count >= mostMeasured) return found;
    }
  }

  /**
   * The first login gives all rows without an owner to the first user, perhaps in another process, and the last one's end takes them
   * back.
   */
  #noticeFirstLogin(ownerId: OwnerId): void {
    const isOfUsers = ownerId !== null;
    if (this.#isOfUsers !== null && this.#isOfUsers !== isOfUsers) this.#index?.readAgain();
    this.#isOfUsers = isOfUsers;
  }

  /** Of the first piece of a memory's text; null: it has none yet. */
  vectorOf({ embedding, embeddingModel }: Memory): Float32Array | null {
    const { embedder } = this.#deps;
    if (embedding === null || embedder === null || embeddingModel !== vectorName(embedder.model)) return null;
    return unpackVectors(embedding, embedder.dimensions)?.subarray(0, embedder.dimensions) ?? null;
  }

  #similarity({ embedding, embeddingModel }: Memory, vector: Float32Array | null): number | null {
    const { embedder } = this.#deps;
    if (vector === null || embedding === null || embedder === null) return null;
    return embeddingModel === vectorName(embedder.model) ? similarityTo(vector, embedding) : null;
  }

  /** The terms, each with those of these memories that hold it. Words that very many hold are passed over where there are others. */
  async #weighed(
    found: readonly Memory[],
    terms: readonly string[],
    ownerId: OwnerId,
    slices: WorkSlices,
  ): Promise<readonly WeighedTerm<string>[]> {
    const { memories } = this.#deps;
    const counted: { term: string; similar: readonly string[]; count: number | null }[] = [];
    for (const term of terms) {
      const similar = withSynonyms(term);
      counted.push({ term, similar, count: memories.countHolding(ownerId, similar) });
      if (slices.isOver) await slices.next();
    }
    const isAnyRare = counted.some(({ count }) => count !== null && count > 0);
    const all = memories.count(ownerId);
    using texts = memories.fewTexts();
    for (const [at, { key, value }] of found.entries()) {
      texts.add(at, key, value);
      if (slices.isOver) await slices.next();
    }
    const holding = (words: readonly string[]) =>
      new Set(texts.holding(words).map((number) => found[number]?.id ?? ""));
    return counted
      .filter(({ count }) => count !== null || !isAnyRare)
      .map(({ term, similar, count }) => ({
        weight: weightOf(all, count ?? manyHolders),
        literal: holding([term]),
        similar: holding(similar),
      }));
  }

  async #worded(
    terms: readonly string[],
    { ownerId, ...options }: RecallOptions & { readonly asOf: number },
    slices: WorkSlices,
  ): Promise<readonly Memory[]> {
    const search = (match: "all" | "any") =>
      this.#deps.memories.searchText(ownerId, terms, match, mostCandidates, options);
    const all = search("all");
    if (slices.isOver) await slices.next();
    return all.length > 0 ? all : search("any");
  }
}

/** What a project says of a subject holds in it, in place of what is said elsewhere. */
function nearestOfSubject(found: readonly Memory[]): readonly Memory[] {
  const subjectOf = ({ category, key }: Memory) => JSON.stringify([category, key]);
  const ofProject = new Set(found.filter(({ projectId }) => projectId !== null).map(subjectOf));
  return found.filter((memory) => memory.projectId !== null || !ofProject.has(subjectOf(memory)));
}
