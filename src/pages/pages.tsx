/** The web chat's pages. Everything they need is passed in; the store and the engines are not known here. */

import { Elysia, t } from "elysia";
import { EngineBanner } from "../../views/fragments/engine-banner.tsx";
import { ModelName, modelNameId } from "../../views/fragments/model-card.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { EngineChip, engineChipId } from "../../views/fragments/sidebar-foot.tsx";
import { StorageProblem } from "../../views/fragments/storage-banner.tsx";
import type { NoticeProps, ThreadProps } from "../../views/props.ts";
import { toHtml } from "../../views/to-html.ts";
import { questionLimit } from "../generations/question.ts";
import { errorReply, htmlReply } from "../http/html-reply.tsx";
import { htmlStreamResponse } from "../sse/html-stream.ts";
import { tr } from "../texts/reader-language.ts";
import { createAnswerRoutes } from "./answers.tsx";
import { createAskRoutes } from "./ask.tsx";
import { createCommandPages } from "./commands.tsx";
import { createContextPages } from "./context.tsx";
import { createConversationPages } from "./conversation-pages.tsx";
import { createDataSettings } from "./data-settings.tsx";
import { createDocumentPages } from "./documents.tsx";
import { createDeskPages } from "./finance/desk.tsx";
import { createInstrumentPages } from "./finance/instruments.tsx";
import { createListPages } from "./list-pages.tsx";
import { frameProps } from "./list-props.ts";
import { createLiveRoutes } from "./live.ts";
import { createMemoryPages } from "./memory.tsx";
import { createMessagePages } from "./message-pages.tsx";
import { createPaletteRoute } from "./palette.tsx";
import { createPresetPages } from "./presets.tsx";
import { createProjectPages } from "./projects.tsx";
import { createQueuePages } from "./queue.tsx";
import { createReceiptPages } from "./receipt.tsx";
import {
  archiveNotice,
  begunWith,
  chatPage,
  newComposer,
  type PagesDeps,
  type PagesOf,
  renderChat,
} from "./render-chat.tsx";
import { see, seenToEnd } from "./seen.ts";
import { createSettingsPages } from "./settings.tsx";
import { createTableCharts } from "./table-charts.tsx";
import { lastTurns, turnsAround, turnsBefore } from "./thread-props.ts";
import { createTokenPages } from "./token-pages.tsx";
import { writtenPage } from "./written-page.tsx";

export type { PagesDeps, PagesOf } from "./render-chat.tsx";

const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });
/** `at`: a message to be shown, on whatever branch it is; `undo`: what was deleted, `moved`: to where it was put just now. */
const PlaceQuery = t.Object({
  stream: t.Optional(t.String()),
  at: t.Optional(id),
  before: t.Optional(id),
  undo: t.Optional(id),
  moved: t.Optional(t.String({ maxLength: 20 })),
});
type PlaceQuery = typeof PlaceQuery.static;
/** `draft`: a question to begin with, that is not sent yet; `temporary`: the chat is not to be kept; `preset`: what it begins with; `documents`: what it is asked about; `project`: what it belongs to. */
const StartQuery = t.Object({
  deleted: t.Optional(id),
  draft: t.Optional(t.String({ maxLength: questionLimit })),
  temporary: t.Optional(t.Literal("1")),
  preset: t.Optional(id),
  documents: t.Optional(t.String({ maxLength: 2_000 })),
  tools: t.Optional(t.String({ maxLength: 100 })),
  project: t.Optional(id),
});

export const createPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages" })
    .get(
      "/",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const { deleted, draft, ...begun } = query;
        return renderChat(deps, {
          conversation: null,
          composer: {
            ...newComposer(null),
            ...begunWith(deps, begun),
            ...(draft === undefined ? {} : { text: draft }),
          },
          notice: deletionNotice(deps, deleted),
        });
      },
      { ...hidden, query: StartQuery },
    )
    .get(
      "/c/:id",
      async ({ params: { id }, query, request, server }) => {
        const deps = pagesOf(request);
        const conversation = deps.conversations.get(id);
        if (conversation === undefined)
          return errorReply(
            frameProps(deps),
            404,
            tr`There is no such conversation. It may have been deleted.`,
          );
        see(deps, id);
        const { page, written } = await chatPage(deps, {
          conversation,
          thread: await threadAt(deps, id, query),
          notice: query.moved === "archive" ? archiveNotice(conversation) : undoNotice(deps, query.undo),
          writesLastAnswer: query.stream === "html",
        });
        const generation = written === null ? undefined : deps.generations.get(written.id);
        if (generation === undefined || written === null) return htmlReply(page);
        server?.timeout(request, 0);
        const pieces = writtenPage(toHtml(page), deps, generation, request.signal, written.siblings);
        return htmlStreamResponse(seenToEnd(deps, id, pieces, request.signal), deps.reportDefect);
      },
      { ...hidden, params: t.Object({ id }), query: PlaceQuery },
    )
    .get(
      "/engine-banner",
      ({ request }) => {
        const engine = pagesOf(request).engineSummary();
        return htmlReply(
          <>
            <EngineBanner engine={engine} />
            <Partial target={`#${engineChipId}`} swap="outerHTML">
              <EngineChip engine={engine} />
            </Partial>
            <Partial target={`#${modelNameId}`} swap="outerHTML">
              <ModelName engine={engine} />
            </Partial>
          </>,
        );
      },
      hidden,
    )
    .get(
      "/storage-banner",
      ({ request }) => htmlReply(<StorageProblem storage={pagesOf(request).storage.state()} />),
      hidden,
    )
    .use(createAskRoutes(pagesOf))
    .use(createAnswerRoutes(pagesOf))
    .use(createContextPages(pagesOf))
    .use(createQueuePages(pagesOf))
    .use(createReceiptPages(pagesOf))
    .use(createTableCharts(pagesOf))
    .use(createTokenPages(pagesOf))
    .use(createMessagePages(pagesOf))
    .use(createConversationPages(pagesOf))
    .use(createListPages(pagesOf))
    .use(createDocumentPages(pagesOf))
    .use(createMemoryPages(pagesOf))
    .use(createPaletteRoute(pagesOf))
    .use(createCommandPages(pagesOf))
    .use(createPresetPages(pagesOf))
    .use(createProjectPages(pagesOf))
    .use(createDataSettings(pagesOf))
    .use(createSettingsPages(pagesOf))
    .use(createDeskPages(pagesOf))
    .use(createInstrumentPages(pagesOf))
    .use(createLiveRoutes(pagesOf));

function threadAt(deps: PagesDeps, conversationId: string, { at, before }: PlaceQuery): Promise<ThreadProps> {
  const { messages, library } = deps;
  const isHere = (messageId: string) => messages.get(messageId)?.conversationId === conversationId;
  if (at !== undefined && isHere(at) && messages.isThere(at)) {
    // What was found by a search may be on another branch, and what the reader asks next belongs there too.
    const isShown = messages.path(conversationId).some(({ id }) => id === at);
    if (!isShown && !deps.isReadOnly) library.show(at);
    return turnsAround(deps, conversationId, at);
  }
  if (before !== undefined && isHere(before)) return turnsBefore(deps, conversationId, before);
  return lastTurns(deps, conversationId);
}

function undoNotice({ messages }: PagesDeps, messageId: string | undefined): NoticeProps | null {
  const message = messageId === undefined ? undefined : messages.get(messageId);
  if (message === undefined || message.deletedAt === null) return null;
  return { text: tr`Message and replies deleted.`, undo: { url: `/messages/${message.id}`, inPlace: true } };
}

function deletionNotice({ library }: PagesDeps, conversationId: string | undefined): NoticeProps | null {
  if (conversationId === undefined) return null;
  const deleted = library.deleted(mostRecentDeletions).find(({ id }) => id === conversationId);
  if (deleted === undefined) return null;
  return {
    text: tr`“${deleted.title}” was deleted.`,
    undo: { url: `/c/${deleted.id}/restore`, inPlace: false },
  };
}

/** The one that was deleted just now is among the last. */
const mostRecentDeletions = 20;
