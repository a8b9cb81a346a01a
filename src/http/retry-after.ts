/** When to come back, for the errors that know it, and which of the limits of rate-limit.ts was exceeded. */
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

/** Those that flow back over time; the others are of what is had at once. */
const overTime: ReadonlySet<string> = new Set(["requests", "tokens"]);
