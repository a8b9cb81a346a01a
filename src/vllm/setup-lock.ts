/** Allows one setup at a time in a folder: a second one waits for the first. */
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { FolderLock } from "../process/folder-lock.ts";
import { removePidFile, runningFrom, writePidFile } from "../process/pid-file.ts";
import { identifyProcess } from "../process/process-identity.ts";
import { VllmSetupError } from "./setup-errors.ts";

/** A setup over a slow network takes long; one that takes longer than this hangs. */
const patienceMs = 3 * 60 * 60_000;

/**
 * Waits until no other setup works in the folder. The lock beside the folder decides; the file in it names the setup that
 * has it, for the others to say.
 * @param onWait gets the other's process id, once
 * @throws VllmSetupError when the other one does not end; signal.reason when aborted
 */
export async function lockSetup(
  folder: string,
  signal: AbortSignal,
  onWait: (pid: number) => void,
): Promise<Disposable> {
  const path = join(folder, "setup.lock");
  const identity = identifyProcess(process.pid);
  if (identity === null) throw new VllmSetupError("This system does not tell when a process started.");
  const deadline = performance.now() + patienceMs;
  let waiting = false;
  for (;;) {
    const lock = FolderLock.take(`${folder}.lock`);
    if (lock !== null) {
      writePidFile(path, { ...identity, marker: crypto.randomUUID(), since: Date.now(), url: null });
      return {
        [Symbol.dispose]: () => {
          removePidFile(path);
          lock[Symbol.dispose]();
        },
      };
    }
    const other = runningFrom(path);
    if (other !== null && !waiting) {
      onWait(other.pid);
      waiting = true;
    }
    if (performance.now() > deadline)
      throw new VllmSetupError(
        `Another setup${other === null ? "" : ` (process ${other.pid})`} has worked on it for hours. End it, and run ./run.sh setup-vllm again.`,
      );
    await delay(250, undefined, { signal }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw cause;
    });
  }
}
