/** The pages of other programs' tools for everybody: rules, which servers a conversation uses, and the answer to a call that waits. */
import { Elysia, t } from "elysia";
import { ToolsPage, UsedToolsPage } from "../../views/pages/tools-page.tsx";
import type { UsableServerProps } from "../../views/tool-server-props.ts";
import { errorReply, htmlReply, isHtmx, plainText, seeOther } from "../http/html-reply.tsx";
import { tr } from "../texts/reader-language.ts";
import type { OwnToolServer } from "../workspace/tools-elsewhere.ts";
import { frameProps } from "./list-props.ts";
import { refuseGone } from "./page-questions.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { answered } from "./thread-reply.tsx";
import { listedToolProps } from "./tool-server-props.ts";

const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });
const params = t.Object({ id });
const callParams = t.Object({ id, call: t.String({ maxLength: 200 }) });
const RuleForm = t.Object({
  server: id,
  tool: id,
  rule: t.Union([t.Literal("ask"), t.Literal("allow"), t.Literal("never")]),
});
/** A form without a box that is checked has no body at all. */
const UseForm = t.Optional(t.Object({ servers: t.Optional(t.Union([id, t.Array(id, { maxItems: 50 })])) }));
const AnswerForm = t.Object({
  answer: t.Union([t.Literal("once"), t.Literal("always"), t.Literal("refuse")]),
});

export const createToolPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-tools" })
    .get(
      "/tools",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const servers = (deps.tools?.list() ?? []).map(serverProps);
        const done = query.done === "saved" ? tr`Saved.` : null;
        return htmlReply(
          <ToolsPage
            {...frameProps(deps)}
            {...{ servers, done, canAdd: canAdd(deps) }}
            isReadOnly={deps.isReadOnly ?? false}
          />,
        );
      },
      { ...hidden, query: t.Object({ done: t.Optional(t.String({ maxLength: 20 })) }) },
    )
    .post(
      "/tools",
      ({ body: { server, tool, rule }, request }) =>
        answered(pagesOf(request), request, (deps) => {
          deps.tools?.setRule(server, tool, rule);
          return seeOther("/tools?done=saved");
        }),
      { ...hidden, body: RuleForm },
    )
    .get(
      "/tools/conversations/:id",
      ({ params, request }) =>
        answered(pagesOf(request), request, (deps) => {
          const conversation = deps.conversations.get(params.id) ?? refuseGone();
          const used = new Set(deps.tools?.ofConversation(params.id) ?? []);
          const servers = (deps.tools?.list() ?? []).map((server) => ({
            ...serverProps(server),
            isUsed: used.has(server.id),
          }));
          return htmlReply(
            <UsedToolsPage {...frameProps(deps)} {...{ conversation, servers, canAdd: canAdd(deps) }} />,
          );
        }),
      { ...hidden, params },
    )
    .post(
      "/tools/conversations/:id",
      ({ params, body, request }) =>
        answered(pagesOf(request), request, (deps) => {
          deps.tools?.chooseFor(params.id, [body?.servers ?? []].flat());
          return seeOther(`/c/${params.id}#end`);
        }),
      { ...hidden, params, body: UseForm },
    )
    // All that a tool gave.
    .get(
      "/generations/:id/calls/:call",
      ({ params: { id, call }, request }) => {
        const deps = pagesOf(request);
        if (deps.generations.get(id) === undefined)
          return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
        const result = deps.generations.tokens(id, 0).find(({ toolResult }) => toolResult?.id === call);
        return plainText(result?.toolResult?.content ?? "");
      },
      { ...hidden, params: callParams },
    )
    .post(
      "/generations/:id/calls/:call",
      ({ params: { id, call }, body, request }) =>
        answered(pagesOf(request), request, async (deps) => {
          const generation = deps.generations.get(id);
          await deps.tools?.answer(id, call, body.answer);
          if (isHtmx(request)) return new Response(null, { status: 204 });
          return seeOther(`/c/${generation?.conversationId ?? ""}?stream=html#end`);
        }),
      { ...hidden, params: callParams, body: AnswerForm },
    );

/** Without logins the person at this machine is the admin. */
const canAdd = ({ viewer }: PagesDeps): boolean => viewer?.isAdmin ?? true;

const serverProps = ({ id, name, tools }: OwnToolServer): UsableServerProps => ({
  ...{ id, name },
  tools: tools.map((tool) => ({ ...listedToolProps(tool), rule: tool.rule })),
});
