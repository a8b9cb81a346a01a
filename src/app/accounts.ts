/** The routes of logins, keys, users and the audit log. */
import { type AnyElysia, Elysia } from "elysia";
import { createAuditRoutes } from "../api/audit.ts";
import { createAccountRoutes } from "../pages/account.tsx";
import { createAuditPages } from "../pages/audit.tsx";
import { createLoginRoutes } from "../pages/login.tsx";
import { createUserRoutes } from "../pages/users.tsx";

/** Its type says nothing of its routes, as that of the app. */
export const createAccounts = (deps: Parameters<typeof createUserRoutes>[0]): AnyElysia =>
  new Elysia({ name: "accounts" })
    .use(createLoginRoutes(deps))
    .use(createAccountRoutes(deps))
    .use(createUserRoutes(deps))
    .use(createAuditRoutes(deps))
    .use(createAuditPages(deps));
