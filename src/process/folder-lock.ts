/**
 * A lock on a name in a data folder that one process alone can have, and that the kernel frees when that process ends in
 * whatever way: there is no stale one. It knows nothing of what is done under it.
 *
 * It is SQLite's own exclusive lock (fcntl, as on the database itself) on an empty file: the same on Linux and macOS, on
 * every file system on which the database works, and without native code of ours. SQLite keeps it for the process, so
 * nothing else may open and close that file there (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
import { Database } from "bun:sqlite";
import { chmodSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { SettingsError } from "../errors.ts";

/** Milliseconds between two tries while it is waited for. */
const tryAgainMs = 25;

export class FolderLock implements Disposable {
  readonly #client: Database;
  readonly #path: string;
  /** The locked file: a process that replaces it has another lock. */
  readonly id: string;

  private constructor(client: Database, path: string, id: string) {
    this.#client = client;
    this.#path = path;
    this.id = id;
  }

  /**
   * @returns null when another process has it
   * @throws SettingsError when the file cannot be made
   */
  static take(path: string): FolderLock | null {
    let client: Database | null = null;
    try {
      client = new Database(path, { readwrite: true, create: true });
      client.run("PRAGMA busy_timeout = 0");
      // Nothing is ever written, so no journal needs to be left by one that is killed.
      client.run("PRAGMA journal_mode = MEMORY");
      client.run("BEGIN EXCLUSIVE");
      chmodSync(path, 0o600);
    } catch (cause) {
      client?.close();
      if (isBusy(cause)) return null;
      throw new SettingsError(
        `${path} cannot be locked. Check that this user may write to it, or set DATA_DIR to another folder.`,
        { setting: "DATA_DIR" },
        { cause },
      );
    }
    const id = identityOf(path);
    if (id !== null) return new FolderLock(client, path, id);
    // Somebody has removed it between the two steps: it locks nothing.
    client.close();
    return null;
  }

  /** As `take`, but waits for it. @returns null when another process has it still */
  static async wait(path: string, milliseconds: number): Promise<FolderLock | null> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const lock = FolderLock.take(path);
      if (lock !== null || performance.now() >= deadline) return lock;
      await delay(tryAgainMs);
    }
  }

  /** The file is still in its place: all processes use this lock. */
  get isInPlace(): boolean {
    return identityOf(this.#path) === this.id;
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

/** Names the file at this path, so that two can be told apart; null: there is none. */
export function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

const isBusy = (error: unknown) =>
  error instanceof Error &&
  "code" in error &&
  typeof error.code === "string" &&
  /^SQLITE_(BUSY|LOCKED)/.test(error.code);
