/** What one may use of other programs' tools, by REST: rules, conversations that use them, and calls that wait. */
import { Elysia, t } from "elysia";
import { NotFoundError } from "../errors.ts";
import { jsonReply, nullable, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { exampleConversationId, exampleGenerationId } from "./chat-reply.ts";
import { exampleServerId, exampleTool, RuleTool, state, toolJson } from "./tool-json.ts";

const ToolsReply = t.Object(
  {
    servers: t.Array(
      t.Object({
        id: t.String(),
        name: t.String(),
        state,
        error: nullable(t.String()),
        tools: t.Array(RuleTool),
      }),
    ),
  },
  {
    title: "OwnTools",
    examples: [
      {
        servers: [
          {
            ...{ id: exampleServerId, name: "mail", state: "ready", error: null },
            tools: [{ ...exampleTool, rule: "ask" }],
          },
        ],
      },
    ],
  },
);
const Rule = t.Object(
  {
    server: t.String({ minLength: 1, maxLength: 100, description: "Its id.", examples: [exampleServerId] }),
    tool: t.String({ minLength: 1, maxLength: 64, examples: ["read_mail"] }),
    rule: t.Union([t.Literal("ask"), t.Literal("allow"), t.Literal("never")]),
  },
  { title: "ToolRule", examples: [{ server: exampleServerId, tool: "read_mail", rule: "allow" }] },
);
const serverIds = t.Array(t.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 });
const Used = t.Object(
  { servers: serverIds },
  { title: "UsedToolServers", examples: [{ servers: [exampleServerId] }] },
);
const Answer = t.Object(
  { answer: t.Union([t.Literal("once"), t.Literal("always"), t.Literal("refuse")]) },
  { title: "CallAnswer", examples: [{ answer: "once" }] },
);
const Answered = t.Object(
  { success: t.Literal(true) },
  { title: "CallAnswered", examples: [{ success: true }] },
);
const idOf = (example: string) => t.String({ minLength: 1, maxLength: 100, examples: [example] });
const conversation = t.Object({ id: idOf(exampleConversationId) });
const call = t.Object({ id: idOf(exampleGenerationId), call: t.String({ minLength: 1, maxLength: 200 }) });
const noConversation = { 404: "There is no such conversation, or no such server of tools." };

const toolsReply = ({ tools }: Pick<Workspace, "tools">): StaticReply<typeof ToolsReply> => ({
  servers: tools.list().map(({ id, name, state, error, tools: all }) => ({
    ...{ id, name, state, error },
    tools: all.map((tool) => ({ ...toolJson(tool), rule: tool.rule })),
  })),
});

export const createToolRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "tools", tags: ["tools"] })
    .get("/api/tools", ({ request }) => toolsReply(workspaceOf(request)), {
      detail: openApiDetail({
        summary: "Other programs' tools that you may use, with your rules",
        replies: { 200: jsonReply("By server.", ToolsReply) },
      }),
    })
    .put(
      "/api/tools/rules",
      ({ body: { server, tool, rule }, request }) => {
        const workspace = workspaceOf(request);
        workspace.tools.setRule(server, tool, rule);
        return toolsReply(workspace);
      },
      {
        body: Rule,
        detail: openApiDetail({
          summary: "Decide for all calls of a tool: ask, allow or never",
          description:
            "A call that writes or sends is asked in any case where text of a document, a memory or a tool stands in the prompt.",
          replies: { 200: jsonReply("Your tools as they are now.", ToolsReply) },
          errors: { 404: "There is no such tool." },
        }),
      },
    )
    .get(
      "/api/conversations/:id/tool-servers",
      ({ params: { id }, request }): StaticReply<typeof Used> => {
        const { tools, conversations } = workspaceOf(request);
        if (conversations.get(id) === undefined)
          throw new NotFoundError("There is no conversation with this id.");
        return { servers: [...tools.ofConversation(id)] };
      },
      {
        params: conversation,
        detail: openApiDetail({
          summary: "The servers whose tools a conversation uses",
          replies: { 200: jsonReply("Their ids.", Used) },
          errors: noConversation,
        }),
      },
    )
    .put(
      "/api/conversations/:id/tool-servers",
      ({ params: { id }, body, request }): StaticReply<typeof Used> => {
        const { tools } = workspaceOf(request);
        tools.chooseFor(id, body.servers);
        return { servers: [...tools.ofConversation(id)] };
      },
      {
        params: conversation,
        body: Used,
        detail: openApiDetail({
          summary: "Which servers' tools a conversation uses from its next question on",
          description: "They are offered to questions of its page, and to those that are sent with `tools`.",
          replies: { 200: jsonReply("Their ids.", Used) },
          errors: noConversation,
        }),
      },
    )
    .post(
      "/api/generations/:id/calls/:call",
      async ({ params, body, request }): Promise<StaticReply<typeof Answered>> => {
        await workspaceOf(request).tools.answer(params.id, params.call, body.answer);
        return { success: true };
      },
      {
        params: call,
        body: Answer,
        detail: openApiDetail({
          summary: "Allow or refuse a call of a tool that waits",
          description: "Its answer's stream has it as `tool_step`, with the id of the call.",
          replies: { 200: jsonReply("It is noted.", Answered) },
          errors: { 404: "There is no answer with this id." },
        }),
      },
    );
