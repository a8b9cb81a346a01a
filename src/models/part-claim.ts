/** Two processes never write to the same part of a download: the first one claims it, by a file with its process's number. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "../errors.ts";
import { say } from "../texts/say.ts";
import { systemCode } from "./model-errors.ts";

export class ModelBusyError extends AppError {
  readonly status = 409;
  readonly code = "model_busy";
}

/** @throws ModelBusyError while another download writes to it */
export function claimPart(part: string): Disposable {
  const path = `${part}.pid`;
  for (let tries = 0; ; tries++)
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
    } catch (cause) {
      if (systemCode(cause) !== "EEXIST") throw cause;
      if (tries > 0 || isRunning(ownerOf(path)))
        throw new ModelBusyError(
          say`${{ verbatim: basename(part, ".part") }} is being downloaded already. Wait until that has ended.`,
          {},
          { cause },
        );
      // A killed process left it.
      rmSync(path, { force: true });
    }
}

function ownerOf(path: string): number {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    // It has just ended.
    return 0;
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
