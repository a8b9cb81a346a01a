/** The memories of one owner: what the assistant may recall for them. API and pages use them alike. It knows nothing of HTTP. */
import { stableId } from "../conversations/transfer/stable-id.ts";
import type { AssistantMemory, MemoryChange, NewMemory } from "../memory/memory.ts";
import type { RecalledMemory } from "../memory/rank-memories.ts";
import type { RecallOptions } from "../memory/recall.ts";
import type { OwnPreferences } from "../preferences/preferences.ts";
import type { MemoryPageOptions } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";

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
