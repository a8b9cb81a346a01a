/** What the pages of documents show. */
import type { PassageText, StoredDocument } from "../src/store/document-tables.ts";

/** A document in the list, and at the head of its page. */
export interface DocumentRowProps
  extends Pick<
    StoredDocument,
    "id" | "name" | "title" | "kind" | "size" | "state" | "pages" | "passages" | "isCut" | "createdAt"
  > {
  /** Why it could not be read, in the reader's language; null: it could, or was not yet. */
  readonly why: string | null;
  /** How many passages are found by meaning, too. */
  readonly embedded: number;
}

/** A document that questions are asked about. */
export type DocumentLink = Pick<StoredDocument, "id" | "name" | "state">;

export type ShownPassage = Pick<PassageText, "number" | "page" | "sheet" | "cells" | "heading" | "text">;

/** What was looked for in a document. */
export interface PassageSearch {
  readonly q: string;
  readonly found: readonly (Pick<ShownPassage, "number" | "page" | "cells" | "text"> & {
    readonly score: number;
  })[];
}
