/**
 * Inspects a database file without writing to it: a file that is damaged, of a newer version or of another program is
 * refused, and stays unchanged.
 */
import { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import type { MigrationMeta } from "drizzle-orm/migrator";
import { StorageError } from "../errors.ts";
import { appliedMigrations } from "./migrate.ts";
import { areTablesSound } from "./search-index.ts";
import { sqliteCodeOf, storageErrorOf } from "./sqlite-errors.ts";

interface Inspection {
  /** The file has no data yet. */
  readonly isNew: boolean;
  readonly pendingMigrations: number;
  /** The tables are sound, and an index of the full-text search is not: it can be made anew. */
  readonly isSearchDamaged: boolean;
}

/** Larger files are not read whole at each start: 256 MiB take about half a second. */
const checkedWholeUpTo = 256 * 2 ** 20;

/**
 * @param known this program's migrations, oldest first
 * @throws StorageError, which says what to do, when the file must not be used
 */
export function inspectDatabase(file: string, known: readonly MigrationMeta[]): Inspection {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return { isNew: true, pendingMigrations: known.length, isSearchDamaged: false };
  try {
    using client = new Database(file, { readonly: true });
    client.run("PRAGMA busy_timeout = 2000");
    const applied = appliedMigrations(client);
    if (applied.length === 0 && hasTables(client)) throw new ForeignDatabaseError(file);
    if (applied.some((when, index) => when !== known[index]?.folderMillis))
      throw new NewerDatabaseError(file);
    const problem = size <= checkedWholeUpTo ? firstProblem(client) : null;
    if (problem !== null && !areTablesSound(client)) throw new DamagedDatabaseError(file, { cause: problem });
    return {
      isNew: applied.length === 0,
      pendingMigrations: known.length - applied.length,
      isSearchDamaged: problem !== null,
    };
  } catch (error) {
    const refusal = storageErrorOf(error);
    if (refusal === undefined) throw error;
    const code = String(refusal.facts.reason);
    if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB"))
      throw new DamagedDatabaseError(file, { cause: error });
    throw refusal;
  }
}

export class DamagedDatabaseError extends StorageError {
  constructor(file: string, options?: ErrorOptions) {
    super(
      `${file} is damaged or is not a database. It is unchanged: put a copy from the snapshots folder in its place (./run.sh restore FILE keeps what is there), save what can still be read of it (./run.sh restore --salvage, too), or begin with an empty one (./run.sh restore --new keeps what is there, too).`,
      {},
      options,
    );
  }
}

export class NewerDatabaseError extends StorageError {
  constructor(file: string) {
    super(
      `${file} was written by a newer version of this program. It is unchanged: install that version, or set DATA_DIR to another folder.`,
    );
  }
}

export class ForeignDatabaseError extends StorageError {
  constructor(file: string) {
    super(
      `${file} belongs to another program. It is unchanged: move it away, or set DATA_DIR to another folder.`,
    );
  }
}

function hasTables(client: Database): boolean {
  return client.query("SELECT 1 FROM sqlite_schema LIMIT 1").get() !== null;
}

function firstProblem(client: Database): Error | null {
  try {
    const result = client.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get();
    return result?.quick_check === "ok" ? null : new Error(result?.quick_check ?? "It cannot be checked.");
  } catch (error) {
    const code = sqliteCodeOf(error);
    // The check itself fails where a page, or an index of the search, cannot be read.
    if (code === undefined || !/^SQLITE_(CORRUPT|ERROR)/.test(code)) throw error;
    return new Error(code, { cause: error });
  }
}
