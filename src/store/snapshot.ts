/** Verified copies of the database: before a migration, once a day, and on request. */
import { Database } from "bun:sqlite";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { InvalidRequestError, StorageError } from "../errors.ts";

/** `before`: taken before a change of the schema. `rescued`: the data that a running program had of files that were removed. */
type SnapshotKind = "before" | "daily" | "rescued";

const prefixes: Readonly<Record<SnapshotKind, string>> = {
  before: "assistant-",
  daily: "daily-",
  rescued: "rescued-",
};
/** Of each kind so many are kept. */
const kept: Readonly<Record<SnapshotKind, number>> = { before: 5, daily: 7, rescued: 5 };

/**
 * Copies the whole database, and verifies the copy before it gets its name.
 * @returns the copy's path, named by its kind and the UTC time
 * @throws SQLiteError without enough space, Error for an unsound copy; no file is left then
 */
export function takeSnapshot(
  client: Database,
  folder: string,
  now: Date,
  kind: SnapshotKind = "before",
): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftParts(folder);
  const file = join(folder, `${prefixes[kind]}${timeInName(now)}.db`);
  copyWhole(client, file);
  return file;
}

/** Removes the oldest ones: each is as large as the database was. Their names sort by time. */
export function removeOldSnapshots(folder: string, kind: SnapshotKind = "before"): void {
  const names = snapshotsOf(folder, kind).slice(0, -kept[kind]);
  for (const name of names) rmSync(join(folder, name));
}

/** Oldest first. */
export function snapshotsOf(folder: string, kind: SnapshotKind): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefixes[kind]) && name.endsWith(".db"))
    .sort();
}

/**
 * Copies the whole database to a new file, while others may write: the copy is of one moment.
 * @throws InvalidRequestError when the file exists; otherwise as takeSnapshot
 */
export function copyWhole(client: Database, file: string): void {
  if (existsSync(file)) throw new InvalidRequestError(`${file} is there already, and is not overwritten.`);
  removeLeftParts(dirname(file), basename(file));
  const part = `${file}.${process.pid}.part`;
  try {
    // VACUUM INTO accepts an empty file; this one is private from the start.
    closeSync(openSync(part, "wx", 0o600));
    client.query<unknown, [string]>("VACUUM INTO ?").run(part);
    clearStamp(part);
    refuseUnsound(part);
    flushToDisk(part);
    renameSync(part, file);
    flushToDisk(dirname(file));
  } catch (error) {
    for (const suffix of ["", "-journal"]) rmSync(part + suffix, { force: true });
    throw error;
  }
}

/** The stamp of the run belongs to the database that the program has open (file-header.ts). */
function clearStamp(file: string): void {
  using copy = new Database(file, { readwrite: true });
  copy.run("PRAGMA application_id = 0");
}

/** "daily-….db.4711.part-journal": the copy that process 4711 was making; earlier versions of the program left the number out. */
const partName = /\.db(?:\.(\d+))?\.part(?:-journal|-wal|-shm)?$/;

/**
 * Removes the parts of copies that were never finished, each as big as the database may be: a killed process leaves them.
 * Those of a process that runs are being written.
 * @param prefix of the names; left out: all
 */
export function removeLeftParts(folder: string, prefix = ""): void {
  for (const name of readdirSync(folder)) {
    const [isPart, writer] = partName.exec(name) ?? [];
    if (isPart === undefined || !name.startsWith(prefix)) continue;
    if (writer === undefined || !isOther(Number(writer))) rmSync(join(folder, name), { force: true });
  }
}

/** A process that runs, and is not this one. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** @throws StorageError when the file is not sound through and through */
export function refuseUnsound(file: string): void {
  using copy = new Database(file, { readonly: true });
  const result = copy.query<{ integrity_check: string }, []>("PRAGMA integrity_check(1)").get();
  if (result?.integrity_check !== "ok")
    throw new StorageError(
      `${file} is unsound: ${result?.integrity_check ?? "it cannot be checked"}. Use another copy.`,
    );
}

/** The present time in the form of file names. */
export const timeInName = (now: Date) => now.toISOString().replaceAll(/[:.]/g, "-");

/** VACUUM INTO does not sync: https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause */
export function flushToDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
