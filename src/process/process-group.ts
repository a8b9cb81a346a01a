/**
 * Signals to a process group: a child that was started as the group's leader, and its descendants. It knows nothing of
 * restarts or health.
 */
import { setTimeout as delay } from "node:timers/promises";
import { failedWith } from "./process-errors.ts";

/** @returns false when the group is empty */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (cause) {
    if (failedWith(cause, "ESRCH")) return false;
    // macOS answers EPERM for a group of zombies only.
    if (failedWith(cause, "EPERM")) return false;
    throw cause;
  }
}

/**
 * Ends a group: TERM, up to `graceMs` of waiting, KILL.
 * @returns true when all its processes ended within the grace time
 */
export async function endGroup(group: number, graceMs: number): Promise<boolean> {
  if (!signalGroup(group, "SIGTERM")) return true;
  if (await groupIsGone(group, graceMs)) return true;
  signalGroup(group, "SIGKILL");
  await groupIsGone(group, 2_000);
  return false;
}

/** Polls: the system does not report the end of a process that is not a child. */
async function groupIsGone(group: number, deadlineMs: number): Promise<boolean> {
  const deadline = performance.now() + deadlineMs;
  while (signalGroup(group, 0)) {
    if (performance.now() >= deadline) return false;
    await delay(20);
  }
  return true;
}
