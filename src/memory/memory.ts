/**
 * What the assistant remembers: memorise, and recall what bears on a question. Recall joins full-text search and
 * embeddings by reciprocal rank fusion; without an embedder, or when it is too slow, the text alone answers. Knows
 * nothing of prompts or of HTTP.
 */
import type { Embedder } from "../chat/engine.ts";
import { IdempotencyKeyReusedError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { MemoryQueries } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { embedInTime } from "./embed-in-time.ts";
import { EmbeddingWorker } from "./embedding-worker.ts";
import { fuseRanks, type RecalledMemory } from "./fuse-ranks.ts";
import { searchTerms } from "./search-terms.ts";
import { VectorIndex } from "./vector-index.ts";

export interface NewMemory {
  /** What is stored with the same id and the same text is stored once; absent: one of its own. */
  readonly id?: string;
  readonly ownerId: OwnerId;
  /** What it is about: of several memories of one key and category the newest counts. */
  readonly key: string;
  readonly value: string;
  readonly category: string;
  /** The conversation it was taken from; it is not recalled into that one. */
  readonly conversationId?: string;
}

export interface RecallOptions {
  /** Whose memories: nobody else's are looked at. */
  readonly ownerId: OwnerId;
  /** Memories taken from this conversation are left out: the model has read it already. */
  readonly exceptConversation?: string;
  readonly signal: AbortSignal;
}

export interface AssistantMemory extends AsyncDisposable {
  /**
   * @returns the memory, on disk; its embedding follows in the background
   * @throws StorageError; IdempotencyKeyReusedError when another text is stored with this id
   */
  memorize(memory: NewMemory): Promise<Memory>;
  /** @returns the memories that bear on the question, best first; none when none does. @throws `signal.reason` */
  recall(question: string, limit: number, options: RecallOptions): Promise<RecalledMemory[]>;
  newest(ownerId: OwnerId, count: number): readonly Memory[];
  /** Resolves when the background has nothing left to embed. */
  pending(): Promise<void>;
}

export interface MemoryDependencies {
  readonly memories: MemoryQueries;
  /** Runs what writes, together with what else is written at that moment. */
  readonly commit: Store["commit"];
  /** null: text search alone. It stays its maker's to dispose of, after this. */
  readonly embedder: Embedder | null;
  readonly log: Log;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
  /** How long recall waits for the question's embedding; for tests. */
  readonly embedDeadlineMs?: number;
}

/**
 * Below this cosine similarity two texts have nothing to do with each other. Measured with all-MiniLM-L6-v2: a question
 * and the memory that answers it have 0.30 to 0.48, unrelated ones up to 0.25.
 */
const similarEnough = 0.28;
/** Each search gives this many times what is asked for, so that the fusion has something to choose from. */
const candidateFactor = 4;

const saysTheSame = (one: Memory, other: Memory) =>
  one.key === other.key && one.value === other.value && one.category === other.category;

export function createMemory(dependencies: MemoryDependencies): AssistantMemory {
  const { memories, commit, embedder, log, now = Date.now, embedDeadlineMs = 2_000 } = dependencies;
  const worker = embedder === null ? null : new EmbeddingWorker(memories, commit, embedder, log);
  const index = embedder === null ? null : new VectorIndex(memories, embedder.model, embedder.dimensions);
  worker?.wake();

  const byText = (
    question: string,
    count: number,
    { ownerId, exceptConversation }: RecallOptions,
  ): readonly Memory[] => {
    const terms = searchTerms(question);
    const all = memories.searchText(ownerId, terms, "all", count, exceptConversation);
    return all.length > 0 ? all : memories.searchText(ownerId, terms, "any", count, exceptConversation);
  };

  /** @returns null when the question has no embedding */
  const byMeaning = async (
    question: string,
    count: number,
    { ownerId, exceptConversation, signal }: RecallOptions,
  ): Promise<readonly Memory[] | null> => {
    if (embedder === null || index === null) return null;
    try {
      const [vector] = await embedInTime(embedder, [question], embedDeadlineMs, signal);
      worker?.wakeIfGaveUp();
      if (vector === undefined) return null;
      return index
        .nearest(ownerId, vector, count, similarEnough, exceptConversation)
        .map(({ id }) => memories.get(id))
        .filter((memory) => memory !== undefined)
        .filter((memory) => memories.isNewestOfSubject(memory.id));
    } catch (error) {
      signal.throwIfAborted();
      log.warn("recall_by_text_alone", { error });
      return null;
    }
  };

  return {
    async memorize({ id = crypto.randomUUID(), ownerId, key, value, category, conversationId }) {
      const memory: Memory = {
        id,
        ownerId,
        key,
        value,
        category,
        conversationId: conversationId ?? null,
        embeddingModel: null,
        embedding: null,
        createdAt: now(),
      };
      // Within the transaction: of two at one moment the second must find the first.
      const stored = await commit(() => {
        const earlier = memories.get(id);
        if (earlier === undefined) memories.insert(memory);
        else if (!saysTheSame(earlier, memory)) throw new IdempotencyKeyReusedError();
        return earlier ?? memory;
      });
      worker?.wake();
      return stored;
    },

    async recall(question, limit, options) {
      options.signal.throwIfAborted();
      if (limit <= 0) return [];
      const count = limit * candidateFactor;
      const meant = await byMeaning(question, count, options);
      const found = byText(question, count, options);
      return fuseRanks(meant === null ? [found] : [found, meant]).slice(0, limit);
    },

    newest: (ownerId, count) => memories.newest(ownerId, count),
    pending: async () => worker?.idle(),
    [Symbol.asyncDispose]: async () => worker?.[Symbol.asyncDispose](),
  };
}
