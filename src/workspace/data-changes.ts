/** Tells who looks at an owner's price series that they have changed. It knows nothing of what has changed. */
import type { OwnerId } from "../store/schema.ts";

type Listener = () => void;

/** By the store: all that write to it and all that read from it mean the same series. */
const listeners = new WeakMap<object, Map<Listener, OwnerId>>();

const of = (store: object): Map<Listener, OwnerId> => {
  const known = listeners.get(store) ?? new Map<Listener, OwnerId>();
  listeners.set(store, known);
  return known;
};

export function tellDataChange(store: object, ownerId: OwnerId): void {
  for (const [listener, whose] of [...of(store)]) if (whose === ownerId) listener();
}

/** @returns ends it */
export function onDataChange(store: object, ownerId: OwnerId, told: Listener): () => void {
  // The same function may be given twice.
  const listener = () => told();
  of(store).set(listener, ownerId);
  return () => void of(store).delete(listener);
}
