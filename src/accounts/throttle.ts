/**
 * Slows down who guesses passwords: after a few failures each further one makes the next wait twice as long. By name, so
 * that one user is not guessed from many addresses, and by address, so that many names are not tried from one. Kept in
 * memory: a restart forgives. It knows nothing of passwords.
 */
import { TooManyRequestsError } from "./account-errors.ts";

interface Failures {
  count: number;
  /** Milliseconds since 1970: until then nothing is tried. */
  waitUntil: number;
  /** That one has to wait was said since the last try. */
  told: boolean;
  last: number;
}

export interface ThrottleLimits {
  /** So many failures cost nothing. */
  readonly free: number;
  readonly longestWaitMs: number;
}

/** Beyond this the oldest are forgotten. */
const mostKept = 10_000;
const forgottenAfterMs = 60 * 60 * 1000;

export class Throttle {
  readonly #failures = new Map<string, Failures>();

  constructor(
    private readonly limits: ThrottleLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Notes a try as failed, before it is made: many at once must not pass together.
   * @param onWait told once when one has to wait, however often it is tried meanwhile
   * @returns takes this one back when it succeeds, and only this one: an account of one's own wipes no slate clean
   * @throws TooManyRequestsError while one has to wait
   */
  begin(key: string, onWait: () => void): () => void {
    const now = this.now();
    const known = this.#failures.get(key);
    const failures =
      known && now - known.last < forgottenAfterMs
        ? known
        : { count: 0, waitUntil: 0, told: false, last: now };
    if (failures.waitUntil > now) {
      if (!failures.told) onWait();
      failures.told = true;
      throw new TooManyRequestsError(
        "Too many logins have failed.",
        "logins",
        Math.ceil((failures.waitUntil - now) / 1000),
      );
    }
    failures.count++;
    failures.told = false;
    failures.last = now;
    const beyond = failures.count - this.limits.free;
    failures.waitUntil =
      beyond <= 0 ? 0 : now + Math.min(this.limits.longestWaitMs, 1000 * 2 ** (beyond - 1));
    // Set anew, so that the map stays in the order of the last failure.
    this.#failures.delete(key);
    this.#failures.set(key, failures);
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= mostKept) break;
      this.#failures.delete(oldest);
    }
    return () => {
      failures.count--;
      failures.waitUntil = 0;
    };
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }
}
