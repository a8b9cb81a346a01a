/**
 * What is done to one stored memory of an owner: stored, corrected, forgotten, brought back, erased. What is forgotten leaves
 * the receipts and prompts that quote it in the same transaction. It knows nothing of vectors or of recall.
 */
import { IdempotencyKeyReusedError, NotFoundError } from "../errors.ts";
import { rewriteQuotes } from "../generations/quoted-memories.ts";
import type { Store } from "../store/database.ts";
import type { MemorySaid } from "../store/memories.ts";
import type { Memory, OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { subjectAfter } from "./stated-fact.ts";

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
  /** The message it was taken from; it goes with that too. */
  readonly messageId?: string;
  /** Absent: a fact that was entered, that has held always and is certain. */
  readonly kind?: Memory["kind"];
  readonly source?: Memory["source"];
  readonly place?: string | null;
  readonly validFrom?: number | null;
  readonly validTo?: number | null;
  readonly confidence?: number;
  readonly importId?: string;
  /** The project in which alone it is recalled; absent: that of its conversation. */
  readonly projectId?: string | null;
  /** The id of the memory that replaces it. */
  readonly supersededBy?: string | null;
  /** Milliseconds since 1970, never later than now; absent: now. */
  readonly createdAt?: number;
}

export type MemoryChange = Omit<MemorySaid, "supersededBy" | "dismissals">;

/** Deleted at one moment, and brought back by it. */
export interface ForgottenMemories {
  readonly moment: number;
  readonly count: number;
}

const otherWork = () => new Promise<void>((resolve) => setImmediate(resolve));

/** How many are forgotten or brought back in one transaction: others have their turn between two. */
const mostAtOnce = 100;

interface StoredMemoriesDeps {
  readonly store: Pick<Store, "memories" | "messages" | "generations" | "projects" | "commit">;
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
  insert({ id = Bun.randomUUIDv7(), conversationId, ...said }: NewMemory): Promise<Memory> {
    const { store, now } = this.#deps;
    const source = conversationId === undefined ? {} : { conversationId };
    // Within the transaction: of two at one moment the second must find the first.
    return store.commit(() => {
      const ofSource =
        conversationId === undefined ? undefined : store.projects.ofConversation(conversationId);
      const memory = rowOf({ id, projectId: ofSource?.id ?? null, ...source, ...said }, now());
      const earlier = store.memories.getAny(id);
      if (earlier === undefined) {
        store.memories.insert(memory);
        // Its conversation may have been deleted while the answer was written.
        if (conversationId !== undefined) store.memories.followSource(conversationId, now());
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
      const former = required(ownerId, memories.get(id));
      memories.setText(id, withOwnSubject(former, change));
      return required(ownerId, memories.get(id));
    });
  }

  /** What it says has changed: another one takes its place, and it stays for questions about the time before. */
  supersede(ownerId: OwnerId, id: string, said: SupersedingText): Promise<Memory> {
    const { store, now } = this.#deps;
    return store.commit(() => {
      const former = required(ownerId, store.memories.get(id));
      const { key, category, projectId } = former;
      const memory = rowOf({ ownerId, key, category, projectId, ...withOwnSubject(former, said) }, now());
      store.memories.insert(memory);
      const isOfSubject = memory.key === key && memory.category === category;
      if (!isOfSubject) store.memories.setText(id, { supersededBy: memory.id });
      return memory;
    });
  }

  /** Of two that contradict each other this one holds: the other one is replaced by it. */
  prefer(ownerId: OwnerId, id: string, otherId: string): Promise<void> {
    const { memories, commit } = this.#deps.store;
    return commit(() => {
      for (const one of [id, otherId]) required(ownerId, memories.get(one));
      if (id !== otherId) memories.setSuperseded(otherId, id);
    });
  }

  /** It did not bear on a question: it is recalled less readily from now on. */
  dismiss(ownerId: OwnerId, id: string, by: 1 | -1): Promise<Memory> {
    const { memories, commit } = this.#deps.store;
    return commit(() => {
      const { dismissals } = required(ownerId, memories.get(id));
      memories.setDismissals(id, Math.max(0, dismissals + by));
      return required(ownerId, memories.get(id));
    });
  }

  /** Both are right. */
  settle(ownerId: OwnerId, id: string, otherId: string): Promise<void> {
    const { store, now } = this.#deps;
    return store.commit(() => {
      for (const one of [id, otherId]) required(ownerId, store.memories.get(one));
      store.memories.settleConflict(id, otherId, now());
    });
  }

  /** All values of its subject that are there, the newest first, and those that it replaces by name. */
  history(ownerId: OwnerId, id: string): readonly Memory[] {
    const { memories } = this.#deps.store;
    const found = this.get(ownerId, id);
    if (found === undefined) return [];
    const all = new Map(memories.ofSubject(found).map((one) => [one.id, one]));
    // What they replace has replaced others.
    for (const { id } of all.values())
      for (const one of memories.replacedBy(id))
        if (one.ownerId === ownerId && !all.has(one.id)) all.set(one.id, one);
    return [...all.values()];
  }

  /** Those that are the owner's and there, at one moment. */
  async forgetAll(ownerId: OwnerId, ids: readonly string[]): Promise<ForgottenMemories> {
    const moment = this.#deps.now();
    let count = 0;
    for (let first = 0; first < ids.length; first += mostAtOnce) {
      const some = ids.slice(first, first + mostAtOnce);
      count += await this.#requoting(some, () => {
        const { memories } = this.#deps.store;
        const there = memories.some(ownerId, some);
        for (const { id } of there) memories.setDeleted(id, moment);
        return there.length;
      });
      await otherWork();
    }
    return { moment, count };
  }

  /** Brings forgotten ones back, as a part of an import. */
  async bringBackInto(ownerId: OwnerId, ids: readonly string[], importId: string): Promise<void> {
    const { memories } = this.#deps.store;
    for (let first = 0; first < ids.length; first += mostAtOnce) {
      const some = ids.slice(first, first + mostAtOnce);
      await this.#requoting(some, () => {
        for (const id of some) {
          required(ownerId, memories.getAny(id));
          memories.setDeleted(id, null);
          memories.setImport(id, importId);
        }
      });
      await otherWork();
    }
  }

  /** Those that were forgotten at this moment. */
  async bringBackAll(ownerId: OwnerId, moment: number): Promise<number> {
    const { memories } = this.#deps.store;
    const ids = memories.deletedAt(ownerId, moment);
    for (let first = 0; first < ids.length; first += mostAtOnce) {
      const some = ids.slice(first, first + mostAtOnce);
      await this.#requoting(some, () => {
        for (const id of some) memories.setDeleted(id, null);
      });
      await otherWork();
    }
    return ids.length;
  }

  forget(ownerId: OwnerId, id: string): Promise<Memory> {
    const { memories } = this.#deps.store;
    return this.#requoting([id], () => {
      const found = required(ownerId, memories.get(id));
      memories.setDeleted(id, this.#deps.now());
      return found;
    });
  }

  async bringBack(ownerId: OwnerId, id: string): Promise<Memory> {
    const { memories } = this.#deps.store;
    await this.#requoting([id], () => {
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
      [id],
      () => {
        required(ownerId, memories.getAny(id));
        memories.setDeleted(id, this.#deps.now());
      },
      () => memories.erase([id]),
    );
  }

  /** In one transaction: changes memories, then what quotes them, then does the rest. */
  async #requoting<T>(ids: readonly string[], change: () => T, rest: () => void = () => {}): Promise<T> {
    const { store, onPromptsChanged } = this.#deps;
    const { result, changed } = await store.commit(() => {
      const result = change();
      const changed = rewriteQuotes(store, ids);
      rest();
      return { result, changed };
    });
    if (changed.length > 0) onPromptsChanged(changed);
    return result;
  }
}

/** What takes the place of a memory; what is left out is as it was. */
export type SupersedingText = Pick<NewMemory, "value"> &
  Partial<Pick<NewMemory, "key" | "category" | "validFrom" | "source">>;

function rowOf({ id = Bun.randomUUIDv7(), createdAt, ...said }: NewMemory, now: number): Memory {
  // What came of a conversation has a model's words, unless it is said that they are the user's.
  const isOfChat = said.conversationId !== undefined || said.messageId !== undefined;
  return {
    conversationId: null,
    messageId: null,
    ...{
      kind: isOfChat ? "exchange" : "fact",
      source: "entered",
      place: null,
      validFrom: null,
      validTo: null,
      confidence: 1,
    },
    ...{ importId: null, supersededBy: null, projectId: null },
    ...said,
    id,
    createdAt: Math.min(createdAt ?? now, now),
    ...{ embeddingModel: null, embedding: null, deletedAt: null, withdrawnAt: null },
    ...{ dismissals: 0, isCompared: false },
  };
}

/** The old beginning of a text must not stand over the new one: it may have the figure that was corrected. */
function withOwnSubject<Said extends { readonly key?: string; readonly value?: string }>(
  former: Memory,
  said: Said,
): Said {
  const isKept = said.key === undefined || said.key === former.key;
  return said.value === undefined || !isKept ? said : { ...said, key: subjectAfter(former, said.value) };
}

/** @throws NotFoundError also for another owner's */
function required(ownerId: OwnerId, found: Memory | undefined): Memory {
  if (found?.ownerId === ownerId) return found;
  throw new NotFoundError(say`There is no such memory.`);
}
