/** The errors of downloads, for the user. */
import { AppError } from "../errors.ts";

/** A source cannot be used on this machine or at this moment; another one may work. */
export class SourceUnavailableError extends AppError {
  readonly status = 503;
  readonly code = "source_unavailable";
}

/** The hub answered, and does not give it: a login is missing, or its terms are not accepted. */
export class HubRefusedError extends AppError {
  readonly status = 502;
  readonly code = "hub_refused";
}

/** The hub has another file now than when it was first fetched. */
export class HubFileChangedError extends AppError {
  readonly status = 409;
  readonly code = "hub_file_changed";
}

/** All sources failed. The message has the reason of each. */
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
