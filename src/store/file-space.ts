/**
 * What is erased leaves the files: the write-ahead log is emptied into the database, where secure_delete has overwritten it, and
 * free pages are given back. Each call takes a moment only, and none waits for a lock.
 */
import type { Database } from "bun:sqlite";
import { busyTimeoutMs } from "./connection.ts";

/** Smaller files are left as they are. */
const fewestFreePages = 512;

export function createFileSpace(client: Database) {
  const numberOf = (pragma: string) =>
    client.query<Record<string, number>, []>(`PRAGMA ${pragma}`).get()?.[pragma] ?? 0;
  return {
    /** @returns false while somebody reads what stands in the log: ask again */
    emptyLog(): boolean {
      client.run("PRAGMA busy_timeout = 0");
      try {
        const result = client.query<{ busy: number }, []>("PRAGMA wal_checkpoint(TRUNCATE)").get();
        return result?.busy === 0;
      } finally {
        client.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
      }
    },
    /** Gives back some pages when more than half of the file is free. @returns whether there is more to give back */
    shrink(pages: number): boolean {
      const free = numberOf("freelist_count");
      if (free < fewestFreePages || free * 2 < numberOf("page_count")) return false;
      if (numberOf("auto_vacuum") === 0) return false;
      // Each page is a row of the result, and only what is read is done.
      client.query(`PRAGMA incremental_vacuum(${pages})`).all();
      return numberOf("freelist_count") < free;
    },
  };
}

/** Whether free pages of the file can never be given back, as it is of an earlier version. */
export const needsRewriting = (client: Database): boolean =>
  client.query<{ auto_vacuum: number }, []>("PRAGMA auto_vacuum").get()?.auto_vacuum === 0;

/**
 * Once, of a file of an earlier version: what was deleted in it goes, and from now on free pages can be given back. Needs as much
 * space as the file takes.
 * @throws SQLiteError when there is none; the file is as it was then
 */
export function rewriteFile(client: Database): void {
  client.run("PRAGMA auto_vacuum = INCREMENTAL");
  client.run("VACUUM");
}
