/** Queries on the API keys of programs. */
import { and, desc, eq, isNotNull, isNull, notInArray, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type ApiKey, apiKeys, type User, users } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type ApiKeyQueries = ReturnType<typeof createApiKeyQueries>;

interface ApiKeyOfUser {
  readonly key: ApiKey;
  readonly user: User;
}

export function createApiKeyQueries(db: StoreDatabase) {
  // Runs with every request of a program.
  const byHash = db
    .select({ key: apiKeys, user: users })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(eq(apiKeys.keyHash, sql.placeholder("keyHash")))
    .prepare();

  return {
    insert(row: ApiKey): void {
      storing(() => db.insert(apiKeys).values(row).run());
    },
    byHash(keyHash: string): ApiKeyOfUser | undefined {
      return byHash.get({ keyHash });
    },
    /** The newest first, revoked ones too. */
    ofUser(userId: string): readonly ApiKey[] {
      return db
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.userId, userId))
        .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
        .all();
    },
    touch(id: string, lastUsedAt: number): void {
      storing(() => db.update(apiKeys).set({ lastUsedAt }).where(eq(apiKeys.id, id)).run());
    },
    /** Deletes a user's older revoked keys. */
    forgetRevoked(userId: string, count: number): void {
      const revoked = and(eq(apiKeys.userId, userId), isNotNull(apiKeys.revokedAt));
      const kept = db
        .select({ id: apiKeys.id })
        .from(apiKeys)
        .where(revoked)
        .orderBy(desc(apiKeys.revokedAt), desc(apiKeys.id))
        .limit(count);
      storing(() =>
        db
          .delete(apiKeys)
          .where(and(revoked, notInArray(apiKeys.id, kept)))
          .run(),
      );
    },
    /** Revokes a key of the user. @returns it; undefined when the user has no such working key */
    revoke(userId: string, id: string, now: number): ApiKey | undefined {
      return storing(() =>
        db
          .update(apiKeys)
          .set({ revokedAt: now })
          .where(and(eq(apiKeys.id, id), eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))
          .returning()
          .get(),
      );
    },
  };
}
