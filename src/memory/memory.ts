/**
 * What the assistant remembers: memorize, recall what bears on a question, correct and forget. What is forgotten leaves the
 * receipts and prompts that quote it, and can be brought back for a while. Knows nothing of HTTP.
 */
import type { Embedder, RankerLookup } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { MemoryPageOptions, MemoryText } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { ContradictionFinder } from "./contradictions.ts";
import { dropOtherVectors, EmbeddingWorker } from "./embedding-worker.ts";
import { textsOf, vectorName } from "./memory-vectors.ts";
import type { RecalledMemory } from "./rank-memories.ts";
import { Recall, type RecallOptions } from "./recall.ts";
import { reranked } from "./reranked.ts";
import {
  type ForgottenMemories,
  type MemoryChange,
  type NewMemory,
  StoredMemories,
  type SupersedingText,
} from "./stored-memories.ts";

export type { ForgottenMemories, MemoryChange, NewMemory, SupersedingText } from "./stored-memories.ts";

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
  /** Also a deleted one, of any owner. */
  getAny(id: string): Memory | undefined;
  /** @throws NotFoundError or StorageError */
  change(ownerId: OwnerId, id: string, change: MemoryChange): Promise<Memory>;
  /** Another one takes its place; it stays for the time before. @throws NotFoundError or StorageError */
  supersede(ownerId: OwnerId, id: string, said: SupersedingText): Promise<Memory>;
  /** Says that it did not bear on a question (1), or takes that back (-1). @throws NotFoundError or StorageError */
  dismiss(ownerId: OwnerId, id: string, by: 1 | -1): Promise<Memory>;
  /** All values of its subject, the newest first, and those that it replaces by name. */
  history(ownerId: OwnerId, id: string): readonly Memory[];
  /** Whether it is what holds now. */
  isCurrent(id: string): boolean;
  /** Those that may contradict it, hold now and were not settled. */
  contradicting(ownerId: OwnerId, id: string): readonly Memory[];
  /** Says of two that this one holds. @throws NotFoundError or StorageError */
  prefer(ownerId: OwnerId, id: string, otherId: string): Promise<void>;
  /** Says of two that both are right. @throws NotFoundError or StorageError */
  settle(ownerId: OwnerId, id: string, otherId: string): Promise<void>;
  /** The categories that are in use, the most frequent first. */
  categories(ownerId: OwnerId): readonly string[];
  /** All that are there, in the order in which they were stored. */
  inOrder(ownerId: OwnerId): Iterable<MemoryText>;
  /** The ids of those that an import has brought. */
  ofImport(ownerId: OwnerId, importId: string): readonly string[];
  /** Forgets several in one moment. @throws StorageError */
  forgetAll(ownerId: OwnerId, ids: readonly string[]): Promise<ForgottenMemories>;
  /** Brings forgotten ones back, as a part of an import. @throws NotFoundError or StorageError */
  bringBackInto(ownerId: OwnerId, ids: readonly string[], importId: string): Promise<void>;
  /** Brings those back that were forgotten in this moment. @returns how many */
  bringBackAll(ownerId: OwnerId, moment: number): Promise<number>;
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
  /** Resolves when the background has nothing left to embed and to compare. */
  pending(): Promise<void>;
}

export interface MemoryDependencies {
  readonly store: Pick<Store, "memories" | "messages" | "generations" | "projects" | "commit">;
  /** null: text search alone. It stays its maker's to dispose of, after this. */
  readonly embedder: Embedder | null;
  /** What says how well a memory answers a question; null, or left out: nothing does. It stays its maker's. */
  readonly ranker?: RankerLookup | undefined;
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
  const worker =
    embedder === null ? null : new EmbeddingWorker(memories, commit, embedder, log, { textsOf, vectorName });
  const onEmbedded = () => worker?.wakeIfGaveUp();
  const recall = new Recall({ memories, embedder, log, embedDeadlineMs, now, onEmbedded });
  const finder = new ContradictionFinder({ store, log, now, recall });
  const wake = () => {
    worker?.wake();
    // Facts are compared by their meaning, too, once they have a vector.
    if (worker === null) finder.wake();
    else void worker.idle().then(() => finder.wake());
  };
  const begin = async (model: string) => {
    try {
      await dropOtherVectors((after) => commit(() => memories.dropVectorsBut(vectorName(model), after)));
    } catch (error) {
      // The program also starts when writes fail.
      log.warn("memories_not_embedded", { error });
    }
    wake();
    // The first question need not wait for it. Where it fails, that one tries again, and says why.
    recall.ready().catch(() => {});
  };
  const begun = embedder === null ? wake() : begin(embedder.model);

  const waking = async <Changed>(change: Promise<Changed>) => {
    const changed = await change;
    wake();
    return changed;
  };

  return {
    memorize: (memory) => waking(stored.insert(memory)),
    recall: (question, limit, options) =>
      reranked(
        question,
        limit,
        dependencies,
        (most) => recall.find(question, most, options),
        ({ memory }) => textsOf(memory).join("\n"),
        options.signal,
      ),
    newest: (ownerId, count) => memories.newest(ownerId, count),
    page: (ownerId, limit, options) => memories.page(ownerId, limit, options),
    getAny: (id) => memories.getAny(id),
    get: (ownerId, id) => stored.get(ownerId, id),
    change: (ownerId, id, change) => waking(stored.change(ownerId, id, change)),
    supersede: (ownerId, id, said) => waking(stored.supersede(ownerId, id, said)),
    dismiss: (ownerId, id, by) => stored.dismiss(ownerId, id, by),
    history: (ownerId, id) => stored.history(ownerId, id),
    isCurrent: (id) => memories.isCurrent(id, now()),
    contradicting: (ownerId, id) => {
      const others = memories.some(ownerId, memories.conflictsOf(id));
      return memories.isCurrent(id, now()) ? others.filter((one) => memories.isCurrent(one.id, now())) : [];
    },
    prefer: (ownerId, id, otherId) => stored.prefer(ownerId, id, otherId),
    settle: (ownerId, id, otherId) => stored.settle(ownerId, id, otherId),
    categories: (ownerId) => memories.categories(ownerId),
    inOrder: (ownerId) => memories.inOrder(ownerId),
    ofImport: (ownerId, importId) => memories.ofImport(ownerId, importId),
    forgetAll: (ownerId, ids) => stored.forgetAll(ownerId, ids),
    bringBackInto: (ownerId, ids, importId) => waking(stored.bringBackInto(ownerId, ids, importId)),
    bringBackAll: (ownerId, moment) => waking(stored.bringBackAll(ownerId, moment)),
    forget: (ownerId, id) => stored.forget(ownerId, id),
    bringBack: (ownerId, id) => waking(stored.bringBack(ownerId, id)),
    canBringBack: (ownerId, id) => stored.canBringBack(ownerId, id),
    erase: (ownerId, id) => stored.erase(ownerId, id),
    remembersExchanges: remembers,
    pending: async () => {
      await begun;
      await worker?.idle();
      finder.wake();
      await finder.idle();
    },
    async [Symbol.asyncDispose]() {
      await begun;
      await worker?.[Symbol.asyncDispose]();
      await finder[Symbol.asyncDispose]();
      recall[Symbol.dispose]();
    },
  };
}
