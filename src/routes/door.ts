/**
 * The door: finds out who asks, once for every request, before anything is read or validated, and refuses what they may
 * not do. HTTP, event streams, WebSockets and pages all come through here. In onRequest, because later hooks run after
 * validation, and miss what a plugin before them has.
 */
import { Elysia } from "elysia";
import type { AssetUrl } from "../../views/props.ts";
import { ForbiddenError, UnauthenticatedError, UnknownKeyError } from "../accounts/account-errors.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Actor } from "../accounts/audit.ts";
import { type Identity, may, whoeverIsHere } from "../accounts/identity.ts";
import { networkOf } from "../accounts/network-of.ts";
import { StorageError } from "../errors.ts";
import type { DoorSettings } from "../settings.ts";
import { looksOnly, needOf } from "./access.ts";
import { jsonError } from "./api-errors.ts";
import { createClientAddress } from "./client-address.ts";
import { ownPath } from "./own-path.ts";
import { errorReply, isHtmx } from "./page-replies.tsx";
import { createSessionCookie, type SessionCookie } from "./session-cookie.ts";

export interface Door {
  /** Register it before the routes. */
  readonly plugin: ReturnType<typeof createPlugin>;
  readonly cookie: SessionCookie;
  /** Who asks; null for a stranger, who gets no further than the open addresses. */
  known(request: Request): Identity | null;
  /** @throws Error for a stranger: a defect, since strangers are refused before */
  identityOf(request: Request): Identity;
  /** Whether who asked may still do so: a stream or a socket may outlast a login, and a role. */
  isStillKnown(request: Request): boolean;
  /** To whom a request is counted, with whichever of their keys it comes; null: to nobody, without a login. */
  payerOf(request: Request): string | null;
  /** As the audit log names who does something. */
  actorOf(request: Request): Actor;
  /** Only those who may steer the program get past. @throws ForbiddenError */
  requireAdmin(request: Request): void;
}

interface Visit {
  readonly identity: Identity | null;
  readonly address: string;
}

export interface DoorDeps {
  readonly accounts: Accounts;
  readonly settings: DoorSettings;
  /** Where it listens, as the settings say. */
  readonly port: number;
  /** For the page that tells people what they may not do. */
  readonly asset: AssetUrl;
}

export function createDoor({ accounts, settings, port, asset }: DoorDeps): Door {
  const visits = new WeakMap<Request, Visit>();
  const cookie = createSessionCookie(
    settings.tls !== null || settings.publicOrigin?.startsWith("https:") === true,
    port,
  );
  const addressOf = createClientAddress(settings.trustedProxies);
  const visitOf = (request: Request): Visit => {
    const visit = visits.get(request);
    if (visit === undefined) throw new Error("A request came past the door.");
    return visit;
  };
  const identityOf = (request: Request): Identity => {
    const { identity } = visitOf(request);
    if (identity === null) throw new Error("A stranger came past the door.");
    return identity;
  };

  const identify = (request: Request): Identity | null => {
    const key = keyIn(request.headers);
    if (isFromElsewhere(request)) return key === null ? null : accounts.keys.identify(key);
    // Without users there is nothing to check a credential against; programs always send some key.
    if (!accounts.users.any()) return settings.isOpen || isProxied(request.headers) ? null : whoeverIsHere;
    // One that is wrong is not made good by a cookie beside it.
    if (key !== null) return accounts.keys.identify(key);
    const token = cookie.read(request);
    return token === null ? null : accounts.sessions.identify(token);
  };

  /** Open addresses are there for everybody also when the database cannot be read, to say that. */
  const whoAsks = (request: Request): Identity | null => {
    try {
      return identify(request);
    } catch (error) {
      if (error instanceof StorageError && isOpen(request)) return null;
      throw error;
    }
  };

  const enter = (request: Request, peer: string): Response | undefined => {
    const visit = { identity: whoAsks(request), address: addressOf(request, peer) };
    visits.set(request, visit);
    const refusal = refusalOf(request, visit.identity);
    if (!(refusal instanceof ForbiddenError)) return refusal;
    return isForPerson(request)
      ? errorReply(asset, refusal.status, refusal.message)
      : jsonError(refusal, request);
  };

  return {
    plugin: createPlugin(enter),
    cookie,
    known: (request) => visitOf(request).identity,
    identityOf,
    isStillKnown: (request) => {
      const now = identify(request);
      const need = needOfRequest(request);
      return now !== null && now.userId === identityOf(request).userId && (need === null || may(now, need));
    },
    payerOf: (request) => {
      const { identity, address } = visitOf(request);
      if (identity === null) return `address:${networkOf(address)}`;
      return identity.userId === null ? null : `user:${identity.userId}`;
    },
    actorOf: (request) => {
      const { identity, address } = visitOf(request);
      return { name: identity?.name ?? "", address };
    },
    requireAdmin: (request) => {
      if (!may(identityOf(request), "admin")) throw adminsOnly();
    },
  };
}

const createPlugin = (enter: (request: Request, peer: string) => Response | undefined) =>
  new Elysia({ name: "door" }).onRequest(({ request, server }) =>
    enter(request, server?.requestIP(request)?.address ?? ""),
  );

/**
 * A proxy that the settings say nothing of has let somebody from elsewhere in, who is not whoever uses this machine: most
 * proxies say so by one of these.
 */
const isProxied = (headers: Headers) => proxyHeaders.some((name) => headers.has(name));
const proxyHeaders = [
  "x-forwarded-for",
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "via",
  "cf-connecting-ip",
];

/** What OpenAI's and other libraries send. @returns null when there is none; '' for a credential of another kind */
function keyIn(headers: Headers): string | null {
  const authorization = headers.get("authorization");
  if (authorization !== null) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
  return headers.get("x-api-key");
}

/**
 * A page of another origin that was allowed in: it may use a key, but never the session of who looks at it, nor that nobody
 * needs a login yet.
 */
function isFromElsewhere({ headers, url }: Request): boolean {
  const origin = headers.get("origin");
  if (origin === null) return false;
  const host = headers.get("host") ?? new URL(url).host;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

const needOfRequest = ({ method, url, headers }: Request) =>
  needOf(method, new URL(url).pathname, headers.get("upgrade") !== null);
const isOpen = (request: Request) => needOfRequest(request) === null;

function refusalOf(request: Request, identity: Identity | null): Response | ForbiddenError | undefined {
  const need = needOfRequest(request);
  if (isForged(request, identity, need === null))
    return new ForbiddenError(
      "The request does not say from which page it comes. Use a current browser, or an API key.",
    );
  if (need === null) {
    const isLook = looksOnly.includes(request.method);
    return isLook || !isFromElsewhere(request)
      ? undefined
      : new ForbiddenError("Only this server's own pages may log in or set it up.");
  }
  if (identity === null) return strangersReply(request);
  if (may(identity, need)) return undefined;
  return need === "admin" ? adminsOnly() : new ForbiddenError(sentences[need]);
}

const adminsOnly = () => new ForbiddenError("Only admins may do this, and keys that were made for it.");
const sentences = {
  read: "This key may not read. Make one with the scope chat or read.",
  write: "This key may only read. Make one with the scope chat.",
  account: "An API key cannot change a login. Use the page at /account.",
} as const;

/** Every current browser says where a form comes from; what says nothing, and brings a session along, may be forged. */
function isForged({ method, headers }: Request, identity: Identity | null, isOpenAddress: boolean): boolean {
  if (looksOnly.includes(method)) return false;
  if (identity?.via === "key" || (identity?.via !== "session" && !isOpenAddress)) return false;
  return headers.get("origin") === null && headers.get("sec-fetch-site") === null;
}

/** People are led to the login, and from there to where they wanted; programs are told what is missing. */
function strangersReply(request: Request): Response {
  const isPerson = isForPerson(request);
  const isPage = request.method === "GET" && isPerson && request.headers.get("upgrade") === null;
  const { pathname, search } = new URL(request.url);
  if (isHtmx(request)) {
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

/** Browsers name HTML when they open a page or send a form; programs do not, nor do the scripts of a page. */
const isForPerson = (request: Request) =>
  !isHtmx(request) && /\btext\/html\b/i.test(request.headers.get("accept") ?? "");

const pathOf = ({ pathname, search }: URL) => pathname + search;

function loginAt(next: string): string {
  const path = ownPath(next);
  return path === "/" ? "/login" : `/login?next=${encodeURIComponent(path)}`;
}
