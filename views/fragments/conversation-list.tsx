/** The conversations, newest first; on a phone they are a drawer that opens without any script (popover). */
import { CloseIcon, PlusIcon } from "../icons.tsx";
import type { ConversationLink } from "../props.ts";

export const listId = "conversation-list";

interface Props {
  readonly conversations: readonly ConversationLink[];
  readonly current: string | null;
}

export const Sidebar = ({ conversations, current }: Props) => (
  <nav id="conversations" class="sidebar" popover="auto" aria-label="Conversations">
    <div class="sidebar-head">
      <a class="button new-chat" href="/">
        <PlusIcon />
        <span>New chat</span>
      </a>
      <button
        type="button"
        class="icon-button drawer-close"
        popovertarget="conversations"
        popovertargetaction="hide"
        aria-label="Close the list"
      >
        <CloseIcon />
      </button>
    </div>
    <ol id={listId} class="conversation-list">
      <ConversationItems conversations={conversations} current={current} />
    </ol>
    <p class="sidebar-foot">
      Everything stays on this machine. <a href="/status">Status</a>
    </p>
  </nav>
);

export const ConversationItems = ({ conversations, current }: Props) => (
  <>
    {conversations.length === 0 ? <li class="none-yet">Your conversations will be listed here.</li> : ""}
    {conversations.map(({ id, title }) => (
      <li>
        <a href={`/c/${id}`} aria-current={id === current ? "page" : undefined} safe>
          {title}
        </a>
      </li>
    ))}
  </>
);
