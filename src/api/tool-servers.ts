/** Servers of other programs' tools by REST, for admins: one of them starts a program on this machine. */
import { Elysia, t } from "elysia";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { ServerFields } from "../tools-elsewhere/server-fields.ts";
import type { ToolServersPort } from "../tools-elsewhere/tool-servers.ts";
import { exampleServerId, ServerReply, serverJson, serverProperties } from "./tool-json.ts";

const secrets = t.Record(t.String({ minLength: 1, maxLength: 200 }), t.String({ maxLength: 2_000 }), {
  description: "Variables of the program, or headers of its requests. Left out: those that it has.",
});
const { name, kind, ...rest } = serverProperties;
const changes = { ...rest, secrets };
const NewServer = t.Object(
  { name, kind, ...t.Partial(t.Object(changes)).properties },
  {
    title: "NewToolServer",
    examples: [
      {
        ...{ name: "mail", kind: "http", url: "http://127.0.0.1:9000/mcp" },
        secrets: { Authorization: "Bearer TOKEN" },
      },
    ],
  },
);
const ServerChange = t.Partial(t.Object({ name, kind, ...changes }), {
  title: "ToolServerChange",
  description:
    "What is left out stays as it is. With another program or address its secrets and what was accepted are forgotten.",
  examples: [{ is_shared: true }],
});
const Acceptance = t.Object(
  { tool: t.String({ minLength: 1, maxLength: 64, examples: ["read_mail"] }), reads_only: t.Boolean() },
  { title: "ToolAcceptance", examples: [{ tool: "read_mail", reads_only: true }] },
);
const ServerList = t.Object(
  { servers: t.Array(ServerReply) },
  { title: "ToolServerList", examples: [{ servers: ServerReply.examples }] },
);
const Removed = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "DeletedToolServer", examples: [{ id: exampleServerId, deleted: true }] },
);
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleServerId] }) });
const notThere = { 404: "There is no such server of tools." };

const fieldsOf = (body: typeof ServerChange.static): ServerFields => ({
  ...{ name: body.name, kind: body.kind, command: body.command, args: body.args, url: body.url },
  ...{ secrets: body.secrets, isOn: body.is_on, isShared: body.is_shared },
});

export const createToolServerRoutes = (serversOf: (request: Request) => ToolServersPort) =>
  new Elysia({ name: "tool-servers", prefix: "/api/tool-servers", tags: ["tools"] })
    .get(
      "",
      ({ request }): StaticReply<typeof ServerList> => ({
        servers: serversOf(request).list().map(serverJson),
      }),
      {
        detail: openApiDetail({
          summary: "The servers of other programs' tools, for admins",
          replies: { 200: jsonReply("All of them.", ServerList) },
        }),
      },
    )
    .post(
      "",
      ({ body, request }): StaticReply<typeof ServerReply> =>
        serverJson(serversOf(request).add(fieldsOf(body))),
      {
        body: NewServer,
        detail: openApiDetail({
          summary: "Add a server that speaks the Model Context Protocol",
          description: "A stdio one is a program that is started on this machine, as the program's own user.",
          replies: { 200: jsonReply("It is added; it is started when it is first needed.", ServerReply) },
        }),
      },
    )
    .patch(
      "/:id",
      async ({ params: { id }, body, request }): Promise<StaticReply<typeof ServerReply>> =>
        serverJson(await serversOf(request).change(id, fieldsOf(body))),
      {
        params,
        body: ServerChange,
        detail: openApiDetail({
          summary: "Change a server of tools, or turn it on or off",
          replies: { 200: jsonReply("As it is now.", ServerReply) },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/:id",
      async ({ params: { id }, request }): Promise<StaticReply<typeof Removed>> => {
        await serversOf(request).remove(id);
        return { id, deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Remove a server of tools, with what was decided of them",
          replies: { 200: jsonReply("It is removed.", Removed) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/:id/restart",
      async ({ params: { id }, request, server }): Promise<StaticReply<typeof ServerReply>> => {
        server?.timeout(request, 60);
        return serverJson(await serversOf(request).restart(id, request.signal));
      },
      {
        params,
        detail: openApiDetail({
          summary: "Connect to a server of tools anew, and ask it for its tools",
          replies: { 200: jsonReply("It is ready.", ServerReply) },
          errors: { ...notThere, 502: "It cannot be reached, or not be understood." },
        }),
      },
    )
    .post(
      "/:id/tools",
      ({ params: { id }, body, request }): StaticReply<typeof ServerReply> =>
        serverJson(serversOf(request).acceptAsReading(id, body.tool, body.reads_only)),
      {
        params,
        body: Acceptance,
        detail: openApiDetail({
          summary: "Accept that a tool only reads, as its server says",
          description:
            "Only then does a rule that allows it hold also where text of a document, a memory or a tool stands in the prompt. It ends when the tool's description changes.",
          replies: { 200: jsonReply("The server as it is now.", ServerReply) },
          errors: notThere,
        }),
      },
    );
