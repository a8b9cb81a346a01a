/** Finds the memories that bear on a question: by meaning where there is an embedder that answers in time, and by words. */
import type { Embedder } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { MemoryQueries } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { asksAboutOneself } from "./asks-about-oneself.ts";
import { embedInTime } from "./embed-in-time.ts";
import { vectorName } from "./memory-vectors.ts";
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

interface RecallDeps {
  readonly memories: MemoryQueries;
  /** null: words alone. */
  readonly embedder: Embedder | null;
  readonly log: Log;
  /** How long recall waits for the question's embedding. */
  readonly embedDeadlineMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called when the embedder has answered. */
  readonly onEmbedded: () => void;
}

/** The number of nearest memories to rank, and of those that share words with the question. */
const mostCandidates = 32;
/** In characters: embedding models read no more of it. */
const longestQuestion = 2_000;

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
    const { memories } = this.#deps;
    const terms = options.by === "meaning" ? [] : searchTerms(question);
    const vector = await this.#vectorOf(question, options.signal);
    const at = { ...options, asOf: options.asOf ?? this.#deps.now() };
    const found = new Map<string, Memory>();
    for (const memory of [...this.#near(vector, at), ...this.#worded(terms, at)])
      found.set(memory.id, memory);
    const ids = [...found.keys()];
    const hits = new Map(ids.map((id) => [id, 0]));
    for (const term of terms)
      for (const id of memories.holding(ids, withSynonyms(term))) hits.set(id, (hits.get(id) ?? 0) + 1);
    const candidates = [...found.values()].map((memory) => ({
      memory,
      similarity: vector === null ? null : (this.#index?.similarity(memory.id, vector) ?? null),
      coverage: terms.length === 0 ? 0 : (hits.get(memory.id) ?? 0) / terms.length,
    }));
    return rankMemories(candidates, { isAboutOneself: asksAboutOneself(question), limit });
  }

  /** @returns null when the question has no embedding */
  async #vectorOf(question: string, signal: AbortSignal): Promise<Float32Array | null> {
    const { embedder, embedDeadlineMs, log, onEmbedded } = this.#deps;
    if (embedder === null) return null;
    try {
      // Its last sign means nothing, and changes the vector: 0.51 false memories a question become 0.39 without it.
      const asked = question.slice(0, longestQuestion).replace(/[\s?!.]+$/, "");
      const [vector] = await embedInTime(embedder, [asked], embedDeadlineMs, signal);
      onEmbedded();
      return vector ?? null;
    } catch (error) {
      signal.throwIfAborted();
      log.warn("recall_by_text_alone", { error });
      return null;
    }
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
