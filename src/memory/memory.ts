/**
 * What the assistant remembers: memorize, recall what bears on a question, correct and forget. What is forgotten leaves the
 * receipts and prompts that quote it, and can be brought back for a while. Knows nothing of HTTP.
 */
import type { Embedder } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { MemoryPageOptions } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { EmbeddingWorker } from "./embedding-worker.ts";
import { vectorName } from "./memory-vectors.ts";
import type { RecalledMemory } from "./rank-memories.ts";
import { Recall, type RecallOptions } from "./recall.ts";
import { type MemoryChange, type NewMemory, StoredMemories } from "./stored-memories.ts";

export type { MemoryChange, NewMemory } from "./stored-memories.ts";

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
  /** Whether finished answers of this owner are remembered. */
  remembersExchanges(ownerId: OwnerId): boolean;
  /** Resolves when the background has nothing left to embed. */
  pending(): Promise<void>;
}

export interface MemoryDependencies {
  readonly store: Pick<Store, "memories" | "messages" | "generations" | "commit">;
  /** null: text search alone. It stays its maker's to dispose of, after this. */
  readonly embedder: Embedder | null;
  readonly log: Log;
  /** Whether an owner's finished answers are remembered; absent: they are. */
  readonly remembers?: (ownerId: OwnerId) => boolean;
  /** Called with the conversations whose prompts no longer quote a memory, or do so again. */
  readonly onPromptsChanged?: (conversationIds: readonly string[]) => void;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
  /** How long recall waits for the question's embedding; for tests. */
  readonly embedDeadlineMs?: number;
}

export function createMemory(dependencies: MemoryDependencies): AssistantMemory {
  const { store, embedder, log, now = Date.now, embedDeadlineMs = 2_000 } = dependencies;
  const { memories, commit } = store;
  const { onPromptsChanged = () => {}, remembers = () => true } = dependencies;
  const stored = new StoredMemories({ store, now, onPromptsChanged });
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

  const waking = async (change: Promise<Memory>) => {
    const changed = await change;
    worker?.wake();
    return changed;
  };

  return {
    memorize: (memory) => waking(stored.insert(memory)),
    recall: (question, limit, options) => recall.find(question, limit, options),
    newest: (ownerId, count) => memories.newest(ownerId, count),
    page: (ownerId, limit, options) => memories.page(ownerId, limit, options),
    get: (ownerId, id) => stored.get(ownerId, id),
    change: (ownerId, id, change) => waking(stored.change(ownerId, id, change)),
    forget: (ownerId, id) => stored.forget(ownerId, id),
    bringBack: (ownerId, id) => waking(stored.bringBack(ownerId, id)),
    canBringBack: (ownerId, id) => stored.canBringBack(ownerId, id),
    erase: (ownerId, id) => stored.erase(ownerId, id),
    remembersExchanges: remembers,
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
