/**
 * The indexes of the full-text search are made of the tables, and so can be made anew: damage to them alone costs nothing
 * but the time of that. It knows nothing of what is searched for.
 */
import type { Database } from "bun:sqlite";
import { StorageError } from "../errors.ts";

/** SQLite's own code for a virtual table that is damaged; for a page of the file it has another. */
export const damagedIndex = "SQLITE_CORRUPT_VTAB";

/** The index was damaged and is made anew: what failed by that can be done again. */
export class SearchRebuiltError extends StorageError {
  constructor(options?: ErrorOptions) {
    super("The search index was damaged, and was rebuilt just now. Try again.", {}, options);
  }
}

/** The FTS5 tables. */
export function searchIndexes(client: Database): string[] {
  return tables(client).flatMap(({ name, sql }) =>
    sql !== null && /^CREATE VIRTUAL TABLE .*\bfts5\b/is.test(sql) ? [name] : [],
  );
}

/** Whether every table is sound that is no part of an index. @throws SQLiteError where not even the schema can be read */
export function areTablesSound(client: Database): boolean {
  const indexes = searchIndexes(client);
  return tables(client)
    .filter(({ name }) => !indexes.some((index) => name === index || name.startsWith(`${index}_`)))
    .every(({ name }) => isSound(client, name));
}

/**
 * Makes every index anew.
 * @returns whether all are sound now; false when the damage goes too deep for that
 */
export function rebuildSearchIndexes(client: Database): boolean {
  try {
    const indexes = searchIndexes(client);
    for (const index of indexes) rebuildIndex(client, index);
    return indexes.every((index) => isSound(client, index));
  } catch (error) {
    if (error instanceof StorageError) throw error;
    return false;
  }
}

export function rebuildIndex(client: Database, index: string): void {
  client.run(`INSERT INTO ${index} (${index}) VALUES ('rebuild')`);
}

function isSound(client: Database, table: string): boolean {
  try {
    return (
      client
        .query(`PRAGMA quick_check('${table.replaceAll("'", "''")}')`)
        .values()
        .flat()
        .join() === "ok"
    );
  } catch {
    // Whatever the check stumbles over is damage.
    return false;
  }
}

const tables = (client: Database) =>
  client
    .query<{ name: string; sql: string | null }, []>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table'",
    )
    .all();
