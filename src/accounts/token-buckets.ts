/** Token buckets, one a key: a burst, which refills over a minute. Kept in memory. It knows nothing of what it counts. */

interface Bucket {
  /** The tokens left; below 0 when more was used than the bucket had. */
  left: number;
  /** Milliseconds since 1970. */
  filledAt: number;
}

export interface Allowance {
  readonly left: number;
  /** Seconds until the bucket is full; for an empty one, until it has something. */
  readonly seconds: number;
}

const minuteMs = 60_000;
/** Beyond this number full buckets are forgotten: they equal new ones. */
const mostKept = 10_000;

export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  /** @param perMinute the size of a bucket, and what refills in a minute */
  constructor(
    readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** The tokens left, without taking any. */
  look(key: string): Allowance {
    return this.#allowanceOf(this.#filled(key).left);
  }

  /** Takes tokens, even more than the bucket has: it then refills for longer. */
  take(key: string, amount: number): Allowance {
    const bucket = this.#filled(key);
    bucket.left -= amount;
    return this.#allowanceOf(bucket.left);
  }

  #allowanceOf(left: number): Allowance {
    const lacking = left < 1 ? 1 - left : this.perMinute - left;
    return { left: Math.max(0, Math.floor(left)), seconds: Math.ceil((lacking / this.perMinute) * 60) };
  }

  #filled(key: string): Bucket {
    const now = this.now();
    const bucket = this.#buckets.get(key) ?? { left: this.perMinute, filledAt: now };
    const flowed = (Math.max(0, now - bucket.filledAt) / minuteMs) * this.perMinute;
    bucket.left = Math.min(this.perMinute, bucket.left + flowed);
    bucket.filledAt = now;
    if (!this.#buckets.has(key) && this.#buckets.size >= mostKept) this.#forgetFull(now);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #forgetFull(now: number): void {
    for (const [key, { filledAt }] of this.#buckets)
      if (now - filledAt >= minuteMs) this.#buckets.delete(key);
  }
}
