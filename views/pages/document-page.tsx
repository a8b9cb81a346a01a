/** One document: its text by pages, passage by passage, the one that was cited marked; and what in it bears on a question. */
import { tr } from "../../src/texts/reader-language.ts";
import type { DocumentRowProps, PassageSearch, ShownPassage } from "../document-list-props.ts";
import { DeleteForm, sizesOf, stateOf } from "../fragments/document-row.tsx";
import { SearchForm } from "../fragments/search-form.tsx";
import { decimal } from "../fragments/status-amounts.ts";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends FrameProps {
  readonly document: DocumentRowProps;
  /** Some of them, in order. */
  readonly passages: readonly ShownPassage[];
  /** The number of the passage that is marked; null: none is. */
  readonly marked: number | null;
  /** Where the part before and the part after begin; null: there is none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly search: PassageSearch | null;
  readonly isReadOnly: boolean;
}

export const DocumentPage = (props: Props) => {
  const { document, passages, marked, before, after, search, isReadOnly, ...frame } = props;
  const address = `/documents/${document.id}`;
  return (
    <Page
      {...frame}
      title={document.name}
      kind="library"
      here="/documents"
      id="document"
      class="reading"
      skipToLabel={tr`the text of the document`}
      lead={[sizesOf(document), document.title].filter((part) => part !== "").join(" · ")}
    >
      {document.state === "ready" ? (
        ""
      ) : (
        <p class={document.state === "failed" ? "notice warning" : "note"} dir="auto" safe>
          {stateOf(document)}
        </p>
      )}
      <div class="memory-tools">
        <a class="button primary" href={`/?documents=${document.id}`}>
          {safeTr`Ask about this`}
        </a>
        <a class="button" href={`${address}/file`} download="">
          {safeTr`Download`}
        </a>
        {isReadOnly ? "" : <DeleteForm document={document} />}
      </div>
      <SearchForm
        id="search-passages"
        action={address}
        label={tr`What in it bears on a question`}
        query={search?.q ?? ""}
      />
      {search === null ? "" : <Found search={search} address={address} />}
      {before === null ? "" : <Part address={address} from={before} label={tr`Earlier pages`} />}
      {passages.map((passage, at) => (
        <>
          <PlaceHeading passage={passage} before={passages[at - 1]} />
          <p id={`p-${passage.number}`} class="memory-text" dir="auto">
            {passage.number === marked ? <mark safe>{passage.text}</mark> : <span safe>{passage.text}</span>}
          </p>
        </>
      ))}
      {after === null ? "" : <Part address={address} from={after} label={tr`Later pages`} />}
    </Page>
  );
};

const Part = ({ address, from, label }: { address: string; from: number; label: string }) => (
  <p>
    <a href={`${address}?from=${from}#p-${from}`} safe>
      {label}
    </a>
  </p>
);

/** Where a page or a sheet begins. */
const PlaceHeading = ({ passage, before }: { passage: ShownPassage; before: ShownPassage | undefined }) => {
  const { page, sheet } = passage;
  if (before !== undefined && before.page === page && before.sheet === sheet) return "";
  if (page !== null)
    return (
      <h2 id={`page-${page}`} safe>
        {tr`Page ${page}`}
      </h2>
    );
  return sheet === null || sheet === "" ? (
    ""
  ) : (
    <h2 dir="auto" safe>
      {sheet}
    </h2>
  );
};

const excerptLength = 160;

const Found = ({ search: { q, found }, address }: { search: PassageSearch; address: string }) =>
  found.length === 0 ? (
    <p class="note" safe>
      {tr`Nothing in it bears on “${q}”: asked that, the chat would say so.`}
    </p>
  ) : (
    <ol class="rows memory-list" aria-label={tr`Passages that were found`}>
      {found.map(({ number, page, cells, text, score }) => (
        <li>
          <p class="note">
            <a href={`${address}?${new URLSearchParams({ passage: String(number) })}#p-${number}`} safe>
              {page !== null
                ? tr`Page ${page}, passage ${number}`
                : cells === null
                  ? tr`Passage ${number}`
                  : cells}
            </a>
            {" · "}
            <span safe>{tr`near by meaning and words: ${decimal(score.toFixed(2))}`}</span>
          </p>
          <p class="memory-text" dir="auto" safe>
            {text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text}
          </p>
        </li>
      ))}
    </ol>
  );
