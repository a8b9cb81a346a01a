/**
 * Brings a database to the newest schema in one transaction, which is rolled back whole after any error. It does not use
 * Drizzle's migrator: that one commits before foreign keys can be checked, and goes by the clock of the migration's
 * author.
 */
import type { Database } from "bun:sqlite";
import { join } from "node:path";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { rebuildIndex } from "./search-index.ts";

const searched = ["memories", "messages", "passages"];
/**
 * Without these new rows would be stored and never found, or texts would never be erased: rebuilding a table drops its
 * triggers silently.
 */
const neededTriggers = [
  ...searched.flatMap((table) => ["insert", "delete", "update"].map((event) => `${table}_fts_${event}`)),
  ...["delete", "update"].map((event) => `repeated_texts_unused_${event}`),
];

/** The migrations of this version, oldest first. */
export function knownMigrations(folder = join(import.meta.dir, "migrations")): MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder: folder });
}

/** When each applied migration was written (its name in the journal), oldest first; empty in a new database. */
export function appliedMigrations(client: Database): number[] {
  const table = client
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get();
  if (table === null) return [];
  return client
    .query<{ created_at: number }, []>("SELECT created_at FROM __drizzle_migrations ORDER BY rowid")
    .all()
    .map((row) => Number(row.created_at));
}

/**
 * Applies the pending migrations. Foreign keys are off meanwhile: otherwise rebuilding a table would delete every row that
 * refers to it.
 * @param known all migrations; the first ones are already applied
 * @throws Error when the data then breaks a foreign key, or what is searched can be searched no more; the database
 * is unchanged then
 */
export function applyMigrations(client: Database, known: readonly MigrationMeta[]): void {
  client.run("PRAGMA foreign_keys = OFF");
  try {
    client
      .transaction(() => {
        client.run(
          "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
        );
        // Read again under the lock: another process may have migrated it meanwhile.
        for (const migration of known.slice(appliedMigrations(client).length)) {
          for (const statement of migration.sql) client.run(statement);
          client.run("INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)", [
            migration.hash,
            migration.folderMillis,
          ]);
        }
        rebuildSearch(client);
        refuseBrokenReferences(client);
      })
      .immediate();
  } finally {
    client.run("PRAGMA foreign_keys = ON");
  }
}

function rebuildSearch(client: Database): void {
  for (const table of searched) rebuildIndex(client, `${table}_fts`);
  const triggers = client
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  const missing = neededTriggers.filter((needed) => triggers.every(({ name }) => name !== needed));
  if (missing.length > 0) throw new Error(`The migrations lost the triggers ${missing.join(", ")}.`);
}

function refuseBrokenReferences(client: Database): void {
  const broken = client.query<{ table: string }, []>("PRAGMA foreign_key_check").all();
  if (broken.length === 0) return;
  const tables = [...new Set(broken.map((row) => row.table))].join(", ");
  throw new Error(`The migrations left ${broken.length} rows without the row they refer to, in ${tables}.`);
}
