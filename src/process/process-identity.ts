/**
 * Tells a process from a later one with the same pid, by the time when it started. It knows nothing of why that matters.
 */
import { readdirSync, readFileSync } from "node:fs";

interface ProcessIdentity {
  readonly pid: number;
  /** The start time in the system's own form; compared only for equality. */
  readonly started: string;
}

/**
 * @returns null when no such process lives (a zombie counts as dead)
 * @see proc(5) for the fields of /proc/PID/stat; the boot id keeps a pid of an earlier boot from matching
 */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const started = process.platform === "linux" ? startedOnLinux(pid) : startedByPs(pid);
  return started === null ? null : { pid, started };
}

/** True while the identified process is alive. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.started === identity.started;
}

/**
 * The living processes of a group whose environment has `NAME=value`. Only Linux reports environments; elsewhere the list is
 * empty, and only a group's leader can be recognised.
 */
export function groupMembersMarked(group: number, name: string, value: string): number[] {
  if (process.platform !== "linux") return [];
  const marker = `${name}=${value}`;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => statFields(pid)?.group === group && environmentOf(pid).includes(marker));
}

function startedOnLinux(pid: number): string | null {
  const fields = statFields(pid);
  if (fields === null || fields.state === "Z" || fields.state === "X") return null;
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields.startTicks}`;
}

function statFields(pid: number): { state: string; group: number; startTicks: string } | null {
  const text = readProc(`/proc/${pid}/stat`);
  // The command's name, in parentheses, may contain spaces and parentheses: count from the last one.
  const [state, , group, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const startTicks = rest[16];
  if (state === undefined || group === undefined || startTicks === undefined) return null;
  return { state, group: Number(group), startTicks };
}

function environmentOf(pid: number): string[] {
  return readProc(`/proc/${pid}/environ`).split("\0");
}

/** A process may end, or belong to another user, between listing and reading. */
function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function startedByPs(pid: number): string | null {
  const { stdout } = Bun.spawnSync(["ps", "-o", "state=,lstart=", "-p", String(pid)], {
    env: { LC_ALL: "C", PATH: "/bin:/usr/bin" },
  });
  const line = stdout.toString().trim();
  return line === "" || line.startsWith("Z") ? null : line.replace(/^\S+\s+/, "");
}
