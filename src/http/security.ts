/**
 * Rules for every request: headers that keep a browser from running or loading foreign content, and the refusal of requests
 * that another site makes through the user's browser. In onRequest, because later hooks miss replies such as 404.
 */
import { Elysia } from "elysia";
import { ForbiddenError } from "../accounts/account-errors.ts";
import type { AccessSettings } from "../settings/settings.ts";
import { jsonError } from "./api-errors.ts";

/** @see https://www.w3.org/TR/CSP3/ */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  // What is private is kept in no cache; a reply that may be kept says so itself.
  "cache-control": "no-store",
};

/** No browser applies a policy of documents to a style sheet, a script or a font: a first visit has ten of them. */
const assetHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};
const isAsset = (url: string) => /^[^?]*\/assets\/[^?]*\.(?:css|js|woff2)(?:\?|$)/.test(url);

/** The pages with the form to ask: nowhere else may a script listen. */
const isChat = (url: string) => /^\/(?:c\/[^/]+)?$/.test(new URL(url).pathname);
const withMicrophone = {
  "permissions-policy": "camera=(), microphone=(self), geolocation=(), payment=()",
};

interface SecurityOptions {
  /** The address on which the server listens. */
  readonly host: string;
  readonly access: Pick<AccessSettings, "publicOrigin" | "allowedHosts" | "corsOrigins" | "tls">;
  /** The addresses and names of this machine, which clients use when it listens on all of them. */
  readonly machineNames: readonly string[];
  /** Whether speech can be written down. */
  readonly dictates: boolean;
}

/** For half a year browsers use only TLS for a public name. (RFC 6797) */
const strictTransport = "max-age=15552000";

/** Requests must use one of the server's names; browsers' requests must come from its own pages, or from allowed ones. */
export const createSecurity = ({ host, access, machineNames, dictates }: SecurityOptions) => {
  const { publicOrigin, allowedHosts, corsOrigins } = access;
  const isAnyAddress = host === "0.0.0.0" || host === "::";
  const ownNames = new Set(
    ["localhost", "127.0.0.1", "[::1]", host, `[${host}]`, ...allowedHosts].map((name) => name.toLowerCase()),
  );
  if (isAnyAddress) for (const name of machineNames) ownNames.add(name.toLowerCase());
  if (publicOrigin !== null) ownNames.add(new URL(publicOrigin).hostname);
  const allowed = new Set(corsOrigins);
  const isPublicByTls = publicOrigin?.startsWith("https:") === true;
  /** Whether browsers use TLS for this host: a page of the same host without it may be forged on the way. */
  const isByTls = (host: string) =>
    access.tls !== null || (isPublicByTls && publicOrigin !== null && host === new URL(publicOrigin).host);
  return new Elysia({ name: "security" }).onRequest(({ request, set }) => {
    Object.assign(set.headers, isAsset(request.url) ? assetHeaders : securityHeaders);
    if (dictates && isChat(request.url)) Object.assign(set.headers, withMicrophone);
    if (isPublicByTls) set.headers["strict-transport-security"] = strictTransport;
    const origin = request.headers.get("origin");
    const isAllowedOrigin = origin !== null && allowed.has(origin);
    if (allowed.size > 0) set.headers.vary = "origin";
    if (isAllowedOrigin) {
      set.headers["access-control-allow-origin"] = origin;
      set.headers["access-control-expose-headers"] = exposedHeaders;
    }
    const problem = problemOf(request, { ownNames, isByTls, isAllowedOrigin });
    if (problem !== null) return jsonError(new ForbiddenError(problem), request);
    if (isAllowedOrigin && isPreflight(request))
      return new Response(null, { status: 204, headers: preflightHeaders(request) });
  });
};

const isPreflight = ({ method, headers }: Request) =>
  method === "OPTIONS" && headers.has("access-control-request-method");

/**
 * Without credentials: a page of another origin uses a key, never a session. It may send any header: common libraries send
 * many of their own.
 */
const preflightHeaders = ({ headers }: Request) => {
  const wanted = headers.get("access-control-request-headers") ?? "";
  return {
    "access-control-allow-methods": "GET, POST, PATCH, DELETE",
    "access-control-allow-headers": /^[\w-]+(?:\s*,\s*[\w-]+)*$/.test(wanted)
      ? wanted
      : "authorization, content-type, idempotency-key, last-event-id, x-api-key",
    "access-control-max-age": "600",
  };
};
const exposedHeaders = [
  "x-generation-id, x-conversation-id, retry-after, ratelimit, ratelimit-policy",
  "x-request-id, openai-processing-ms, x-ignored-fields",
  ...["requests", "tokens"].map(
    (what) => `x-ratelimit-limit-${what}, x-ratelimit-remaining-${what}, x-ratelimit-reset-${what}`,
  ),
].join(", ");

/**
 * @see https://owasp.org/www-community/attacks/DNS_Rebinding (Host), and
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html (the others)
 */
function problemOf(
  request: Request,
  {
    ownNames,
    isByTls,
    isAllowedOrigin,
  }: {
    readonly ownNames: ReadonlySet<string>;
    readonly isByTls: (host: string) => boolean;
    readonly isAllowedOrigin: boolean;
  },
): string | null {
  const { headers, method } = request;
  const host = headers.get("host") ?? new URL(request.url).host;
  const name = host.replace(/:\d*$/, "").toLowerCase();
  if (!ownNames.has(name))
    return "Requests must use this server's own address. To allow another name, add it to ALLOWED_HOSTS.";

  if (isAllowedOrigin) return null;
  const origin = headers.get("origin");
  const own = host.toLowerCase();
  if (origin !== null && (hostOf(origin) !== own || (isByTls(own) && !origin.startsWith("https:"))))
    return "Requests from other sites are refused.";
  const site = headers.get("sec-fetch-site");
  const isOwn = site === null || site === "same-origin" || site === "none";
  // A link from elsewhere may be followed; other requests of other sites are refused.
  const isLink = method === "GET" && headers.get("sec-fetch-mode") === "navigate";
  return isOwn || isLink ? null : "Requests from other sites are refused.";
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null);
