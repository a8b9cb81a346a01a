/**
 * What lies in a data folder when there was a database in it. A start that finds such traces and no database must not
 * make an empty one: all conversations would seem to be gone, and the logins with them.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../errors.ts";
import { snapshotsOf, timeInName } from "./snapshot.ts";

/** Beside the database: its WAL and index, what a restore or a damaged file was set aside as, earlier databases. */
const fileTraces =
  /^assistant(\.made|\.db-wal|\.db-shm|\.db\.(aside|restoring)|-.*\.replaced\.db(-wal|-shm)?)$/;
/** What only a program with a database has filled. */
const folderTraces = ["snapshots", "backups", "kv-states"];

/** Notes that there is a database now: after a clean stop, in its first minutes, nothing else would tell. */
export function noteDatabase(dataDir: string): void {
  const path = join(dataDir, "assistant.made");
  if (existsSync(path)) return;
  try {
    writeFileSync(
      path,
      `A database was made here on ${new Date().toISOString()}. When assistant.db is missing, the program does not begin with an empty one: see "./run.sh restore".\n`,
      { mode: 0o600 },
    );
  } catch {
    // A full or inaccessible disk is reported elsewhere; the next start notes it.
  }
}

/** Names relative to the folder; empty where there never was a database. */
function tracesIn(dataDir: string): string[] {
  const files = namesIn(dataDir).filter((name) => fileTraces.test(name) && sizeOf(join(dataDir, name)) > 0);
  return [...files, ...folderTraces.filter((folder) => namesIn(join(dataDir, folder)).length > 0)];
}

/**
 * @param file the database
 * @throws MissingDatabaseError when it is missing or empty, and there was one
 */
export function refuseToBeginAnew(dataDir: string, file: string): void {
  if (sizeOf(file) > 0) return;
  const traces = tracesIn(dataDir);
  if (traces.length > 0) throw new MissingDatabaseError(dataDir, file, traces);
}

/**
 * Puts everything that tells of an earlier database into a folder of its own, so that the next start makes an empty one.
 * @returns that folder; null when there was nothing
 */
export function setTracesAside(dataDir: string, now: Date): string | null {
  const names = [...namesIn(dataDir).filter((name) => name === "assistant.db"), ...tracesIn(dataDir)];
  if (names.length === 0) return null;
  const aside = join(dataDir, `before-${timeInName(now)}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of names) renameSync(join(dataDir, name), join(aside, name));
  return aside;
}

export class MissingDatabaseError extends StorageError {
  constructor(dataDir: string, file: string, traces: readonly string[]) {
    const copy = newestCopy(dataDir);
    super(
      `${file} is missing or empty, but there was a database: ${dataDir} holds ${traces.join(", ")}. Nothing was changed. Bring it back: ./run.sh restore ${copy ?? "FILE"}${copy === null ? " (FILE is a backup)" : ""}. To begin with an empty one, without its conversations and logins: ./run.sh restore --new keeps what is there in a folder beside.`,
    );
  }
}

/** What was rescued last goes before a snapshot: it holds everything. */
function newestCopy(dataDir: string): string | null {
  const folder = join(dataDir, "snapshots");
  const copies = (["rescued", "daily", "before"] as const).flatMap((kind) =>
    snapshotsOf(folder, kind).map((name) => join(folder, name)),
  );
  const byAge = copies.toSorted((a, b) => modifiedAt(b) - modifiedAt(a));
  return byAge[0] ?? null;
}

const modifiedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** 0 for a file that is not there. */
const sizeOf = (path: string) => whereThere(() => statSync(path).size) ?? 0;

const namesIn = (folder: string) => whereThere(() => readdirSync(folder)) ?? [];

/** undefined: there is no such file or folder. */
function whereThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}
