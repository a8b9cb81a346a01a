/**
 * Takes a question from the page's form. With htmx the reply is the pieces of the page that change; without, a
 * redirect to the page that writes the answer into itself.
 */
import { Elysia, t } from "elysia";
import { Announcement } from "../../views/fragments/announcer.tsx";
import { ComposerNote } from "../../views/fragments/composer.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { QueueInPlace } from "../../views/fragments/queue.tsx";
import { ThreadContents } from "../../views/fragments/thread.tsx";
import { Turn } from "../../views/fragments/turn.tsx";
import type { ThreadProps } from "../../views/props.ts";
import { describeError, htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import type { Generation } from "../store/schema.ts";
import { commandIn } from "../workspace/commands.ts";
import { EmptiedComposer, NewPage } from "./asked-page.tsx";
import { fileIds, filesNamed } from "./attach.tsx";
import { commandReply } from "./commands.tsx";
import { questionFromPage, refuseGone } from "./page-questions.ts";
import { queueProps } from "./queue-props.ts";
import {
  begunWith,
  documentIds,
  newComposer,
  type PagesDeps,
  type PagesOf,
  renderChat,
} from "./render-chat.tsx";
import { threadEndOf, turnsShownBy } from "./tab-state.ts";
import { anchorOf, ListInPlace, Shape, threadOf } from "./thread-reply.tsx";

const AskForm = t.Object({
  text: t.Optional(t.String()),
  conversation_id: t.Optional(t.String({ maxLength: 100 })),
  key: t.Optional(t.String({ maxLength: 100 })),
  files: t.Optional(t.String({ maxLength: 4000 })),
  temporary: t.Optional(t.Literal("1")),
  preset: t.Optional(t.String({ maxLength: 100 })),
  documents: t.Optional(t.String({ maxLength: 2_000 })),
  tools: t.Optional(t.String({ maxLength: 100 })),
  project: t.Optional(t.String({ maxLength: 100 })),
});
type AskForm = typeof AskForm.static;

export const createAskRoutes = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-ask" }).post(
    "/ask",
    async ({ body, request }) => {
      const deps = pagesOf(request);
      const { conversation_id: conversationId, key } = body;
      const text = (body.text ?? "").trim();
      try {
        const command = commandIn(text);
        if (command !== null) return await commandReply(deps, request, command, body);
        const place = {
          ...(conversationId === undefined ? {} : { conversationId }),
          ...(body.temporary === undefined ? {} : { isTemporary: true }),
          ...(body.project === undefined || conversationId !== undefined ? {} : { projectId: body.project }),
          ...(body.documents === undefined ? {} : { documents: documentIds(body.documents) }),
          ...(body.tools === undefined ? {} : { toolServers: deps.tools?.usable([body.tools]) ?? [] }),
        };
        const files = fileIds(body.files);
        const values = deps.presets.valuesFor({ conversationId, preset: body.preset });
        const question = questionFromPage(values, { text, key, files }, place);
        if (conversationId !== undefined && deps.conversations.get(conversationId) === undefined)
          refuseGone();
        const placed = await deps.queue.place(question);
        if (placed.type === "queued") return queuedReply(deps, placed.question.conversationId, request);
        const { generation } = placed;
        if (!isHtmx(request)) return seeOther(`/c/${generation.conversationId}?stream=html#end`);
        return await askedReply(deps, generation, request, conversationId === undefined);
      } catch (error) {
        return refusedReply(deps, error, body, text, isHtmx(request));
      }
    },
    { body: AskForm, detail: { hide: true } },
  );

async function askedReply(
  deps: PagesDeps,
  generation: Generation,
  request: Request,
  isNew: boolean,
): Promise<Response> {
  const id = generation.conversationId;
  // The tab shows an earlier part of the conversation: it goes to where the answer is.
  if (!isNew && turnsShownBy(request) === null)
    return new Response(null, { status: 204, headers: { "hx-redirect": `/c/${id}#end` } });
  const conversation = deps.conversations.get(id);
  const thread = await threadOf(deps, id, turnsShownBy(request) ?? 0);
  return htmlReply(
    <>
      <AskedTurn deps={deps} generation={generation} thread={thread} request={request} />
      <EmptiedComposer conversationId={id} />
      <ListInPlace deps={deps} request={request} conversationId={id} />
      {isNew && conversation !== undefined ? <NewPage deps={deps} conversation={conversation} /> : ""}
      <Announcement of="writing" />
    </>,
    200,
    isNew ? { "hx-push-url": `/c/${id}` } : {},
  );
}

/** It waits until the answer that is being written has ended. */
const queuedReply = (deps: PagesDeps, conversationId: string, request: Request): Response =>
  isHtmx(request)
    ? htmlReply(
        <>
          <QueueInPlace queue={queueProps(deps, conversationId)} />
          <EmptiedComposer conversationId={conversationId} />
          <Announcement of="queued" />
        </>,
      )
    : seeOther(`/c/${conversationId}?stream=html#end`);

interface AskedTurnProps {
  readonly deps: PagesDeps;
  readonly generation: Generation;
  readonly thread: ThreadProps;
  readonly request: Request;
}

/** Appended when the tab shows what the question follows; otherwise another tab was faster, and all is shown anew. */
const AskedTurn = ({ deps, generation, thread, request }: AskedTurnProps) => {
  const turn = thread.turns.at(-1);
  const follows = deps.messages.get(generation.questionId)?.parentId ?? null;
  const fits = follows !== null && threadEndOf(request) === anchorOf(deps, follows);
  return (
    <>
      <Partial target="#thread" swap={fits ? "beforeend" : "innerHTML"}>
        {fits && turn !== undefined ? <Turn turn={turn} /> : <ThreadContents thread={thread} />}
      </Partial>
      <Shape thread={thread} />
    </>
  );
};

/** The text is kept: in the form that still stands with htmx, in a form filled again without. */
async function refusedReply(
  deps: PagesDeps,
  error: unknown,
  form: AskForm,
  text: string,
  htmx: boolean,
): Promise<Response> {
  const { status, message, code, headers } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  if (!htmx) {
    const conversation = deps.conversations.get(form.conversation_id ?? "") ?? null;
    const files = filesNamed(deps.files, fileIds(form.files));
    const begun = conversation === null ? begunWith(deps, form) : {};
    const composer = { ...newComposer(conversation?.id ?? null), ...begun, text, files, problem: message };
    return renderChat(deps, { conversation, composer }, { status, headers });
  }
  return htmlReply(
    <Partial target="#composer-note" swap="innerHTML">
      <ComposerNote problem={message} code={code} />
    </Partial>,
    status,
    headers,
  );
}
