/**
 * A folder whose files of prices are imported when they appear or grow. A file is read when it has been quiet for a moment, and only
 * its whole lines; each row comes in once, also after a restart. What cannot be read is told with its reason. The file system's events
 * make it quick; it also looks by itself, because some file systems have none. It knows nothing of HTTP.
 */
import { type FSWatcher, watch } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { DataImport, WatchedFile } from "../store/dataset-tables.ts";
import type { OwnerId } from "../store/schema.ts";
import { say, type Words } from "../texts/say.ts";
import { tellDataChange } from "./data-changes.ts";
import type { DatasetStore } from "./dataset-chunks.ts";
import { datasetsOf, largestSeries } from "./datasets.ts";
import { hashOf, readWholeLines, type WholeLines } from "./watched-file.ts";

/** What a page shows of it. */
export interface WatchedState {
  readonly folder: string;
  /** Why the folder cannot be watched; null: nothing is wrong. */
  readonly problem: Words | null;
  /** Files that could not be read, or of which something is to be known. */
  readonly files: readonly { readonly name: string; readonly problem: Words }[];
}

interface WatchOptions {
  readonly folder: string;
  readonly store: DatasetStore;
  /** Whose the files are; undefined: there is no such user. */
  readonly ownerOf: () => OwnerId | undefined;
  readonly log: Log;
  /** How long a file must have been as it is, and how often the folder is looked at without an event, in milliseconds. */
  readonly quietMs?: number;
  readonly pollMs?: number;
}

/** One that never comes to rest is read all the same. */
const longestWaitMs = 5_000;

interface Seen {
  readonly size: number;
  readonly changedAt: number;
  /** When it was first seen like this, and when it was first seen to have changed. */
  readonly since: number;
  readonly waits: number;
}

export class WatchedFolder implements AsyncDisposable {
  readonly #options: WatchOptions;
  readonly #quietMs: number;
  readonly #end = new AbortController();
  readonly #seen = new Map<string, Seen>();
  readonly #poll: ReturnType<typeof setInterval>;
  #events: FSWatcher | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looking: Promise<void> | null = null;
  #isAsked = false;
  #problem: Words | null = null;
  /** Of the files, when the folder was looked at last. */
  #names: readonly string[] = [];

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#quietMs = options.quietMs ?? 300;
    this.#poll = setInterval(() => this.#look(), options.pollMs ?? 2_000);
    this.#look();
  }

  /** @returns null: it is somebody else's */
  stateFor(ownerId: OwnerId): WatchedState | null {
    const { folder, ownerOf, store } = this.#options;
    if (ownerOf() !== ownerId) return null;
    const problems = new Map(store.datasets.watched().map(({ path, problem }) => [path, problem]));
    const files = this.#names.flatMap((name) => {
      const problem = problems.get(keyOf(join(folder, name))) ?? null;
      return problem === null ? [] : [{ name, problem }];
    });
    return { folder, problem: this.#problem, files };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    clearInterval(this.#poll);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#events?.close();
    // What was begun is not left half done.
    await this.#looking;
  }

  #look(): void {
    if (this.#end.signal.aborted) return;
    this.#isAsked = true;
    this.#looking ??= this.#lookUntilAsked().finally(() => {
      this.#looking = null;
    });
  }

  async #lookUntilAsked(): Promise<void> {
    while (this.#isAsked && !this.#end.signal.aborted) {
      this.#isAsked = false;
      try {
        await this.#lookOnce();
      } catch (error) {
        this.#options.log.error("watched-folder-defect", { error });
      }
    }
  }

  async #lookOnce(): Promise<void> {
    const { folder, ownerOf } = this.#options;
    const ownerId = ownerOf();
    if (ownerId === undefined)
      return this.#setProblem(null, say`There is no user of the name in WATCH_USER: nothing is imported.`);
    const names = await this.#namesIn(folder, ownerId);
    if (names === null) return;
    this.#names = names.toSorted();
    this.#events ??= this.#watching(folder);
    const known = new Map(this.#options.store.datasets.watched().map((row) => [row.path, row]));
    let wait: number | null = null;
    for (const name of names) {
      if (this.#end.signal.aborted) return;
      const path = join(folder, name);
      const before = known.get(keyOf(path));
      const left = await this.#waitFor(path, before);
      if (left === null) continue;
      if (left > 0) wait = Math.min(wait ?? left, left);
      else await this.#read(path, before, ownerId);
    }
    if (wait === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  /** @returns null: the folder cannot be read */
  async #namesIn(folder: string, ownerId: OwnerId): Promise<readonly string[] | null> {
    try {
      const names = await readdir(folder);
      this.#setProblem(ownerId, null);
      return names.filter((name) => !isPassing.test(name));
    } catch (error) {
      this.#events?.close();
      this.#events = null;
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      this.#setProblem(ownerId, say`The folder cannot be read (${{ verbatim: code }}).`);
      return null;
    }
  }

  #setProblem(ownerId: OwnerId, problem: Words | null): void {
    const isChanged = JSON.stringify(problem) !== JSON.stringify(this.#problem);
    this.#problem = problem;
    if (isChanged) tellDataChange(this.#options.store.datasets, ownerId);
  }

  /** Without events the next look finds what has changed. */
  #watching(folder: string): FSWatcher | null {
    try {
      const events = watch(folder, { persistent: false }, () => this.#look());
      events.on("error", () => {
        events.close();
        this.#events = null;
      });
      return events;
    } catch (error) {
      this.#options.log.warn("watched-folder-without-events", { error });
      return null;
    }
  }

  /** @returns milliseconds until the file is quiet; null: it is as it was read, or gone */
  async #waitFor(path: string, known: WatchedFile | undefined): Promise<number | null> {
    const found = await lstat(path).catch(() => null);
    // Links, folders and devices are left alone.
    if (found === null || !found.isFile()) return null;
    const { size } = found;
    const changedAt = Math.floor(found.mtimeMs);
    if (known?.size === size && known.changedAt === changedAt) {
      this.#seen.delete(path);
      return null;
    }
    const now = performance.now();
    const before = this.#seen.get(path);
    const isSame = before?.size === size && before.changedAt === changedAt;
    const seen = { size, changedAt, since: isSame ? before.since : now, waits: before?.waits ?? now };
    this.#seen.set(path, seen);
    if (now - seen.waits >= longestWaitMs) return 0;
    return Math.max(0, seen.since + this.#quietMs - now);
  }

  async #read(path: string, known: WatchedFile | undefined, ownerId: OwnerId): Promise<void> {
    const { store } = this.#options;
    const seen = this.#seen.get(path);
    if (seen === undefined) return;
    this.#seen.delete(path);
    const { size, changedAt } = seen;
    const outcome = await this.#outcomeOf(path, known, ownerId);
    if (outcome === null) return;
    await store.commit(() => store.datasets.putWatched({ path: keyOf(path), size, changedAt, ...outcome }));
    tellDataChange(store.datasets, ownerId);
  }

  /** @returns null: it was stopped meanwhile, and is read again */
  async #outcomeOf(
    path: string,
    known: WatchedFile | undefined,
    ownerId: OwnerId,
  ): Promise<Omit<WatchedFile, "path" | "size" | "changedAt"> | null> {
    const name = nameOf(path);
    const failed = (problem: Words) => ({
      ...{ hash: known?.hash ?? "", beginningHash: known?.beginningHash ?? "" },
      ...{ beginningSize: known?.beginningSize ?? 0, importId: known?.importId ?? null, problem },
    });
    try {
      const lines = await readWholeLines(path, largestSeries);
      if (lines === null)
        return failed(say`It is no plain file, or larger than ${largestSeries / 1_000_000} MB.`);
      const { hash, beginningHash, beginningSize, isOpen } = lines;
      const open = isOpen ? say`The last line has no end yet: it is read once it has one.` : null;
      const importId =
        known?.hash === hash || lines.bytes.length === 0
          ? (known?.importId ?? null)
          : await this.#imported(name, lines, known, ownerId);
      return { hash, beginningHash, beginningSize, importId, problem: open };
    } catch (error) {
      if (this.#end.signal.aborted) return null;
      if (error instanceof AppError) return failed(error.words);
      const code = error instanceof Error && "code" in error ? String(error.code) : null;
      if (code === null) throw error;
      return failed(say`It cannot be read (${{ verbatim: code }}).`);
    }
  }

  /** A file that has only grown replaces what was read of it before: all of its rows are there all the time. */
  async #imported(
    name: string,
    lines: WholeLines,
    known: WatchedFile | undefined,
    ownerId: OwnerId,
  ): Promise<string> {
    const own = datasetsOf({ store: this.#options.store }, ownerId);
    const found = known?.importId == null ? undefined : this.#options.store.datasets.importOf(known.importId);
    const before = found?.ownerId === ownerId ? found : undefined;
    const row = await own.import(
      { name, bytes: lines.bytes },
      { answers: before?.answers ?? {}, isCommitted: true, signal: this.#end.signal },
    );
    if (before !== undefined && known !== undefined && isReplaced(before, row, lines, known))
      await own.undo(before.id);
    return row.id;
  }
}

/** What was read before is all in the new rows, but for its last line, or was never committed. */
function isReplaced(before: DataImport, row: DataImport, { bytes }: WholeLines, known: WatchedFile): boolean {
  if (before.status !== "committed") return true;
  const hasGrown =
    bytes.length >= known.beginningSize &&
    hashOf(bytes.subarray(0, known.beginningSize)) === known.beginningHash;
  return hasGrown && row.status === "committed";
}

/** Hidden ones, and those that programs write on the way to another name. */
const isPassing = /^\.|~$|\.(?:tmp|part|partial|crdownload|swp|lock)$/i;

/** Nothing of what a file is called is kept. */
const keyOf = (path: string): string => hashOf(new TextEncoder().encode(path));
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
