/**
 * Copies what the open database holds into the snapshots folder when its files are no longer in their place: after a
 * stop nothing else would have it. One way for the moment in which it is noticed and for the end of the program.
 */
import type { Database } from "bun:sqlite";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { FilesInPlace } from "./files-in-place.ts";
import type { Exempt } from "./guard-writes.ts";
import { removeOldSnapshots, takeSnapshot, timeInName } from "./snapshot.ts";

interface RescueOptions {
  readonly dataDir: string;
  readonly files: FilesInPlace;
  /** A connection to the file that was opened. */
  readonly client: Database;
  readonly exempt: Exempt;
  /** Told of the copy, or of why there is none. */
  readonly onRescue: (outcome: RescueOutcome) => void;
}

export type RescueOutcome =
  | { readonly file: string }
  | { readonly file: null; readonly problem: string; readonly cause: unknown };

/** Milliseconds between two tries when the copy could not be made. */
const tryAgainMs = 30_000;

export class Rescue {
  readonly #options: RescueOptions;
  /** Nothing was written since: it cannot be while the files are away. */
  #isDone = false;
  #triedAt = Number.NEGATIVE_INFINITY;
  /** What was taken away from beside a file that it does not belong to: present path and first path. */
  #apart: readonly (readonly [path: string, origin: string])[] = [];

  constructor(options: RescueOptions) {
    this.#options = options;
  }

  /** The files are in their place: what was copied is not all any more once something is written. */
  reset(): void {
    if (!this.#isDone && this.#triedAt === Number.NEGATIVE_INFINITY) return;
    this.#isDone = false;
    this.#triedAt = Number.NEGATIVE_INFINITY;
    this.#options.files.advise(null);
  }

  /** Where the database is in its place again, its WAL belongs beside it. */
  bringBack(): void {
    if (this.#apart.length === 0 || !this.#options.files.isDatabaseInPlace) return;
    for (const [path, origin] of this.#apart) if (!existsSync(origin)) renameSync(path, origin);
    this.#apart = [];
  }

  /** Copies it, unless that is done already or failed a moment ago. It never throws. */
  attempt(now = performance.now()): void {
    if (this.#isDone || now - this.#triedAt < tryAgainMs) return;
    this.#copy(now);
  }

  /** @returns a copy of a database whose file holds something else now; null when no sound one can be made */
  copyOfOverwritten(): string | null {
    const { client, dataDir, exempt, onRescue } = this.#options;
    if (client.inTransaction) return null;
    try {
      const file = exempt(() => takeSnapshot(client, join(dataDir, "snapshots"), new Date(), "rescued"));
      onRescue({ file });
      return file;
    } catch (cause) {
      onRescue({ file: null, problem: "What is left of it is not a whole database.", cause });
      return null;
    }
  }

  /** The last chance. */
  attemptBeforeEnd(): void {
    if (!this.#isDone) this.#copy(performance.now());
  }

  #copy(now: number): void {
    const { client, dataDir, exempt, files, onRescue } = this.#options;
    // A folder that was moved as a whole has everything, and must be free to be moved back.
    if (client.inTransaction || files.isFolderMoved) return;
    this.#triedAt = now;
    const folder = join(dataDir, "snapshots");
    try {
      const file = exempt(() => takeSnapshot(client, folder, new Date(), "rescued"));
      this.#isDone = true;
      files.advise(
        files.isDatabaseInPlace
          ? `All of its data is safe in ${file}. Restart the program: ./run.sh restart`
          : `All of its data is safe in ${file}. ${files.isDeleted ? "S" : "Put the file back, or s"}top the program and bring that copy back: ./run.sh stop, then ./run.sh restore ${file}`,
      );
      onRescue({ file });
      if (files.isWalOrphaned) this.keepWalApart();
      removeOldSnapshots(folder, "rescued");
    } catch (cause) {
      const problem = `It could not be copied into ${folder}: make room there, or back it up while the program still runs.`;
      files.advise(problem);
      onRescue({ file: null, problem, cause });
    }
  }

  /**
   * SQLite would apply the WAL to whatever database lies beside it at the next start. Nothing is thrown away: it is
   * kept under another name.
   */
  keepWalApart(): void {
    const { dataDir, files } = this.#options;
    const time = timeInName(new Date());
    this.#apart = files.companionsInPlace.map((origin) => {
      const path = join(dataDir, `assistant-${time}.replaced.db${origin.slice(files.file.length)}`);
      renameSync(origin, path);
      return [path, origin];
    });
  }
}
