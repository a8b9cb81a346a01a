/**
 * Browser sessions. A login begins each one with a new token; only its hash is stored. A session ends 30 days after its
 * last use, and at the latest 90 days after the login.
 */
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Session, User } from "../store/schema.ts";
import type { Identity } from "./identity.ts";
import { hashOf, newSessionToken } from "./secrets.ts";

interface SessionsDeps {
  readonly store: Pick<Store, "sessions" | "commit">;
  readonly now: () => number;
  readonly log: Log;
}

const dayMs = 24 * 60 * 60 * 1000;
const unusedMs = 30 * dayMs;
const absoluteMs = 90 * dayMs;
/** The time between two writes of a session's last use: not every request writes. */
const noteUseMs = 5 * 60 * 1000;
const longestUserAgent = 300;
/** The sessions of one user; a further login ends the one that is unused for the longest time. */
const mostSessions = 100;

export interface BegunSession {
  /** Sent once, and only to the browser. */
  readonly token: string;
  /** The longest useful age of the cookie, in seconds. */
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

  /** The identity of a token; null when the session is unknown or ended. */
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

  /** Not awaited: a full disk must not lock anybody out. */
  #noteUse({ tokenHash, createdAt }: Session, time: number): void {
    const { store, log } = this.deps;
    const expiresAt = Math.min(time + unusedMs, createdAt + absoluteMs);
    store
      .commit(() => store.sessions.touch(tokenHash, { lastSeenAt: time, expiresAt }))
      .catch((error: unknown) => log.warn("session-use-not-noted", { error }));
  }
}
