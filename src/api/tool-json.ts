/** Other programs' tools and their servers as JSON. */
import { t } from "elysia";
import { nullable, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { ServerTool } from "../store/schema.ts";
import type { ServerReport } from "../tools-elsewhere/tool-servers.ts";

export const exampleServerId = "019ac120-4f2b-7000-8000-5b1d2e9a7c45";

const toolProperties = {
  name: t.String(),
  title: nullable(t.String()),
  description: t.String(),
  schema: t.Record(t.String(), t.Unknown(), { description: "A JSON schema of its arguments." }),
  says_read_only: t.Boolean({ description: "Its server says that it changes nothing." }),
  reads_only: t.Boolean({ description: "An admin has accepted that, as it is described now." }),
  problem: nullable(
    t.Union([t.Literal("schema"), t.Literal("name"), t.Literal("gone")], {
      description: "Why no model is offered it.",
    }),
  ),
};
const ToolReply = t.Object(toolProperties, { title: "ServerTool" });
export const state = t.Union([
  ...[t.Literal("idle"), t.Literal("starting")],
  ...[t.Literal("ready"), t.Literal("failed")],
]);
export const exampleTool = {
  ...{ name: "read_mail", title: null, description: "Reads the newest mail." },
  schema: { type: "object", properties: { folder: { type: "string" } } },
  ...{ says_read_only: true, reads_only: false, problem: null },
};
export const RuleTool = t.Object(
  {
    ...toolProperties,
    rule: t.Union(
      [...[t.Literal("ask"), t.Literal("allow")], ...[t.Literal("never"), t.Literal("changed")]],
      { description: "changed: it was allowed, and is described otherwise now; its calls are asked." },
    ),
  },
  { title: "OwnTool" },
);
const kind = t.Union([t.Literal("stdio"), t.Literal("http")], {
  description: "stdio: a program that is started on this machine; http: streamable HTTP at an address.",
});
export const serverProperties = {
  name: t.String({ ...{ minLength: 1, maxLength: 24, pattern: "^[a-z][a-z0-9-]*$" }, examples: ["mail"] }),
  kind,
  command: t.String({ maxLength: 2_000 }),
  args: t.Array(t.String({ maxLength: 2_000 }), { maxItems: 50 }),
  url: t.String({ maxLength: 2_000 }),
  is_on: t.Boolean(),
  is_shared: t.Boolean({ description: "Members may use it, too; otherwise admins alone." }),
};
export const ServerReply = t.Object(
  {
    id: t.String(),
    ...serverProperties,
    secret_names: t.Array(t.String(), {
      description: "Of its variables or headers; their values are told nowhere.",
    }),
    state,
    error: nullable(t.String({ description: "Why it failed last." })),
    protocol: nullable(t.String({ description: "Its version, as agreed." })),
    tools: t.Array(ToolReply),
  },
  {
    title: "ToolServer",
    examples: [
      {
        ...{ id: exampleServerId, name: "mail", kind: "http", command: "", args: [] },
        ...{ url: "http://127.0.0.1:9000/mcp", is_on: true, is_shared: false },
        ...{ secret_names: ["Authorization"], state: "ready", error: null, protocol: "2026-07-28" },
        tools: [exampleTool],
      },
    ],
  },
);

export const toolJson = ({
  name,
  definition,
  readingHash,
  hash,
  problem,
}: Pick<ServerTool, "name" | "definition" | "readingHash" | "hash" | "problem">) => ({
  ...{ name, title: definition.title, description: definition.description },
  schema: { ...definition.schema },
  says_read_only: definition.saysReadOnly,
  reads_only: definition.saysReadOnly && readingHash === hash,
  problem,
});

export const serverJson = (server: ServerReport): StaticReply<typeof ServerReply> => ({
  ...{ id: server.id, name: server.name, kind: server.kind, command: server.command },
  ...{ args: [...server.args], url: server.url, is_on: server.isOn, is_shared: server.isShared },
  ...{ secret_names: [...server.secretNames], state: server.state },
  ...{ error: server.error, protocol: server.protocol, tools: server.tools.map(toolJson) },
});
