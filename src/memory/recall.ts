/** Finds the memories that bear on a question: by meaning where there is an embedder that answers in time, and by words. */
import type { MemoryQueries } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { vectorName } from "./memory-vectors.ts";
import { formOf } from "./question-form.ts";
import { type QuestionVectorDeps, questionVector } from "./question-vector.ts";
import { type RecalledMemory, rankMemories } from "./rank-memories.ts";
import { searchTerms } from "./search-terms.ts";
import { withSynonyms } from "./synonyms.ts";
import { coverageOf, type WeighedTerm, weightOf } from "./term-coverage.ts";
import { VectorIndex } from "./vector-index.ts";

export interface RecallOptions {
  /** Whose memories: nobody else's are looked at. */
  readonly ownerId: OwnerId;
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
export class Recall {
  readonly #deps: RecallDeps;
  readonly #index: VectorIndex | null;

  constructor(deps: RecallDeps) {
    const { embedder, memories } = deps;
    this.#deps = deps;
    this.#index =
      embedder === null ? null : new VectorIndex(memories, vectorName(embedder.model), embedder.dimensions);
  }

  /** @returns best first; none when none bears on it. @throws `signal.reason` */
  async find(question: string, limit: number, options: RecallOptions): Promise<RecalledMemory[]> {
    options.signal.throwIfAborted();
    if (limit <= 0) return [];
    const terms = options.by === "meaning" ? [] : searchTerms(question);
    const vector = await questionVector(question, this.#deps, "recall_by_text_alone", options.signal);
    const at = { ...options, asOf: options.asOf ?? this.#deps.now() };
    const found = new Map<string, Memory>();
    for (const memory of [...this.#near(vector, at), ...this.#worded(terms, at)])
      found.set(memory.id, memory);
    const weighed = this.#weighed([...found.keys()], terms, options.ownerId);
    const candidates = [...found.values()].map((memory) => ({
      memory,
      similarity: vector === null ? null : (this.#index?.similarity(memory.id, vector) ?? null),
      coverage: coverageOf(weighed, memory.id),
    }));
    return rankMemories(candidates, { ...formOf(question), terms: terms.length, limit });
  }

  /** The terms, each with those of these memories that hold it. Words that very many hold are passed over. */
  #weighed(
    ids: readonly string[],
    terms: readonly string[],
    ownerId: OwnerId,
  ): readonly WeighedTerm<string>[] {
    const { memories } = this.#deps;
    const all = memories.count(ownerId);
    const counted = terms.map((term) => {
      const similar = withSynonyms(term);
      return { term, similar, count: memories.countHolding(ownerId, similar) };
    });
    return memories.withoutCommon(counted).map(({ term, similar, count }) => ({
      weight: weightOf(all, count),
      literal: new Set(memories.holding(ids, [term])),
      similar: new Set(memories.holding(ids, similar)),
    }));
  }

  /** The ids of the owner's nearest memories by vector, among those that were known and valid at `asOf`. */
  nearest(ownerId: OwnerId, vector: Float32Array, limit: number, asOf: number): readonly string[] {
    return (this.#index?.nearest(ownerId, vector, { limit, atLeast: 0, asOf }) ?? []).map(({ id }) => id);
  }

  #near(
    vector: Float32Array | null,
    { ownerId, exceptConversation, asOf }: RecallOptions & { readonly asOf: number },
  ): readonly Memory[] {
    if (vector === null || this.#index === null) return [];
    const { memories } = this.#deps;
    return this.#index
      .nearest(ownerId, vector, { limit: mostCandidates, atLeast: 0, asOf, exceptConversation })
      .map(({ id }) => memories.get(id))
      .filter((memory) => memory !== undefined)
      .filter(({ id }) => memories.isCurrent(id, asOf));
  }

  #worded(
    terms: readonly string[],
    { ownerId, ...options }: RecallOptions & { readonly asOf: number },
  ): readonly Memory[] {
    const search = (match: "all" | "any") =>
      this.#deps.memories.searchText(ownerId, terms, match, mostCandidates, options);
    const all = search("all");
    return all.length > 0 ? all : search("any");
  }
}
