/**
 * Knows whether the database can save writes, and says what to do when it cannot. Each call looks at the files; after a
 * refusal it also makes a small write now and then, until one succeeds. It knows nothing of the stored data.
 */
import type { Database } from "bun:sqlite";
import { accessSync, constants, renameSync, statfsSync } from "node:fs";
import { StorageError } from "../errors.ts";
import { busyTimeoutMs } from "./connection.ts";
import { type FilesInPlace, movedReason } from "./files-in-place.ts";
import type { Rescue } from "./rescue.ts";
import { damagedIndex, SearchRebuiltError } from "./search-index.ts";
import { storageErrorOf } from "./sqlite-errors.ts";

export interface StorageState {
  /** One sentence: the problem and what to do; null without a problem. */
  readonly problem: string | null;
  /** Writes fail now, or will not be found again. */
  readonly isUrgent: boolean;
}

interface StorageCheckOptions {
  readonly dataDir: string;
  readonly files: FilesInPlace;
  /** Copies what the open file holds when it is no longer in its place; null: nothing is copied. */
  readonly rescue: Rescue | null;
  /** The connection whose commits have reached the disk when they return, and any others. */
  readonly connections: readonly [Database, ...Database[]];
  /** Makes the indexes of the search anew. @returns whether that has mended them */
  readonly rebuildSearch?: () => boolean;
  /** performance.now(), unless a test has a clock of its own. */
  readonly now?: () => number;
  /** The free space of the folder's disk, in bytes; for tests too. */
  readonly freeBytes?: () => number;
}

/** Warns below this much free space, until there is a little more. */
const scarceBytes = 64 * 2 ** 20;
const enoughBytes = 80 * 2 ** 20;
/** A full disk stays full until this much is free: SQLite can still write a little into space that its files have. */
const roomBytes = 2 ** 20;
/** Milliseconds between two tries after a refusal: each waits for the disk. */
const tryAgainMs = 500;

const fine: StorageState = { problem: null, isUrgent: false };

export class StorageCheck {
  readonly #options: StorageCheckOptions;
  readonly #file: string;
  /** The last refusal; null when a write has gone through since. */
  #refusal: StorageError | null = null;
  readonly #now: () => number;
  readonly #freeBytes: () => number;
  /** The time of the last try after a refusal. */
  #triedAt = 0;
  /** performance.now() when another program's present lock was first seen. */
  #lockedSince: number | null = null;
  /** Stays until the program restarts, which checks the whole file. */
  #damage: string | null = null;
  #isOverwritten = false;
  #isScarce = false;

  constructor(options: StorageCheckOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#freeBytes = options.freeBytes ?? (() => freeBytesOf(options.dataDir));
    this.#file = options.files.file;
  }

  /**
   * Records the error of a query.
   * @returns the error to throw: a StorageError that says what to do, or `error` itself when the storage did not refuse
   */
  explain(error: unknown): unknown {
    const refusal = error instanceof StorageError ? error : storageErrorOf(error);
    const code = refusal?.facts.reason;
    if (refusal === undefined || typeof code !== "string") return error;
    // It is looked at anew each time, and over as soon as the file is back.
    if (code === movedReason) {
      const { files, rescue } = this.#options;
      if (files.missing() !== null) rescue?.attempt();
      return new StorageError(files.problem() ?? refusal.message, refusal.facts, { cause: refusal.cause });
    }
    if (code === damagedIndex) {
      const isWithin = this.#options.connections.some(({ inTransaction }) => inTransaction);
      // The end of the transaction comes here, too.
      if (isWithin) return refusal;
      if (this.#options.rebuildSearch?.()) return new SearchRebuiltError({ cause: refusal.cause });
    }
    if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB"))
      this.noteDamage(refusal.message);
    if (this.#damage !== null) return new StorageError(this.#damage, refusal.facts, { cause: refusal.cause });
    // Waiting for the same lock each time would stop the whole program that often.
    if (code.startsWith("SQLITE_BUSY")) this.#waitForLocks(0);
    if (this.#refusal === null) this.#triedAt = this.#now();
    this.#refusal = this.#closedRefusal(refusal, code) ?? refusal;
    return this.#refusal;
  }

  /** SQLite reports a read-only file of the operating system as a failure of the disk. */
  #closedRefusal(refusal: StorageError, code: string): StorageError | null {
    const closed = code.startsWith("SQLITE_IOERR") ? this.#closedPath() : null;
    if (closed === null) return null;
    const message = `${closed} is read-only, so nothing can be saved. Allow this user to write to it, then try again.`;
    return new StorageError(message, refusal.facts, { cause: refusal.cause });
  }

  /**
   * Stops all writes to the file: they might be lost, or hit something else by now.
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
   * Closes the connections. With the last one SQLite moves the WAL into the database's file, unless that file is gone from
   * its place: so a file that was overwritten is moved away meanwhile.
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
      if (this.#isOverwritten) rescue?.keepWalApart();
    }
  }

  /** Takes well under a millisecond while there is no problem. */
  state(): StorageState {
    const urgent = this.#damaged() ?? this.#moved() ?? this.#refused() ?? this.#locked();
    if (urgent !== null) return { problem: urgent, isUrgent: true };
    const problem = this.#closed() ?? this.#scarce();
    return problem === null ? fine : { problem, isUrgent: false };
  }

  #damaged(): string | null {
    if (this.#damage !== null) return this.#damage;
    const { files, rescue } = this.#options;
    const problem = files.overwritten();
    if (problem === null || files.header.state() === "unreadable") return problem;
    this.#isOverwritten = true;
    // What the WAL and SQLite's memory hold of it may be all there is.
    const copy = rescue?.copyOfOverwritten() ?? null;
    this.noteDamage(copy === null ? problem : `${problem} All of its data is safe in ${copy}`);
    return this.#damage;
  }

  #moved(): string | null {
    const { files, rescue } = this.#options;
    rescue?.bringBack();
    if (files.missing() === null) rescue?.reset();
    else rescue?.attempt();
    return files.problem();
  }

  /** Open files may stay writable for a while. */
  #closed(): string | null {
    const closed = this.#closedPath();
    return closed === null
      ? null
      : `${closed} is read-only, so nothing can be saved. Allow this user to write to it.`;
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

  /** Whether a write succeeds: it writes SQLite's user version again, unchanged. */
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

  /** A short lock by another program is normal while nobody here writes; a long one is a problem. */
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

/** A disk that gives no figures is reported elsewhere. */
function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const refusedAccess = new Set(["EACCES", "EPERM", "EROFS"]);

/** This user has no permission to write to it. */
function isClosed(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && refusedAccess.has(String(error.code));
  }
}
