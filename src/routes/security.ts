/**
 * What holds for every request: headers that keep a browser from running or loading anything that is not ours, and
 * refusal of requests that another site makes through the user's browser. In onRequest, because later hooks miss
 * replies such as 404.
 */
import { Elysia } from "elysia";
import { AppError } from "../errors.ts";
import { jsonError } from "./api-errors.ts";

/** @see https://www.w3.org/TR/CSP3/ */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
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
};

class ForbiddenError extends AppError {
  readonly status = 403;
  readonly code = "forbidden";
}

/** @param host the address that the server listens on; requests must name it or a loopback name */
export const createSecurity = (host: string) => {
  const ownNames = new Set(["localhost", "127.0.0.1", "[::1]", host, `[${host}]`]);
  return new Elysia({ name: "security" }).onRequest(({ request, set }) => {
    Object.assign(set.headers, securityHeaders);
    const problem = problemOf(request, ownNames);
    if (problem !== null) return jsonError(new ForbiddenError(problem));
  });
};

/**
 * @see https://owasp.org/www-community/attacks/DNS_Rebinding (Host), and
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html (the others)
 */
function problemOf(request: Request, ownNames: ReadonlySet<string>): string | null {
  const { headers, method } = request;
  const host = headers.get("host") ?? new URL(request.url).host;
  const name = host.replace(/:\d*$/, "").toLowerCase();
  if (!ownNames.has(name)) return "Requests must be made to this server's own address.";

  const isUpgrade = headers.get("upgrade") !== null;
  if ((method === "GET" || method === "HEAD" || method === "OPTIONS") && !isUpgrade) return null;
  const origin = headers.get("origin");
  if (origin !== null && hostOf(origin) !== host.toLowerCase())
    return "Requests from other sites are refused.";
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none")
    return "Requests from other sites are refused.";
  return null;
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null);
