/** Looks at the storage every second, and tells when what is wrong with it has begun, changed or passed. */
import type { StorageState } from "./storage-check.ts";

/** Milliseconds between two looks. */
const intervalMs = 1_000;

export class StorageWatch implements Disposable {
  readonly #check: () => StorageState;
  readonly #listeners = new Set<(state: StorageState) => void>();
  readonly #timer: ReturnType<typeof setInterval>;
  #known: StorageState;

  constructor(check: () => StorageState, everyMs = intervalMs) {
    this.#check = check;
    this.#known = check();
    this.#timer = setInterval(() => this.state(), everyMs);
  }

  /** As it is now. */
  state(): StorageState {
    const state = this.#check();
    const before = this.#known;
    this.#known = state;
    if (state.problem !== before.problem || state.isUrgent !== before.isUrgent)
      for (const listener of this.#listeners) listener(state);
    return state;
  }

  /** @returns what ends the telling */
  onChange(listener: (state: StorageState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }
}
