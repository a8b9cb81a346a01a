/** Turns a page of the library into the list as it is shown: pinned ones first, then in groups by time. */

import type { ListedConversation, ListProps } from "../../views/list-props.ts";
import type {
  AssetUrl,
  FrameProps,
  ListFilter,
  LookProps,
  SidebarProps,
  ViewerProps,
} from "../../views/props.ts";
import type { OwnPreferences } from "../preferences/preferences.ts";
import type { EngineSummary } from "../status/engine-summary.ts";
import type { ListOptions } from "../store/conversations.ts";
import type { Conversation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { type Calendar, calendarOf } from "./calendar.ts";
import type { LibraryPort } from "./page-ports.ts";

export interface ListPlace {
  readonly filter: ListFilter;
  readonly current: string | null;
  /** Where the page begins, and the group that the page before ended with. */
  readonly cursor?: string;
  readonly group?: string;
  /** How many there should be at least: as many as a tab has already. */
  readonly atLeast?: number;
}

export const everything: ListFilter = { folder: null, archived: false };

const pageLength = 40;
/** However far a tab has scrolled, it gets no more than this at once. */
const mostListed = 400;
const mostPinned = 100;

interface ListDeps {
  readonly library: LibraryPort;
  /** Left out: this machine's. */
  readonly calendar?: Calendar;
}

interface SidebarDeps extends ListDeps {
  readonly viewer?: ViewerProps;
  readonly engineSummary?: () => EngineSummary;
}

export function sidebarProps(deps: SidebarDeps, place: ListPlace): SidebarProps {
  const { library, viewer, engineSummary } = deps;
  const list = listProps(deps, place);
  return {
    list,
    counts: library.counts(),
    ...(viewer === undefined ? {} : { viewer }),
    ...(engineSummary === undefined ? {} : { engine: engineSummary() }),
  };
}

/** What a page is given that belongs to no conversation. */
export const frameProps = (
  deps: SidebarDeps & { readonly asset: AssetUrl; readonly personal: Pick<OwnPreferences, "values"> },
): FrameProps => ({
  asset: deps.asset,
  look: lookOf(deps),
  sidebar: sidebarProps(deps, { filter: everything, current: null }),
});

/** How the user wants pages to look. */
export function lookOf({ personal }: { readonly personal: Pick<OwnPreferences, "values"> }): LookProps {
  const { theme, contrast, text_size, density, stream, stream_rate } = personal.values();
  return { theme, contrast, textSize: text_size, density, stream, streamRate: stream_rate };
}

/** @throws InvalidRequestError for a cursor that no page gave */
export function listProps(
  { library, calendar = calendarOf() }: ListDeps,
  { filter, current, cursor, group, atLeast = 0 }: ListPlace,
  now = Date.now(),
): ListProps {
  const { folder, archived, project = null } = filter;
  const options = {
    archived,
    ...(folder === null ? {} : { folder }),
    ...(project === null ? {} : { project }),
  };
  const pinned =
    cursor === undefined ? library.list(mostPinned, { ...options, pinned: true }).conversations : [];
  const length = Math.min(mostListed, Math.max(pageLength, atLeast - pinned.length));
  const page = library.list(length, { ...options, pinned: false }, cursor);

  const answering = library.answering();
  const linkTo = (conversation: Conversation) => linkOf(conversation, answering, current);
  const groups: { name: string | null; conversations: ListedConversation[] }[] = [];
  if (pinned.length > 0) groups.push({ name: tr`Pinned`, conversations: pinned.map(linkTo) });
  let last = group;
  for (const conversation of page.conversations) {
    const name = groupOf(conversation.updatedAt, now, calendar);
    if (groups.length === 0 || name !== last)
      groups.push({ name: name === last ? null : name, conversations: [] });
    groups.at(-1)?.conversations.push(linkTo(conversation));
    last = name;
  }
  const next = page.next === null ? null : { cursor: page.next, group: last ?? "" };
  return { filter, groups, current, next };
}

/** The last updated first, apart from the list. */
export function listedConversations(
  { library }: Pick<ListDeps, "library">,
  limit: number,
  options: Pick<ListOptions, "project">,
): readonly ListedConversation[] {
  const answering = library.answering();
  return library.list(limit, options).conversations.map((each) => linkOf(each, answering, null));
}

const linkOf = (
  conversation: Conversation,
  answering: ReadonlySet<string>,
  current: string | null,
): ListedConversation => ({
  id: conversation.id,
  title: conversation.title,
  mark: markOf(conversation, answering, conversation.id === current),
});

/** The conversation that is shown is being read. */
function markOf({ id, seenAt, updatedAt }: Conversation, answering: ReadonlySet<string>, isShown: boolean) {
  if (answering.has(id)) return "answering";
  return seenAt !== null && updatedAt > seenAt && !isShown ? "unread" : null;
}

/** By the reader's calendar. */
export function groupOf(time: number, now: number, calendar: Calendar): string {
  const daysAgo = calendar.dayOf(now) - calendar.dayOf(time);
  if (daysAgo <= 0) return tr`Today`;
  if (daysAgo === 1) return tr`Yesterday`;
  return daysAgo <= 7 ? tr`Previous 7 days` : calendar.monthOf(time);
}
