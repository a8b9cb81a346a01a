/** What a page does with a conversation as a whole: its name, place and end, and the parts of it that come on demand. */

import { Elysia, t } from "elysia";
import { ConversationHead } from "../../views/fragments/conversation-head.tsx";
import { Notice } from "../../views/fragments/notice.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { EarlierTurns } from "../../views/fragments/thread.tsx";
import { pageTitle } from "../../views/pages/chat-page.tsx";
import type { NoticeProps } from "../../views/props.ts";
import type { ConversationChange } from "../conversations/library.ts";
import { NotFoundError } from "../errors.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import type { Conversation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { archiveNotice, conversationProps, type PagesOf } from "./render-chat.tsx";
import { see } from "./seen.ts";
import { turnsShownBy } from "./tab-state.ts";
import { turnsAtOnce, turnsBefore } from "./thread-props.ts";
import { answered, ListInPlace, ThreadInPlace, threadOf } from "./thread-reply.tsx";

const id = t.String({ maxLength: 100 });
const hidden = { params: t.Object({ id }), detail: { hide: true } };
const text = t.Optional(t.String({ maxLength: 1000 }));
const ChangeForm = t.Object({
  ...{ title: text, folder: text, pinned: text, archived: text, temporary: text, project: text },
  instructions: t.Optional(t.String({ maxLength: 20_000 })),
});

export const createConversationPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-conversations" })
    .get(
      "/c/:id/earlier",
      ({ params: { id }, query: { before }, request }) =>
        answered(pagesOf(request), request, async (deps) => {
          if (deps.messages.get(before)?.conversationId !== id) throw gone();
          return htmlReply(<EarlierTurns thread={await turnsBefore(deps, id, before)} />);
        }),
      { ...hidden, query: t.Object({ before: id }) },
    )
    // For a tab that has learnt that its thread is out of date.
    .get(
      "/c/:id/thread",
      async ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        if (deps.conversations.get(id) !== undefined) {
          see(deps, id);
          return htmlReply(
            <ThreadInPlace thread={await threadOf(deps, id, turnsShownBy(request) ?? turnsAtOnce)} />,
          );
        }
        const undo = { url: `/c/${id}/restore`, inPlace: false };
        return htmlReply(
          <Partial target="#notice" swap="innerHTML">
            <Notice notice={{ text: tr`This conversation was deleted.`, undo }} />
          </Partial>,
        );
      },
      hidden,
    )
    .post(
      "/c/:id/change",
      ({ params: { id }, body, request }) =>
        answered(pagesOf(request), request, (deps) => {
          const conversation = deps.library.change(id, changeFrom(body));
          if (!isHtmx(request))
            return seeOther(`/c/${id}${body.archived === undefined ? "" : "?moved=archive"}`);
          return htmlReply(
            <>
              <Partial target="#conversation-top" swap="innerHTML">
                <ConversationHead conversation={conversationProps(deps, conversation)} />
              </Partial>
              <Partial target="title" swap="textContent">
                <span safe>{pageTitle(conversation)}</span>
              </Partial>
              <Partial target="#notice" swap="innerHTML">
                <Notice notice={changeNotice(body, conversation)} />
              </Partial>
              <ListInPlace deps={deps} request={request} conversationId={id} />
            </>,
          );
        }),
      { ...hidden, body: ChangeForm },
    )
    .post(
      "/c/:id/delete",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, (deps) => {
          deps.library.remove(id);
          return seeOther(`/?deleted=${id}`);
        }),
      hidden,
    )
    .post(
      "/c/:id/restore",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, (deps) => seeOther(`/c/${deps.library.bringBack(id).id}#end`)),
      hidden,
    )
    .post(
      "/c/:id/erase",
      ({ params: { id }, request }) =>
        answered(pagesOf(request), request, (deps) => {
          deps.library.erase(id);
          return seeOther("/trash?done=erased");
        }),
      hidden,
    );

function changeNotice(
  { archived, instructions, temporary, project }: typeof ChangeForm.static,
  conversation: Conversation,
): NoticeProps | null {
  if (archived !== undefined) return archiveNotice(conversation);
  if (temporary !== undefined) return { text: tr`It is in your list now.` };
  if (project !== undefined)
    return { text: project === "" ? tr`Taken out of its project.` : tr`Moved to the project.` };
  if (instructions === undefined) return null;
  return { text: conversation.instructions === "" ? tr`Instructions removed.` : tr`Instructions saved.` };
}

/** The value of a button says what it makes of it; '' takes it away. */
const changeFrom = ({
  title,
  folder,
  pinned,
  archived,
  instructions,
  temporary,
  project,
}: typeof ChangeForm.static): ConversationChange => ({
  ...(temporary === undefined ? {} : { temporary: temporary !== "" }),
  ...(instructions === undefined ? {} : { instructions }),
  ...(project === undefined ? {} : { project: project === "" ? null : project }),
  ...(title === undefined ? {} : { title }),
  ...(folder === undefined ? {} : { folder }),
  ...(pinned === undefined ? {} : { pinned: pinned !== "" }),
  ...(archived === undefined ? {} : { archived: archived !== "" }),
});

const gone = () => new NotFoundError(say`There is no such message. It may have been deleted.`);
