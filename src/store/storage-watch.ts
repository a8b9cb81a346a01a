/** Checks the storage every second, and reports when a problem begins, changes or ends. */
import type { StorageState } from "./storage-check.ts";

/** Milliseconds between two checks. */
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

  /** The present state. */
  state(): StorageState {
    const state = this.#check();
    const before = this.#known;
    this.#known = state;
    if (state.problem !== before.problem || state.isUrgent !== before.isUrgent)
      for (const listener of this.#listeners) listener(state);
    return state;
  }

  /** @returns ends the subscription */
  onChange(listener: (state: StorageState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }
}
