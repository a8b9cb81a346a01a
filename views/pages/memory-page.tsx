/** What the assistant remembers: found, corrected and forgotten, without scripts too. */

import { tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import { SwitchRow } from "../components/switch.tsx";
import { Notice } from "../fragments/notice.tsx";
import { SearchForm } from "../fragments/search-form.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps, MemoryProps, NoticeProps, ShownDates } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly memories: readonly MemoryProps[];
  readonly dates: ShownDates;
  readonly query: string;
  /** After which memory the next page begins; null: this is the last one. */
  readonly next: string | null;
  readonly notice: NoticeProps | null;
  /** The reader may change nothing. */
  readonly isReadOnly: boolean;
  /** Whether finished answers are remembered. */
  readonly remembersExchanges: boolean;
}

export const MemoryPage = ({
  memories,
  dates,
  query,
  next,
  notice,
  isReadOnly,
  remembersExchanges,
  ...frame
}: Props) => (
  <Page
    {...frame}
    title={tr`Memory`}
    kind="library"
    here="/memory"
    id="memory"
    class="reading"
    skipToLabel={tr`what is remembered`}
    lead={tr`The assistant may use these in any conversation. What you forget can be restored as long as the trash keeps it.`}
  >
    <Notice notice={notice} />
    <Remembering isOn={remembersExchanges} isReadOnly={isReadOnly} />
    <SearchForm id="search-memory" action="/memory" label={tr`Search in memories`} query={query} />
    {memories.length > 0 ? "" : <Nothing query={query} remembersExchanges={remembersExchanges} />}
    <ul class="rows memory-list">
      {memories.map((memory) => (
        <Row memory={memory} dates={dates} isReadOnly={isReadOnly} />
      ))}
    </ul>
    {next === null ? (
      ""
    ) : (
      <p>
        <a href={`/memory?${new URLSearchParams({ ...(query === "" ? {} : { q: query }), after: next })}`}>
          {safeTr`Older`}
        </a>
      </p>
    )}
  </Page>
);

/** A switch as a form of one button: it works without scripts. */
const Remembering = ({ isOn, isReadOnly }: { isOn: boolean; isReadOnly: boolean }) => (
  <form class="switch-row" method="post" action="/memory">
    <SwitchRow
      id="remember"
      label={tr`Remember finished answers`}
      note={
        isOn
          ? tr`Each finished answer is remembered with its question, and may be used in later conversations.`
          : tr`Finished answers are not remembered. What is remembered already stays until you forget it.`
      }
      isOn={isOn}
      name="remember"
      disabled={isReadOnly}
    />
  </form>
);

const inTerminal = () => element(<code>/memory KEY = VALUE</code>);
const byProgram = () => element(<code>POST /memorize</code>);

const Nothing = ({ query, remembersExchanges }: { query: string; remembersExchanges: boolean }) =>
  query === "" ? (
    <Empty icon="memory" title={tr`Nothing is remembered yet.`}>
      <p>
        {remembersExchanges
          ? safeTr`Finished answers are, and facts that you save with ${inTerminal()} in the terminal or with ${byProgram()}.`
          : safeTr`Facts are that you save with ${inTerminal()} in the terminal or with ${byProgram()}.`}
      </p>
    </Empty>
  ) : (
    <Empty icon="search" title={tr`No memory holds “${query}”.`} />
  );

interface RowProps extends Pick<Props, "dates" | "isReadOnly"> {
  readonly memory: MemoryProps;
}

const Row = ({ memory, dates, isReadOnly }: RowProps) => (
  <li id={`m-${memory.id}`}>
    <h2 dir="auto" safe>
      {memory.key}
    </h2>
    <p class="memory-text" dir="auto" safe>
      {memory.value}
    </p>
    <p class="note">
      {memory.conversationId === null ? (
        safeTr`Fact`
      ) : (
        <a href={`/c/${memory.conversationId}`}>{safeTr`From a conversation`}</a>
      )}
      {" · "}
      <span dir="auto" safe>
        {memory.category}
      </span>
      {" · "}
      <span safe>{dates.dateOf(memory.createdAt)}</span>
    </p>
    {isReadOnly ? "" : <Tools memory={memory} />}
  </li>
);

const Tools = ({ memory: { id, key, value, category } }: { memory: MemoryProps }) => (
  <div class="memory-tools">
    <details class="disclosure">
      <summary>
        {safeTr`Edit`}
        <span class="visually-hidden" dir="auto" safe>
          {`: ${key}`}
        </span>
      </summary>
      <form method="post" action={`/memory/${id}`}>
        <label>
          {safeTr`a subject¦About`}
          <input class="input" name="key" value={key} maxlength={500} required dir="auto" />
        </label>
        <label>
          {safeTr`Text`}
          <textarea class="input" name="value" rows="4" maxlength={20_000} required dir="auto" safe>
            {`\n${value}`}
          </textarea>
        </label>
        <label>
          {safeTr`Category`}
          <input class="input" name="category" value={category} maxlength={100} required dir="auto" />
        </label>
        <button type="submit" class="button" name="do" value="save">
          {safeTr`Save`}
        </button>
      </form>
    </details>
    <form method="post" action={`/memory/${id}`}>
      <button type="submit" class="button quiet" name="do" value="forget">
        {safeTr`Forget`}
        <span class="visually-hidden" dir="auto" safe>
          {`: ${key}`}
        </span>
      </button>
    </form>
  </div>
);
