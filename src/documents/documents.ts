/**
 * The documents that questions can be asked about: added, read in the background, searched, deleted and brought back. Passages
 * of a deleted one leave every prompt at once. Knows nothing of HTTP, nor of how an answer is made.
 */
import type { Embedder, RankerLookup } from "../chat/engine.ts";
import { plainName } from "../files/file-kind.ts";
import type { Log } from "../log.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import { dropOtherVectors, EmbeddingWorker } from "../memory/embedding-worker.ts";
import { reranked } from "../memory/reranked.ts";
import type { Store } from "../store/database.ts";
import type { PassageText, StoredDocument } from "../store/document-tables.ts";
import type { DocumentPageOptions } from "../store/documents.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import {
  DocumentGoneError,
  DocumentRefusedError,
  DocumentsFullError,
  DocumentTooLargeError,
} from "./document-errors.ts";
import { documentFormOf } from "./document-form.ts";
import { DocumentIndexer } from "./document-indexer.ts";
import { DocumentReader, type ReadingBounds } from "./document-reader.ts";
import { PassageFinder } from "./find-passages.ts";
import { passageVectorName, textsOfPassage } from "./passage-vectors.ts";

export interface DocumentLimits {
  /** One file, in bytes. */
  readonly largest: number;
  /** All of one owner, in bytes. */
  readonly mostStored: number;
}

export interface FoundPassage {
  readonly document: StoredDocument;
  readonly passage: PassageText;
  /** 0 to 1; comparable within one search. */
  readonly score: number;
}

export interface AssistantDocuments extends AsyncDisposable {
  /**
   * Stores a file; it is read in the background. The same bytes of the same name are stored once.
   * @throws DocumentRefusedError, DocumentTooLargeError, DocumentsFullError or StorageError
   */
  add(
    ownerId: OwnerId,
    file: { readonly name: string; readonly bytes: Uint8Array },
    limits: DocumentLimits,
  ): Promise<StoredDocument>;
  /** Newest first. */
  page(ownerId: OwnerId, limit: number, options?: DocumentPageOptions): readonly StoredDocument[];
  /** undefined also for a deleted one, or another owner's. */
  get(ownerId: OwnerId, id: string): StoredDocument | undefined;
  /** How many of its passages are found by meaning, too. */
  embedded(id: string): number;
  /** Some of its passages, by their numbers. @throws DocumentGoneError */
  passages(ownerId: OwnerId, id: string, first?: number, last?: number): readonly PassageText[];
  /** Its bytes, in pieces. @throws DocumentGoneError */
  read(ownerId: OwnerId, id: string): { document: StoredDocument; pieces: Iterable<Uint8Array<ArrayBuffer>> };
  /** The passages of these documents that bear on a question, best first; none when none does. @throws `signal.reason` */
  find(
    documents: readonly StoredDocument[],
    question: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly FoundPassage[]>;
  /** Deletes it, so that it can be brought back. @throws DocumentGoneError or StorageError */
  remove(ownerId: OwnerId, id: string): Promise<StoredDocument>;
  /** @throws DocumentGoneError when it was erased, or StorageError */
  bringBack(ownerId: OwnerId, id: string): Promise<StoredDocument>;
  /** Whether it was deleted and is still kept. */
  canBringBack(ownerId: OwnerId, id: string): boolean;
  /** Removes it for good, also when it is deleted already. @throws DocumentGoneError or StorageError */
  erase(ownerId: OwnerId, id: string): Promise<void>;
  /** Waits until these are read, and their vectors made, or the time is over. */
  ready(ids: readonly string[], signal: AbortSignal): Promise<void>;
  /** There may be documents that were not added here: they are read, and their vectors made. */
  wake(): void;
  /** Resolves when the background has nothing left to read and to embed. */
  pending(): Promise<void>;
}

interface DocumentsDeps {
  readonly store: Pick<Store, "documents" | "contents" | "commit">;
  /** null: words alone. It stays its maker's to dispose of, after this. */
  readonly embedder: Embedder | null;
  /** What says how well a passage answers a question; null, or left out: nothing does. It stays its maker's. */
  readonly ranker?: RankerLookup | undefined;
  readonly log: Log;
  /** Called with the conversations whose prompts no longer have the same passages. */
  readonly onPromptsChanged?: (conversationIds: readonly string[]) => void;
  /** For tests. */
  readonly now?: () => number;
  readonly embedDeadlineMs?: number;
  readonly bounds?: ReadingBounds;
}

/** How long a question waits for a document that was added just now, in milliseconds. */
const longestWait = 60_000;

export function createDocuments(deps: DocumentsDeps): AssistantDocuments {
  const { store, embedder, log, bounds, now = Date.now, embedDeadlineMs = 2_000 } = deps;
  const { documents, contents, commit } = store;
  const { onPromptsChanged = () => {} } = deps;
  const finder = new PassageFinder({
    ...{ documents, embedder, log, embedDeadlineMs },
    onEmbedded: () => worker?.wakeIfGaveUp(),
  });
  const queue = {
    ownersToEmbed: () => documents.ownersToEmbed(),
    toEmbed: (ownerId: OwnerId, limit: number) => documents.toEmbed(ownerId, limit),
    setEmbedding(row: PassageText, model: string, embedding: Buffer) {
      documents.setEmbedding(row.id, model, embedding);
    },
  };
  const form = { textsOf: textsOfPassage, vectorName: passageVectorName };
  const worker = embedder === null ? null : new EmbeddingWorker(queue, commit, embedder, log, form);
  const reader = new DocumentReader(bounds);
  const indexer = new DocumentIndexer({ store, reader, log, onRead: () => worker?.wake() });
  const begin = async (model: string) => {
    try {
      await dropOtherVectors((after) =>
        commit(() => documents.dropVectorsBut(passageVectorName(model), after)),
      );
    } catch (error) {
      // The program also starts when writes fail.
      log.warn("passages_not_embedded", { error });
    }
    worker?.wake();
    // The first question need not wait for it. Where it fails, that one tries again, and says why.
    finder.ready().catch(() => {});
  };
  const begun = embedder === null ? Promise.resolve() : begin(embedder.model);
  indexer.wake();

  const required = (ownerId: OwnerId, found: StoredDocument | undefined): StoredDocument => {
    if (found?.ownerId === ownerId) return found;
    throw new DocumentGoneError();
  };
  const changing = async (id: string, change: () => void): Promise<void> => {
    const changed = await commit(() => {
      const told = documents.toldIn(id);
      change();
      return told;
    });
    if (changed.length > 0) onPromptsChanged(changed);
  };
  const embeddedOf = (id: string) =>
    embedder === null ? 0 : (documents.get(id)?.passages ?? 0) - documents.countWithoutVector(id);
  const pending = async () => {
    await begun;
    await indexer.idle();
    await worker?.idle();
  };

  return {
    async add(ownerId, { name: sent, bytes }, limits) {
      const name = plainName(sent);
      if (bytes.length === 0) throw new DocumentRefusedError(say`${{ verbatim: name }} is empty.`);
      if (bytes.length > limits.largest) throw new DocumentTooLargeError(name, limits.largest);
      if (documents.bytesOf(ownerId) + bytes.length > limits.mostStored)
        throw new DocumentsFullError(limits.mostStored);
      const { kind, mediaType } = documentFormOf(name, bytes);
      const { id: contentId } = await resultInSlices(contents.write(bytes, now()));
      const stored = await commit(() => {
        const known = documents.withContent(ownerId, contentId, name);
        if (known !== undefined) return known;
        const row = { ...{ id: Bun.randomUUIDv7(), ownerId, contentId, name, kind, mediaType } };
        documents.insert({ ...row, size: bytes.length, createdAt: now() });
        return required(ownerId, documents.get(row.id));
      });
      indexer.wake();
      return stored;
    },
    page: (ownerId, limit, options) => documents.page(ownerId, limit, options),
    get(ownerId, id) {
      const found = documents.get(id);
      return found?.ownerId === ownerId ? found : undefined;
    },
    embedded: embeddedOf,
    passages(ownerId, id, first, last) {
      required(ownerId, documents.get(id));
      return documents.passagesOf(id, first, last);
    },
    read(ownerId, id) {
      const document = required(ownerId, documents.get(id));
      return { document, pieces: contents.read(document.contentId) };
    },
    async find(chosen, question, limit, signal) {
      const byId = new Map(chosen.map((document) => [document.id, document]));
      const ready = chosen.filter(({ state }) => state === "ready");
      const passagesFor = async (most: number) => {
        const found = await finder.find(question, ready, most, signal);
        return found.flatMap(({ documentId, number, score }) => {
          const document = byId.get(documentId);
          const [passage] = documents.passagesOf(documentId, number, number);
          return document === undefined || passage === undefined ? [] : [{ document, passage, score }];
        });
      };
      return reranked(question, limit, deps, passagesFor, ({ passage }) => passage.text, signal);
    },
    async remove(ownerId, id) {
      const found = required(ownerId, documents.get(id));
      await changing(id, () => documents.setDeleted(id, now()));
      return found;
    },
    async bringBack(ownerId, id) {
      required(ownerId, documents.getAny(id));
      await changing(id, () => documents.setDeleted(id, null));
      indexer.wake();
      worker?.wake();
      return required(ownerId, documents.get(id));
    },
    canBringBack(ownerId, id) {
      const found = documents.getAny(id);
      return found?.ownerId === ownerId && found.deletedAt !== null;
    },
    async erase(ownerId, id) {
      required(ownerId, documents.getAny(id));
      await changing(id, () => documents.erase([id]));
    },
    async ready(ids, signal) {
      const isOpen = () =>
        ids.some((id) => {
          const { state } = documents.get(id) ?? {};
          if (state === "waiting" || state === "reading") return true;
          return worker !== null && state === "ready" && documents.countWithoutVector(id) > 0;
        });
      if (!isOpen()) return;
      const over = AbortSignal.any([signal, AbortSignal.timeout(longestWait)]);
      const cut = Promise.withResolvers<void>();
      over.addEventListener("abort", () => cut.resolve(), { once: true });
      await Promise.race([pending(), cut.promise]);
      signal.throwIfAborted();
    },
    wake() {
      indexer.wake();
      worker?.wake();
    },
    pending,
    async [Symbol.asyncDispose]() {
      await begun;
      await indexer[Symbol.asyncDispose]();
      await reader[Symbol.asyncDispose]();
      await worker?.[Symbol.asyncDispose]();
      finder[Symbol.dispose]();
    },
  };
}
