/**
 * Knows whether the database's files are still those that were opened: SQLite itself does not notice in WAL mode that
 * they were moved, deleted or replaced, and goes on writing into files that nobody will find again.
 */
import { fstatSync, readlinkSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StorageError } from "../errors.ts";
import { FileHeader } from "./file-header.ts";

/** What the refusal has as its reason, in the place of a code of SQLite. */
export const movedReason = "FILE_MOVED";

interface Identity {
  readonly ino: number;
  readonly dev: number;
}

export class FilesInPlace {
  readonly file: string;
  readonly header: FileHeader;
  readonly #descriptor: number;
  /** The database, its WAL and its index, in this order; null: it was not there yet. */
  readonly #files: { readonly path: string; identity: Identity | null }[];
  readonly #locks: readonly { readonly path: string; readonly identity: Identity | null }[];
  /** What is said of where the data are; set once it was rescued. */
  #advice: string | null = null;

  /**
   * @param file the database; beside it lie its -wal and -shm
   * @param descriptor the same file, open for reading as long as this is used. It must be opened before the connections and
   *   closed after them: to close any descriptor of the file would drop their locks
   *   (https://www.sqlite.org/howtocorrupt.html, 2.2)
   * @param lockFiles what must stay in its place, too, for this program to own the folder
   */
  constructor(file: string, descriptor: number, lockFiles: readonly string[] = []) {
    this.file = file;
    this.#descriptor = descriptor;
    this.header = new FileHeader(descriptor);
    this.#files = ["", "-wal", "-shm"].map((suffix) => ({
      path: file + suffix,
      identity: identityOf(file + suffix),
    }));
    this.#locks = lockFiles.map((path) => ({ path, identity: identityOf(path) }));
  }

  get paths(): readonly string[] {
    return this.#files.flatMap(({ path, identity }) => (identity === null ? [] : [path]));
  }

  /** The database's own file is where it was, whatever is true of those beside it. */
  get isDatabaseInPlace(): boolean {
    return isAt(this.file, this.#files[0]?.identity ?? null);
  }

  /** Another file has the database's name now, or none ever will again have its data: its WAL belongs to nothing there. */
  get isWalOrphaned(): boolean {
    return !this.isDatabaseInPlace && (this.isDeleted || identityOf(this.file) !== null);
  }

  /** Those of the two beside the database that are still the ones which were opened. */
  get companionsInPlace(): readonly string[] {
    return this.#files.slice(1).flatMap(({ path, identity }) => (isAt(path, identity) ? [path] : []));
  }

  /** Its directory entry is gone, and no other is left: what is not copied now is lost when the file is closed. */
  get isDeleted(): boolean {
    return fstatSync(this.#descriptor).nlink === 0;
  }

  /** The folder is elsewhere now, and the database whole in it: there is nothing to rescue, and nowhere to rescue it to. */
  get isFolderMoved(): boolean {
    return identityOf(dirname(this.file)) === null && !this.isDeleted;
  }

  /** @returns the first path that does not hold the file that was opened; null: all do. About 5 µs. */
  missing(): string | null {
    for (const entry of this.#files) {
      if (isAt(entry.path, entry.identity)) continue;
      // SQLite makes the two beside the database with the first use.
      if (entry.identity === null) {
        entry.identity = identityOf(entry.path);
        continue;
      }
      return entry.path;
    }
    return null;
  }

  /** One sentence that says what is wrong and what to do; null when nothing is. */
  problem(): string | null {
    const path = this.missing();
    if (path === null) return this.#unowned();
    return `${path} was moved or deleted while the program runs, or its folder was closed, so nothing can be saved. ${this.#advice ?? this.#whereabouts()}`;
  }

  /** @throws StorageError when a write would go into, or has gone into, a file that is not in its place */
  verify(): void {
    const problem = this.problem() ?? this.overwritten();
    if (problem !== null) throw new StorageError(problem, { reason: movedReason });
  }

  /** One sentence where the file is in its place, and holds something else, or cannot be read; null when it is sound. */
  overwritten(): string | null {
    const state = this.header.state();
    if (state === "sound") return null;
    return state === "unreadable"
      ? `${this.file} cannot be read: its disk fails. Check the disk, then restart the program.`
      : `${this.file} was overwritten by another program. Stop this program, and put a copy from the snapshots folder in its place: ./run.sh restore FILE keeps what is there.`;
  }

  /** @param advice what `problem` says to do from now on; null: what it said first */
  advise(advice: string | null): void {
    this.#advice = advice;
  }

  #unowned(): string | null {
    const lost = this.#locks.find(({ path, identity }) => !isAt(path, identity));
    return lost === undefined
      ? null
      : `${lost.path} was removed while the program runs, so another one may own the folder and nothing can be saved. Restart the program.`;
  }

  #whereabouts(): string {
    const path = this.#presentPath();
    return path === null
      ? "Put it back, or restart the program."
      : `It is ${path} now. Put it back, or restart the program.`;
  }

  /** Where the open database lies now; only Linux tells. */
  #presentPath(): string | null {
    if (this.isDeleted) return null;
    try {
      const path = readlinkSync(`/proc/self/fd/${this.#descriptor}`);
      return path === this.file ? null : path;
    } catch {
      return null;
    }
  }
}

function isAt(path: string, identity: Identity | null): boolean {
  const found = identityOf(path);
  return found !== null && found.ino === identity?.ino && found.dev === identity.dev;
}

/** null: it is not there, or cannot be reached, because its folder was closed or its disk fails. */
function identityOf(path: string): Identity | null {
  try {
    const { ino, dev } = statSync(path);
    return { ino, dev };
  } catch {
    return null;
  }
}
