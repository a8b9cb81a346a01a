/** Queries on users and on ownership. The first user takes over all rows without an owner; the last one's rows lose theirs. */
import { asc, eq, sql } from "drizzle-orm";
import { requestBatches, requestFiles } from "./batch-tables.ts";
import type { StoreDatabase } from "./connection.ts";
import { dataImports, datasets } from "./dataset-tables.ts";
import { documents } from "./document-tables.ts";
import { files } from "./file-tables.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { projects } from "./project-tables.ts";
import { messagesToRead, proposals } from "./proposal-tables.ts";
import {
  conversations,
  facts,
  instruments,
  memories,
  type OwnerId,
  preferences,
  presets,
  toolRules,
  type User,
  users,
} from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

/** Every table whose rows have an owner. */
const ownedTables = [
  ...[conversations, memories, facts, files, instruments, preferences, presets],
  ...[datasets, dataImports, documents, requestFiles, requestBatches, proposals, messagesToRead, toolRules],
  projects,
] as const;

export type UserQueries = ReturnType<typeof createUserQueries>;

export function createUserQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder("id")))
    .prepare();
  const byName = db
    .select()
    .from(users)
    .where(eq(users.name, sql.placeholder("name")))
    .prepare();
  // Runs with every request.
  const any = db.$client.prepare<{ found: number }, []>("SELECT 1 AS found FROM users LIMIT 1");
  const admins = db.$client.prepare<{ count: number }, []>(
    "SELECT count(*) AS count FROM users WHERE role = 'admin' AND disabledAt IS NULL",
  );
  const unfinished = db.$client.prepare<{ id: string }, [string]>(`
    SELECT generations.id FROM generations
    JOIN conversations ON conversations.id = generations.conversationId
    WHERE generations.state IN ('queued', 'running') AND conversations.ownerId = ?`);

  const removeQuotes = db.$client.prepare<unknown, [string]>(
    "DELETE FROM memory_quotes WHERE memoryId IN (SELECT id FROM memories WHERE ownerId = ?)",
  );

  const setOwner = (from: OwnerId, to: OwnerId) =>
    storing(() => {
      for (const table of ownedTables)
        db.update(table).set({ ownerId: to }).where(sql`${table.ownerId} IS ${from}`).run();
    });

  return {
    insert: preparedInsert<typeof users.$inferInsert>(db, users),
    /** @returns whether there is one with this id */
    update: preparedUpdate<User>(db, users),
    get(id: string): User | undefined {
      return byId.get({ id });
    },
    byName(name: string): User | undefined {
      return byName.get({ name });
    },
    /** By name. */
    list(): readonly User[] {
      return db.select().from(users).orderBy(asc(users.name)).all();
    },
    /** Whether there is a user: logins are then on. */
    any(): boolean {
      return any.get() !== null;
    },
    /** The number of active admins. */
    activeAdmins(): number {
      return admins.get()?.count ?? 0;
    },
    /** The user's unfinished answers. */
    unfinishedAnswers(id: string): readonly string[] {
      return unfinished.all(id).map((row) => row.id);
    },
    /** Gives all rows without an owner to the user. */
    adopt: (id: string) => setOwner(null, id),
    /** Removes the owner from the user's rows. */
    release: (id: string) => setOwner(id, null),
    /** Deletes the user with everything they own. */
    remove(id: string): void {
      storing(() => {
        removeQuotes.run(id);
        db.delete(users).where(eq(users.id, id)).run();
      });
    },
  };
}
