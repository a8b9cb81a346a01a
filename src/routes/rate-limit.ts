/**
 * How many requests one key, one user or one stranger's address may send in a minute, told with every reply.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
import { Elysia } from "elysia";
import { TooManyRequestsError } from "../accounts/account-errors.ts";
import type { UsageLimits } from "../accounts/usage-limits.ts";
import { jsonError } from "./api-errors.ts";
import type { Door } from "./door.ts";

/** Register it after the door. In onRequest of the app itself: nested deeper nobody's address is known. */
export const createRateLimit = ({ requests }: UsageLimits, door: Door) => {
  const policy = `"requests";q=${requests.perMinute};w=60`;
  return new Elysia({ name: "rate-limit" }).onRequest(({ request, set }) => {
    const key = door.payerOf(request);
    if (key === null || isAsset(request)) return;
    const before = requests.look(key);
    const { left, seconds } = before.left < 1 ? before : requests.take(key, 1);
    set.headers["ratelimit-policy"] = policy;
    set.headers.ratelimit = `"requests";r=${left};t=${seconds}`;
    if (before.left >= 1) return;
    return jsonError(
      new TooManyRequestsError(
        `More than ${requests.perMinute} requests in a minute are too many.`,
        "requests",
        seconds,
      ),
      request,
    );
  });
};

/** A page is made of many, which are cached. */
const isAsset = ({ url }: Request) => new URL(url).pathname.startsWith("/assets/");
