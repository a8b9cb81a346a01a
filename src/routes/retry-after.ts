/** When to come back, for the errors that know it. */
import { OverloadedError, TooManyRequestsError } from "../accounts/account-errors.ts";
import { QueueFullError } from "../errors.ts";

export const retryAfter = (error: unknown): Record<string, string> =>
  error instanceof QueueFullError || error instanceof TooManyRequestsError || error instanceof OverloadedError
    ? { "retry-after": String(error.retryAfterSeconds) }
    : {};
