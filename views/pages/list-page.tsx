/** The conversations of a folder, of the archive or all of them, of which several can be chosen. It needs no script. */
import { tr } from "../../src/texts/reader-language.ts";
import { Button } from "../components/button.tsx";
import { Empty } from "../components/empty.tsx";
import { emptySentence, ItemLink, queryOf } from "../fragments/conversation-list.tsx";
import { Page } from "../frame.tsx";
import type { ListCounts, ListedConversation, ListProps } from "../list-props.ts";
import type { FrameProps, ListFilter } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

/** As many as the page shows at once. */
export const mostSelected = 400;

/** What was done, or why not; and the form that undoes it for all of them. */
export interface SelectionNotice {
  readonly text: string;
  readonly tone?: "done" | "problem";
  readonly undo?: {
    readonly do: string;
    readonly conversations: readonly { readonly id: string; readonly folder: string }[];
  };
}

interface Props extends FrameProps {
  readonly list: ListProps;
  readonly counts: ListCounts;
  readonly notice: SelectionNotice | null;
}

export const ListPage = ({ list, counts, notice, ...frame }: Props) => (
  <Page
    {...frame}
    title={nameOf(list.filter, counts)}
    lead={leadOf(list.filter, counts)}
    kind="library"
    here={null}
    class="reading"
    skipToLabel={tr`the conversations`}
  >
    {notice === null ? "" : <Done notice={notice} action={addressOf(list.filter)} />}
    {list.groups.length === 0 ? (
      <Empty icon="chat" title={emptySentence(list.filter)} />
    ) : (
      <form class="selection" method="post" action={addressOf(list.filter)}>
        <SelectionBar filter={list.filter} counts={counts} />
        <ol class="conversation-list">
          {list.groups.map(({ name, conversations }) => (
            <>
              {name === null ? (
                ""
              ) : (
                <li class="group" safe>
                  {name}
                </li>
              )}
              {conversations.map((conversation) => (
                <Choice conversation={conversation} />
              ))}
            </>
          ))}
        </ol>
        {list.next === null ? (
          ""
        ) : (
          <p>
            <a
              class="button"
              href={addressOf(list.filter, { cursor: list.next.cursor, group: list.next.group })}
            >
              {safeTr`More conversations`}
            </a>
          </p>
        )}
      </form>
    )}
  </Page>
);

/** Move comes first: Enter in its field presses the first button of a form. */
const SelectionBar = ({ filter, counts }: { filter: ListFilter; counts: ListCounts }) => (
  <fieldset class="selection-bar">
    <legend class="visually-hidden">{safeTr`With the selected conversations`}</legend>
    <span class="select-all" hidden>
      <label class="choice">
        <input type="checkbox" data-select-all />
        <span>{safeTr`All`}</span>
      </label>
      <output>{safeTr`${0} selected`}</output>
    </span>
    <span class="field-row">
      <input
        class="input"
        name="folder"
        aria-label={tr`Folder`}
        placeholder={tr`Folder`}
        maxlength={100}
        list="folders"
        autocomplete="off"
      />
      <Button label={tr`Move`} send={{ name: "do", value: "move" }} />
    </span>
    <datalist id="folders">
      {counts.folders.map(({ name }) => (
        <option value={name}></option>
      ))}
    </datalist>
    <span class="selection-deeds">
      {filter.archived ? (
        <Button label={tr`Unarchive`} icon="archive" send={{ name: "do", value: "unarchive" }} />
      ) : (
        <Button label={tr`Archive`} icon="archive" send={{ name: "do", value: "archive" }} />
      )}
      <Button label={tr`Export`} icon="download" send={{ name: "do", value: "export" }} />
      <Button label={tr`Delete`} kind="danger" icon="trash" send={{ name: "do", value: "delete" }} />
    </span>
  </fieldset>
);

const Choice = ({ conversation }: { conversation: ListedConversation }) => (
  <li class="choosable">
    <label class="pick">
      <input
        type="checkbox"
        name="id[]"
        value={conversation.id}
        aria-label={tr`Select: ${conversation.title}`}
      />
    </label>
    <ItemLink conversation={conversation} />
  </li>
);

const Done = ({
  notice: { text, tone = "done", undo },
  action,
}: {
  notice: SelectionNotice;
  action: string;
}) => (
  <div class={["notice", tone]} role={tone === "problem" ? "alert" : "status"}>
    <span dir="auto" safe>
      {text}
    </span>
    {undo === undefined || undo.conversations.length === 0 ? (
      ""
    ) : (
      <form method="post" action={action}>
        {undo.conversations.map(({ id, folder }) => (
          <>
            <input type="hidden" name="id[]" value={id} />
            <input type="hidden" name="was[]" value={folder} />
          </>
        ))}
        <Button label={tr`Undo`} size="small" send={{ name: "do", value: undo.do }} />
      </form>
    )}
  </div>
);

const addressOf = (filter: ListFilter, more: Record<string, string> = {}) => {
  const query = queryOf(filter, more);
  return query === "" ? "/conversations" : `/conversations?${query}`;
};

const projectOf = ({ project }: ListFilter, { projects }: ListCounts) =>
  projects.find(({ id }) => id === project);

const nameOf = (filter: ListFilter, counts: ListCounts) =>
  filter.archived
    ? tr`Archived`
    : (filter.folder ?? projectOf(filter, counts)?.name ?? tr`All conversations`);

function leadOf(filter: ListFilter, counts: ListCounts): string {
  const { folder, archived } = filter;
  const inFolder = counts.folders.find(({ name }) => name === folder)?.count ?? 0;
  const inAll = archived ? counts.archived : counts.all;
  const count = folder === null ? (projectOf(filter, counts)?.count ?? inAll) : inFolder;
  return count === 1 ? tr`1 conversation` : tr`${count} conversations`;
}
