/**
 * Two processes never write to the same part of a download: the first one claims it, by a file with its process's number that it
 * touches now and then. After a crash another process may have that number, in a container even the next one of this program.
 */
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "../errors.ts";
import { say } from "../texts/say.ts";
import { systemCode } from "./model-errors.ts";

export class ModelBusyError extends AppError {
  readonly status = 409;
  readonly code = "model_busy";
}

const touchedEveryMs = 20_000;
/** A claim that was touched longer ago is a dead process's. */
const staleAfterMs = 90_000;
/** Claimed by this process. */
const own = new Set<string>();

/** @throws ModelBusyError while another download writes to it */
export function claimPart(part: string): Disposable {
  const path = `${part}.pid`;
  for (let tries = 0; ; tries++)
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      own.add(path);
      const timer = setInterval(() => touch(path), touchedEveryMs);
      timer.unref();
      return {
        [Symbol.dispose]() {
          clearInterval(timer);
          own.delete(path);
          rmSync(path, { force: true });
        },
      };
    } catch (cause) {
      if (systemCode(cause) !== "EEXIST") throw cause;
      if (tries > 0 || isClaimed(path))
        throw new ModelBusyError(
          say`${{ verbatim: basename(part, ".part") }} is being downloaded already. Wait until that has ended.`,
          {},
          { cause },
        );
      // A killed process left it.
      rmSync(path, { force: true });
    }
}

function isClaimed(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    if (pid === process.pid) return own.has(path);
    return isRunning(pid) && Date.now() - statSync(path).mtimeMs < staleAfterMs;
  } catch {
    // It has just ended.
    return false;
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Somebody removed it, or the disk is gone: the download finds that out by itself.
  }
}

/** Whether a process lives; of another user's only that is known. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return systemCode(cause) === "EPERM";
  }
}
