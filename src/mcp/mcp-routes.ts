/**
 * `/mcp`: the Model Context Protocol over streamable HTTP, behind the same doors as all else: keys, owners, limits. It knows the
 * protocol of 2026-07-28, and without sessions those before it.
 */
import { createMcpHandler } from "@modelcontextprotocol/server";
import { Elysia } from "elysia";
import type { RouteDeps } from "../http/route-deps.ts";
import { createMcpServer } from "./mcp-server.ts";
import { mcpTools } from "./mcp-tools.ts";

interface McpDeps extends RouteDeps {
  /** Whether this client may change what is remembered. */
  readonly mayWrite: (request: Request) => boolean;
  readonly version: string;
}

export function createMcpRoutes({ workspaceOf, mayWrite, version, log }: McpDeps) {
  const reply = async (request: Request, parsedBody?: unknown): Promise<Response> => {
    const tools = mcpTools(workspaceOf(request), mayWrite(request));
    const onDefect = (error: unknown) => log.error("defect", { error });
    // Each reply is one JSON: the tools tell nothing before their result.
    const handler = createMcpHandler(() => createMcpServer(tools, version, onDefect));
    return await handler.fetch(request, parsedBody === undefined ? {} : { parsedBody });
  };
  const hidden = { detail: { hide: true } };
  return new Elysia({ name: "mcp" })
    .post("/mcp", ({ request, body }) => reply(request, body), hidden)
    .get("/mcp", ({ request }) => reply(request), hidden)
    .delete("/mcp", ({ request }) => reply(request), hidden);
}
