/**
 * Where the program connects to: each request by `fetch` is counted by its origin, whoever makes it. It stands in place of the
 * global `fetch` while it lives, so that no part can be forgotten.
 */

export interface Connection {
  /** As "https://models.example:8000". */
  readonly origin: string;
  readonly requests: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

/** However many servers there are, no more are kept. */
const mostOrigins = 500;

export class Connections implements Disposable {
  readonly #seen = new Map<string, Connection>();
  readonly #original = globalThis.fetch;

  /** @param now for tests: milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    const original = this.#original;
    const counted = (...[input, init]: Parameters<typeof fetch>) => {
      const address = input instanceof Request ? input.url : String(input);
      if (URL.canParse(address)) this.#count(new URL(address).origin, now());
      return original(input, init);
    };
    globalThis.fetch = Object.assign(counted, { preconnect: original.preconnect });
  }

  /** The newest first. */
  list(): readonly Connection[] {
    return [...this.#seen.values()].toSorted((one, other) => other.lastAt - one.lastAt);
  }

  #count(origin: string, lastAt: number): void {
    const requests = (this.#seen.get(origin)?.requests ?? 0) + 1;
    if (requests > 1 || this.#seen.size < mostOrigins) this.#seen.set(origin, { origin, requests, lastAt });
  }

  [Symbol.dispose](): void {
    globalThis.fetch = this.#original;
  }
}
