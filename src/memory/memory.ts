/**
 * What the assistant remembers: memorize, recall what bears on a question, correct and forget. What is forgotten leaves the
 * receipts and prompts that quote it, and can be brought back for a while. Knows nothing of HTTP.
 */
import type { Embedder } from "../chat/engine.ts";
import { IdempotencyKeyReusedError, NotFoundError } from "../errors.ts";
import { rewriteQuotes } from "../generations/quoted-memories.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { MemoryPageOptions } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { EmbeddingWorker } from "./embedding-worker.ts";
import { vectorName } from "./memory-vectors.ts";
import type { RecalledMemory } from "./rank-memories.ts";
import { Recall, type RecallOptions } from "./recall.ts";

export interface NewMemory {
  /** The same id with the same text is stored once; absent: a new id. */
  readonly id?: string;
  readonly ownerId: OwnerId;
  /** What it is about: of several memories of one key and category the newest counts. */
  readonly key: string;
  readonly value: string;
  readonly category: string;
  /** The conversation it was taken from; it is not recalled into that one, and goes with it when it is deleted. */
  readonly conversationId?: string;
  /** The answer it was taken from; it goes with that too. */
  readonly messageId?: string;
}

export type MemoryChange = Partial<Pick<Memory, "key" | "value" | "category">>;

export interface AssistantMemory extends AsyncDisposable {
  /**
   * @returns the memory, on disk; its embedding follows in the background
   * @throws StorageError; IdempotencyKeyReusedError when another text is stored with this id
   */
  memorize(memory: NewMemory): Promise<Memory>;
  /** @returns the memories that bear on the question, best first; none when none does. @throws `signal.reason` */
  recall(question: string, limit: number, options: RecallOptions): Promise<RecalledMemory[]>;
  newest(ownerId: OwnerId, count: number): readonly Memory[];
  /** Newest first. */
  page(ownerId: OwnerId, limit: number, options?: MemoryPageOptions): readonly Memory[];
  /** undefined also for a deleted one, or another owner's. */
  get(ownerId: OwnerId, id: string): Memory | undefined;
  /** @throws NotFoundError or StorageError */
  change(ownerId: OwnerId, id: string, change: MemoryChange): Promise<Memory>;
  /** Deletes it, so that it can be brought back. @throws NotFoundError or StorageError */
  forget(ownerId: OwnerId, id: string): Promise<Memory>;
  /** @throws NotFoundError when it was erased, or StorageError */
  bringBack(ownerId: OwnerId, id: string): Promise<Memory>;
  /** Whether it was forgotten and is still kept. */
  canBringBack(ownerId: OwnerId, id: string): boolean;
  /** Removes it for good, also when it is deleted already. @throws NotFoundError or StorageError */
  erase(ownerId: OwnerId, id: string): Promise<void>;
  /** Resolves when the background has nothing left to embed. */
  pending(): Promise<void>;
}

export interface MemoryDependencies {
  readonly store: Pick<Store, "memories" | "messages" | "generations" | "commit">;
  /** null: text search alone. It stays its maker's to dispose of, after this. */
  readonly embedder: Embedder | null;
  readonly log: Log;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
  /** How long recall waits for the question's embedding; for tests. */
  readonly embedDeadlineMs?: number;
}

const saysTheSame = (one: Memory, other: Memory) =>
  one.key === other.key && one.value === other.value && one.category === other.category;

export function createMemory(dependencies: MemoryDependencies): AssistantMemory {
  const { store, embedder, log, now = Date.now, embedDeadlineMs = 2_000 } = dependencies;
  const { memories, commit } = store;
  const worker = embedder === null ? null : new EmbeddingWorker(memories, commit, embedder, log);
  const onEmbedded = () => worker?.wakeIfGaveUp();
  const recall = new Recall({ memories, embedder, log, embedDeadlineMs, onEmbedded });
  const begin = async (model: string) => {
    try {
      await commit(() => memories.dropVectorsBut(vectorName(model)));
    } catch (error) {
      // The program also starts when writes fail.
      log.warn("memories_not_embedded", { error });
    }
    worker?.wake();
  };
  const begun = embedder === null ? null : begin(embedder.model);

  const required = (ownerId: OwnerId, found: Memory | undefined): Memory => {
    if (found?.ownerId === ownerId) return found;
    throw new NotFoundError("There is no such memory.");
  };

  return {
    async memorize({ id = Bun.randomUUIDv7(), ownerId, key, value, category, conversationId, messageId }) {
      const memory: Memory = {
        id,
        ownerId,
        key,
        value,
        category,
        conversationId: conversationId ?? null,
        messageId: messageId ?? null,
        embeddingModel: null,
        embedding: null,
        createdAt: now(),
        deletedAt: null,
        withdrawnAt: null,
      };
      // Within the transaction: of two at one moment the second must find the first.
      const stored = await commit(() => {
        const earlier = memories.getAny(id);
        if (earlier === undefined) {
          memories.insert(memory);
          // Its conversation may have been deleted while the answer was written.
          if (conversationId !== undefined) memories.followSource(conversationId, memory.createdAt);
        } else if (!saysTheSame(earlier, memory)) throw new IdempotencyKeyReusedError();
        return earlier ?? memory;
      });
      worker?.wake();
      return stored;
    },

    recall: (question, limit, options) => recall.find(question, limit, options),
    newest: (ownerId, count) => memories.newest(ownerId, count),
    page: (ownerId, limit, options) => memories.page(ownerId, limit, options),
    get: (ownerId, id) => {
      const found = memories.get(id);
      return found?.ownerId === ownerId ? found : undefined;
    },

    async change(ownerId, id, change) {
      const changed = await commit(() => {
        required(ownerId, memories.get(id));
        memories.setText(id, change);
        return required(ownerId, memories.get(id));
      });
      worker?.wake();
      return changed;
    },

    forget: (ownerId, id) =>
      commit(() => {
        const found = required(ownerId, memories.get(id));
        memories.setDeleted(id, now());
        rewriteQuotes(store, [id]);
        return found;
      }),

    async bringBack(ownerId, id) {
      const back = await commit(() => {
        required(ownerId, memories.getAny(id));
        memories.setDeleted(id, null);
        rewriteQuotes(store, [id]);
        return required(ownerId, memories.getAny(id));
      });
      worker?.wake();
      return back;
    },

    canBringBack(ownerId, id) {
      const found = memories.getAny(id);
      return found?.ownerId === ownerId && found.deletedAt !== null;
    },

    erase: (ownerId, id) =>
      commit(() => {
        required(ownerId, memories.getAny(id));
        memories.setDeleted(id, now());
        rewriteQuotes(store, [id]);
        memories.erase([id]);
      }),

    pending: async () => {
      await begun;
      await worker?.idle();
    },
    async [Symbol.asyncDispose]() {
      await begun;
      await worker?.[Symbol.asyncDispose]();
    },
  };
}
