/** The keys of programs: named, of a scope, shown once, stored as a hash, and revoked by who made them. */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { ApiKey, ApiKeyScope, User } from "../store/schema.ts";
import { ForbiddenError } from "./account-errors.ts";
import type { Actor, Note } from "./audit.ts";
import type { Identity } from "./identity.ts";
import { hashOf, newApiKey, shownPrefix } from "./secrets.ts";

export interface ApiKeysDeps {
  readonly store: Pick<Store, "apiKeys" | "users" | "commit">;
  readonly note: Note;
  readonly now: () => number;
  readonly log: Log;
}

export const keyScopes: readonly ApiKeyScope[] = ["chat", "read", "admin"];
const longestName = 80;
const mostKeys = 100;
/** Of those that were revoked so many are kept. */
const mostRevoked = 100;
/** That one was used is written so often at most: not with each request. */
const noteUseMs = 60 * 1000;

export class ApiKeys {
  constructor(private readonly deps: ApiKeysDeps) {}

  /**
   * @returns the key, which is told this once, and its row
   * @throws InvalidRequestError for a name or scopes that will not do, ForbiddenError for what only admins may have
   */
  create(
    actor: Actor,
    user: Pick<User, "id" | "role">,
    typedName: string,
    scopes: readonly ApiKeyScope[],
  ): { readonly secret: string; readonly key: ApiKey } {
    const { store, note, now } = this.deps;
    // A name is shown in terminals, too, where such signs move the cursor or turn the writing round.
    const plain = typedName.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "");
    const name = plain.trim();
    if (name === "" || name.length > longestName)
      throw new InvalidRequestError(`Give the key a name of 1 to ${longestName} characters.`, {
        param: "name",
      });
    if (scopes.length === 0)
      throw new InvalidRequestError("Choose what the key may do: chat, read or admin.", { param: "scope" });
    if (scopes.includes("admin") && user.role !== "admin")
      throw new ForbiddenError("Only admins can make a key that may steer the program.");
    if (this.ofUser(user.id).length >= mostKeys)
      throw new InvalidRequestError(
        `There are ${mostKeys} keys already. Revoke one that is not used any more.`,
      );
    const secret = newApiKey();
    const key: ApiKey = {
      id: Bun.randomUUIDv7(),
      userId: user.id,
      name,
      keyHash: hashOf(secret),
      prefix: shownPrefix(secret),
      scopes: [...new Set(scopes)],
      createdAt: now(),
      lastUsedAt: null,
      revokedAt: null,
    };
    store.apiKeys.forgetRevoked(user.id, mostRevoked);
    store.apiKeys.insert(key);
    note(actor, "key-created", `${name} (${key.prefix}…, ${key.scopes.join(", ")})`);
    return { secret, key };
  }

  /** Whose key this is; null when it is nobody's (any more). */
  identify(secret: string): Identity | null {
    const { store, now } = this.deps;
    const known = store.apiKeys.byHash(hashOf(secret));
    if (known === undefined || known.key.revokedAt !== null || known.user.disabledAt !== null) return null;
    const { key, user } = known;
    const time = now();
    if (time - (key.lastUsedAt ?? 0) >= noteUseMs) this.#noteUse(key, time);
    return {
      userId: user.id,
      name: user.name,
      role: user.role,
      via: "key",
      scopes: key.scopes,
      credential: key.id,
    };
  }

  /** Those that work, the newest first. */
  ofUser(userId: string): readonly ApiKey[] {
    return this.deps.store.apiKeys.ofUser(userId).filter(({ revokedAt }) => revokedAt === null);
  }

  /** @throws NotFoundError when it is not theirs, or was revoked already */
  revoke(actor: Actor, userId: string, id: string): void {
    const { store, note, now } = this.deps;
    const revoked = store.apiKeys.revoke(userId, id, now());
    if (revoked === undefined)
      throw new NotFoundError("There is no such key. It may have been revoked already.");
    note(actor, "key-revoked", `${revoked.name} (${revoked.prefix}…)`);
  }

  /** Nobody waits for it, and a full disk must not lock anybody out. */
  #noteUse({ id }: ApiKey, time: number): void {
    const { store, log } = this.deps;
    store
      .commit(() => store.apiKeys.touch(id, time))
      .catch((error: unknown) => log.warn("key-use-not-noted", { error }));
  }
}
