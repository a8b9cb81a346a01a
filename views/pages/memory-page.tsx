/** What the assistant remembers: found, corrected and forgotten, without scripts too. */

import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import { SwitchRow } from "../components/switch.tsx";
import { Tabs } from "../components/tabs.tsx";
import { MemoryRow } from "../fragments/memory-row.tsx";
import { Notice } from "../fragments/notice.tsx";
import { Proposals } from "../fragments/proposals.tsx";
import { SearchForm } from "../fragments/search-form.tsx";
import { Page } from "../frame.tsx";
import type { MemoryFilter, MemoryRowProps } from "../memory-props.ts";
import type { FrameProps, NoticeProps, ProposalProps, ShownDates } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly memories: readonly MemoryRowProps[];
  /** What waits for an answer; none on further pages, and beside what is searched for. */
  readonly proposals: readonly ProposalProps[];
  readonly dates: ShownDates;
  readonly filter: MemoryFilter;
  /** Those that are in use, the most frequent first. */
  readonly categories: readonly string[];
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
  proposals,
  dates,
  filter,
  categories,
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
    <Proposals proposals={proposals} isReadOnly={isReadOnly} />
    <Remembering isOn={remembersExchanges} isReadOnly={isReadOnly} />
    {languageOfReader() === "en" ? "" : <Languages />}
    <SearchForm id="search-memory" action="/memory" label={tr`Search in memories`} query={filter.q ?? ""} />
    <Filters filter={filter} categories={categories} />
    {memories.length > 0 ? "" : <Nothing filter={filter} remembersExchanges={remembersExchanges} />}
    <ul class="rows memory-list">
      {memories.map((memory) => (
        <MemoryRow memory={memory} dates={dates} isReadOnly={isReadOnly} />
      ))}
    </ul>
    {next === null ? (
      ""
    ) : (
      <p>
        <a href={addressOf({ ...filter, after: next })}>{safeTr`Older`}</a>
      </p>
    )}
    <Files isReadOnly={isReadOnly} hasRows={memories.length > 0} />
  </Page>
);

/** What was measured (`bun run eval memory`): questions in another language than the facts find few of them. */
const Languages = () => (
  <p class="note">
    {safeTr`The model that finds memories knows English best: ask in the language in which you stated them.`}
  </p>
);

const addressOf = (filter: MemoryFilter & { readonly after?: string }) => {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
  return query.size === 0 ? "/memory" : `/memory?${query}`;
};

/** Links: they work without scripts, and each keeps what is searched for. */
const Filters = ({ filter, categories }: Pick<Props, "filter" | "categories">) => {
  const { q = "", category = "", kind } = filter;
  const rest = {
    ...(q === "" ? {} : { q }),
    ...(filter.project === undefined ? {} : { project: filter.project }),
  };
  const kinds = [
    { to: addressOf(rest), label: tr`All` },
    { to: addressOf({ ...rest, kind: "fact" }), label: tr`Facts` },
    { to: addressOf({ ...rest, kind: "exchange" }), label: tr`From conversations` },
    { to: addressOf({ ...rest, kind: "contradiction" }), label: tr`Contradictions` },
  ];
  const isOne = category !== "" || filter.id !== undefined;
  return (
    <>
      <Tabs
        label={tr`Filter`}
        tabs={kinds}
        here={isOne ? null : addressOf({ ...rest, ...(kind === undefined ? {} : { kind }) })}
      />
      {categories.length < 2 ? (
        ""
      ) : (
        <details class="disclosure" open={category !== ""}>
          <summary>{safeTr`Category`}</summary>
          <Tabs
            label={tr`Category`}
            tabs={categories.map((one) => ({ to: addressOf({ ...rest, category: one }), label: one }))}
            here={category === "" ? null : addressOf({ ...rest, category })}
          />
        </details>
      )}
    </>
  );
};

const Files = ({ isReadOnly, hasRows }: { isReadOnly: boolean; hasRows: boolean }) => (
  <section aria-label={tr`Memories as a file`}>
    {isReadOnly || !hasRows ? (
      ""
    ) : (
      <form id="bulk" method="post" action="/memory/forget">
        <button type="submit" class="button">
          {safeTr`Forget the selected`}
        </button>
      </form>
    )}
    <p>
      <a class="button" href="/memories/export" download="">
        {safeTr`Export as JSON`}
      </a>{" "}
      <a class="button" href="/memories/export?format=csv" download="">
        {safeTr`Export as CSV`}
      </a>
    </p>
    {isReadOnly ? (
      ""
    ) : (
      <form method="post" action="/memory/import" enctype="multipart/form-data">
        <label>
          {safeTr`A list of memories, JSON or CSV`}{" "}
          <input
            class="input"
            type="file"
            name="file"
            accept=".json,.csv,application/json,text/csv"
            required
          />
        </label>{" "}
        <button type="submit" class="button">
          {safeTr`Import`}
        </button>
      </form>
    )}
  </section>
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

const isAll = ({ q = "", kind, category, id }: MemoryFilter) =>
  q === "" && kind === undefined && category === undefined && id === undefined;

const Nothing = ({ filter, remembersExchanges }: { filter: MemoryFilter; remembersExchanges: boolean }) =>
  isAll(filter) ? (
    <Empty icon="memory" title={tr`Nothing is remembered yet.`}>
      <p>
        {remembersExchanges
          ? safeTr`Finished answers are, and facts that you save with ${inTerminal()} in the terminal or with ${byProgram()}.`
          : safeTr`Facts are that you save with ${inTerminal()} in the terminal or with ${byProgram()}.`}
      </p>
    </Empty>
  ) : (
    <Empty
      icon="search"
      title={
        (filter.q ?? "") === "" ? tr`No memory is of this kind.` : tr`No memory holds “${filter.q ?? ""}”.`
      }
    />
  );
