/** Chat completions of /v1 that one owner had stored. It knows nothing of HTTP. */
import type { Store } from "../store/database.ts";
import type { Generation, OwnerId } from "../store/schema.ts";

interface Theirs {
  readonly ownerId: OwnerId;
  /** undefined: it is not theirs. */
  readonly generations: { get(id: string): Generation | undefined };
  readonly messages: { isThere(id: string): boolean };
}

export type StoredCompletions = ReturnType<typeof storedCompletionsOf>;

/** @param theirs what one owner has */
export const storedCompletionsOf = (store: () => Pick<Store, "generations">, theirs: Theirs) => ({
  /** Oldest first. */
  list: () => store().generations.storedCompletions(theirs.ownerId),
  /** @returns undefined when there is none, or it was deleted */
  find(id: string): Generation | undefined {
    const generation = theirs.generations.get(id);
    const isStored = generation?.request?.completion !== undefined;
    return isStored && theirs.messages.isThere(generation.messageId) ? generation : undefined;
  },
  setMetadata({ id, request }: Generation, metadata: Readonly<Record<string, string>>): void {
    if (request !== null && theirs.generations.get(id) !== undefined)
      store().generations.update(id, { request: { ...request, completion: { metadata } } });
  },
});
