/**
 * Turns refusals of the disk and of SQLite into StorageError. A broken constraint or a wrong statement is a bug, and stays
 * unchanged.
 */
import { SQLiteError } from "bun:sqlite";
import { StorageError } from "../errors.ts";

/** By SQLite's result codes (https://www.sqlite.org/rescode.html); an extended code begins with its primary one. */
const refusals: readonly (readonly [code: string, message: string])[] = [
  ["SQLITE_FULL", "The disk is full, so nothing more can be saved. Free some space and try again."],
  [
    "SQLITE_IOERR",
    "The disk failed during a read or write. Check the disk and its free space, then try again.",
  ],
  [
    "SQLITE_READONLY",
    "The data folder is read-only, so nothing can be saved. Allow this user to write to it, then try again.",
  ],
  [
    "SQLITE_BUSY",
    "Another program has locked the database. Close it (a second server, or a database viewer), then try again.",
  ],
  ["SQLITE_LOCKED", "The database is locked. Try again in a moment."],
  [
    "SQLITE_CANTOPEN",
    "The database cannot be opened. Check that the data folder exists and that this user may write to it.",
  ],
  ["SQLITE_PERM", "This user may not use the database. Check the permissions of the data folder."],
  [
    "SQLITE_CORRUPT",
    "The database is damaged. Stop the program, and restore a copy from the snapshots folder: ./run.sh restore FILE keeps the present file.",
  ],
  [
    "SQLITE_NOTADB",
    "The database file is not a database. Stop the program, and restore a copy from the snapshots folder: ./run.sh restore FILE keeps the present file.",
  ],
];

/**
 * Runs `work`, which writes.
 * @throws StorageError when the disk or the database refused it; the refusal is its cause
 */
export function storing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageErrorOf(error) ?? error;
  }
}

/** The StorageError that explains `error` to the user; undefined when the storage did not refuse anything. */
export function storageErrorOf(error: unknown): StorageError | undefined {
  const code = sqliteCodeOf(error);
  const refusal = code === undefined ? undefined : refusals.find(([prefix]) => code.startsWith(prefix));
  if (code === undefined || refusal === undefined) return undefined;
  return new StorageError(refusal[1], { reason: code }, { cause: error });
}

/** Drizzle wraps the errors of some calls, so the code may be deeper in the chain of causes. */
export function sqliteCodeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof SQLiteError) return cause.code;
  return undefined;
}
