/**
 * Puts a document of an archive into the store, with the passages that it had where it was read: a citation names one by its
 * number. One without passages is read here. The same file is stored once.
 */
import {
  DocumentRefusedError,
  DocumentsFullError,
  DocumentTooLargeError,
} from "../../documents/document-errors.ts";
import { documentFormOf } from "../../documents/document-form.ts";
import { plainName } from "../../files/file-kind.ts";
import type { Store } from "../../store/database.ts";
import type { StoredDocument } from "../../store/document-tables.ts";
import type { OwnerId } from "../../store/schema.ts";
import { say } from "../../texts/say.ts";
import { archivePassageOf } from "./archive-document.ts";
import type { ArchiveDocument } from "./archive-format.ts";
import { copyOf } from "./import-conversation.ts";
import { stableId } from "./stable-id.ts";

export interface DocumentBounds {
  /** One file, in bytes. */
  readonly largest: number;
  /** All of one owner, in bytes. */
  readonly mostStored: number;
}

interface DocumentOutcome {
  /** The id that it has here. */
  readonly id: string;
  /** Whether it is a new one, or one that had been deleted and is back. */
  readonly imported: boolean;
}

/** The number of passages of a transaction. */
const passagesAtOnce = 40;

/** Whether it says why a document of a file is not taken. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof DocumentRefusedError ||
  error instanceof DocumentTooLargeError ||
  error instanceof DocumentsFullError;

/**
 * In steps, of which each is short; until the last one it is in no list. What a crash leaves of it is filled by the same file, or
 * purged as what was deleted is. With logins its id follows from its owner (see importConversation).
 * @throws what `isRefusal` knows: nothing of it is stored then; StorageError
 */
export function* importingDocument(
  store: Store,
  ownerId: OwnerId,
  document: ArchiveDocument,
  { largest, mostStored }: DocumentBounds,
  now = Date.now(),
): Generator<void, DocumentOutcome, undefined> {
  const { documents, contents } = store;
  const name = plainName(document.name);
  if (document.size > largest) throw new DocumentTooLargeError(name, largest);
  const bytes = yield* bytesOf(document, name);
  const { kind, mediaType } = documentFormOf(name, bytes);
  const ownIds = ownerId === null ? [document.id] : [document.id, stableId("own", ownerId, document.id)];
  const contentHere = contents.byHash(document.sha256);
  const sameFile = contentHere === undefined ? [] : documents.allWithContent(ownerId, contentHere, name);
  const known = [
    ...sameFile.filter(({ id }) => ownIds.includes(id)),
    ...sameFile.filter(({ deletedAt }) => deletedAt === null),
    ...sameFile,
  ].find((stored) => isHalfImported(stored) || hasPassages(stored));
  if (known !== undefined && !isHalfImported(known)) return keep(known);

  if (known === undefined && documents.bytesOf(ownerId) + bytes.length > mostStored)
    throw new DocumentsFullError(mostStored);
  const { id: contentId } = yield* contents.write(bytes, now);
  const id = known?.id ?? freeId();
  if (known === undefined)
    store.transaction(() =>
      documents.insert({
        ...{ id, ownerId, contentId, name, kind, mediaType, size: bytes.length, deletedAt: now },
        // 0 is the mark of one that is to be erased, and what comes from the future would head the list for ever.
        createdAt: Math.min(Math.max(document.createdAt, 1), now),
      }),
    );
  while (documents.dropSomePassages(id, passagesAtOnce)) yield;
  const { passages, title, pages, isCut } = document;
  for (let at = 0; at < passages.length; at += passagesAtOnce) {
    const part = passages.slice(at, at + passagesAtOnce);
    yield void store.transaction(() =>
      documents.addPassages(part.map((each) => ({ ...each, documentId: id }))),
    );
  }
  const characters = passages.reduce((sum, { text }) => sum + text.length, 0);
  store.transaction(() => {
    if (passages.length > 0)
      documents.setState(id, {
        ...{ state: "ready", title, pages, isCut, passages: passages.length, characters, problem: null },
      });
    documents.setDeleted(id, null);
  });
  return { id, imported: true };

  function keep({ id, deletedAt }: StoredDocument): DocumentOutcome {
    if (deletedAt !== null) store.transaction(() => documents.setDeleted(id, null));
    return { id, imported: deletedAt !== null };
  }

  /** Another one of these passages would be cited at other places. One that is still to be read will have those of today. */
  function hasPassages({ id, state, passages: count }: StoredDocument): boolean {
    if (document.passages.length === 0 || state === "waiting" || state === "reading") return true;
    return (
      count === document.passages.length &&
      documents.passagesOf(id).every((passage, at) => {
        const wanted = document.passages[at];
        return wanted !== undefined && Bun.deepEquals(archivePassageOf(passage), wanted);
      })
    );
  }

  /** An id that reveals nothing of other owners' (see importConversation). */
  function freeId(): string {
    const own = ownIds.at(-1) ?? document.id;
    const ids = [own, stableId(...copyOf(ownerId), own, document.sha256, name)];
    return ids.find((each) => documents.isFree(each)) ?? Bun.randomUUIDv7();
  }
}

/** It is in no list before its last passage. */
const isHalfImported = ({ state, deletedAt }: StoredDocument) => state === "waiting" && deletedAt !== null;

function* bytesOf(
  { bytes: parts, size, sha256 }: ArchiveDocument,
  name: string,
): Generator<void, Uint8Array, undefined> {
  const pieces: Buffer[] = [];
  const hasher = new Bun.CryptoHasher("sha256");
  for (const [part = ""] of parts) {
    const piece = Buffer.from(part, "base64");
    pieces.push(piece);
    yield void hasher.update(piece);
  }
  const bytes = Buffer.concat(pieces);
  if (bytes.length !== size || hasher.digest("hex") !== sha256 || size === 0)
    throw new DocumentRefusedError(
      say`The bytes of ${{ verbatim: name }} are damaged: they are not those that were exported. Export it again, or add the file itself.`,
    );
  return bytes;
}
