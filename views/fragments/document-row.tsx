/** A document in the list of its page: what it is, how far it is read, and what can be done. */
import { tr } from "../../src/texts/reader-language.ts";
import type { DocumentRowProps } from "../document-list-props.ts";
import type { ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { shownSize } from "./file-chips.tsx";
import { Named } from "./named.tsx";

interface Props {
  readonly document: DocumentRowProps;
  readonly dates: ShownDates;
  readonly isReadOnly: boolean;
}

const isOpen = ({ state, embedded, passages }: DocumentRowProps) =>
  state === "waiting" || state === "reading" || (state === "ready" && embedded > 0 && embedded < passages);

/** How far it is read. */
export function stateOf({ state, why, embedded, passages }: DocumentRowProps): string {
  switch (state) {
    case "waiting":
      return tr`Waiting to be read`;
    case "reading":
      return tr`Being read`;
    case "failed":
      return why ?? tr`It cannot be read.`;
    case "ready":
      return embedded > 0 && embedded < passages
        ? tr`Ready; ${embedded} of ${passages} passages are found by meaning so far`
        : tr`Ready`;
    default:
      return state satisfies never;
  }
}

export const sizesOf = ({ kind, pages, passages, size, isCut }: DocumentRowProps): string =>
  [
    shownSize(size),
    pages === 0
      ? ""
      : kind === "pdf"
        ? pages === 1
          ? tr`1 page`
          : tr`${pages} pages`
        : pages === 1
          ? tr`1 sheet`
          : tr`${pages} sheets`,
    passages === 0 ? "" : passages === 1 ? tr`1 passage` : tr`${passages} passages`,
    isCut ? tr`only the beginning was kept` : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");

/** While it is being read it looks for itself, and stays where it is. */
export const DocumentRow = ({ document, dates, isReadOnly }: Props) => (
  <li
    id={`d-${document.id}`}
    hx-get={isOpen(document) ? `/documents/${document.id}/row` : undefined}
    hx-trigger={isOpen(document) ? "every 2s" : undefined}
    hx-swap={isOpen(document) ? "outerHTML" : undefined}
  >
    <h2 dir="auto">
      <a href={`/documents/${document.id}`} safe>
        {document.name}
      </a>
    </h2>
    <p class={document.state === "failed" ? "notice warning" : "note"} role="status" dir="auto" safe>
      {stateOf(document)}
    </p>
    <p class="note">
      <span safe>{sizesOf(document)}</span>
      {" · "}
      <span safe>{dates.dateOf(document.createdAt)}</span>
      {document.state === "failed" ? "" : " · "}
      {document.state === "failed" ? (
        ""
      ) : (
        <label>
          <input type="checkbox" name="id[]" value={document.id} form="ask-about" /> {safeTr`Select`}
          <Named of={document.name} />
        </label>
      )}
    </p>
    <div class="memory-tools">
      {document.state === "failed" ? (
        ""
      ) : (
        <a class="button" href={`/?documents=${document.id}`}>
          {safeTr`Ask about this`}
          <Named of={document.name} />
        </a>
      )}
      {isReadOnly ? "" : <DeleteForm document={document} />}
    </div>
  </li>
);

export const DeleteForm = ({ document: { id, name } }: Pick<Props, "document">) => (
  <form method="post" action={`/documents/${id}/change`}>
    <button type="submit" class="button quiet" name="do" value="delete">
      {safeTr`Delete`}
      <Named of={name} />
    </button>
  </form>
);

interface ChipsProps {
  readonly documents: readonly { readonly id: string; readonly name: string }[];
  /** null: a new chat. */
  readonly conversationId: string | null;
}

/** Above the field to ask in: what the questions are asked about. */
export const DocumentChips = ({ documents, conversationId }: ChipsProps) =>
  documents.length === 0 ? (
    ""
  ) : (
    <div class="composer-files">
      <ul class="file-chips" aria-label={tr`Asked about`}>
        {documents.map(({ id, name }) => (
          <li class="file-chip">
            <a class="file-name" href={`/documents/${id}`} dir="auto" safe>
              {name}
            </a>
          </li>
        ))}
        <li class="file-chip">
          <a href={conversationId === null ? "/documents" : `/documents?for=${conversationId}`}>
            {safeTr`Choose documents`}
          </a>
        </li>
      </ul>
    </div>
  );
