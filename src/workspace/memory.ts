/** The memories of one owner: what the assistant may recall for them. API and pages use them alike. It knows nothing of HTTP. */
import { stableId } from "../conversations/transfer/stable-id.ts";
import { memoriesAsCsv, memoriesAsJson } from "../memory/export-memories.ts";
import { importMemories, type MemoryFile, type MemoryImport } from "../memory/import-memories.ts";
import type {
  AssistantMemory,
  ForgottenMemories,
  MemoryChange,
  NewMemory,
  SupersedingText,
} from "../memory/memory.ts";
import type { RecalledMemory } from "../memory/rank-memories.ts";
import type { RecallOptions } from "../memory/recall.ts";
import { statedFact } from "../memory/stated-fact.ts";
import type { OwnPreferences } from "../preferences/preferences.ts";
import type { MemoryPageOptions } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";

export { largestMemoryFile } from "../memory/import-memories.ts";

export type OwnMemory = ReturnType<typeof memoryOf>;

/** Of all owners. */
export type MemoryOfAll = Omit<AssistantMemory, "pending" | typeof Symbol.asyncDispose>;

export function memoryOf(memory: MemoryOfAll, ownerId: OwnerId, personal: OwnPreferences) {
  return {
    /**
     * @param idempotencyKey the same one stores a memory once; null: each time
     * @throws IdempotencyKeyReusedError when it was sent with another memory
     */
    memorize: (
      added: Omit<NewMemory, "ownerId" | "id">,
      idempotencyKey: string | null = null,
    ): Promise<Memory> =>
      memory.memorize({
        ...added,
        ownerId,
        ...(idempotencyKey === null ? {} : { id: stableId("memorize", ownerId ?? "", idempotencyKey) }),
      }),
    /** Stored once with this id. @throws IdempotencyKeyReusedError */
    memorizeAs: (id: string, added: Omit<NewMemory, "ownerId" | "id">): Promise<Memory> =>
      memory.memorize({ ...added, ownerId, id }),
    /** What a person says, as a fact; of a project, or in no project. @throws IdempotencyKeyReusedError */
    state(
      text: string,
      {
        idempotencyKey = null,
        ...of
      }: { readonly idempotencyKey?: string | null; readonly projectId?: string } = {},
    ): Promise<Memory> {
      return this.memorize({ ...statedFact(text), ...of }, idempotencyKey);
    },
    /** Those that bear on a question, best first; none when none does. @throws `options.signal.reason` */
    search: (
      question: string,
      limit: number,
      options: Omit<RecallOptions, "ownerId">,
    ): Promise<readonly RecalledMemory[]> => memory.recall(question, limit, { ...options, ownerId }),
    newest: (count: number): readonly Memory[] => memory.newest(ownerId, count),
    /** Newest first. */
    page: (limit: number, options?: MemoryPageOptions): readonly Memory[] =>
      memory.page(ownerId, limit, options),
    /** undefined also for one that is deleted. */
    get: (id: string): Memory | undefined => memory.get(ownerId, id),
    /** @throws NotFoundError */
    change: (id: string, change: MemoryChange): Promise<Memory> => memory.change(ownerId, id, change),
    /** Another one takes its place; it stays for questions about the time before. @throws NotFoundError */
    supersede: (id: string, said: SupersedingText): Promise<Memory> => memory.supersede(ownerId, id, said),
    /** Says that it did not bear on a question (1), or takes that back (-1). @throws NotFoundError */
    dismiss: (id: string, by: 1 | -1): Promise<Memory> => memory.dismiss(ownerId, id, by),
    /** All values of its subject, the newest first, and those that it replaces by name. */
    history: (id: string): readonly Memory[] => memory.history(ownerId, id),
    isCurrent: (id: string): boolean => memory.isCurrent(id),
    contradicting: (id: string): readonly Memory[] => memory.contradicting(ownerId, id),
    /** Says of two that this one holds. @throws NotFoundError */
    prefer: (id: string, otherId: string): Promise<void> => memory.prefer(ownerId, id, otherId),
    /** Says of two that both are right. @throws NotFoundError */
    settle: (id: string, otherId: string): Promise<void> => memory.settle(ownerId, id, otherId),
    categories: (): readonly string[] => memory.categories(ownerId),
    /** What has taken its place; null: nothing has. */
    successorOf: ({ id, supersededBy }: Memory): Memory | null => {
      const named = supersededBy === null ? undefined : memory.get(ownerId, supersededBy);
      const [newest] = memory.history(ownerId, id);
      return named ?? (newest === undefined || newest.id === id ? null : newest);
    },
    /** All as a file, in pieces. */
    exportAs: (format: "json" | "csv") =>
      format === "json" ? memoriesAsJson(memory.inOrder(ownerId)) : memoriesAsCsv(memory.inOrder(ownerId)),
    forgetAll: (ids: readonly string[]): Promise<ForgottenMemories> => memory.forgetAll(ownerId, ids),
    bringBackAll: (moment: number): Promise<number> => memory.bringBackAll(ownerId, moment),
    /** @see importMemories */
    importFrom: (file: MemoryFile): Promise<MemoryImport> => importMemories(memory, ownerId, file),
    /** Forgets what an import has brought. */
    undoImport: (importId: string): Promise<ForgottenMemories> =>
      memory.forgetAll(ownerId, memory.ofImport(ownerId, importId)),
    /** Deletes it, so that it can be brought back. @throws NotFoundError */
    forget: (id: string): Promise<Memory> => memory.forget(ownerId, id),
    /** @throws NotFoundError when it was erased */
    bringBack: (id: string): Promise<Memory> => memory.bringBack(ownerId, id),
    /** Whether it was forgotten and is still kept. */
    canBringBack: (id: string): boolean => memory.canBringBack(ownerId, id),
    /** Whether finished answers are remembered. */
    remembersExchanges: (): boolean => memory.remembersExchanges(ownerId),
    /** Switches that on or off; what is remembered already stays. */
    rememberExchanges: (isOn: boolean): Promise<void> => personal.change({ remember_exchanges: isOn }),
    /** Removes it for good. @throws NotFoundError */
    erase: (id: string): Promise<void> => memory.erase(ownerId, id),
  };
}
