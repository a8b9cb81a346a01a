/** What can go wrong while a model is being fetched, as the user sees it. */
import { AppError } from "../errors.ts";

/** A source cannot be used on this machine or at this moment; another source may do. */
export class SourceUnavailableError extends AppError {
  readonly status = 503;
  readonly code = "source_unavailable";
}

/** Every source was tried. The message says what each of them said. */
export class ModelNotObtainableError extends AppError {
  readonly status = 503;
  readonly code = "model_not_obtainable";
}

export class DiskFullError extends AppError {
  readonly status = 507;
  readonly code = "disk_full";
}

/** The system's code for a failed call (ENOSPC, ENOENT, …), or null. */
export function systemCode(cause: unknown): string | null {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
}
