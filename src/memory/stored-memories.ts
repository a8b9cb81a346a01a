/**
 * What is done to one stored memory of an owner: stored, corrected, forgotten, brought back, erased. What is forgotten leaves
 * the receipts and prompts that quote it in the same transaction. It knows nothing of vectors or of recall.
 */
import { IdempotencyKeyReusedError, NotFoundError } from "../errors.ts";
import { rewriteQuotes } from "../generations/quoted-memories.ts";
import type { Store } from "../store/database.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";

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

interface StoredMemoriesDeps {
  readonly store: Pick<Store, "memories" | "messages" | "generations" | "commit">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with the conversations whose prompts no longer say the same. */
  readonly onPromptsChanged: (conversationIds: readonly string[]) => void;
}

const saysTheSame = (one: Memory, other: Memory) =>
  one.key === other.key && one.value === other.value && one.category === other.category;

export class StoredMemories {
  readonly #deps: StoredMemoriesDeps;

  constructor(deps: StoredMemoriesDeps) {
    this.#deps = deps;
  }

  /** @see AssistantMemory.memorize */
  insert({ id = Bun.randomUUIDv7(), conversationId, messageId, ...text }: NewMemory): Promise<Memory> {
    const { store, now } = this.#deps;
    const memory: Memory = {
      ...text,
      id,
      conversationId: conversationId ?? null,
      messageId: messageId ?? null,
      embeddingModel: null,
      embedding: null,
      createdAt: now(),
      deletedAt: null,
      withdrawnAt: null,
    };
    // Within the transaction: of two at one moment the second must find the first.
    return store.commit(() => {
      const earlier = store.memories.getAny(id);
      if (earlier === undefined) {
        store.memories.insert(memory);
        // Its conversation may have been deleted while the answer was written.
        if (conversationId !== undefined) store.memories.followSource(conversationId, memory.createdAt);
      } else if (!saysTheSame(earlier, memory)) throw new IdempotencyKeyReusedError();
      return earlier ?? memory;
    });
  }

  get(ownerId: OwnerId, id: string): Memory | undefined {
    const found = this.#deps.store.memories.get(id);
    return found?.ownerId === ownerId ? found : undefined;
  }

  change(ownerId: OwnerId, id: string, change: MemoryChange): Promise<Memory> {
    const { memories, commit } = this.#deps.store;
    return commit(() => {
      required(ownerId, memories.get(id));
      memories.setText(id, change);
      return required(ownerId, memories.get(id));
    });
  }

  forget(ownerId: OwnerId, id: string): Promise<Memory> {
    const { memories } = this.#deps.store;
    return this.#requoting(id, () => {
      const found = required(ownerId, memories.get(id));
      memories.setDeleted(id, this.#deps.now());
      return found;
    });
  }

  async bringBack(ownerId: OwnerId, id: string): Promise<Memory> {
    const { memories } = this.#deps.store;
    await this.#requoting(id, () => {
      required(ownerId, memories.getAny(id));
      memories.setDeleted(id, null);
    });
    return required(ownerId, memories.getAny(id));
  }

  canBringBack(ownerId: OwnerId, id: string): boolean {
    const found = this.#deps.store.memories.getAny(id);
    return found?.ownerId === ownerId && found.deletedAt !== null;
  }

  erase(ownerId: OwnerId, id: string): Promise<void> {
    const { memories } = this.#deps.store;
    return this.#requoting(
      id,
      () => {
        required(ownerId, memories.getAny(id));
        memories.setDeleted(id, this.#deps.now());
      },
      () => memories.erase([id]),
    );
  }

  /** In one transaction: changes a memory, then what quotes it, then does the rest. */
  async #requoting<T>(id: string, change: () => T, rest: () => void = () => {}): Promise<T> {
    const { store, onPromptsChanged } = this.#deps;
    const { result, changed } = await store.commit(() => {
      const result = change();
      const changed = rewriteQuotes(store, [id]);
      rest();
      return { result, changed };
    });
    if (changed.length > 0) onPromptsChanged(changed);
    return result;
  }
}

/** @throws NotFoundError also for another owner's */
function required(ownerId: OwnerId, found: Memory | undefined): Memory {
  if (found?.ownerId === ownerId) return found;
  throw new NotFoundError(say`There is no such memory.`);
}
