/** The conversations of a folder, of the archive or all of them, as a page: for browsers without scripts. */
import { ConversationItems } from "../fragments/conversation-list.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps, ListFilter, ListProps } from "../props.ts";

interface Props extends FrameProps {
  readonly list: ListProps;
}

export const ListPage = ({ list, ...frame }: Props) => (
  <Page
    {...frame}
    title={nameOf(list.filter)}
    kind="library"
    here={null}
    class="reading"
    skipToLabel="the conversations"
  >
    <ol class="conversation-list">
      <ConversationItems {...list} />
    </ol>
  </Page>
);

const nameOf = ({ folder, archived }: ListFilter) =>
  archived ? "Archived" : (folder ?? "All conversations");
