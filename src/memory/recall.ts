/** Finds the memories that bear on a question: by meaning where there is an embedder that answers in time, and by words. */
import type { MemoryQueries } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { vectorName } from "./memory-vectors.ts";
import { formOf } from "./question-form.ts";
import { type QuestionVectorDeps, questionVector } from "./question-vector.ts";
import { type RecalledMemory, rankMemories } from "./rank-memories.ts";
import { searchTerms } from "./search-terms.ts";
import { withSynonyms } from "./synonyms.ts";
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
/** Among few memories no word is much rarer than another. */
const fewMemories = 20;
/** A word that stands for a term is worth less than the term. */
const synonymShare = 0.8;

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
    const coverage = this.#coverage([...found.keys()], terms, options.ownerId);
    const candidates = [...found.values()].map((memory) => ({
      memory,
      similarity: vector === null ? null : (this.#index?.similarity(memory.id, vector) ?? null),
      coverage: coverage.get(memory.id) ?? 0,
    }));
    return rankMemories(candidates, { ...formOf(question), terms: terms.length, limit });
  }

  /** How much of the terms each holds, or words that stand for them: a rare term weighs more. */
  #coverage(ids: readonly string[], terms: readonly string[], ownerId: OwnerId): ReadonlyMap<string, number> {
    const { memories } = this.#deps;
    const all = memories.count(ownerId);
    const counts = terms.map((term) => memories.countHolding(ownerId, withSynonyms(term)));
    const areTelling = counts.some((count) => count > 0 && count < memories.mostCounted);
    const weights = counts.map((count) =>
      areTelling && count >= memories.mostCounted ? 0 : Math.log((all + fewMemories) / (count + 0.5)),
    );
    const sum = weights.reduce((total, weight) => total + Math.max(0, weight), 0);
    const coverage = new Map<string, number>();
    for (const [index, term] of terms.entries()) {
      const share = Math.max(0, weights[index] ?? 0) / (sum || 1);
      if (share === 0) continue;
      const literal = new Set(memories.holding(ids, [term]));
      for (const id of memories.holding(ids, withSynonyms(term)))
        coverage.set(id, (coverage.get(id) ?? 0) + share * (literal.has(id) ? 1 : synonymShare));
    }
    return coverage;
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
