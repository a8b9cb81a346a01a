/**
 * How many requests one user, with all of their keys, or one stranger's address may send in a minute. What is left of that,
 * and of a user's tokens, is told with every reply; a refusal tells of the limit that refused (retry-after.ts).
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
import { Elysia } from "elysia";
import { TooManyRequestsError } from "../accounts/account-errors.ts";
import type { Allowance } from "../accounts/token-buckets.ts";
import type { UsageLimits } from "../accounts/usage-limits.ts";
import { jsonError } from "./api-errors.ts";
import type { Authentication } from "./authentication.ts";
import { isForV1 } from "./openai-error.ts";

/** Register it after the authentication. In onRequest of the app itself: nested deeper nobody's address is known. */
export const createRateLimit = (limits: UsageLimits, authentication: Authentication) => {
  const { requests, tokensPerMinute } = limits;
  const ofRequests = policy("requests", requests.perMinute);
  const ofBoth = `${ofRequests}, ${policy("tokens", tokensPerMinute)}`;
  return new Elysia({ name: "rate-limit" }).onRequest(({ request, set }) => {
    const payer = authentication.rateLimitKey(request);
    if (payer === null || isAsset(request)) return;
    const before = requests.look(payer);
    const { left, seconds } = before.left < 1 ? before : requests.take(payer, 1);
    const userId = authentication.known(request)?.userId ?? null;
    const told = [allowance("requests", { left, seconds })];
    if (userId !== null) told.push(allowance("tokens", limits.tokens(userId)));
    set.headers["ratelimit-policy"] = userId === null ? ofRequests : ofBoth;
    set.headers.ratelimit = told.join(", ");
    if (isForV1(request)) {
      Object.assign(set.headers, openAiAllowance("requests", requests.perMinute, { left, seconds }));
      if (userId !== null)
        Object.assign(set.headers, openAiAllowance("tokens", tokensPerMinute, limits.tokens(userId)));
    }
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

const policy = (name: string, perMinute: number) => `"${name}";q=${perMinute};w=60`;
const allowance = (name: string, { left, seconds }: Allowance) => `"${name}";r=${left};t=${seconds}`;

/** @see https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers */
const openAiAllowance = (name: string, limit: number, { left, seconds }: Allowance) => ({
  [`x-ratelimit-limit-${name}`]: String(limit),
  [`x-ratelimit-remaining-${name}`]: String(left),
  [`x-ratelimit-reset-${name}`]: `${seconds}s`,
});

/** A page is made of many, which are cached. */
const isAsset = ({ url }: Request) => new URL(url).pathname.startsWith("/assets/");
