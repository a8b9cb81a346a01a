/**
 * How much each user may have at once and over time, so that nobody takes the machine away from the others. Whoever uses
 * it without a login is not held to any of it. It knows nothing of HTTP.
 */
import type { LimitSettings } from "../settings/settings.ts";
import type { OwnerId } from "../store/schema.ts";
import { OverloadedError, TooManyRequestsError } from "./account-errors.ts";
import { type Allowance, TokenBuckets } from "./token-buckets.ts";

/** Each kind is counted for itself: who reads many answers can still open a page. */
export type StreamKind = "answer" | "page" | "socket" | "file";

/** What a client is told to wait when it has as much at once as it may: about one answer's time. */
export const retryAfterSeconds = 10;
/** Requests for embeddings of one user. */
const embeddingsAtOnce = 2;

export class UsageLimits {
  /** By user, or by the address of a stranger. */
  readonly requests: TokenBuckets;
  /** Of one user. */
  readonly tokensPerMinute: number;
  readonly #tokens: TokenBuckets;
  readonly #settings: LimitSettings;
  /** Questions that are being stored: they are not yet among those that are unfinished. */
  readonly #asking = new Map<string, number>();
  readonly #streams = new Map<string, number>();
  #streamsInAll = 0;
  readonly #importing = new Set<string>();
  readonly #embedding = new Map<string, number>();

  constructor(settings: LimitSettings, now: () => number = Date.now) {
    this.#settings = settings;
    this.requests = new TokenBuckets(settings.requestsPerMinute, now);
    this.tokensPerMinute = settings.tokensPerMinute;
    this.#tokens = new TokenBuckets(settings.tokensPerMinute, now);
  }

  /**
   * How many answers more than now a user may have at once, and read.
   * @param unfinished how many answers of theirs are being made or wait
   */
  answersLeft(ownerId: OwnerId, unfinished: () => number): number {
    if (ownerId === null) return Number.POSITIVE_INFINITY;
    const { answersAtOnce, streamsAtOnce } = this.#settings;
    const now = unfinished() + (this.#asking.get(ownerId) ?? 0);
    return Math.max(0, Math.min(answersAtOnce, streamsAtOnce) - now);
  }

  /**
   * Asks a question for a user, if they may.
   * @param unfinished how many answers of theirs are being made or wait
   * @throws TooManyRequestsError
   */
  async answering<T>(ownerId: OwnerId, unfinished: () => number, ask: () => Promise<T>): Promise<T> {
    if (ownerId === null) return ask();
    const asking = this.#asking.get(ownerId) ?? 0;
    const { answersAtOnce } = this.#settings;
    if (unfinished() + asking >= answersAtOnce)
      throw new TooManyRequestsError(
        `You have ${answersAtOnce} answers at once already, the most that one user may have.`,
        "answers_at_once",
        retryAfterSeconds,
      );
    this.#requireTokens(ownerId);
    const end = countedOneMore(this.#asking, ownerId);
    try {
      return await ask();
    } finally {
      end();
    }
  }

  /** The tokens that a user may still use. */
  tokens(ownerId: string): Allowance {
    return this.#tokens.look(ownerId);
  }

  /** Before texts are embedded for a user. @returns ends it @throws TooManyRequestsError */
  beginEmbedding(ownerId: OwnerId): () => void {
    if (ownerId === null) return () => {};
    const own = this.#embedding.get(ownerId) ?? 0;
    if (own >= embeddingsAtOnce)
      throw new TooManyRequestsError(
        `You have ${embeddingsAtOnce} requests for embeddings at once already, the most that one user may have.`,
        "embeddings_at_once",
        retryAfterSeconds,
      );
    this.#requireTokens(ownerId);
    return countedOneMore(this.#embedding, ownerId);
  }

  /** Counts what an answer, or embeddings, of theirs took. */
  charge(ownerId: OwnerId, tokens: number): void {
    if (ownerId !== null && tokens > 0) this.#tokens.take(ownerId, tokens);
  }

  /** @returns ends it; more than once is as good as once @throws TooManyRequestsError */
  openStream(ownerId: OwnerId, kind: StreamKind = "answer"): () => void {
    if (ownerId === null) return () => {};
    const key = `${kind} ${ownerId}`;
    const own = this.#streams.get(key) ?? 0;
    const { streamsAtOnce, streamsInAll } = this.#settings;
    if (own >= streamsAtOnce)
      throw new TooManyRequestsError(
        `You read ${streamsAtOnce} streams at once already, the most that one user may read.`,
        "streams_at_once",
        retryAfterSeconds,
      );
    if (this.#streamsInAll >= streamsInAll)
      throw new OverloadedError("Too many streams are being read.", "streams_in_all", retryAfterSeconds);
    this.#streamsInAll++;
    return countedOneMore(this.#streams, key, () => this.#streamsInAll--);
  }

  /** A file to import is held in memory as a whole. @returns ends it @throws TooManyRequestsError */
  beginImport(ownerId: OwnerId): () => void {
    if (ownerId === null) return () => {};
    if (this.#importing.has(ownerId))
      throw new TooManyRequestsError(
        "You are importing a file already, and one user may import one at a time.",
        "imports_at_once",
        retryAfterSeconds,
      );
    this.#importing.add(ownerId);
    return () => void this.#importing.delete(ownerId);
  }

  /** @throws TooManyRequestsError */
  #requireTokens(ownerId: string): void {
    const { left, seconds } = this.#tokens.look(ownerId);
    if (left >= 1) return;
    throw new TooManyRequestsError(
      `You have used the ${this.tokensPerMinute} tokens that one user may use in a minute.`,
      "tokens",
      seconds,
    );
  }
}

/** @returns takes it back; more than once is as good as once */
function countedOneMore(counts: Map<string, number>, key: string, onEnd = () => {}): () => void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    const left = (counts.get(key) ?? 1) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
    onEnd();
  };
}
