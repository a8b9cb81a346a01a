/**
 * Backs up the database while it is in use, and restores a backup while it is not. A restore never overwrites the present
 * database: it keeps it under another name.
 */
import { Database } from "bun:sqlite";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { NotFoundError, StorageError } from "../errors.ts";
import { forgetWal } from "./foreign-wal.ts";
import { inspectDatabase } from "./inspect-database.ts";
import { knownMigrations } from "./migrate.ts";
import { type Salvaged, salvage } from "./salvage.ts";
import {
  copyWhole,
  flushToDisk,
  refuseUnsound,
  removeLeftParts,
  removeOldSnapshots,
  snapshotsOf,
  takeSnapshot,
  timeInName,
} from "./snapshot.ts";
import { storing } from "./sqlite-errors.ts";

const nameIn = (dataDir: string) => join(dataDir, "assistant.db");
const dayMs = 24 * 60 * 60 * 1000;

/**
 * @param target a file that does not exist yet
 * @throws NotFoundError without a database; InvalidRequestError when the target exists; StorageError
 */
export function backUp(dataDir: string, target: string): void {
  using client = openToCopy(dataDir);
  mkdirSync(dirname(target), { recursive: true });
  if (dirname(target) === join(dataDir, "backups")) removeLeftParts(dirname(target));
  storing(() => copyWhole(client, target));
}

/**
 * Takes the daily snapshot, unless there is one younger than a day, and removes old ones.
 * @returns its path; null when none was due
 */
export function takeDailySnapshot(dataDir: string, now: Date): string | null {
  const folder = join(dataDir, "snapshots");
  const newest = snapshotsOf(folder, "daily").at(-1);
  if (newest !== undefined && newest > `daily-${timeInName(new Date(now.getTime() - dayMs))}.db`) return null;
  using client = openToCopy(dataDir);
  const file = storing(() => takeSnapshot(client, folder, now, "daily"));
  removeOldSnapshots(folder, "daily");
  return file;
}

/**
 * Restores a backup. The program must not run. Sessions end; passwords and keys are those of the backup.
 * @returns where the former database is kept; null when there was none
 * @throws NotFoundError, or StorageError for a backup that is damaged, of a newer version or of another program; nothing
 * has changed then
 */
export function restoreBackup(dataDir: string, backup: string, now: Date): string | null {
  if (!existsSync(backup)) throw new NotFoundError(`There is no file ${backup}.`);
  const { isNew } = inspectDatabase(backup, knownMigrations());
  if (isNew) throw new StorageError(`${backup} is empty: there is nothing to restore.`);
  refuseUnsound(backup);

  const file = nameIn(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const part = `${file}.restoring`;
  rmSync(part, { force: true });
  try {
    // Private from the start, whatever the mode of the backup file.
    closeSync(openSync(part, "wx", 0o600));
    storing(() => copyFileSync(backup, part));
    chmodSync(part, 0o600);
    refuseUnsound(part);
    storing(() => endSessions(part));
    flushToDisk(part);
    const replaced = keepPresent(dataDir, now);
    // In one step: a start that finds no database would begin an empty one.
    renameSync(part, file);
    flushToDisk(dataDir);
    return replaced;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/**
 * Puts a new database in the place of a damaged one, with what can still be read of it. The program must not run.
 * @returns how many rows of each table were saved, and where the damaged one is kept
 * @throws NotFoundError without a database; StorageError when nothing can be read of it; nothing has changed then
 */
export function salvageDatabase(dataDir: string, now: Date): { saved: Salvaged; replaced: string | null } {
  const file = nameIn(dataDir);
  if (!existsSync(file)) throw new NotFoundError(`There is no database in ${dataDir}.`);
  const salvaged = `${file}.salvaged.db`;
  const remove = () => {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(salvaged + suffix, { force: true });
  };
  remove();
  try {
    const saved = storing(() => salvage(file, salvaged));
    return { saved, replaced: restoreBackup(dataDir, salvaged, now) };
  } finally {
    remove();
  }
}

/** Who has logged out since, or was logged out, would be logged in again. */
function endSessions(file: string): void {
  using client = new Database(file, { readwrite: true });
  const has = client.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'sessions'").get();
  if (has !== null) client.run("DELETE FROM sessions");
  client.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

function keepPresent(dataDir: string, now: Date): string | null {
  const file = nameIn(dataDir);
  const replaced = join(dataDir, `assistant-${timeInName(now)}.replaced.db`);
  forgetWal(file);
  const isThere = existsSync(file);
  if (isThere) {
    putWalAway(file);
    linkSync(file, replaced);
  }
  // What of a damaged database could not be written into its file belongs to that file, and to no other: SQLite would
  // apply a WAL whose database is gone to the one that takes its place.
  for (const suffix of ["-wal", "-shm"])
    if (existsSync(file + suffix)) renameSync(file + suffix, replaced + suffix);
  return isThere ? replaced : null;
}

/** Moves the WAL into the file. A database that cannot be opened is kept together with its WAL. */
function putWalAway(file: string): void {
  try {
    using client = new Database(file, { readwrite: true });
    client.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // See above: it is kept unchanged.
  }
}

function openToCopy(dataDir: string): Database {
  const file = nameIn(dataDir);
  if (!existsSync(file)) throw new NotFoundError(`There is no database in ${dataDir} yet.`);
  return storing(() => {
    const client = new Database(file, { readwrite: true });
    client.run("PRAGMA busy_timeout = 10000");
    return client;
  });
}
