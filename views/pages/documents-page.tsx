/** The documents that questions can be asked about: added, found, asked about and deleted, without scripts too. */
import { tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import type { DocumentLink, DocumentRowProps } from "../document-list-props.ts";
import { DocumentRow } from "../fragments/document-row.tsx";
import { Notice } from "../fragments/notice.tsx";
import { SearchForm } from "../fragments/search-form.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps, NoticeProps, ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly documents: readonly DocumentRowProps[];
  readonly dates: ShownDates;
  /** Those whose name holds it; '' for all. */
  readonly query: string;
  /** After which document the next page begins; null: this is the last one. */
  readonly next: string | null;
  readonly notice: NoticeProps | null;
  /** The reader may change nothing. */
  readonly isReadOnly: boolean;
  /** Documents are chosen for this conversation; null: for a new one. */
  readonly chosenFor: { readonly id: string; readonly chosen: readonly DocumentLink[] } | null;
}

/** What can be added, for the field of files. */
export const acceptedDocuments = ".pdf,.txt,.md,.markdown,.csv,.tsv,.xlsx,.xlsm,.html,.htm";

export const DocumentsPage = (props: Props) => {
  const { documents, dates, query, next, notice, isReadOnly, chosenFor, ...frame } = props;
  return (
    <Page
      {...frame}
      title={tr`Documents`}
      kind="library"
      here="/documents"
      id="documents"
      class="reading"
      skipToLabel={tr`the documents`}
      lead={tr`Ask about your documents: each statement of an answer leads to the place that it is from, and what is not in them is not answered.`}
    >
      <Notice notice={notice} />
      {isReadOnly ? "" : <Add />}
      <SearchForm id="search-documents" action="/documents" label={tr`Search in names`} query={query} />
      {documents.length > 0 ? "" : <Nothing query={query} />}
      <ul class="rows memory-list">
        {documents.map((document) => (
          <DocumentRow document={document} dates={dates} isReadOnly={isReadOnly} />
        ))}
      </ul>
      {next === null ? (
        ""
      ) : (
        <p>
          <a
            href={`/documents?${new URLSearchParams({ ...(query === "" ? {} : { q: query }), after: next })}`}
          >
            {safeTr`Older`}
          </a>
        </p>
      )}
      {documents.length === 0 ? "" : <AskAbout chosenFor={chosenFor} />}
    </Page>
  );
};

const Add = () => (
  <form method="post" action="/documents/add" enctype="multipart/form-data">
    <label>
      {safeTr`Choose files, or drop them here`}{" "}
      <input class="input" type="file" name="file" accept={acceptedDocuments} multiple required />
    </label>
    <p class="note">{safeTr`PDF, text, Markdown, CSV, XLSX and saved web pages. They stay on this machine.`}</p>
    <p>
      <button type="submit" class="button primary">
        {safeTr`Add`}
      </button>
    </p>
  </form>
);

const AskAbout = ({ chosenFor }: Pick<Props, "chosenFor">) => (
  <form id="ask-about" method="post" action="/documents/ask">
    {chosenFor === null ? "" : <input type="hidden" name="for" value={chosenFor.id} />}
    {chosenFor === null || chosenFor.chosen.length === 0 ? (
      ""
    ) : (
      <p class="note" safe>
        {tr`The chat is asked about: ${chosenFor.chosen.map(({ name }) => name).join(", ")}. Select none to end that.`}
      </p>
    )}
    <button type="submit" class="button">
      {safeTr`Ask about the selected`}
    </button>
  </form>
);

const Nothing = ({ query }: Pick<Props, "query">) =>
  query === "" ? (
    <Empty icon="file" title={tr`There are no documents yet.`}>
      <p>{safeTr`Add a report, a contract or a table, and ask about it.`}</p>
    </Empty>
  ) : (
    <Empty icon="search" title={tr`No document is named “${query}”.`} />
  );
