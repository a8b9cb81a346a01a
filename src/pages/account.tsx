/** One's own login: password, keys and sessions. A key gets no further than the authentication here. */
import { Elysia, t } from "elysia";
import { AccountPage } from "../../views/pages/account-page.tsx";
import { NoLoginsPage } from "../../views/pages/no-logins-page.tsx";
import type { AccountProps, NewKeyProps, ShownDates } from "../../views/props.ts";
import { ConflictError } from "../accounts/account-errors.ts";
import type { Identity } from "../accounts/identity.ts";
import { hashOf } from "../accounts/secrets.ts";
import { NotFoundError } from "../errors.ts";
import { describeError, doneSentence, htmlReply, seeOther } from "../http/html-reply.tsx";
import type { ApiKeyScope, User } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { browserIn } from "./browser-name.ts";
import { type AccountRoutesDeps, sameTwice, withCookie } from "./login.tsx";

const hidden = { detail: { hide: true } };
const text = (maxLength: number) => t.String({ maxLength });
const params = t.Object({ id: text(100) });
const PasswordForm = t.Object({ present: text(1000), next: text(1000), again: text(1000) });
const KeyForm = t.Object({ name: text(200), scope: t.Optional(text(20)) });

const doneSentences = (): Readonly<Record<string, string>> => ({
  "set-up": tr`Logins are on. Everything saved so far is yours.`,
  password: tr`Your password is changed.`,
  revoked: tr`The key is revoked: it works no more.`,
  ended: tr`That browser is logged out.`,
});
/** What a choice on the page stands for. */
const scopesOf: ReadonlyMap<string, readonly ApiKeyScope[]> = new Map([
  ["chat", ["chat"]],
  ["read", ["read"]],
  ["admin", ["chat", "admin"]],
]);

export const createAccountRoutes = (deps: AccountRoutesDeps) => {
  const { accounts, authentication } = deps;
  /** Does something as the user who is logged in; what is refused is said on their page. */
  const doing = async (
    request: Request,
    action: (user: User, identity: Identity) => Response | Promise<Response>,
  ): Promise<Response> => {
    const identity = authentication.identityOf(request);
    if (identity.userId === null) return seeOther("/account");
    const user = accounts.users.get(identity.userId);
    try {
      return await action(user, identity);
    } catch (error) {
      const { status, message, headers } = describeError(error);
      if (status === 500) deps.reportDefect(error);
      return accountPage(
        deps,
        request,
        user,
        identity,
        { dates: deps.datesFor(request), problem: message },
        status,
        headers,
      );
    }
  };

  return new Elysia({ name: "account" })
    .get(
      "/account",
      ({ query, request }) => {
        const identity = authentication.identityOf(request);
        if (identity.userId === null) return htmlReply(<NoLoginsPage {...deps.frameOf(request)} />);
        const done = doneSentence(doneSentences(), query.done);
        return accountPage(deps, request, accounts.users.get(identity.userId), identity, {
          dates: deps.datesFor(request),
          done,
        });
      },
      { ...hidden, query: t.Object({ done: t.Optional(text(20)) }) },
    )
    .post(
      "/account/password",
      ({ body, request }) =>
        doing(request, async () => {
          sameTwice(body.next, body.again);
          const { token, maxAgeSeconds } = await accounts.changePassword(
            authentication.actorOf(request),
            body.present,
            body.next,
            request.headers.get("user-agent") ?? "",
          );
          return withCookie(
            seeOther("/account?done=password"),
            authentication.cookie.set(token, maxAgeSeconds),
          );
        }),
      { ...hidden, body: PasswordForm },
    )
    .post(
      "/account/keys",
      ({ body, request }) =>
        doing(request, (user, identity) => {
          const scopes = scopesOf.get(body.scope ?? "") ?? [];
          const { secret, key } = accounts.keys.create(
            authentication.actorOf(request),
            user,
            body.name,
            scopes,
          );
          return accountPage(deps, request, user, identity, {
            dates: deps.datesFor(request),
            newKey: { name: key.name, secret },
          });
        }),
      { ...hidden, body: KeyForm },
    )
    .post(
      "/account/keys/:id/revoke",
      ({ params: { id }, request }) =>
        doing(request, (user) => {
          accounts.keys.revoke(authentication.actorOf(request), user.id, id);
          return seeOther("/account?done=revoked");
        }),
      { ...hidden, params },
    )
    .post(
      "/account/sessions/:id/end",
      ({ params: { id }, request }) =>
        doing(request, (user) => {
          const session = accounts.sessions
            .ofUser(user.id)
            .find(({ tokenHash }) => shownId(tokenHash) === id);
          if (session === undefined) throw new NotFoundError(say`That browser is logged out already.`);
          accounts.sessions.end(session.tokenHash);
          accounts.note(authentication.actorOf(request), "session-ended", user.name);
          return seeOther("/account?done=ended");
        }),
      { ...hidden, params },
    )
    .post(
      "/account/logout-everywhere",
      ({ request }) =>
        doing(request, (user) => {
          if (authentication.identityOf(request).via !== "session")
            throw new ConflictError(say`You are not logged in.`);
          accounts.logOutEverywhere(authentication.actorOf(request), user.id);
          return withCookie(seeOther("/login?done=logged-out"), authentication.cookie.clear());
        }),
      hidden,
    );
};

interface Said {
  readonly dates: ShownDates;
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
  readonly newKey?: NewKeyProps;
}

function accountPage(
  { accounts, frameOf }: AccountRoutesDeps,
  request: Request,
  user: User,
  identity: Identity,
  said: Said,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const account: AccountProps = {
    name: user.name,
    isAdmin: user.role === "admin",
    keys: accounts.keys.ofUser(user.id),
    sessions: accounts.sessions.ofUser(user.id).map(({ tokenHash, userAgent, createdAt, lastSeenAt }) => ({
      id: shownId(tokenHash),
      browser: browserIn(userAgent),
      createdAt,
      lastSeenAt,
      isThis: tokenHash === identity.credential,
    })),
  };
  return htmlReply(<AccountPage {...frameOf(request)} account={account} {...said} />, status, headers);
}

/** A session is named on a page by what tells nothing of what is stored. */
const shownId = (tokenHash: string) => hashOf(`shown:${tokenHash}`).slice(0, 32);
