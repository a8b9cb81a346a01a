/**
 * Queries on documents and their passages. A document that is deleted is in no list, and none of its passages is found, shown or
 * told to a model. Knows nothing of how files are read or of how passages are ranked.
 */
import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { createDocumentSearch } from "./document-search.ts";
import {
  conversationDocuments,
  type DocumentProblem,
  documents,
  messagePassages,
  type NewDocument,
  type NewPassage,
  type PassageText,
  passages,
  projectDocuments,
  type StoredDocument,
} from "./document-tables.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type DocumentQueries = ReturnType<typeof createDocumentQueries>;

/** A passage that stands before a question, with its document. */
export interface QuotedPassage extends PassageText {
  readonly messageId: string;
  /** By which the answer cites it, from 1. */
  readonly position: number;
  /** null: all of the document stands there. */
  readonly score: number | null;
  /** Of the document. */
  readonly name: string;
}

/** What is chosen for a question. */
export interface ChosenPassage {
  readonly documentId: string;
  readonly number: number;
  readonly score: number | null;
}

export interface DocumentPageOptions {
  /** Continues after this document; a new first page when it is not there any more. */
  readonly after?: string;
  /** Those whose name holds this text, in whatever case. */
  readonly text?: string;
}

const passageColumns = `passages.id, passages.documentId, passages.number, passages.page, passages.sheet, passages.cells,
  passages.start, passages."end", passages.heading, passages.text`;

export function createDocumentQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const insert = preparedInsert<NewDocument>(db, documents);
  const update = preparedUpdate<StoredDocument>(db, documents);
  const insertPassage = preparedInsert<NewPassage>(db, passages);
  const choose = preparedInsert<typeof conversationDocuments.$inferInsert>(db, conversationDocuments);
  const quote = preparedInsert<typeof messagePassages.$inferInsert>(db, messagePassages);
  const byId = db
    .select()
    .from(documents)
    .where(eq(documents.id, sql.placeholder("id")))
    .prepare();
  const next = db
    .select()
    .from(documents)
    .where(sql`state IN ('waiting', 'reading') AND createdAt > 0 AND deletedAt IS NULL`)
    .orderBy(asc(documents.createdAt))
    .limit(1)
    .prepare();
  const total = client.prepare<{ bytes: number }, [OwnerId]>(
    "SELECT coalesce(sum(size), 0) AS bytes FROM documents WHERE ownerId IS ? AND createdAt > 0",
  );
  const passageIds = client.prepare<{ id: number }, [string, number]>(
    "SELECT id FROM passages WHERE documentId = ? LIMIT ?",
  );
  const dropPassage = client.prepare<unknown, [number]>("DELETE FROM passages WHERE id = ?");
  const listeners = new Set<(row: number) => void>();
  const vectorsChanged = (row: number) => {
    for (const listener of listeners) listener(row);
  };
  const vectorsChangedOf = (documentId: string) => {
    if (listeners.size > 0) for (const { id } of passageIds.all(documentId, -1)) vectorsChanged(id);
  };
  const range = client.prepare<PassageText, [string, number, number]>(
    `SELECT ${passageColumns} FROM passages WHERE documentId = ? AND number BETWEEN ? AND ? ORDER BY number`,
  );
  const placed = client.prepare<{ page: number | null; count: number }, [string]>(
    "SELECT page, count(*) AS count FROM passages WHERE documentId = ? GROUP BY page ORDER BY min(number)",
  );
  const firstOfPage = client.prepare<{ number: number | null }, [string, number]>(
    "SELECT min(number) AS number FROM passages WHERE documentId = ? AND page = ?",
  );
  const quoted = client.prepare<QuotedPassage, [string]>(`
    SELECT ${passageColumns}, message_passages.messageId, message_passages.position, message_passages.score, documents.name
    FROM message_passages
      JOIN documents ON documents.id = message_passages.documentId AND documents.deletedAt IS NULL AND documents.createdAt > 0
      JOIN passages ON passages.documentId = message_passages.documentId AND passages.number = message_passages.number
    WHERE message_passages.messageId IN (SELECT value FROM json_each(?))
    ORDER BY message_passages.messageId, message_passages.position`);
  const unquote = client.prepare<unknown, [string]>("DELETE FROM message_passages WHERE messageId = ?");
  const unchoose = client.prepare<unknown, [string]>(
    "DELETE FROM conversation_documents WHERE conversationId = ?",
  );
  const toldIn = client.prepare<{ id: string }, [string]>(`
    SELECT DISTINCT messages.conversationId AS id FROM message_passages
      JOIN messages ON messages.id = message_passages.messageId WHERE message_passages.documentId = ?`);
  const old = client.prepare<{ id: string }, [number, number, OwnerId]>(
    "SELECT id FROM documents WHERE deletedAt < ? AND createdAt > 0 AND ownerId IS ?3 LIMIT ?2",
  );
  const mark = client.prepare<unknown, [string]>(
    "UPDATE documents SET createdAt = 0, name = '', title = '', problem = NULL WHERE id = ?",
  );
  /** Neither deleted nor being erased. */
  const isThere = and(isNull(documents.deletedAt), sql`${documents.createdAt} > 0`);
  const anyChosen = client.prepare<unknown, [string]>(
    `SELECT 1 FROM conversation_documents JOIN documents ON documents.id = documentId
     WHERE conversationId = ? AND deletedAt IS NULL AND createdAt > 0 LIMIT 1`,
  );
  const chosenFor = db
    .select({ document: documents })
    .from(conversationDocuments)
    .innerJoin(documents, eq(documents.id, conversationDocuments.documentId))
    .where(and(eq(conversationDocuments.conversationId, sql.placeholder("conversationId")), isThere))
    .orderBy(asc(conversationDocuments.position))
    .prepare();
  const ofProject = db
    .select({ document: documents })
    .from(projectDocuments)
    .innerJoin(documents, eq(documents.id, projectDocuments.documentId))
    .where(and(eq(projectDocuments.projectId, sql.placeholder("projectId")), isThere))
    .orderBy(asc(projectDocuments.position))
    .prepare();
  const projectOf = client.prepare<{ id: string }, [string]>(
    `SELECT projects.id FROM conversations JOIN projects ON projects.id = projectId AND projects.deletedAt IS NULL
     WHERE conversations.id = ?`,
  );
  const addToProject = client.prepare<unknown, [string, string]>(
    `INSERT OR IGNORE INTO project_documents (projectId, documentId, position)
     SELECT ?1, ?2, coalesce(max(position) + 1, 0) FROM project_documents WHERE projectId = ?1`,
  );
  const takeFromProject = client.prepare<unknown, [string, string]>(
    "DELETE FROM project_documents WHERE projectId = ? AND documentId = ?",
  );

  return {
    ...createDocumentSearch(db, vectorsChanged),
    insert(row: NewDocument): void {
      insert(row);
    },
    /** Also one that is deleted and can be brought back. */
    getAny(id: string): StoredDocument | undefined {
      const found = byId.get({ id });
      return found !== undefined && found.createdAt > 0 ? found : undefined;
    },
    /** Whether no document has this id, not even one that is being erased. */
    isFree(id: string): boolean {
      return byId.get({ id }) === undefined;
    },
    /** undefined also for one that is deleted. */
    get(id: string): StoredDocument | undefined {
      const found = byId.get({ id });
      return found !== undefined && found.createdAt > 0 && found.deletedAt === null ? found : undefined;
    },
    /** The one of an owner that has these bytes and this name. */
    withContent(ownerId: OwnerId, contentId: number, name: string): StoredDocument | undefined {
      return this.allWithContent(ownerId, contentId, name).find(({ deletedAt }) => deletedAt === null);
    },
    /** Those of an owner that have these bytes and this name, also such as can be brought back. */
    allWithContent(ownerId: OwnerId, contentId: number, name: string): readonly StoredDocument[] {
      return db
        .select()
        .from(documents)
        .where(
          and(
            eq(documents.contentId, contentId),
            eq(documents.name, name),
            sql`${documents.ownerId} IS ${ownerId} AND ${documents.createdAt} > 0`,
          ),
        )
        .orderBy(asc(documents.createdAt))
        .all();
    },
    /** Of all documents of an owner that are there, oldest first. */
    ids(ownerId: OwnerId): readonly string[] {
      return db
        .select({ id: documents.id })
        .from(documents)
        .where(and(sql`${documents.ownerId} IS ${ownerId}`, isThere))
        .orderBy(asc(documents.createdAt), asc(documents.id))
        .all()
        .map(({ id }) => id);
    },
    /** Newest first, at most `limit`. */
    page(
      ownerId: OwnerId,
      limit: number,
      { after, text = "" }: DocumentPageOptions = {},
    ): readonly StoredDocument[] {
      const last = after === undefined ? undefined : byId.get({ id: after });
      return db
        .select()
        .from(documents)
        .where(
          and(
            sql`${documents.ownerId} IS ${ownerId}`,
            isThere,
            text === ""
              ? undefined
              : sql`instr(lower(${documents.name} || ' ' || ${documents.title}), lower(${text})) > 0`,
            last === undefined
              ? undefined
              : sql`(${documents.createdAt}, rowid) < (${last.createdAt}, (SELECT rowid FROM documents WHERE id = ${last.id}))`,
          ),
        )
        .orderBy(desc(documents.createdAt), sql`rowid desc`)
        .limit(limit)
        .all();
    },
    /** The bytes of all documents of an owner. */
    bytesOf(ownerId: OwnerId): number {
      return total.get(ownerId)?.bytes ?? 0;
    },
    /** The oldest that is not read yet, or was not read to its end. */
    nextToRead(): StoredDocument | undefined {
      return next.get();
    },
    setState(
      id: string,
      state: Partial<
        Pick<StoredDocument, "state" | "problem" | "title" | "pages" | "passages" | "characters" | "isCut">
      >,
    ): void {
      update(id, state);
    },
    setFailed(id: string, problem: DocumentProblem): void {
      update(id, { state: "failed", problem });
    },
    addPassages(rows: readonly NewPassage[]): void {
      for (const row of rows) insertPassage(row);
    },
    /** @returns whether there are more */
    dropSomePassages(documentId: string, limit: number): boolean {
      const ids = passageIds.all(documentId, limit);
      for (const { id } of ids) {
        storing(() => dropPassage.run(id));
        vectorsChanged(id);
      }
      return ids.length > 0;
    },
    /** Those of a document, from one to another, by their numbers. */
    passagesOf(documentId: string, first = 1, last = Number.MAX_SAFE_INTEGER): readonly PassageText[] {
      return range.all(documentId, first, last);
    },
    /** The number of the first passage of a page. */
    firstOfPage(documentId: string, page: number): number | null {
      return firstOfPage.get(documentId, page)?.number ?? null;
    },
    /** How many passages each page has, in order. */
    pagesOf(documentId: string): readonly { readonly page: number | null; readonly count: number }[] {
      return placed.all(documentId);
    },
    /** Whether the questions of a conversation are asked about documents. */
    isChosenFor(conversationId: string): boolean {
      return anyChosen.get(conversationId) !== null;
    },
    /** The documents of a conversation that are there, in the order in which they were chosen. */
    ofConversation(conversationId: string): readonly StoredDocument[] {
      return chosenFor.all({ conversationId }).map(({ document }) => document);
    },
    /** Those of a project that are there, in the order in which they were added. */
    ofProject(projectId: string): readonly StoredDocument[] {
      return ofProject.all({ projectId }).map(({ document }) => document);
    },
    /** What the questions of a conversation are asked about: its own documents, then those of its project. */
    askedIn(conversationId: string): readonly StoredDocument[] {
      const own = this.ofConversation(conversationId);
      const ids = new Set(own.map(({ id }) => id));
      const projectId = projectOf.get(conversationId)?.id;
      const shared = projectId === undefined ? [] : this.ofProject(projectId);
      return [...own, ...shared.filter(({ id }) => !ids.has(id))];
    },
    /** Adds one to a project, as its last; one that it has already keeps its place. */
    addToProject(projectId: string, documentId: string): void {
      storing(() => addToProject.run(projectId, documentId));
    },
    takeFromProject(projectId: string, documentId: string): void {
      storing(() => takeFromProject.run(projectId, documentId));
    },
    /** From now on its questions are asked about these. */
    chooseFor(conversationId: string, documentIds: readonly string[]): void {
      storing(() => unchoose.run(conversationId));
      for (const [position, documentId] of [...new Set(documentIds)].entries())
        choose({ conversationId, documentId, position });
    },
    /** Gives a question its passages, in the order of their numbers, in place of those that it has. */
    quote(messageId: string, chosen: readonly ChosenPassage[]): void {
      storing(() => unquote.run(messageId));
      for (const [at, passage] of chosen.entries()) quote({ messageId, position: at + 1, ...passage });
    },
    /** By the message that has them; of documents that are there. */
    ofMessages(messageIds: readonly string[]): ReadonlyMap<string, readonly QuotedPassage[]> {
      if (messageIds.length === 0) return new Map();
      return Map.groupBy(quoted.all(JSON.stringify(messageIds)), ({ messageId }) => messageId);
    },
    /** The conversations whose prompts have passages of it. */
    toldIn(documentId: string): readonly string[] {
      return toldIn.all(documentId).map(({ id }) => id);
    },
    setDeleted(id: string, deletedAt: number | null): void {
      update(id, { deletedAt });
      vectorsChangedOf(id);
    },
    /** Those of an owner that were deleted before that moment. */
    deletedBefore(moment: number, limit: number, ownerId: OwnerId = null): readonly string[] {
      return old.all(moment, limit, ownerId).map(({ id }) => id);
    },
    /** Removes them for good: they are gone at once, and leave the file a piece at a time. */
    erase(ids: readonly string[]): void {
      for (const id of ids) {
        storing(() => mark.run(id));
        vectorsChangedOf(id);
      }
    },
    /** @see VectorTable in src/memory/vector-index.ts */
    onVectorsChanged(listener: (row: number) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
