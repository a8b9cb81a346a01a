/** The list of conversations: in the sidebar for htmx, as pages without scripts; what a search finds; what was deleted. */
import { Elysia, t } from "elysia";
import { ConversationMenu, menuId } from "../../views/fragments/conversation-head.tsx";
import { ConversationItems, SidebarBody } from "../../views/fragments/conversation-list.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { SearchHits } from "../../views/fragments/search-hits.tsx";
import { pageTitle } from "../../views/pages/chat-page.tsx";
import { SearchPage } from "../../views/pages/search-page.tsx";
import { TrashPage } from "../../views/pages/trash-page.tsx";
import type { DeletedProps } from "../../views/props.ts";
import { doneSentence, htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import type { Conversation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { calendarOf } from "./calendar.ts";
import { frameProps, type ListPlace, listProps } from "./list-props.ts";
import { conversationProps, type PagesDeps, type PagesOf } from "./render-chat.tsx";
import { searchProps } from "./search-props.ts";
import { SelectForm, selectedReply, selectPage } from "./selected.tsx";
import { conversationOf, listLengthOf } from "./tab-state.ts";
import { FiltersInPlace, refusal } from "./thread-reply.tsx";

const short = t.Optional(t.String({ maxLength: 200 }));
const words = t.Optional(t.String({ maxLength: 500 }));
const ListQuery = t.Object({
  folder: short,
  project: short,
  archived: short,
  cursor: short,
  group: short,
  q: words,
});
const hidden = { detail: { hide: true } };
/** More are brought back by their address. */
const mostDeleted = 200;

export const createListPages = (pagesOf: PagesOf) => {
  const datesOf = ({ calendar }: PagesDeps) => calendar ?? calendarOf();
  return new Elysia({ name: "pages-list" })
    .get(
      "/list",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const { library } = deps;
        try {
          const place = placeFrom(query, request);
          const { q = "", cursor } = query;
          const isSearch = q.trim() !== "" && cursor === undefined;
          return htmlReply(
            <>
              {isSearch ? (
                <SearchHits hits={searchProps(library, q)} query={q} dates={datesOf(deps)} />
              ) : (
                <ConversationItems {...listProps(deps, place)} />
              )}
              {cursor === undefined ? <HeadOf deps={deps} id={place.current} /> : ""}
              {cursor === undefined && !isSearch ? <FiltersInPlace deps={deps} filter={place.filter} /> : ""}
            </>,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, query: ListQuery },
    )
    .get(
      "/conversations",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const { library } = deps;
        try {
          const place = placeFrom(query, request);
          if (isHtmx(request))
            return htmlReply(<SidebarBody list={listProps(deps, place)} counts={library.counts()} />);
          return selectPage(deps, place);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, query: ListQuery },
    )
    .post(
      "/conversations",
      async ({ query, body, request }) => {
        const deps = pagesOf(request);
        try {
          return await selectedReply(deps, placeFrom(query, request), body);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, query: ListQuery, body: SelectForm },
    )
    .get(
      "/search",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const { library } = deps;
        const text = query.q ?? "";
        const isEmpty = text.trim() === "";
        if (isHtmx(request) && isEmpty)
          return htmlReply(<ConversationItems {...listProps(deps, placeFrom({}, request))} />);
        const hits = isEmpty ? [] : searchProps(library, text);
        if (isHtmx(request)) return htmlReply(<SearchHits hits={hits} query={text} dates={datesOf(deps)} />);
        return htmlReply(<SearchPage {...frameProps(deps)} hits={hits} query={text} dates={datesOf(deps)} />);
      },
      { ...hidden, query: t.Object({ q: words }) },
    )
    .get(
      "/trash",
      ({ query, request }) => {
        const deps = pagesOf(request);
        const { library } = deps;
        return htmlReply(
          <TrashPage
            {...frameProps(deps)}
            deleted={library
              .deleted(mostDeleted)
              .map((conversation) => deletedProps(conversation, library.keptDeletedMs))}
            dates={datesOf(deps)}
            keptDays={Math.round(library.keptDeletedMs / dayMs)}
            done={doneSentence(doneSentences(), query.done)}
          />,
        );
      },
      { ...hidden, query: t.Object({ done: t.Optional(t.String({ maxLength: 20 })) }) },
    )
    .post(
      "/trash/empty",
      ({ request }) => {
        const deps = pagesOf(request);
        try {
          deps.library.emptyTrash();
          return seeOther("/trash?done=emptied");
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      hidden,
    );
};

const doneSentences = (): Readonly<Record<string, string>> => ({
  erased: tr`Deleted for good.`,
  emptied: tr`Trash emptied.`,
});

const dayMs = 24 * 60 * 60 * 1000;

function deletedProps({ id, title, deletedAt }: Conversation, keptMs: number): DeletedProps {
  const at = deletedAt ?? Date.now();
  return {
    id,
    title,
    deletedAt: at,
    daysLeft: Math.max(0, Math.ceil((at + keptMs - Date.now()) / dayMs)),
  };
}

const placeFrom = (query: typeof ListQuery.static, request: Request): ListPlace => ({
  filter: {
    ...{ folder: query.folder ?? null, archived: query.archived === "1" },
    project: query.project ?? null,
  },
  current: conversationOf(request),
  atLeast: listLengthOf(request),
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  ...(query.group === undefined ? {} : { group: query.group }),
});

/** It may have got another name, in another tab or by the model. */
const HeadOf = ({ deps, id }: { deps: PagesDeps; id: string | null }) => {
  const conversation = id === null ? undefined : deps.conversations.get(id);
  if (conversation === undefined) return "";
  return (
    <>
      <Partial target="#conversation-title" swap="textContent">
        <span safe>{conversation.title}</span>
      </Partial>
      <Partial target="title" swap="textContent">
        <span safe>{pageTitle(conversation)}</span>
      </Partial>
      <Partial target={`#${menuId}`} swap="innerMorph">
        <ConversationMenu conversation={conversationProps(deps, conversation)} />
      </Partial>
    </>
  );
};
