/** The Retry-After of errors that have one, and the limit of rate-limit.ts that was exceeded. */
import { OverloadedError, TooManyRequestsError } from "../accounts/account-errors.ts";
import { QueueFullError } from "../errors.ts";

export function retryAfter(error: unknown): Record<string, string> {
  if (error instanceof TooManyRequestsError) {
    const { limit, retryAfterSeconds } = error;
    const exceeded = overTime.has(limit) ? { ratelimit: `"${limit}";r=0;t=${retryAfterSeconds}` } : {};
    return { "retry-after": String(retryAfterSeconds), ...exceeded };
  }
  return error instanceof QueueFullError || error instanceof OverloadedError
    ? { "retry-after": String(error.retryAfterSeconds) }
    : {};
}

/** Those that refill over time; the others limit concurrent work. */
const overTime: ReadonlySet<string> = new Set(["requests", "tokens"]);
