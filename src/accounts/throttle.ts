/**
 * Slows down guesses of passwords: after a few failures each further one doubles the wait. Failures are counted by name,
 * against guesses from many addresses, and by address, against guesses at many names. Kept in memory: a restart clears it.
 * It knows nothing of passwords.
 */

import { say } from "../texts/say.ts";
import { TooManyRequestsError } from "./account-errors.ts";

interface Failures {
  count: number;
  /** Milliseconds since 1970; until then all tries are refused. */
  waitUntil: number;
  /** The wait was reported since the last try. */
  reported: boolean;
  last: number;
}

interface ThrottleLimits {
  /** The number of failures without a wait. */
  readonly free: number;
  readonly longestWaitMs: number;
}

/** Beyond this number the oldest are forgotten. */
const mostKept = 10_000;
const forgottenAfterMs = 60 * 60 * 1000;

export class Throttle {
  readonly #failures = new Map<string, Failures>();

  constructor(
    private readonly limits: ThrottleLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Counts a try as failed before it is made: concurrent tries must not all pass.
   * @param onWait called once a wait, however many tries are refused in it
   * @returns takes back this try when it succeeds, and only this one: a login to one's own account must not clear the failures
   * @throws TooManyRequestsError during a wait
   */
  begin(key: string, onWait: () => void): () => void {
    const now = this.now();
    const known = this.#failures.get(key);
    const failures =
      known && now - known.last < forgottenAfterMs
        ? known
        : { count: 0, waitUntil: 0, reported: false, last: now };
    if (failures.waitUntil > now) {
      if (!failures.reported) onWait();
      failures.reported = true;
      throw new TooManyRequestsError(
        say`Too many failed logins.`,
        "logins",
        Math.ceil((failures.waitUntil - now) / 1000),
      );
    }
    failures.count++;
    failures.reported = false;
    failures.last = now;
    const beyond = failures.count - this.limits.free;
    failures.waitUntil =
      beyond <= 0 ? 0 : now + Math.min(this.limits.longestWaitMs, 1000 * 2 ** (beyond - 1));
    // Deleted and set again: the map stays in the order of the last failure.
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
