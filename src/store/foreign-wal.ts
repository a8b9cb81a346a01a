/**
 * Knows whether a WAL that a killed program left belongs to the database beside it: SQLite applies it to whatever file has
 * that name. Who exchanges the file leaves the WAL where it was; who copies the folder makes both anew.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { timeInName } from "./snapshot.ts";

const recordOf = (file: string) => `${file}-files`;

/** Notes which WAL belongs to the open database. */
export function rememberWal(file: string): void {
  const [database, wal] = [identityOf(file), identityOf(`${file}-wal`)];
  if (database === null || wal === null) return;
  try {
    writeFileSync(recordOf(file), JSON.stringify([database, wal]), { mode: 0o600 });
  } catch {
    // A full or inaccessible disk is reported elsewhere; without the note the WAL is taken for the database's own.
  }
}

/** After a clean end there is no WAL; the number of its file may come again. */
export function forgetWal(file: string): void {
  rmSync(recordOf(file), { force: true });
}

/**
 * Renames a WAL whose database was exchanged for another file since it was written.
 * @returns its new path; null when it belongs to the database, or there is none
 */
export function keepForeignWalApart(dataDir: string, file: string): string | null {
  const wal = identityOf(`${file}-wal`);
  const database = identityOf(file);
  if (wal === null || database === null || !existsSync(recordOf(file))) return null;
  const noted = readFileSync(recordOf(file), "utf8");
  const isSameWal = noted.endsWith(`,${JSON.stringify(wal)}]`);
  if (!isSameWal || noted === JSON.stringify([database, wal])) return null;
  const kept = join(dataDir, `assistant-${timeInName(new Date())}.replaced.db`);
  for (const suffix of ["-wal", "-shm"])
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  return `${kept}-wal`;
}

function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
