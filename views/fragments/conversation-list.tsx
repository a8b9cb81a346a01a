/**
 * The conversations: pinned ones, then by time, more of them when the reader comes to the end. On a phone they are a
 * drawer that opens without any script (popover).
 */
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Icon, type IconName } from "../icons.tsx";
import type { ListCounts, ListedConversation, ListProps } from "../list-props.ts";
import type { ListFilter, Place, SidebarProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { SidebarFoot } from "./sidebar-foot.tsx";

export const listId = "conversation-list";
const bodyId = "sidebar-body";

interface Props extends SidebarProps {
  readonly here: Place;
  /** The page has the field itself. */
  readonly withoutSearch?: boolean;
}

export const Sidebar = ({ here, withoutSearch = false, ...props }: Props) => (
  <nav id="conversations" class="sidebar" popover="auto" aria-label={tr`Conversations`}>
    <div class="sidebar-head">
      <a
        class="row new-chat"
        href="/"
        aria-current={here === "/" && props.list.current === null ? "page" : undefined}
      >
        <Icon name="plus" />
        <span>{safeTr`New chat`}</span>
      </a>
      <button
        type="button"
        class="icon-button drawer-close"
        popovertarget="conversations"
        popovertargetaction="hide"
        aria-label={tr`Close the list`}
      >
        <Icon name="close" />
      </button>
    </div>
    {withoutSearch ? "" : <SearchField />}
    <ul class="places">
      {placesFor(props.viewer).map(({ to, label, icon }) => (
        <li>
          <a class="row" href={to} aria-current={to === here ? "page" : undefined}>
            <Icon name={icon} />
            <span safe>{translated(label)}</span>
          </a>
        </li>
      ))}
    </ul>
    <div id={bodyId} class="sidebar-body">
      <SidebarBody {...props} />
    </div>
    <SidebarFoot here={here} viewer={props.viewer} engine={props.engine} />
  </nav>
);

/** A new place is a line here, and in `Place`. */
export const places: readonly {
  readonly to: Place & string;
  readonly label: string;
  readonly icon: IconName;
  /** Without logins everybody is one. */
  readonly isForAdmins?: true;
}[] = [
  { to: "/batches", label: "Several questions", icon: "list" },
  { to: "/compare", label: "Side by side", icon: "columns" },
  { to: "/desk", label: "Desk", icon: "desk" },
  { to: "/data", label: "Data", icon: "growth" },
  { to: "/documents", label: "Documents", icon: "file" },
  { to: "/projects", label: "Projects", icon: "folder" },
  { to: "/memory", label: "Memory", icon: "memory" },
  { to: "/models", label: "Models", icon: "computer", isForAdmins: true },
];

const placesFor = (viewer: SidebarProps["viewer"]) =>
  places.filter(({ isForAdmins }) => !isForAdmins || viewer === undefined || viewer.isAdmin);

const SearchField = () => (
  <search>
    <form class="sidebar-search row" action="/search">
      <Icon name="search" />
      <label class="visually-hidden" for="search">
        {safeTr`Search in all conversations`}
      </label>
      <input
        id="search"
        type="search"
        name="q"
        dir="auto"
        placeholder={tr`Search`}
        autocomplete="off"
        maxlength={200}
        hx-get="/search"
        hx-trigger="input changed delay:200ms"
        hx-target={`#${listId}`}
        hx-swap="innerHTML"
        hx-sync="this:replace"
      />
      <kbd>{safeTr`Ctrl K`}</kbd>
    </form>
  </search>
);

/** What changes with the filter. */
export const SidebarBody = ({ list, counts }: SidebarProps) => (
  <>
    <Filters filter={list.filter} counts={counts} />
    <ol
      id={listId}
      class="conversation-list"
      data-query={queryOf(list.filter)}
      hx-get={`/list?${queryOf(list.filter)}`}
      hx-include="#search"
      hx-trigger="list, list from:#live"
      hx-swap="innerMorph"
      hx-sync="this:queue last"
    >
      <ConversationItems {...list} />
    </ol>
  </>
);

export const filtersId = "filters";

const Filters = (props: FiltersProps) => (
  <ul id={filtersId} class="filters" aria-label={tr`Which conversations`}>
    <FilterItems {...props} />
  </ul>
);

interface FiltersProps {
  readonly filter: ListFilter;
  readonly counts: ListCounts;
}

export const FilterItems = ({ filter, counts }: FiltersProps) => (
  <>
    <Filter label={tr`All`} count={counts.all} to={{ folder: null, archived: false }} now={filter} />
    {counts.folders.map(({ name, count }) => (
      <Filter label={name} count={count} to={{ folder: name, archived: false }} now={filter} />
    ))}
    {counts.projects.map(({ id, name, count }) => (
      <Filter label={name} count={count} to={{ folder: null, archived: false, project: id }} now={filter} />
    ))}
    <Filter label={tr`Archived`} count={counts.archived} to={{ folder: null, archived: true }} now={filter} />
    <li>
      <a class="select" href={`/conversations?${queryOf(filter)}`} title={tr`Select several`}>
        <Icon name="tasks" />
        <span class="visually-hidden">{safeTr`Select several`}</span>
      </a>
    </li>
  </>
);

interface FilterProps {
  readonly label: string;
  readonly count: number;
  readonly to: ListFilter;
  readonly now: ListFilter;
}

const Filter = ({ label, count, to, now }: FilterProps) => (
  <li>
    <a
      href={`/conversations?${queryOf(to)}`}
      hx-get={`/conversations?${queryOf(to)}`}
      hx-target={`#${bodyId}`}
      hx-swap="innerHTML"
      aria-current={queryOf(to) === queryOf(now) ? "true" : undefined}
    >
      <span dir="auto" safe>
        {label}
      </span>{" "}
      <small>{count}</small>
    </a>
  </li>
);

export const ConversationItems = ({ filter, groups, current, next }: ListProps) => (
  <>
    {groups.length === 0 ? (
      <li class="none-yet" safe>
        {emptySentence(filter)}
      </li>
    ) : (
      ""
    )}
    {groups.map(({ name, conversations }) => (
      <>
        {name === null ? (
          ""
        ) : (
          <li class="group" safe>
            {name}
          </li>
        )}
        {conversations.map((conversation) => (
          <Item conversation={conversation} current={current} />
        ))}
      </>
    ))}
    {next === null ? "" : <MoreLink filter={filter} next={next} />}
  </>
);

const Item = ({ conversation, current }: { conversation: ListedConversation; current: string | null }) => (
  <li>
    <ItemLink conversation={conversation} isCurrent={conversation.id === current} />
  </li>
);

interface ItemLinkProps {
  readonly conversation: ListedConversation;
  readonly isCurrent?: boolean;
}

export const ItemLink = ({ conversation: { id, title, mark }, isCurrent = false }: ItemLinkProps) => (
  <a
    href={`/c/${id}`}
    aria-current={isCurrent ? "page" : undefined}
    dir="auto"
    class={mark === null ? undefined : ["marked", mark]}
  >
    <span safe>{title}</span>
    {mark === null ? "" : <i class="mark" role="img" aria-label={translated(markWords[mark])}></i>}
  </a>
);

export const markWords = { answering: "Answering", unread: "New answer" } as const;

export function emptySentence({ folder, archived, project = null }: ListFilter): string {
  if (archived) return tr`Nothing is archived.`;
  return folder === null && project === null
    ? tr`Your conversations will be listed here.`
    : tr`No conversations here yet.`;
}

const MoreLink = ({ filter, next }: { filter: ListFilter; next: { cursor: string; group: string } }) => {
  const query = queryOf(filter, { cursor: next.cursor, group: next.group });
  return (
    <li class="more">
      <a
        href={`/conversations?${query}`}
        hx-get={`/list?${query}`}
        hx-trigger="revealed, click"
        hx-target="closest li"
        hx-swap="outerHTML"
        hx-sync="this:drop"
      >
        {safeTr`More conversations`}
      </a>
    </li>
  );
};

export const queryOf = (
  { folder, archived, project = null }: ListFilter,
  more: Record<string, string> = {},
) =>
  new URLSearchParams({
    ...(folder === null ? {} : { folder }),
    ...(archived ? { archived: "1" } : {}),
    ...(project === null ? {} : { project }),
    ...more,
  }).toString();
