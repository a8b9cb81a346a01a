/** The pieces of a page that change when something was done in its conversation; or, for a plain form, where to go. */
import { Announcement } from "../../views/fragments/announcer.tsx";
import { ComposerNote } from "../../views/fragments/composer.tsx";
import {
  ConversationItems,
  FilterItems,
  filtersId,
  listId,
} from "../../views/fragments/conversation-list.tsx";
import { Notice } from "../../views/fragments/notice.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { QueueInPlace } from "../../views/fragments/queue.tsx";
import { shapeId, ThreadContents } from "../../views/fragments/thread.tsx";
import type { NoticeProps, ThreadProps } from "../../views/props.ts";
import { describeError, errorReply, htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { frameProps, type ListPlace, listProps } from "./list-props.ts";
import { queueProps } from "./queue-props.ts";
import type { PagesDeps } from "./render-chat.tsx";
import { conversationOf, listLengthOf, listQueryOf, turnsShownBy } from "./tab-state.ts";
import { lastTurns, mostTurns, turnsAtOnce } from "./thread-props.ts";

interface Done {
  readonly conversationId: string;
  /** The message at which the reader is; null: the end. */
  readonly at: string | null;
  readonly notice?: NoticeProps;
  /** An answer has begun: it is what the reader wants to see. */
  readonly writes?: boolean;
}

export async function threadReply(deps: PagesDeps, request: Request, done: Done): Promise<Response> {
  const { conversationId, notice, writes = false } = done;
  const turns = turnsShownBy(request);
  const isThere = conversationOf(request) === conversationId;
  if (!isHtmx(request)) return seeOther(addressOf(deps, done, writes ? "stream=html" : ""));
  // The tab shows something else: it goes to what has changed.
  if (turns === null || !isThere)
    return new Response(null, { status: 204, headers: { "hx-redirect": addressOf(deps, done, "") } });
  const thread = await threadOf(deps, conversationId, turns);
  return htmlReply(
    <>
      <ThreadInPlace thread={thread} />
      <QueueInPlace queue={queueProps(deps, conversationId)} />
      <Partial target="#notice" swap="innerHTML">
        <Notice notice={notice ?? null} />
      </Partial>
      <ListInPlace deps={deps} request={request} conversationId={conversationId} />
      {writes ? <Announcement of="writing" /> : ""}
    </>,
  );
}

export const threadOf = (deps: PagesDeps, conversationId: string, turns: number) =>
  lastTurns(deps, conversationId, Math.min(mostTurns, Math.max(turnsAtOnce, turns)));

/** As a whole: it brings its own cursors, so that no token is doubled or lost. */
export const ThreadInPlace = ({ thread }: { thread: ThreadProps }) => (
  <>
    <Partial target="#thread" swap="innerHTML">
      <ThreadContents thread={thread} />
    </Partial>
    <Shape thread={thread} />
  </>
);

export const Shape = ({ thread }: { thread: Pick<ThreadProps, "shape"> }) => (
  <Partial target={`#${shapeId}`} swap="textContent">
    <span safe>{thread.shape}</span>
  </Partial>
);

interface ListInPlaceProps {
  readonly deps: PagesDeps;
  readonly request: Request;
  readonly conversationId: string;
}

/** As long as the tab's list is one: of the same folder, and as far as the reader has scrolled. */
export const ListInPlace = ({ deps, request, conversationId }: ListInPlaceProps) => {
  const shown = listQueryOf(request);
  if (shown === null) return "";
  const query = new URLSearchParams(shown);
  const place: ListPlace = {
    filter: {
      ...{ folder: query.get("folder"), archived: query.get("archived") === "1" },
      project: query.get("project"),
    },
    current: conversationId,
    atLeast: listLengthOf(request),
  };
  return (
    <>
      <Partial target={`#${listId}`} swap="innerMorph">
        <ConversationItems {...listProps(deps, place)} />
      </Partial>
      <FiltersInPlace deps={deps} filter={place.filter} />
    </>
  );
};

/** A folder may have come or gone. */
export const FiltersInPlace = ({ deps, filter }: { deps: PagesDeps; filter: ListPlace["filter"] }) => (
  <Partial target={`#${filtersId}`} swap="innerMorph">
    <FilterItems filter={filter} counts={deps.library.counts()} />
  </Partial>
);

/** Why nothing was done. */
export function refusal(deps: PagesDeps, request: Request, error: unknown): Response {
  const { status, message, code, headers } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  if (!isHtmx(request)) return errorReply(frameProps(deps), status, message);
  return htmlReply(
    <Partial target="#composer-note" swap="innerHTML">
      <ComposerNote problem={message} code={code} />
    </Partial>,
    status,
    headers,
  );
}

/** The reply; or why nothing was done. */
export async function answered<Deps extends PagesDeps>(
  deps: Deps,
  request: Request,
  reply: (deps: Deps) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await reply(deps);
  } catch (error) {
    return refusal(deps, request, error);
  }
}

function addressOf(deps: PagesDeps, { conversationId, at, notice }: Done, query: string): string {
  const undo = notice?.undo === undefined ? "" : `undo=${notice.undo.url.split("/").at(-1)}`;
  const place = at === null || query !== "" ? "" : `at=${at}`;
  const search = [query, place, undo].filter((part) => part !== "").join("&");
  const anchor = place === "" ? "end" : anchorOf(deps, at ?? "");
  return `/c/${conversationId}${search === "" ? "" : `?${search}`}#${anchor}`;
}

/** The id of the element that shows a message. */
export function anchorOf({ messages }: Pick<PagesDeps, "messages">, messageId: string): string {
  const generation = messages.generationOf(messageId);
  return generation === undefined ? `m-${messageId}` : `answer-${generation.id}`;
}
