/**
 * One running program a data folder: who owns it, and where it can be reached. Several instances live side by side when
 * each has its own folder. The lock decides who owns it; the pid file tells others whom they may find and stop. It knows
 * nothing of what the program does.
 */
import { join } from "node:path";
import { makeDataFolder } from "./data-folder.ts";
import { FolderLock } from "./folder-lock.ts";
import { type PidRecord, readPidFile, removePidFile, runningFrom, writePidFile } from "./pid-file.ts";
import { AlreadyRunningError, ProcessUnavailableError } from "./process-errors.ts";
import { identifyProcess } from "./process-identity.ts";

/** The pid file of a data folder's orchestrator. */
export function instanceFile(dataDir: string): string {
  return join(dataDir, "orchestrator.pid");
}

/** What the owner of a data folder has locked: an orchestrator, a server that runs alone, or a restore. */
export function ownerLockFile(dataDir: string): string {
  return join(dataDir, "owner.lock");
}

/** A command that ends in a moment (`users`, `backup`) may have it. In milliseconds. */
const patienceMs = 3_000;
const tryAgainMs = 20;

/**
 * Takes the folder for this process alone, until the lock is disposed of.
 * @throws AlreadyRunningError naming the address when another program owns it; SettingsError when it cannot be used
 */
export function lockFolder(dataDir: string): FolderLock {
  makeDataFolder(dataDir);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const lock = FolderLock.take(ownerLockFile(dataDir));
    const owner = runningFrom(instanceFile(dataDir));
    // Somebody may have removed the lock's file under a running program.
    if (owner !== null && owner.pid !== process.pid) {
      lock?.[Symbol.dispose]();
      throw alreadyRunning(owner);
    }
    if (lock !== null) return lock;
    if (owner !== null) throw alreadyRunning(owner);
    if (performance.now() >= deadline)
      throw new AlreadyRunningError(
        `Another program works in ${dataDir}: a start, a server that runs alone, a restore, or a command about users. Wait until it has ended, or set DATA_DIR and PORT to start another beside it.`,
      );
    Bun.sleepSync(tryAgainMs);
  }
}

export class Instance implements Disposable {
  private constructor(
    private readonly path: string,
    private record: PidRecord,
    private readonly lock: FolderLock,
  ) {}

  /**
   * Makes this process the owner of the data folder. It takes over from a dead owner.
   * @throws AlreadyRunningError with the address, when the owner lives
   */
  static claim(dataDir: string): Instance {
    const identity = identifyProcess(process.pid);
    if (identity === null)
      throw new ProcessUnavailableError("This system does not tell when a process started.");
    const lock = lockFolder(dataDir);
    const path = instanceFile(dataDir);
    const record: PidRecord = { ...identity, marker: crypto.randomUUID(), since: Date.now(), url: null };
    writePidFile(path, record);
    return new Instance(path, record, lock);
  }

  /** Names the folder that is owned, for the server child: it refuses to work in another one of the same name. */
  get folderId(): string {
    return this.lock.id;
  }

  /** Publishes the address to other programs. */
  announce(url: string): void {
    if (url === this.record.url) return;
    this.record = { ...this.record, url };
    writePidFile(this.path, this.record);
  }

  [Symbol.dispose](): void {
    if (readPidFile(this.path)?.marker === this.record.marker) removePidFile(this.path);
    this.lock[Symbol.dispose]();
  }
}

/** The program that owns the data folder; null when none runs. */
export function runningInstance(dataDir: string): PidRecord | null {
  return runningFrom(instanceFile(dataDir));
}

function alreadyRunning({ pid, url }: PidRecord): AlreadyRunningError {
  return new AlreadyRunningError(
    `It is already running${url === null ? "" : ` at ${url}`} (process ${pid}). "./run.sh stop" ends it; DATA_DIR and PORT start another beside it.`,
    { pid, url },
  );
}
