/**
 * Reads documents in the background, the oldest first, one after another. The table is the queue: what a crash left half read is
 * read again, and nothing of it is there twice. It never throws: a document that cannot be read says why.
 */
import type { Log } from "../log.ts";
import { inSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";
import type { StoredDocument } from "../store/document-tables.ts";
import type { CutPassage } from "./cut-passages.ts";
import type { DocumentReader } from "./document-reader.ts";

interface IndexerDeps {
  readonly store: Pick<Store, "documents" | "contents" | "commit">;
  readonly reader: DocumentReader;
  readonly log: Log;
  /** Called when a document was read, or could not be. */
  readonly onRead: (document: StoredDocument) => void;
}

const passagesAtOnce = 40;
const otherWork = () => new Promise<void>((resolve) => setImmediate(resolve));

/** It was deleted while it was read. */
class DocumentGone extends Error {}

export class DocumentIndexer implements AsyncDisposable {
  readonly #stop = new AbortController();
  #running: Promise<void> | null = null;
  #wanted = false;

  constructor(private readonly deps: IndexerDeps) {}

  /** Reports that there may be something to read. Never throws and never waits. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    this.#wanted = true;
    this.#running ??= this.#work();
  }

  /** Resolves when everything is read. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error("The documents are being closed."));
    await this.idle();
  }

  async #work(): Promise<void> {
    // The caller that woke us continues first.
    await Promise.resolve();
    const { documents } = this.deps.store;
    try {
      while (this.#wanted && !this.#stop.signal.aborted) {
        const next = documents.nextToRead();
        if (next === undefined) this.#wanted = false;
        else await this.#read(next);
      }
    } catch (error) {
      // It is still in the table: the next document tries again, or the next start.
      this.#wanted = false;
      if (!this.#stop.signal.aborted) this.deps.log.warn("documents_not_read", { error });
    } finally {
      this.#running = null;
    }
  }

  async #read(document: StoredDocument): Promise<void> {
    const { store, reader } = this.deps;
    const { documents, commit } = store;
    const { id, ownerId, kind } = document;
    await this.#dropPassages(id);
    await commit(() => documents.setState(id, { state: "reading", problem: null }));
    const pieces = await inSlices(store.contents.read(document.contentId));
    let count = 0;
    let characters = 0;
    const keep = async (cut: readonly CutPassage[]) => {
      await commit(() => {
        if (documents.get(id) === undefined) throw new DocumentGone();
        documents.addPassages(cut.map((each, at) => ({ ...each, documentId: id, number: count + at + 1 })));
      });
      count += cut.length;
      characters += cut.reduce((sum, { text }) => sum + text.length, 0);
      await otherWork();
    };
    try {
      const bytes = Buffer.concat(pieces);
      const end = await reader.read({ ownerId, kind, bytes }, keep, this.#stop.signal);
      if ("problem" in end) {
        await this.#dropPassages(id);
        await commit(() => documents.setFailed(id, end.problem));
      } else {
        const { title, pages, isCut } = end;
        await commit(() =>
          documents.setState(id, { state: "ready", title, pages, isCut, passages: count, characters }),
        );
      }
    } catch (error) {
      if (!(error instanceof DocumentGone)) throw error;
      return;
    }
    const read = documents.getAny(id);
    if (read !== undefined) this.deps.onRead(read);
  }

  async #dropPassages(id: string): Promise<void> {
    const { documents, commit } = this.deps.store;
    while (await commit(() => documents.dropSomePassages(id, passagesAtOnce))) await otherWork();
  }
}
