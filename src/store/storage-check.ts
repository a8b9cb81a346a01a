/**
 * Knows whether what is written to the database can be saved, and says what to do when it cannot. It looks at the files
 * each time it is asked; after a refusal it also writes something small now and then, until that goes through again. It
 * knows nothing of what is stored.
 */
import type { Database } from "bun:sqlite";
import { accessSync, constants, readSync, renameSync, statfsSync } from "node:fs";
import { StorageError } from "../errors.ts";
import { busyTimeoutMs } from "./connection.ts";
import { type FilesInPlace, movedReason } from "./files-in-place.ts";
import type { Rescue } from "./rescue.ts";
import { damagedIndex, SearchRebuiltError } from "./search-index.ts";
import { storageErrorOf } from "./sqlite-errors.ts";

export interface StorageState {
  /** One sentence that says what is wrong and what to do; null when nothing is. */
  readonly problem: string | null;
  /** Nothing can be saved at present, or what is saved will not be found again. */
  readonly isUrgent: boolean;
}

export interface StorageCheckOptions {
  readonly dataDir: string;
  readonly files: FilesInPlace;
  /** Copies what the open file holds when it is no longer in its place; null: nothing is copied. */
  readonly rescue: Rescue | null;
  /**
   * The database, open for reading. It must be opened before the connections and closed after them: to close any
   * descriptor of the file would drop their locks (https://www.sqlite.org/howtocorrupt.html, 2.2).
   */
  readonly descriptor: number;
  /** The one whose commits have reached the disk when they return, and any others. */
  readonly connections: readonly [Database, ...Database[]];
  /** Makes the indexes of the search anew. @returns whether that has mended them */
  readonly rebuildSearch?: () => boolean;
  /** performance.now(), unless a test has a clock of its own. */
  readonly now?: () => number;
  /** How much room the folder's disk has, in bytes; for tests too. */
  readonly freeBytes?: () => number;
}

/** Below this much free space it warns, and goes on to until there is a little more. */
const scarceBytes = 64 * 2 ** 20;
const enoughBytes = 80 * 2 ** 20;
/** A full disk is full until this much is free: SQLite can write a little into what its files hold already. */
const roomBytes = 2 ** 20;
/** Milliseconds between two tries to write while that is refused: each waits for the disk. */
const tryAgainMs = 500;
/** What every database begins with: https://www.sqlite.org/fileformat.html#magic_header_string */
const magic = Buffer.from("SQLite format 3\0");

const fine: StorageState = { problem: null, isUrgent: false };

export class StorageCheck {
  readonly #options: StorageCheckOptions;
  readonly #file: string;
  /** The last refusal; null when a write has gone through since. */
  #refusal: StorageError | null = null;
  readonly #now: () => number;
  readonly #freeBytes: () => number;
  /** When the last try was made after a refusal. */
  #triedAt = 0;
  /** performance.now() when another program was first seen to hold the lock that it holds still. */
  #lockedSince: number | null = null;
  /** Stands until the program is started again, which looks at the file as a whole. */
  #damage: string | null = null;
  #isScarce = false;

  constructor(options: StorageCheckOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#freeBytes = options.freeBytes ?? (() => freeBytesOf(options.dataDir));
    this.#file = options.files.file;
  }

  /**
   * Takes note of what a query threw.
   * @returns what to throw instead: a StorageError that says what to do, or `error` itself when it is no refusal
   */
  explain(error: unknown): unknown {
    const refusal = error instanceof StorageError ? error : storageErrorOf(error);
    const code = refusal?.facts.reason;
    if (refusal === undefined || typeof code !== "string") return error;
    // It is looked at anew each time, and over as soon as the file is back.
    if (code === movedReason) return refusal;
    if (code === damagedIndex) {
      const isWithin = this.#options.connections.some(({ inTransaction }) => inTransaction);
      // The end of the transaction comes here, too.
      if (isWithin) return refusal;
      if (this.#options.rebuildSearch?.()) return new SearchRebuiltError({ cause: refusal.cause });
    }
    if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB"))
      this.noteDamage(refusal.message);
    if (this.#damage !== null) return new StorageError(this.#damage, refusal.facts, { cause: refusal.cause });
    // To wait for the same lock each time would stop the whole program for as long.
    if (code.startsWith("SQLITE_BUSY")) this.#waitForLocks(0);
    if (this.#refusal === null) this.#triedAt = this.#now();
    this.#refusal = this.#closedRefusal(refusal, code) ?? refusal;
    return this.#refusal;
  }

  /** The operating system's refusal to write to a file is to SQLite a failure of the disk. */
  #closedRefusal(refusal: StorageError, code: string): StorageError | null {
    const closed = code.startsWith("SQLITE_IOERR") ? this.#closedPath() : null;
    if (closed === null) return null;
    const message = `${closed} is read-only, so nothing can be saved. Allow this user to write to it, then try again.`;
    return new StorageError(message, refusal.facts, { cause: refusal.cause });
  }

  /**
   * Nothing is written into the file from now on: more of it might be lost, or something else be there by now.
   * @param problem what was found, and what to do
   */
  noteDamage(problem: string): void {
    if (this.#damage !== null) return;
    this.#damage = problem;
    for (const client of this.#options.connections) {
      client.run("PRAGMA query_only = ON");
      client.run("PRAGMA wal_autocheckpoint = 0");
    }
  }

  /**
   * Closes the connections. When SQLite closes the last one it writes what the WAL holds into the database's file, but
   * not when that is gone from its place: so one that holds something else now is out of its place meanwhile.
   */
  close(closeConnections: () => void): void {
    const file = this.#file;
    const { files, rescue } = this.#options;
    if (files.missing() !== null) rescue?.attemptBeforeEnd();
    const aside = this.#damage !== null && files.isDatabaseInPlace ? `${file}.aside` : null;
    if (aside !== null) renameSync(file, aside);
    try {
      closeConnections();
    } finally {
      if (aside !== null) renameSync(aside, file);
    }
  }

  /** Takes well under a millisecond while all is well. */
  state(): StorageState {
    const urgent = this.#damaged() ?? this.#moved() ?? this.#refused() ?? this.#locked();
    if (urgent !== null) return { problem: urgent, isUrgent: true };
    const problem = this.#closed() ?? this.#scarce();
    return problem === null ? fine : { problem, isUrgent: false };
  }

  #damaged(): string | null {
    if (this.#damage !== null) return this.#damage;
    const found = this.#beginning();
    if (found === null)
      return `${this.#file} cannot be read: its disk fails. Check the disk, then restart the program.`;
    if (!found.equals(magic))
      this.noteDamage(
        `${this.#file} was overwritten by something else. Stop the program, and put a copy from the snapshots folder in its place: ./run.sh restore FILE keeps what is there.`,
      );
    return this.#damage;
  }

  /** The first bytes of the database; null when its disk does not give them. */
  #beginning(): Buffer | null {
    const found = Buffer.alloc(magic.length);
    try {
      return found.subarray(0, readSync(this.#options.descriptor, found, 0, found.length, 0));
    } catch {
      return null;
    }
  }

  #moved(): string | null {
    const { files, rescue } = this.#options;
    rescue?.bringBack();
    if (files.missing() === null) rescue?.reset();
    else rescue?.attempt();
    return files.problem();
  }

  /** Files that are open already may still be written to for a while. */
  #closed(): string | null {
    const closed = this.#closedPath();
    return closed === null
      ? null
      : `${closed} is read-only: allow this user to write to it, or nothing more can be saved.`;
  }

  #closedPath(): string | null {
    return [...this.#options.files.paths, this.#options.dataDir].find(isClosed) ?? null;
  }

  #refused(): string | null {
    if (this.#refusal === null) return null;
    const now = this.#now();
    if (now - this.#triedAt < tryAgainMs) return this.#refusal.message;
    this.#triedAt = now;
    if (!this.#canWrite()) return this.#refusal.message;
    this.#refusal = null;
    this.#lockedSince = null;
    this.#waitForLocks(busyTimeoutMs);
    return null;
  }

  /** Whether a write goes through: the number that SQLite keeps for its user is written as it is. */
  #canWrite(): boolean {
    const [client] = this.#options.connections;
    if (client.inTransaction) return false;
    if (this.#refusal?.facts.reason === "SQLITE_FULL" && this.#freeBytes() < roomBytes) return false;
    try {
      const { user_version: number = 0 } =
        client.query<{ user_version: number }, []>("PRAGMA user_version").get() ?? {};
      client.run(`PRAGMA user_version = ${number}`);
      return true;
    } catch (error) {
      this.explain(error);
      return false;
    }
  }

  /** Another program may hold the lock while nobody here writes; for a short while that is in order. */
  #locked(): string | null {
    const [client] = this.#options.connections;
    if (client.inTransaction) return null;
    const now = this.#now();
    try {
      client.run("PRAGMA busy_timeout = 0");
      client.run("BEGIN IMMEDIATE");
      client.run("ROLLBACK");
      this.#lockedSince = null;
    } catch (error) {
      this.#lockedSince ??= now;
      if (now - this.#lockedSince >= busyTimeoutMs) this.explain(error);
    } finally {
      if (this.#refusal === null) client.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    }
    return this.#refusal?.message ?? null;
  }

  #scarce(): string | null {
    this.#isScarce = this.#freeBytes() < (this.#isScarce ? enoughBytes : scarceBytes);
    return this.#isScarce
      ? `The disk of ${this.#options.dataDir} is nearly full: free some space, or answers can no longer be saved.`
      : null;
  }

  #waitForLocks(milliseconds: number): void {
    for (const client of this.#options.connections) client.run(`PRAGMA busy_timeout = ${milliseconds}`);
  }
}

/** A disk that cannot be asked is told of elsewhere. */
function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const refusedAccess = new Set(["EACCES", "EPERM", "EROFS"]);

/** This user may not write to it. */
function isClosed(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && refusedAccess.has(String(error.code));
  }
}
