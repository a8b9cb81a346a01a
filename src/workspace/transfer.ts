/** What one owner takes along of their conversations, and brings. It knows nothing of HTTP, nor of the formats. */
import { UnauthenticatedError } from "../accounts/account-errors.ts";
import type { LibraryChange } from "../conversations/library.ts";
import { archiveOfAll } from "../conversations/transfer/export-archive.ts";
import {
  documentOf,
  type ExportFormat,
  exportConversation,
  exportSome,
} from "../conversations/transfer/export-conversation.ts";
import { type ImportReport, importFile } from "../conversations/transfer/import-file.ts";
import type { DocumentLimits } from "../documents/documents.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import type { StoreSnapshot } from "../store/snapshot-read.ts";
import type { DocumentsOfAll } from "./documents.ts";

interface TransferDeps {
  readonly store: Store;
  readonly ownerId: OwnerId;
  /** Counts a file that is written; returns its end. @throws TooManyRequestsError */
  openStream(): () => void;
  /** @throws TooManyRequestsError */
  beginImport(): () => void;
  tell(change: LibraryChange): void;
  readonly documents: Pick<DocumentsOfAll, "wake">;
  readonly documentLimits: DocumentLimits;
  /** Whether the owner may still use it. */
  mayGoOn(): boolean;
}

/** What is stored at this moment, to be read in peace and then disposed of. */
interface StoredExport<Piece = string> extends Disposable {
  readonly pieces: Generator<Piece, void, undefined>;
}

export type OwnTransfer = ReturnType<typeof transferOf>;

export function transferOf(deps: TransferDeps) {
  const { store, ownerId } = deps;

  /** @throws TooManyRequestsError, or what `begin` throws */
  function exporting<Piece, Begun extends { readonly pieces: Iterable<Piece> }>(
    begin: (reading: StoreSnapshot) => Begun & { readonly pieces: Iterable<Piece> },
  ): Omit<Begun, "pieces"> & StoredExport<Piece> {
    const end = deps.openStream();
    let reading: StoreSnapshot | null = null;
    const dispose = () => {
      reading?.[Symbol.dispose]();
      end();
    };
    try {
      reading = store.openSnapshot();
      const begun = begin(reading);
      return { ...begun, pieces: whileKnown(begun.pieces), [Symbol.dispose]: dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** A file may take its reader long. @throws UnauthenticatedError */
  function* whileKnown<Piece>(pieces: Iterable<Piece>): Generator<Piece, void, undefined> {
    for (const piece of pieces) {
      if (!deps.mayGoOn()) throw new UnauthenticatedError();
      yield piece;
    }
  }

  return {
    /** @throws NoConversationError, or TooManyRequestsError */
    exportOne: (id: string, format: ExportFormat, now: number): StoredExport & { readonly title: string } =>
      exporting((reading) => exportConversation(reading, ownerId, id, format, now)),
    /** To be shared: what a document is made of. @throws NoConversationError, or TooManyRequestsError */
    document: (id: string) => exporting((reading) => documentOf(reading, ownerId, id)),
    /** @throws TooManyRequestsError */
    exportSome: (ids: readonly string[], now: number): StoredExport =>
      exporting((reading) => exportSome(reading, ownerId, ids, now)),
    /** @throws TooManyRequestsError */
    exportAll: (now: number): StoredExport =>
      exporting((reading) => ({ pieces: archiveOfAll(reading, ownerId, now) })),
    /** Before the file is read. @returns ends it @throws TooManyRequestsError */
    beginImport: deps.beginImport,
    async importFile(bytes: Uint8Array): Promise<ImportReport> {
      const report = await importFile(store, ownerId, bytes, deps.documentLimits);
      deps.documents.wake();
      for (const conversationId of report.imported) deps.tell({ conversationId, of: "list" });
      return report;
    },
  };
}
