/** The users, for admins: added, made admins or members, disabled, given passwords, deleted. */
import { Elysia, t } from "elysia";
import { NoLoginsPage } from "../../views/pages/no-logins-page.tsx";
import { UsersPage } from "../../views/pages/users-page.tsx";
import { userNameOf } from "../accounts/users.ts";
import { InvalidRequestError } from "../errors.ts";
import { describeError, doneSentence, htmlReply, seeOther } from "../http/html-reply.tsx";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import type { AccountRoutesDeps } from "./login.tsx";

interface UserRoutesDeps extends AccountRoutesDeps {
  /** Ends the answers of a user that are being made, and resolves when they have ended, or after a while. */
  readonly endAnswersOf: (userId: string) => Promise<void>;
}

const hidden = { detail: { hide: true } };
const text = (maxLength: number) => t.String({ maxLength });
const UserForm = t.Object({ name: text(100), password: text(1000), role: t.Optional(text(20)) });
const DeedForm = t.Object({
  do: t.Optional(text(20)),
  password: t.Optional(text(1000)),
  confirm: t.Optional(text(100)),
});

const doneSentences = (user: string): Readonly<Record<string, string>> => ({
  added: tr`User added.`,
  admin: tr`${user} is now an admin.`,
  member: tr`${user} is now a member.`,
  disable: tr`${user} is disabled.`,
  enable: tr`${user} can log in again.`,
  password: tr`${user} has a new password and is logged out everywhere.`,
  delete: tr`User and everything they saved deleted.`,
});

export const createUserRoutes = (deps: UserRoutesDeps) => {
  const { accounts, authentication } = deps;
  const doing = async (request: Request, action: () => Promise<string> | string): Promise<Response> => {
    authentication.requireAdmin(request);
    try {
      return seeOther(`/users?done=${await action()}`);
    } catch (error) {
      const { status, message, headers } = describeError(error);
      if (status === 500) deps.reportDefect(error);
      return usersPage(deps, request, { problem: message }, status, headers);
    }
  };

  return new Elysia({ name: "users" })
    .get(
      "/users",
      ({ query, request }) => {
        authentication.requireAdmin(request);
        if (!accounts.users.any())
          return htmlReply(<NoLoginsPage {...deps.frameOf(request)} wanted="users" />);
        const user = accounts.users.list().find(({ id }) => id === query.user)?.name ?? tr`The user`;
        return usersPage(deps, request, { done: doneSentence(doneSentences(user), query.done) });
      },
      { ...hidden, query: t.Object({ done: t.Optional(text(20)), user: t.Optional(text(100)) }) },
    )
    .post(
      "/users",
      ({ body: { name, password, role }, request }) =>
        doing(request, async () => {
          if (!accounts.users.any()) throw new InvalidRequestError(say`Set logins up first, at /setup.`);
          await accounts.users.add(authentication.actorOf(request), {
            name,
            password,
            role: role === "admin" ? "admin" : "member",
          });
          return "added";
        }),
      { ...hidden, body: UserForm },
    )
    .post(
      "/users/:id",
      ({ params: { id }, body, request }) => doing(request, () => changed(deps, request, id, body)),
      { ...hidden, params: t.Object({ id: text(100) }), body: DeedForm },
    );
};

/** @returns what was done */
async function changed(
  { accounts: { users }, authentication, endAnswersOf }: UserRoutesDeps,
  request: Request,
  id: string,
  form: typeof DeedForm.static,
): Promise<string> {
  const actor = authentication.actorOf(request);
  switch (form.do) {
    case "admin":
    case "member":
      users.setRole(actor, id, form.do);
      return `${form.do}&user=${id}`;
    case "disable":
      users.disable(actor, id);
      return `${form.do}&user=${id}`;
    case "enable":
      users.enable(actor, id);
      return `${form.do}&user=${id}`;
    case "password":
      await users.setPassword(actor, id, form.password ?? "");
      return `${form.do}&user=${id}`;
    case "delete": {
      const { name } = users.get(id);
      if (userNameOf(form.confirm ?? "") !== name)
        throw new InvalidRequestError(
          say`Type ${{ verbatim: name }} to confirm that the user and what is theirs is to be deleted.`,
        );
      users.refuseToRemove(id);
      users.disable(actor, id);
      await endAnswersOf(id);
      users.remove(actor, id);
      return form.do;
    }
    default:
      throw new InvalidRequestError(say`This cannot be done with a user.`);
  }
}

function usersPage(
  { accounts, authentication, frameOf, datesFor }: UserRoutesDeps,
  request: Request,
  said: { readonly problem?: string | undefined; readonly done?: string | undefined },
  status = 200,
  headers: Record<string, string> = {},
): Response {
  const { userId } = authentication.identityOf(request);
  const users = accounts.users.list().map(({ id, name, role, createdAt, disabledAt }) => ({
    id,
    name,
    isAdmin: role === "admin",
    isDisabled: disabledAt !== null,
    createdAt,
    isYou: id === userId,
  }));
  return htmlReply(
    <UsersPage {...frameOf(request)} users={users} dates={datesFor(request)} {...said} />,
    status,
    headers,
  );
}
