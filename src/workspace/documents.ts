/** The documents of one owner: what their questions can be asked about. API and pages use them alike. It knows nothing of HTTP. */
import { DocumentGoneError } from "../documents/document-errors.ts";
import type { AssistantDocuments, DocumentLimits, FoundPassage } from "../documents/documents.ts";
import type { PassageText, StoredDocument } from "../store/document-tables.ts";
import type { DocumentPageOptions, DocumentQueries } from "../store/documents.ts";
import type { OwnerId } from "../store/schema.ts";

export type { FoundPassage } from "../documents/documents.ts";

export type OwnDocuments = ReturnType<typeof documentsOf>;

/** Of all owners. */
export type DocumentsOfAll = Omit<AssistantDocuments, "pending" | typeof Symbol.asyncDispose>;

/** A conversation can be asked about so many. */
export const mostChosen = 20;
/** A search that names no document looks into so many, the newest. */
const mostSearched = 200;

interface OwnDocumentsDeps {
  readonly documents: DocumentsOfAll;
  readonly stored: Pick<DocumentQueries, "ofConversation" | "askedIn" | "chooseFor" | "ofMessages">;
  readonly limits: DocumentLimits;
  /** Whether a conversation is theirs. */
  readonly isTheirs: (conversationId: string) => boolean;
}

export function documentsOf({ documents, stored, limits, isTheirs }: OwnDocumentsDeps, ownerId: OwnerId) {
  return {
    limits,
    /**
     * Stores a file; it is read in the background.
     * @throws DocumentRefusedError, DocumentTooLargeError or DocumentsFullError
     */
    add: (file: { readonly name: string; readonly bytes: Uint8Array }): Promise<StoredDocument> =>
      documents.add(ownerId, file, limits),
    /** Newest first. */
    page: (limit: number, options?: DocumentPageOptions): readonly StoredDocument[] =>
      documents.page(ownerId, limit, options),
    /** undefined also for one that is deleted. */
    get: (id: string): StoredDocument | undefined => documents.get(ownerId, id),
    /** How many of its passages are found by meaning, too. */
    embedded: (id: string): number => (documents.get(ownerId, id) === undefined ? 0 : documents.embedded(id)),
    /** @throws DocumentGoneError */
    passages: (id: string, first?: number, last?: number): readonly PassageText[] =>
      documents.passages(ownerId, id, first, last),
    /** @returns its bytes, in pieces @throws DocumentGoneError */
    read: (id: string) => documents.read(ownerId, id),
    /** What bears on a question, best first. @throws `signal.reason` */
    search: (question: string, limit: number, signal: AbortSignal): Promise<readonly FoundPassage[]> =>
      documents.find(documents.page(ownerId, mostSearched), question, limit, signal),
    /** What bears on a question in these, best first. @throws `signal.reason` */
    searchIn: (
      chosen: readonly StoredDocument[],
      question: string,
      limit: number,
      signal: AbortSignal,
    ): Promise<readonly FoundPassage[]> => documents.find(chosen, question, limit, signal),
    /** Those that a conversation is asked about. */
    ofConversation: (id: string): readonly StoredDocument[] =>
      isTheirs(id) ? stored.ofConversation(id) : [],
    /** Those, and those of its project. */
    askedIn: (id: string): readonly StoredDocument[] => (isTheirs(id) ? stored.askedIn(id) : []),
    /** From now on a conversation is asked about these. @throws DocumentGoneError */
    chooseFor(conversationId: string, ids: readonly string[]): void {
      this.check(ids);
      if (isTheirs(conversationId)) stored.chooseFor(conversationId, ids);
    },
    /** The passages that stand before a question, by the numbers that cite them. */
    toldWith: (messageId: string) => stored.ofMessages([messageId]).get(messageId) ?? [],
    /** @throws DocumentGoneError when one of them is not there, or not theirs */
    check(ids: readonly string[]): void {
      for (const id of ids) if (documents.get(ownerId, id) === undefined) throw new DocumentGoneError();
    },
    /** Deletes it, so that it can be brought back. @throws DocumentGoneError */
    remove: (id: string): Promise<StoredDocument> => documents.remove(ownerId, id),
    /** @throws DocumentGoneError when it was erased */
    bringBack: (id: string): Promise<StoredDocument> => documents.bringBack(ownerId, id),
    /** Whether it was deleted and is still kept. */
    canBringBack: (id: string): boolean => documents.canBringBack(ownerId, id),
    /** Removes it for good. @throws DocumentGoneError */
    erase: (id: string): Promise<void> => documents.erase(ownerId, id),
  };
}
