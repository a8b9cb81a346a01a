/** Turns a page of the library into the list as it is shown: pinned ones first, then in groups by time. */
import type {
  ConversationLink,
  ListFilter,
  ListProps,
  SidebarProps,
  ViewerProps,
} from "../../views/props.ts";
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
const dayMs = 24 * 60 * 60 * 1000;

interface SidebarDeps {
  readonly library: LibraryPort;
  readonly viewer?: ViewerProps;
}

export function sidebarProps({ library, viewer }: SidebarDeps, place: ListPlace): SidebarProps {
  const list = listProps(library, place);
  return { list, folders: library.folders(), ...(viewer === undefined ? {} : { viewer }) };
}

/** @throws InvalidRequestError for a cursor that no page gave */
export function listProps(
  library: LibraryPort,
  { filter, current, cursor, group, atLeast = 0 }: ListPlace,
  now = Date.now(),
): ListProps {
  const { folder, archived } = filter;
  const options = { archived, ...(folder === null ? {} : { folder }) };
  const pinned =
    cursor === undefined ? library.list(mostPinned, { ...options, pinned: true }).conversations : [];
  const length = Math.min(mostListed, Math.max(pageLength, atLeast - pinned.length));
  const page = library.list(length, { ...options, pinned: false }, cursor);

  const groups: { name: string | null; conversations: ConversationLink[] }[] = [];
  if (pinned.length > 0) groups.push({ name: "Pinned", conversations: pinned.map(linkTo) });
  let last = group;
  for (const conversation of page.conversations) {
    const name = groupOf(conversation.updatedAt, now);
    if (groups.length === 0 || name !== last)
      groups.push({ name: name === last ? null : name, conversations: [] });
    groups.at(-1)?.conversations.push(linkTo(conversation));
    last = name;
  }
  const next = page.next === null ? null : { cursor: page.next, group: last ?? "" };
  return { filter, groups, current, next };
}

const linkTo = ({ id, title }: ConversationLink): ConversationLink => ({ id, title });

const month = new Intl.DateTimeFormat("en", { month: "long", year: "numeric" });

/** By this machine's own calendar, which is the reader's. */
export function groupOf(time: number, now: number): string {
  const today = new Date(now).setHours(0, 0, 0, 0);
  if (time >= today) return "Today";
  // Half a day less, because a day may have 23 or 25 hours.
  if (time >= new Date(today - dayMs / 2).setHours(0, 0, 0, 0)) return "Yesterday";
  if (time >= new Date(today - 6.5 * dayMs).setHours(0, 0, 0, 0)) return "Previous 7 days";
  return month.format(time);
}
