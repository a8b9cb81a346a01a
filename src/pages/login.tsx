/** Setting logins up, logging in and out: plain forms, whose replies are redirects or the form again with what is wrong. */
import { Elysia, t } from "elysia";
import { LoginPage } from "../../views/pages/login-page.tsx";
import { NoLoginsPage } from "../../views/pages/no-logins-page.tsx";
import { SetupPage } from "../../views/pages/setup-page.tsx";
import type { FrameProps, ShownDates } from "../../views/props.ts";
import { ConflictError, ForbiddenError } from "../accounts/account-errors.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { InvalidRequestError } from "../errors.ts";
import type { Authentication } from "../http/authentication.ts";
import { describeError, errorReply, htmlReply, seeOther } from "../http/html-reply.tsx";
import { ownPath } from "../http/own-path.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";

export interface AccountRoutesDeps {
  readonly accounts: Accounts;
  readonly authentication: Authentication;
  /** What a page is given that belongs to no conversation; of who is not known there is no sidebar. */
  readonly frameOf: (request: Request) => FrameProps;
  /** How dates are shown to the user. */
  readonly datesFor: (request: Request) => ShownDates;
  /** Logs an error that no one expected. */
  reportDefect(error: unknown): void;
}

const hidden = { detail: { hide: true } };
const text = (maxLength: number) => t.String({ maxLength });
const LoginForm = t.Object({ name: text(100), password: text(1000), next: t.Optional(text(2000)) });
const SetupForm = t.Object({ name: text(100), password: text(1000), again: text(1000) });

export const createLoginRoutes = (deps: AccountRoutesDeps) =>
  new Elysia({ name: "login" })
    .get(
      "/login",
      ({ query, request }) => {
        const next = ownPath(query.next);
        const isKnown = deps.authentication.known(request) !== null;
        if (isKnown && !deps.accounts.users.any())
          return htmlReply(<NoLoginsPage {...deps.frameOf(request)} wanted="login" />);
        if (isKnown) return seeOther(next);
        if (!deps.accounts.users.any()) return errorReply(deps.frameOf(request), 403, onTheMachineItself);
        const done = query.done === "logged-out" ? tr`You are logged out.` : undefined;
        return htmlReply(<LoginPage {...alone(deps.frameOf(request))} next={next} done={done} />);
      },
      { ...hidden, query: t.Object({ next: t.Optional(text(2000)), done: t.Optional(text(20)) }) },
    )
    .post("/login", ({ body, request }) => loggedIn(deps, body, request), { ...hidden, body: LoginForm })
    .get(
      "/setup",
      ({ request }) => {
        const problem = refusalToSetUp(deps, request);
        if (problem === null) return htmlReply(<SetupPage {...alone(deps.frameOf(request))} />);
        return seeOther(deps.authentication.known(request) === null ? "/login" : "/account");
      },
      hidden,
    )
    .post("/setup", ({ body, request }) => setUp(deps, body, request), { ...hidden, body: SetupForm })
    .post(
      "/logout",
      ({ request }) => {
        const { accounts, authentication } = deps;
        const identity = authentication.identityOf(request);
        if (identity.via === "session") {
          accounts.sessions.end(identity.credential);
          accounts.note(authentication.actorOf(request), "logged-out", identity.name);
        }
        return withCookie(seeOther("/login?done=logged-out"), authentication.cookie.clear());
      },
      hidden,
    );

/** A card, without the sidebar: nothing else is to be done here. */
const alone = (frame: FrameProps): FrameProps => ({ ...frame, sidebar: null });

async function loggedIn(
  { accounts, authentication, frameOf, reportDefect }: AccountRoutesDeps,
  form: typeof LoginForm.static,
  request: Request,
): Promise<Response> {
  const next = ownPath(form.next);
  try {
    const { address } = authentication.actorOf(request);
    const userAgent = request.headers.get("user-agent") ?? "";
    const { token, maxAgeSeconds } = await accounts.logIn({ ...form, address, userAgent });
    // The one before it is not left lying about.
    const before = authentication.known(request);
    if (before?.via === "session") accounts.sessions.end(before.credential);
    return withCookie(seeOther(next), authentication.cookie.set(token, maxAgeSeconds));
  } catch (error) {
    const { status, message, headers } = describeError(error);
    if (status === 500) reportDefect(error);
    const page = <LoginPage {...alone(frameOf(request))} next={next} name={form.name} problem={message} />;
    return htmlReply(page, status, headers);
  }
}

async function setUp(
  deps: AccountRoutesDeps,
  form: typeof SetupForm.static,
  request: Request,
): Promise<Response> {
  const { accounts, authentication, frameOf, reportDefect } = deps;
  try {
    const refusal = refusalToSetUp(deps, request);
    if (refusal !== null) throw refusal;
    sameTwice(form.password, form.again);
    const user = await accounts.users.addFirst(authentication.actorOf(request), form);
    const { token, maxAgeSeconds } = accounts.sessions.begin(user, request.headers.get("user-agent") ?? "");
    return withCookie(seeOther("/account?done=set-up"), authentication.cookie.set(token, maxAgeSeconds));
  } catch (error) {
    const { status, message, headers } = describeError(error);
    if (status === 500) reportDefect(error);
    return htmlReply(
      <SetupPage {...alone(frameOf(request))} name={form.name} problem={message} />,
      status,
      headers,
    );
  }
}

/** This page makes its user the first admin: it works only where nobody but the owner can open it. */
function refusalToSetUp(
  { accounts, authentication }: AccountRoutesDeps,
  request: Request,
): ConflictError | ForbiddenError | null {
  if (accounts.users.any()) return new ConflictError(say`Logins are set up already. Log in.`);
  return authentication.known(request) === null ? new ForbiddenError(onTheMachineItself) : null;
}

const onTheMachineItself =
  'There is no user yet, and others can reach the assistant. Make the first one on the machine itself: "bun run users add NAME --admin".';

/** @throws InvalidRequestError */
export function sameTwice(one: string, other: string): void {
  if (one === other) return;
  throw new InvalidRequestError(say`The two passwords are not the same. Type it again.`, { param: "again" });
}

export function withCookie(reply: Response, cookie: string): Response {
  reply.headers.append("set-cookie", cookie);
  return reply;
}
