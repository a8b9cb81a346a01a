/**
 * The sessions of browsers: begun by a login, each with a new token, of which only the hash is stored. One ends 30 days
 * after it was last used, and in any case 90 days after the login.
 */
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Session, User } from "../store/schema.ts";
import type { Identity } from "./identity.ts";
import { hashOf, newSessionToken } from "./secrets.ts";

export interface SessionsDeps {
  readonly store: Pick<Store, "sessions" | "commit">;
  readonly now: () => number;
  readonly log: Log;
}

const dayMs = 24 * 60 * 60 * 1000;
const unusedMs = 30 * dayMs;
const absoluteMs = 90 * dayMs;
/** That one was used is written so often at most: not with each request. */
const noteUseMs = 5 * 60 * 1000;
const longestUserAgent = 300;
/** Of one user; a further login ends the one that was not used for the longest time. */
const mostSessions = 100;

export interface BegunSession {
  /** Told this once, and only to the browser. */
  readonly token: string;
  /** The longest that a cookie of it is of use, in seconds. */
  readonly maxAgeSeconds: number;
}

export class Sessions {
  constructor(private readonly deps: SessionsDeps) {}

  begin(user: Pick<User, "id">, userAgent: string): BegunSession {
    const { store, now } = this.deps;
    const createdAt = now();
    store.sessions.removeExpired(createdAt);
    store.sessions.keepNewest(user.id, mostSessions - 1);
    const token = newSessionToken();
    store.sessions.insert({
      tokenHash: hashOf(token),
      userId: user.id,
      createdAt,
      lastSeenAt: createdAt,
      expiresAt: createdAt + unusedMs,
      userAgent: userAgent.slice(0, longestUserAgent),
    });
    return { token, maxAgeSeconds: absoluteMs / 1000 };
  }

  /** Whose token this is; null when it is nobody's (any more). */
  identify(token: string): Identity | null {
    const { store, now } = this.deps;
    const tokenHash = hashOf(token);
    const known = store.sessions.get(tokenHash);
    const time = now();
    if (known === undefined || known.session.expiresAt <= time || known.user.disabledAt !== null) return null;
    const { session, user } = known;
    if (time - session.lastSeenAt >= noteUseMs) this.#noteUse(session, time);
    return {
      userId: user.id,
      name: user.name,
      role: user.role,
      via: "session",
      scopes: user.role === "admin" ? ["chat", "read", "admin"] : ["chat", "read"],
      credential: tokenHash,
    };
  }

  ofUser(userId: string): readonly Session[] {
    const time = this.deps.now();
    return this.deps.store.sessions.ofUser(userId).filter(({ expiresAt }) => expiresAt > time);
  }

  /** @param credential of an identity */
  end(credential: string): void {
    this.deps.store.sessions.remove(credential);
  }

  endAll(userId: string): void {
    this.deps.store.sessions.removeOf(userId);
  }

  /** Nobody waits for it, and a full disk must not lock anybody out. */
  #noteUse({ tokenHash, createdAt }: Session, time: number): void {
    const { store, log } = this.deps;
    const expiresAt = Math.min(time + unusedMs, createdAt + absoluteMs);
    store
      .commit(() => store.sessions.touch(tokenHash, { lastSeenAt: time, expiresAt }))
      .catch((error: unknown) => log.warn("session-use-not-noted", { error }));
  }
}
