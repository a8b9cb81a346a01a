/** When to come back, for the errors that know it. */
import { TooManyRequestsError } from "../accounts/account-errors.ts";
import { QueueFullError } from "../errors.ts";

export const retryAfter = (error: unknown): Record<string, string> =>
  error instanceof QueueFullError || error instanceof TooManyRequestsError
    ? { "retry-after": String(error.retryAfterSeconds) }
    : {};
