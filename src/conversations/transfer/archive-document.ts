/** A document in the form that an archive has of it, written piece by piece: a file need not fit into memory. */
import type { PassageText, StoredDocument } from "../../store/document-tables.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import type { ArchiveDocument, ArchivePassage } from "./archive-format.ts";

type Pieces = Generator<string, void, undefined>;

/** The number of passages that are read together. */
const passagesOfPart = 100;

export function* archiveDocument({ documents, contents }: StoreSnapshot, id: string): Pieces {
  const document = documents.get(id);
  const sha256 = document === undefined ? null : contents.hashOf(document.contentId);
  if (document === undefined || sha256 === null) throw new Error("A document of a snapshot is not there.");
  yield `${JSON.stringify(archiveDocumentOf(document, sha256)).slice(0, -1)},"passages":[`;
  // What was half read is read anew where it is imported.
  const count = document.state === "ready" ? document.passages : 0;
  for (let first = 1; first <= count; first += passagesOfPart) {
    const part = documents.passagesOf(id, first, first + passagesOfPart - 1).map(archivePassageOf);
    yield (first === 1 ? "" : ",") + JSON.stringify(part).slice(1, -1);
  }
  yield '],"bytes":[';
  let separator = "";
  for (const bytes of contents.read(document.contentId)) {
    yield `${separator}["${bytes.toBase64()}"]`;
    separator = ",";
  }
  yield "]}";
}

const archiveDocumentOf = (
  { id, name, title, kind, mediaType, size, pages, isCut, createdAt }: StoredDocument,
  sha256: string,
): Omit<ArchiveDocument, "passages" | "bytes"> => ({
  ...{ id, name, title, kind, mediaType, size, pages, isCut, createdAt, sha256 },
});

export const archivePassageOf = ({ id: _, documentId: __, ...passage }: PassageText): ArchivePassage =>
  passage;
