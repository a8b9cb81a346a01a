/**
 * Authentication: identifies the client of every request once, before anything is read or validated, and refuses what it
 * may not do. HTTP, event streams, WebSockets and pages all pass here. It runs in onRequest, because later hooks run after
 * validation, and do not see what an earlier plugin has.
 */
import { Elysia } from "elysia";
import type { AssetUrl } from "../../views/props.ts";
import { ForbiddenError, UnauthenticatedError, UnknownKeyError } from "../accounts/account-errors.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Actor } from "../accounts/audit.ts";
import { type Identity, localOwner, may } from "../accounts/identity.ts";
import { networkOf } from "../accounts/network-of.ts";
import { StorageError } from "../errors.ts";
import type { AccessSettings } from "../settings/settings.ts";
import type { OwnerId } from "../store/schema.ts";
import { setLanguageOfReader } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { looksOnly, needOf } from "./access.ts";
import { jsonError } from "./api-errors.ts";
import { createClientAddress } from "./client-address.ts";
import { describeError, errorReply, isHtmx } from "./html-reply.tsx";
import { ownPath } from "./own-path.ts";
import { createSessionCookie, type SessionCookie } from "./session-cookie.ts";

export interface Authentication {
  /** Register it before the routes. */
  readonly plugin: ReturnType<typeof createPlugin>;
  readonly cookie: SessionCookie;
  /** The client; null for an anonymous one, which reaches public addresses only. */
  known(request: Request): Identity | null;
  /** @throws Error for an anonymous client: a bug, since those are refused before */
  identityOf(request: Request): Identity;
  /** Whether the client may still do this: a stream or a socket may outlast a login, and a role. */
  isStillKnown(request: Request): boolean;
  /** The user whose limits a request counts against, whichever key it uses; null without logins: no limit. */
  rateLimitKey(request: Request): string | null;
  /** The client as the audit log names it. */
  actorOf(request: Request): Actor;
  /** @throws ForbiddenError unless the client is an admin */
  requireAdmin(request: Request): void;
}

interface RequestIdentity {
  readonly identity: Identity | null;
  readonly address: string;
}

interface AuthenticationDeps {
  readonly accounts: Accounts;
  readonly settings: AccessSettings;
  /** The address on which it listens, from the settings. */
  readonly port: number;
  /** For the page of a 403. */
  readonly asset: AssetUrl;
  /** The code of the language that a user wants; null: their browser's. @throws StorageError */
  readonly languageOf: (userId: OwnerId) => string | null;
}

export function createAuthentication({
  accounts,
  settings,
  port,
  asset,
  languageOf,
}: AuthenticationDeps): Authentication {
  const identities = new WeakMap<Request, RequestIdentity>();
  const cookie = createSessionCookie(
    settings.tls !== null || settings.publicOrigin?.startsWith("https:") === true,
    port,
  );
  const addressOf = createClientAddress(settings.trustedProxies);
  const requestIdentity = (request: Request): RequestIdentity => {
    const known = identities.get(request);
    if (known === undefined) throw new Error("The request was not authenticated.");
    return known;
  };
  const identityOf = (request: Request): Identity => {
    const { identity } = requestIdentity(request);
    if (identity === null) throw new Error("An anonymous request reached a private route.");
    return identity;
  };

  const identify = (request: Request): Identity | null => {
    const key = keyIn(request.headers);
    if (isFromElsewhere(request)) return key === null ? null : accounts.keys.identify(key);
    // Without users there is no credential to check; programs always send some key.
    if (!accounts.users.any()) return settings.isOpen || isProxied(request.headers) ? null : localOwner;
    // A bad API key is not rescued by a valid session.
    if (key !== null) return accounts.keys.identify(key);
    const token = cookie.read(request);
    return token === null ? null : accounts.sessions.identify(token);
  };

  /** Public addresses answer even when the database cannot be read, to report that. */
  const identifyOrAnonymous = (request: Request): Identity | null => {
    try {
      return identify(request);
    } catch (error) {
      if (error instanceof StorageError && isPublic(request)) return null;
      throw error;
    }
  };

  /** A page that says that the database cannot be read speaks the browser's language. */
  const languageOrNone = (userId: OwnerId): string | null => {
    try {
      return languageOf(userId);
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  };

  const authenticate = (request: Request, peer: string): Response | undefined => {
    const known = { identity: identifyOrAnonymous(request), address: addressOf(request, peer) };
    identities.set(request, known);
    const { identity } = known;
    if (identity !== null) setLanguageOfReader(() => languageOrNone(identity.userId));
    const refusal = refusalOf(request, known.identity);
    if (!(refusal instanceof ForbiddenError)) return refusal;
    return isForPerson(request)
      ? errorReply({ asset, sidebar: null }, refusal.status, describeError(refusal).message)
      : jsonError(refusal, request);
  };

  return {
    plugin: createPlugin(authenticate),
    cookie,
    known: (request) => requestIdentity(request).identity,
    identityOf,
    isStillKnown: (request) => {
      const now = identify(request);
      const need = needOfRequest(request);
      return now !== null && now.userId === identityOf(request).userId && (need === null || may(now, need));
    },
    rateLimitKey: (request) => {
      const { identity, address } = requestIdentity(request);
      if (identity === null) return `address:${networkOf(address)}`;
      return identity.userId === null ? null : `user:${identity.userId}`;
    },
    actorOf: (request) => {
      const { identity, address } = requestIdentity(request);
      return { name: identity?.name ?? "", address };
    },
    requireAdmin: (request) => {
      if (!may(identityOf(request), "admin")) throw adminsOnly();
    },
  };
}

const createPlugin = (authenticate: (request: Request, peer: string) => Response | undefined) =>
  new Elysia({ name: "authentication" }).onRequest(({ request, server }) =>
    authenticate(request, server?.requestIP(request)?.address ?? ""),
  );

/** An unconfigured proxy forwarded a remote client: most proxies add one of these headers. */
const isProxied = (headers: Headers) => proxyHeaders.some((name) => headers.has(name));
const proxyHeaders = [
  "x-forwarded-for",
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "via",
  "cf-connecting-ip",
];

/** The headers of OpenAI's, Azure's (api-key) and other libraries. @returns null without one; '' for one of another kind */
function keyIn(headers: Headers): string | null {
  const authorization = headers.get("authorization");
  if (authorization !== null) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
  return headers.get("x-api-key") ?? headers.get("api-key");
}

/**
 * A page of another origin that CORS allows: it may use a key, but neither its viewer's session nor the local owner's
 * identity.
 */
function isFromElsewhere({ headers, url }: Request): boolean {
  const origin = headers.get("origin");
  if (origin === null) return false;
  const host = headers.get("host") ?? new URL(url).host;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

const needOfRequest = ({ method, url, headers }: Request) =>
  needOf(method, new URL(url).pathname, headers.get("upgrade") !== null);
const isPublic = (request: Request) => needOfRequest(request) === null;

function refusalOf(request: Request, identity: Identity | null): Response | ForbiddenError | undefined {
  const need = needOfRequest(request);
  if (isForged(request, identity, need === null))
    return new ForbiddenError(say`The request has no Origin. Use a current browser, or an API key.`);
  if (need === null) {
    const isLook = looksOnly.includes(request.method);
    return isLook || !isFromElsewhere(request)
      ? undefined
      : new ForbiddenError(say`Only this server's own pages may log in or set it up.`);
  }
  if (identity === null) return anonymousReply(request);
  if (may(identity, need)) return undefined;
  return need === "admin" ? adminsOnly() : new ForbiddenError(sentences[need]);
}

const adminsOnly = () => new ForbiddenError(say`Only admins may do this, and keys with the scope admin.`);
const sentences = {
  read: say`This key may not read. Create one with the scope chat or read.`,
  write: say`This key may only read. Create one with the scope chat.`,
  account: say`An API key cannot change a login. Use the page at /account.`,
} as const;

/** Every current browser sends the origin of a form; a request with a session and without an origin may be forged. */
function isForged(
  { method, headers }: Request,
  identity: Identity | null,
  isPublicAddress: boolean,
): boolean {
  if (looksOnly.includes(method)) return false;
  if (identity?.via === "key" || (identity?.via !== "session" && !isPublicAddress)) return false;
  return headers.get("origin") === null && headers.get("sec-fetch-site") === null;
}

/** What a page asks for by itself must not take it away from its reader, who may be writing: the next thing that they do leads on. */
function isOfItself({ headers }: Request): boolean {
  const [element = ""] = (headers.get("hx-source") ?? "form").split("#");
  return !["form", "button", "a", "input", "select", "textarea", "details"].includes(element);
}

/** Sends people to the login, and from there to the page they wanted; programs get an error. */
function anonymousReply(request: Request): Response {
  const isPerson = isForPerson(request);
  const isPage = request.method === "GET" && isPerson && request.headers.get("upgrade") === null;
  const { pathname, search } = new URL(request.url);
  if (isHtmx(request)) {
    if (isOfItself(request)) return new Response(null, { status: 401, headers: { "hx-reswap": "none" } });
    const shown = request.headers.get("hx-current-url");
    const next = shown !== null && URL.canParse(shown) ? pathOf(new URL(shown)) : "/";
    return new Response(null, { status: 401, headers: { "hx-redirect": loginAt(next) } });
  }
  if (isPage) return new Response(null, { status: 303, headers: { location: loginAt(pathname + search) } });
  if (isPerson && request.method === "POST")
    return new Response(null, { status: 303, headers: { location: loginAt("/") } });
  const reply = jsonError(
    keyIn(request.headers) === null ? new UnauthenticatedError() : new UnknownKeyError(),
    request,
  );
  reply.headers.set("www-authenticate", 'Bearer realm="Local Financial Assistant"');
  return reply;
}

/** Browsers accept HTML when they open a page or send a form; programs do not, nor do the scripts of a page. */
const isForPerson = (request: Request) =>
  !isHtmx(request) && /\btext\/html\b/i.test(request.headers.get("accept") ?? "");

const pathOf = ({ pathname, search }: URL) => pathname + search;

function loginAt(next: string): string {
  const path = ownPath(next);
  return path === "/" ? "/login" : `/login?next=${encodeURIComponent(path)}`;
}
