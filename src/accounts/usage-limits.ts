/**
 * Limits of each user, at once and over time, so that nobody uses up the machine. The local owner has no limits. It knows
 * nothing of HTTP.
 */
import type { LimitSettings } from "../settings/settings.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { OverloadedError, TooManyRequestsError } from "./account-errors.ts";
import { type Allowance, TokenBuckets } from "./token-buckets.ts";

/** Each kind has its own count: a client that reads many answers can still open a page. */
export type StreamKind = "answer" | "page" | "socket" | "file";

/** The Retry-After of a client at its limit of concurrent work, in seconds: about the time of one answer. */
export const retryAfterSeconds = 10;
/** Concurrent requests for embeddings of one user. */
const embeddingsAtOnce = 2;
/** Concurrent recordings of one user: each is in memory as a whole. */
const transcriptionsAtOnce = 2;

export class UsageLimits {
  /** By user, or by the address of an anonymous client. */
  readonly requests: TokenBuckets;
  /** By user. */
  readonly tokensPerMinute: number;
  readonly #tokens: TokenBuckets;
  readonly #settings: LimitSettings;
  /** Questions that are being stored, and so are not yet counted as unfinished. */
  readonly #asking = new Map<string, number>();
  readonly #streams = new Map<string, number>();
  #streamsInAll = 0;
  readonly #importing = new Set<string>();
  readonly #embedding = new Map<string, number>();
  readonly #transcribing = new Map<string, number>();

  constructor(settings: LimitSettings, now: () => number = Date.now) {
    this.#settings = settings;
    this.requests = new TokenBuckets(settings.requestsPerMinute, now);
    this.tokensPerMinute = settings.tokensPerMinute;
    this.#tokens = new TokenBuckets(settings.tokensPerMinute, now);
  }

  /**
   * The further answers and streams that a user may have at once.
   * @param unfinished the number of the user's answers that run or wait
   */
  answersLeft(ownerId: OwnerId, unfinished: () => number): number {
    if (ownerId === null) return Number.POSITIVE_INFINITY;
    const { answersAtOnce, streamsAtOnce } = this.#settings;
    const now = unfinished() + (this.#asking.get(ownerId) ?? 0);
    return Math.max(0, Math.min(answersAtOnce, streamsAtOnce) - now);
  }

  /**
   * Admits a question of a user.
   * @param unfinished the number of the user's answers that run or wait
   * @throws TooManyRequestsError
   */
  async answering<T>(ownerId: OwnerId, unfinished: () => number, ask: () => Promise<T>): Promise<T> {
    if (ownerId === null) return ask();
    const asking = this.#asking.get(ownerId) ?? 0;
    const { answersAtOnce } = this.#settings;
    if (unfinished() + asking >= answersAtOnce)
      throw new TooManyRequestsError(
        say`You have ${answersAtOnce} answers at once, the limit for one user.`,
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

  /** The tokens that a user has left. */
  tokens(ownerId: string): Allowance {
    return this.#tokens.look(ownerId);
  }

  /** Admits a request for embeddings. @returns ends it @throws TooManyRequestsError */
  beginEmbedding(ownerId: OwnerId): () => void {
    if (ownerId === null) return () => {};
    const own = this.#embedding.get(ownerId) ?? 0;
    if (own >= embeddingsAtOnce)
      throw new TooManyRequestsError(
        say`You have ${embeddingsAtOnce} requests for embeddings at once, the limit for one user.`,
        "embeddings_at_once",
        retryAfterSeconds,
      );
    this.#requireTokens(ownerId);
    return countedOneMore(this.#embedding, ownerId);
  }

  /** Admits a recording that is to be written down. @returns ends it @throws TooManyRequestsError */
  beginTranscription(ownerId: OwnerId): () => void {
    if (ownerId === null) return () => {};
    if ((this.#transcribing.get(ownerId) ?? 0) >= transcriptionsAtOnce)
      throw new TooManyRequestsError(
        say`You have ${transcriptionsAtOnce} recordings written down at once, the limit for one user.`,
        "transcriptions_at_once",
        retryAfterSeconds,
      );
    return countedOneMore(this.#transcribing, ownerId);
  }

  /** Counts the tokens of an answer or of embeddings. */
  charge(ownerId: OwnerId, tokens: number): void {
    if (ownerId !== null && tokens > 0) this.#tokens.take(ownerId, tokens);
  }

  /** @returns ends it; further calls do nothing @throws TooManyRequestsError */
  openStream(ownerId: OwnerId, kind: StreamKind = "answer"): () => void {
    if (ownerId === null) return () => {};
    const key = `${kind} ${ownerId}`;
    const own = this.#streams.get(key) ?? 0;
    const { streamsAtOnce, streamsInAll } = this.#settings;
    if (own >= streamsAtOnce)
      throw new TooManyRequestsError(
        say`You read ${streamsAtOnce} streams at once, the limit for one user.`,
        "streams_at_once",
        retryAfterSeconds,
      );
    if (this.#streamsInAll >= streamsInAll)
      throw new OverloadedError(say`Too many streams are open.`, "streams_in_all", retryAfterSeconds);
    this.#streamsInAll++;
    return countedOneMore(this.#streams, key, () => this.#streamsInAll--);
  }

  /** An imported file is in memory as a whole. @returns ends it @throws TooManyRequestsError */
  beginImport(ownerId: OwnerId): () => void {
    if (ownerId === null) return () => {};
    if (this.#importing.has(ownerId))
      throw new TooManyRequestsError(
        say`You are already importing a file. One user may import one at a time.`,
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
      say`You have used ${this.tokensPerMinute} tokens in a minute, the limit for one user.`,
      "tokens",
      seconds,
    );
  }
}

/** @returns takes it back; further calls do nothing */
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
