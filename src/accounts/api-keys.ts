/** API keys of programs: each has a name and a scope, is shown once, is stored as a hash, and can be revoked by its user. */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { ApiKey, ApiKeyScope, User } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { ForbiddenError } from "./account-errors.ts";
import type { Actor, Note } from "./audit.ts";
import type { Identity } from "./identity.ts";
import { hashOf, newApiKey, shownPrefix } from "./secrets.ts";

interface ApiKeysDeps {
  readonly store: Pick<Store, "apiKeys" | "users" | "commit">;
  readonly note: Note;
  readonly now: () => number;
  readonly log: Log;
}

export const keyScopes: readonly ApiKeyScope[] = ["chat", "read", "admin"];
const longestName = 80;
const mostKeys = 100;
/** The number of revoked keys that are kept for each user. */
const mostRevoked = 100;
/** The time between two writes of a key's last use: not every request writes. */
const noteUseMs = 60 * 1000;

export class ApiKeys {
  constructor(private readonly deps: ApiKeysDeps) {}

  /**
   * @returns the key, which is shown only now, and its row
   * @throws InvalidRequestError for an invalid name or scope, ForbiddenError for a scope that only admins may give
   */
  create(
    actor: Actor,
    user: Pick<User, "id" | "role">,
    typedName: string,
    scopes: readonly ApiKeyScope[],
  ): { readonly secret: string; readonly key: ApiKey } {
    const { store, note, now } = this.deps;
    // Terminals show the name: control characters there move the cursor or reverse the text.
    const plain = typedName.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "");
    const name = plain.trim();
    if (name === "" || name.length > longestName)
      throw new InvalidRequestError(say`Give the key a name of 1 to ${longestName} characters.`, {
        param: "name",
      });
    if (scopes.length === 0)
      throw new InvalidRequestError(say`Choose what the key may do: chat, read or admin.`, {
        param: "scope",
      });
    if (scopes.includes("admin") && user.role !== "admin")
      throw new ForbiddenError(say`Only admins can create a key with the admin scope.`);
    if (this.ofUser(user.id).length >= mostKeys)
      throw new InvalidRequestError(
        say`You have ${mostKeys} keys, the limit. Revoke one that you no longer use.`,
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

  /** The identity of a key; null when the key is unknown or revoked. */
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

  /** The keys that work, the newest first. */
  ofUser(userId: string): readonly ApiKey[] {
    return this.deps.store.apiKeys.ofUser(userId).filter(({ revokedAt }) => revokedAt === null);
  }

  /** @throws NotFoundError when the key is another user's, or already revoked */
  revoke(actor: Actor, userId: string, id: string): void {
    const { store, note, now } = this.deps;
    const revoked = store.apiKeys.revoke(userId, id, now());
    if (revoked === undefined) throw new NotFoundError(say`There is no such key. It may already be revoked.`);
    note(actor, "key-revoked", `${revoked.name} (${revoked.prefix}…)`);
  }

  /** Not awaited: a full disk must not lock anybody out. */
  #noteUse({ id }: ApiKey, time: number): void {
    const { store, log } = this.deps;
    store
      .commit(() => store.apiKeys.touch(id, time))
      .catch((error: unknown) => log.warn("key-use-not-noted", { error }));
  }
}
