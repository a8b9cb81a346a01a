/** One SQLite connection with the pragmas that the safety of the data needs. SQLite's defaults have none of them. */
import { Database } from "bun:sqlite";
import { type BunSQLiteDatabase, drizzle } from "drizzle-orm/bun-sqlite";
import * as schema from "./schema.ts";

export type StoreDatabase = BunSQLiteDatabase<typeof schema> & { readonly $client: Database };

/** How long a statement waits for another process's lock, in milliseconds: it blocks the event loop meanwhile. */
export const busyTimeoutMs = 2_000;
/** A checkpoint truncates a large WAL to this many bytes. */
const walSizeLimit = 64 * 2 ** 20;

const isEmpty = (client: Database) =>
  client.query<{ page_count: number }, []>("PRAGMA page_count").get()?.page_count === 0;

/**
 * @param synchronous FULL: a commit has reached the disk when it returns. NORMAL: it survives the end of the process, but
 * a power cut may lose the last moment (https://www.sqlite.org/pragma.html#pragma_synchronous)
 */
export function openConnection(file: string, synchronous: "FULL" | "NORMAL"): StoreDatabase {
  const client = new Database(file, { readwrite: true, create: true, strict: true });
  try {
    client.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    // Of a new file alone, and before the WAL: free pages can be given back a few at a time. It is written into the file, so
    // with an old one every opening would wait for the lock, and fail on a full disk.
    if (isEmpty(client)) client.run("PRAGMA auto_vacuum = INCREMENTAL");
    client.run("PRAGMA journal_mode = WAL");
    client.run(`PRAGMA journal_size_limit = ${walSizeLimit}`);
    client.run(`PRAGMA synchronous = ${synchronous}`);
    client.run("PRAGMA foreign_keys = ON");
    // Deleted data is overwritten: it cannot be read from the file.
    client.run("PRAGMA secure_delete = ON");
    return drizzle(client, { schema });
  } catch (error) {
    client.close();
    throw error;
  }
}
