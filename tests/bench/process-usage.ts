/** What another process has used of the machine. */
import { readFileSync } from "node:fs";

/** @see proc(5), and ps(1) where there is no /proc: both count in units of 1,024 bytes */
export function residentMegabytes(pid: number): number {
  const kilobytes =
    process.platform === "linux"
      ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
      : Bun.spawnSync(["ps", "-o", "rss=", "-p", String(pid)]).stdout.toString();
  return (Number(kilobytes) * 1024) / 1e6;
}

/**
 * Processor time of all its threads since it began, in user space and in the kernel, in milliseconds; NaN where there
 * is no /proc. The kernel counts it in hundredths of a second.
 * @see proc(5): the 14th and 15th field of /proc/PID/stat; the second one is a name that may hold blanks
 */
export function processorMs(pid: number): number {
  if (process.platform !== "linux") return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
