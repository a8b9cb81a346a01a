/**
 * A file that identifies a running process: pid, start time, and a marker in the environment of the process and of all its
 * descendants. So the next start finds exactly this process, and never another one with the same pid.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { failedWith } from "./process-errors.ts";
import { endGroup } from "./process-group.ts";
import { groupMembersMarked, isAlive } from "./process-identity.ts";

const PidRecord = t.Object({
  pid: t.Integer({ minimum: 2 }),
  started: t.String(),
  /** The value of the environment variable RUN_MARKER, which the process and all its descendants have. */
  marker: t.String(),
  /** Milliseconds since 1970. */
  since: t.Number(),
  /** The address, once known. */
  url: t.Union([t.String(), t.Null()]),
});
export type PidRecord = Static<typeof PidRecord>;

/** The environment variable that marks descendants of a supervised process. */
export const RUN_MARKER = "LFA_RUN";

/** @returns null when the file does not exist or holds no record */
export function readPidFile(path: string): PidRecord | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Value.Check(PidRecord, parsed) ? parsed : null;
  } catch (cause) {
    if (failedWith(cause, "ENOENT") || cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Replaces the file in one step: nobody reads half of it. */
export function writePidFile(path: string, record: PidRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.part`;
  writeFileSync(draft, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

export function removePidFile(path: string): void {
  rmSync(path, { force: true });
}

/** The process that a pid file names, if exactly that process is alive. */
export function runningFrom(path: string): PidRecord | null {
  const record = readPidFile(path);
  return record !== null && isAlive(record) ? record : null;
}

/**
 * Ends what an earlier run left behind: the process in the file, or, when it is dead, the processes of its group with its
 * marker. It leaves other processes alone.
 * @returns the number of processes that got a signal
 */
export async function endOrphans(path: string, graceMs: number): Promise<number> {
  const record = readPidFile(path);
  if (record === null) return 0;
  const marked = groupMembersMarked(record.pid, RUN_MARKER, record.marker);
  const found = isAlive(record) ? Math.max(1, marked.length) : marked.length;
  if (found > 0) await endGroup(record.pid, graceMs);
  removePidFile(path);
  return found;
}
