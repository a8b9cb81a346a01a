/**
 * One running program a data folder: who owns it, and where it can be reached. Several instances live side
 * by side when each has its own folder. It knows nothing of what the program does.
 */
import { join } from "node:path";
import {
  claimPidFile,
  type PidRecord,
  readPidFile,
  removePidFile,
  runningFrom,
  writePidFile,
} from "./pid-file.ts";
import { AlreadyRunningError, ProcessUnavailableError } from "./process-errors.ts";
import { identifyProcess } from "./process-identity.ts";

/** Where the orchestrator of a data folder is named. */
export function instanceFile(dataDir: string): string {
  return join(dataDir, "orchestrator.pid");
}

export class Instance implements Disposable {
  private constructor(
    private readonly path: string,
    private record: PidRecord,
  ) {}

  /**
   * Makes this process the owner of the data folder. What a dead owner left is taken over.
   * @throws AlreadyRunningError naming the address, when the owner lives
   */
  static claim(dataDir: string): Instance {
    const path = instanceFile(dataDir);
    const identity = identifyProcess(process.pid);
    if (identity === null)
      throw new ProcessUnavailableError("This system does not tell when a process started.");
    const record: PidRecord = { ...identity, marker: crypto.randomUUID(), since: Date.now(), url: null };
    for (let attempt = 0; attempt < 5; attempt++) {
      if (claimPidFile(path, record)) return new Instance(path, record);
      const owner = runningFrom(path);
      if (owner !== null)
        throw new AlreadyRunningError(
          `It is already running${owner.url === null ? "" : ` at ${owner.url}`} (process ${owner.pid}). "./run.sh stop" ends it; DATA_DIR and PORT start another beside it.`,
          { pid: owner.pid, url: owner.url },
        );
      removePidFile(path);
    }
    throw new AlreadyRunningError("Another start is under way. Try again in a moment.");
  }

  /** Tells other programs where it can be reached. */
  announce(url: string): void {
    if (url === this.record.url) return;
    this.record = { ...this.record, url };
    writePidFile(this.path, this.record);
  }

  [Symbol.dispose](): void {
    if (readPidFile(this.path)?.marker === this.record.marker) removePidFile(this.path);
  }
}

/** The program that owns the data folder, or null when none runs. */
export function runningInstance(dataDir: string): PidRecord | null {
  return runningFrom(instanceFile(dataDir));
}
