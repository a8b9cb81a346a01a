/** A verified copy of the database, taken before its schema is changed. */
import { Database } from "bun:sqlite";
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const keptSnapshots = 5;

/**
 * Copies the database whole and proves the copy sound before it gets its name.
 * @returns the copy's path, `folder/assistant-<UTC time>.db`
 * @throws SQLiteError when there is no room, Error when the copy is unsound; nothing is left behind then
 */
export function takeSnapshot(client: Database, folder: string, now: Date): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `assistant-${now.toISOString().replaceAll(/[:.]/g, "-")}.db`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  try {
    // VACUUM INTO accepts an empty file, and this one is closed to others from the start.
    closeSync(openSync(part, "wx", 0o600));
    client.query<unknown, [string]>("VACUUM INTO ?").run(part);
    verify(part);
    flushToDisk(part);
    renameSync(part, file);
    flushToDisk(folder);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return file;
}

/** Removes the oldest ones: each is as big as the database was. Their names sort by time. */
export function removeOldSnapshots(folder: string): void {
  const snapshots = readdirSync(folder).filter((name) => /^assistant-.*\.db$/.test(name));
  for (const name of snapshots.sort().slice(0, -keptSnapshots)) rmSync(join(folder, name));
}

function verify(file: string): void {
  using copy = new Database(file, { readonly: true });
  const result = copy.query<{ integrity_check: string }, []>("PRAGMA integrity_check(1)").get();
  if (result?.integrity_check !== "ok")
    throw new Error(`The snapshot is unsound: ${result?.integrity_check ?? "it cannot be checked"}.`);
}

/** VACUUM INTO does not: https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause */
function flushToDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
