/** The errors of supervised processes. */
import { AppError } from "../errors.ts";

/** The process is not running and will not become ready by itself (stopped, refused, or in a crash loop). */
export class ProcessUnavailableError extends AppError {
  readonly status = 503;
  readonly code = "process_unavailable";
}

/** Another instance of the program already owns this data folder. */
export class AlreadyRunningError extends AppError {
  readonly status = 409;
  readonly code = "already_running";
}

/** Whether a system call failed for this reason (ENOENT, ESRCH, …), without matching message text. */
export function failedWith(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}
