/**
 * The requests of a minute: of one user, with all of their keys, or of one anonymous address. Every reply reports what is left
 * of them and of a user's tokens; a refusal reports the limit that it exceeded (retry-after.ts).
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
import { Elysia } from "elysia";
import { TooManyRequestsError } from "../accounts/account-errors.ts";
import type { Allowance } from "../accounts/token-buckets.ts";
import type { UsageLimits } from "../accounts/usage-limits.ts";
import { jsonError } from "./api-errors.ts";
import type { Authentication } from "./authentication.ts";
import { isForV1 } from "./openai-error.ts";

/** Register it after the authentication. In onRequest of the app itself: nested deeper no client address is known. */
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
    const fields = [allowance("requests", { left, seconds })];
    if (userId !== null) fields.push(allowance("tokens", limits.tokens(userId)));
    set.headers["ratelimit-policy"] = userId === null ? ofRequests : ofBoth;
    set.headers.ratelimit = fields.join(", ");
    if (isForV1(request)) {
      Object.assign(set.headers, openAiAllowance("requests", requests.perMinute, { left, seconds }));
      if (userId !== null)
        Object.assign(set.headers, openAiAllowance("tokens", tokensPerMinute, limits.tokens(userId)));
    }
    if (before.left >= 1) return;
    return jsonError(
      new TooManyRequestsError(
        `You sent more than ${requests.perMinute} requests in a minute, the limit.`,
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

/** A page needs many of them, and they are cached. */
const isAsset = ({ url }: Request) => new URL(url).pathname.startsWith("/assets/");
