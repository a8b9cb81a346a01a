/** Queries on the sessions of browsers. */
import { and, desc, eq, lt, ne, notInArray, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Session, sessions, type User, users } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type SessionQueries = ReturnType<typeof createSessionQueries>;

interface SessionOfUser {
  readonly session: Session;
  readonly user: User;
}

export function createSessionQueries(db: StoreDatabase) {
  // Runs with every request of a browser.
  const byHash = db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, sql.placeholder("tokenHash")))
    .prepare();

  return {
    insert(row: Session): void {
      storing(() => db.insert(sessions).values(row).run());
    },
    get(tokenHash: string): SessionOfUser | undefined {
      return byHash.get({ tokenHash });
    },
    /** The last used one comes first. */
    ofUser(userId: string): readonly Session[] {
      return db
        .select()
        .from(sessions)
        .where(eq(sessions.userId, userId))
        .orderBy(desc(sessions.lastSeenAt), desc(sessions.tokenHash))
        .all();
    },
    touch(tokenHash: string, seen: Pick<Session, "lastSeenAt" | "expiresAt">): void {
      storing(() => db.update(sessions).set(seen).where(eq(sessions.tokenHash, tokenHash)).run());
    },
    remove(tokenHash: string): void {
      storing(() => db.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).run());
    },
    /** All of a user, except one. */
    removeOf(userId: string, except = ""): void {
      storing(() =>
        db
          .delete(sessions)
          .where(and(eq(sessions.userId, userId), ne(sessions.tokenHash, except)))
          .run(),
      );
    },
    /** The last used ones of a user. */
    keepNewest(userId: string, count: number): void {
      const kept = db
        .select({ tokenHash: sessions.tokenHash })
        .from(sessions)
        .where(eq(sessions.userId, userId))
        .orderBy(desc(sessions.lastSeenAt), sql`rowid desc`)
        .limit(count);
      storing(() =>
        db
          .delete(sessions)
          .where(and(eq(sessions.userId, userId), notInArray(sessions.tokenHash, kept)))
          .run(),
      );
    },
    removeExpired(now: number): void {
      storing(() => db.delete(sessions).where(lt(sessions.expiresAt, now)).run());
    },
  };
}
