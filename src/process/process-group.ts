/**
 * Signals to a whole process group: a child that was started as a group's leader, and whatever it started.
 * It knows nothing of restarts or of health.
 */
import { setTimeout as delay } from "node:timers/promises";
import { failedWith } from "./process-errors.ts";

/** @returns false when nobody is left in the group */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (cause) {
    if (failedWith(cause, "ESRCH")) return false;
    // macOS answers EPERM for a group in which only zombies are left.
    if (failedWith(cause, "EPERM")) return false;
    throw cause;
  }
}

/**
 * Asks a group to end, waits, and ends what is left: TERM, up to `graceMs`, KILL.
 * @returns true when everybody left within the grace time
 */
export async function endGroup(group: number, graceMs: number): Promise<boolean> {
  if (!signalGroup(group, "SIGTERM")) return true;
  if (await groupIsGone(group, graceMs)) return true;
  signalGroup(group, "SIGKILL");
  await groupIsGone(group, 2_000);
  return false;
}

/** Nothing tells a process about the end of processes that are not its children, so this one has to look. */
async function groupIsGone(group: number, deadlineMs: number): Promise<boolean> {
  const deadline = performance.now() + deadlineMs;
  while (signalGroup(group, 0)) {
    if (performance.now() >= deadline) return false;
    await delay(20);
  }
  return true;
}
