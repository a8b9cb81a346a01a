/** The routes of other programs' tools: their servers for admins, and for everybody what they may use of them. */
import { type AnyElysia, Elysia } from "elysia";
import type { Accounts } from "../accounts/accounts.ts";
import { createToolServerRoutes } from "../api/tool-servers.ts";
import { createToolRoutes } from "../api/tools.ts";
import { NotFoundError } from "../errors.ts";
import type { Authentication } from "../http/authentication.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { PagesOf } from "../pages/render-chat.tsx";
import { createToolServerPages } from "../pages/tool-servers.tsx";
import { createToolPages } from "../pages/tools.tsx";
import type { ToolServers, ToolServersPort } from "../tools-elsewhere/tool-servers.ts";

interface ToolsElsewhereDeps {
  readonly servers: ToolServers | null;
  readonly workspaceOf: WorkspaceOf;
  readonly pagesOf: PagesOf;
  readonly accounts: Accounts;
  readonly authentication: Authentication;
}

/** Its type says nothing of its routes, as that of the app. */
export function createToolsElsewhere(deps: ToolsElsewhereDeps): AnyElysia {
  const { servers, workspaceOf, pagesOf, accounts, authentication } = deps;
  /** @throws ForbiddenError unless the client is an admin */
  const serversOf = (request: Request): ToolServersPort => {
    authentication.requireAdmin(request);
    if (servers === null) throw new NotFoundError("This program has no servers of tools.");
    const note = (action: Parameters<typeof accounts.note>[1], target: string) =>
      accounts.note(authentication.actorOf(request), action, target);
    return {
      list: () => servers.list(),
      get: (id) => servers.get(id),
      add(fields) {
        const added = servers.add(fields);
        note("tool-server-added", added.name);
        return added;
      },
      async change(id, fields) {
        const changed = await servers.change(id, fields);
        note("tool-server-changed", changed.name);
        return changed;
      },
      async remove(id) {
        const removed = await servers.remove(id);
        note("tool-server-removed", removed.name);
        return removed;
      },
      restart: (id, signal) => servers.restart(id, signal),
      acceptAsReading(id, tool, isReading) {
        const server = servers.acceptAsReading(id, tool, isReading);
        if (isReading) note("tool-accepted", `${server.name}: ${tool}`);
        return server;
      },
    };
  };
  return new Elysia({ name: "tools-elsewhere" })
    .use(createToolServerRoutes(serversOf))
    .use(createToolRoutes(workspaceOf))
    .use(createToolServerPages({ serversOf, pagesOf }))
    .use(createToolPages(pagesOf));
}
