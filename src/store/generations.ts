/** Queries on generations. */
import { and, asc, desc, eq, getTableColumns, gte, inArray, isNull, lt, notInArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { ApiRequest } from "../chat/api-request.ts";
import type { StoreDatabase } from "./connection.ts";
import { generationPictures } from "./file-tables.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { createRepeatedTexts, type RepeatedTexts } from "./repeated-texts.ts";
import {
  type ContextReceipt,
  conversations,
  type Generation,
  generations,
  type OwnerId,
  repeatedTexts,
  type StoredGeneration,
  type Writer,
} from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

type NewGeneration = Omit<typeof generations.$inferInsert, "receipt" | "systemPromptId" | "writersId"> & {
  readonly receipt?: ContextReceipt | null | undefined;
};

interface JoinedRow {
  readonly row: StoredGeneration;
  readonly systemPrompt: string | null;
  readonly writers: string | null;
}

export type GenerationQueries = ReturnType<typeof createGenerationQueries>;

export function createGenerationQueries(db: StoreDatabase) {
  const prompts = alias(repeatedTexts, "prompts");
  const writerLists = alias(repeatedTexts, "writer_lists");
  /** Rows with the texts that they name. */
  const rows = () =>
    db
      .select({
        row: getTableColumns(generations),
        systemPrompt: prompts.content,
        writers: writerLists.content,
      })
      .from(generations)
      .leftJoin(prompts, eq(prompts.id, generations.systemPromptId))
      .leftJoin(writerLists, eq(writerLists.id, generations.writersId));
  const byId = rows()
    .where(eq(generations.id, sql.placeholder("id")))
    .prepare();
  const byKey = rows()
    .where(eq(generations.idempotencyKey, sql.placeholder("key")))
    .prepare();
  const ofMessage = rows()
    .where(eq(generations.messageId, sql.placeholder("messageId")))
    .orderBy(desc(generations.createdAt), sql`${generations}.rowid desc`)
    .limit(1)
    .prepare();
  const ofConversation = rows()
    .where(eq(generations.conversationId, sql.placeholder("conversationId")))
    .orderBy(asc(generations.createdAt), sql`${generations}.rowid`)
    .prepare();

  const keyIn = rows()
    .where(
      and(
        gte(generations.idempotencyKey, sql.placeholder("from")),
        lt(generations.idempotencyKey, sql.placeholder("to")),
      ),
    )
    .orderBy(asc(generations.idempotencyKey))
    .prepare();
  const withoutMemories = db.$client.prepare<unknown, [string]>(
    "SELECT 1 FROM generations WHERE messageId = ? AND memoryContext = 0",
  );
  const quote = db.$client.prepare<unknown, [string, string]>(
    "INSERT OR IGNORE INTO memory_quotes (memoryId, generationId) VALUES (?, ?)",
  );
  const nameProject = db.$client.prepare<unknown, [string, string]>(
    "INSERT OR IGNORE INTO project_receipts (projectId, generationId) VALUES (?, ?)",
  );
  /** So that a memory that is deleted, and a project that is erased, are found in the receipts that have them. */
  const noteQuotes = (id: string, receipt: ContextReceipt | null | undefined) => {
    const { project } = receipt ?? {};
    // One without a name is erased already.
    if (project !== undefined && project.name !== "") storing(() => nameProject.run(project.id, id));
    for (const memory of receipt?.memories ?? []) storing(() => quote.run(memory.id, id));
  };
  const pictureByHash = db.$client.prepare<{ id: number }, [string]>(
    "SELECT id FROM contents WHERE hash = ?",
  );
  /** So that pictures are erased with the last request that names them. */
  const notePictures = (id: string, request: ApiRequest | null | undefined) => {
    if (request === undefined) return;
    const hashes = pictureHashes(request);
    const named = hashes.flatMap((hash) => storing(() => pictureByHash.all(hash)).map((found) => found.id));
    const { generationId, contentId } = generationPictures;
    storing(() =>
      db
        .delete(generationPictures)
        .where(and(eq(generationId, id), notInArray(contentId, named)))
        .run(),
    );
    for (const contentId of named)
      storing(() =>
        db.insert(generationPictures).values({ generationId: id, contentId }).onConflictDoNothing().run(),
      );
  };
  const insertRow = preparedInsert<typeof generations.$inferInsert>(db, generations);
  const updateRow = preparedUpdate<StoredGeneration>(db, generations);
  const texts = createRepeatedTexts(db);
  const stored = <Row extends Partial<NewGeneration>>({ receipt, writers, ...rest }: Row) => ({
    ...rest,
    ...(receipt === undefined ? {} : storedReceipt(texts, receipt)),
    ...(writers === undefined ? {} : storedWriters(texts, writers)),
  });
  /** A text and the row that names it are stored together. */
  const together = <T>(write: () => T): T =>
    db.$client.inTransaction ? write() : storing(() => db.$client.transaction(write).immediate());

  return {
    insert(row: NewGeneration): void {
      together(() => {
        insertRow({ ...stored(row), writers: [] });
        noteQuotes(row.id, row.receipt);
        if (row.request) notePictures(row.id, row.request);
      });
    },
    get(id: string): Generation | undefined {
      return wholeIfAny(byId.get({ id }));
    },
    byIdempotencyKey(key: string): Generation | undefined {
      return wholeIfAny(byKey.get({ key }));
    },
    /** The newest generation of this message. */
    forMessage(messageId: string): Generation | undefined {
      return wholeIfAny(ofMessage.get({ messageId }));
    },
    /** Those whose key is not less than one and less than another, in the order of their keys. */
    withKeys: (from: string, to: string): readonly Generation[] => keyIn.all({ from, to }).map(whole),
    /** Whether this answer was asked for without memories. */
    isWithoutMemories: (messageId: string): boolean => withoutMemories.get(messageId) !== null,
    /** All of a conversation, oldest first. */
    ofConversation(conversationId: string): readonly Generation[] {
      return ofConversation.all({ conversationId }).map(whole);
    },
    /** The ids of an owner's chat completions that a program may read again, oldest first, with what they are chosen by. */
    storedCompletions(
      ownerId: OwnerId,
    ): readonly { readonly id: string; readonly metadata: Readonly<Record<string, string>> }[] {
      return db
        .select({
          id: generations.id,
          metadata: sql<string>`json_extract(${generations.request}, '$.completion.metadata')`,
        })
        .from(generations)
        .innerJoin(conversations, eq(generations.conversationId, conversations.id))
        .where(
          and(
            ownerId === null ? isNull(conversations.ownerId) : eq(conversations.ownerId, ownerId),
            eq(conversations.origin, "chat"),
            isNull(conversations.deletedAt),
            sql`json_type(${generations.request}, '$.completion') = 'object'`,
          ),
        )
        .orderBy(asc(generations.createdAt), sql`${generations}.rowid`)
        .all()
        .map(({ id, metadata }) => ({ id, metadata: JSON.parse(metadata) }));
    },
    /** Queued or running, oldest first: a start of the server resumes them. */
    unfinished(): readonly Generation[] {
      return rows()
        .where(inArray(generations.state, ["queued", "running"]))
        .orderBy(asc(generations.createdAt), sql`${generations}.rowid`)
        .all()
        .map(whole);
    },
    /** @returns whether there is one with this id */
    update(id: string, patch: Partial<Omit<Generation, "id">>): boolean {
      return together(() => {
        const isThere = updateRow(id, stored(patch));
        if (isThere) {
          noteQuotes(id, patch.receipt);
          notePictures(id, patch.request);
        }
        return isThere;
      });
    },
    /** Erases it with its log; the messages stay. */
    remove(id: string): void {
      storing(() => db.delete(generations).where(eq(generations.id, id)).run());
    },
    /** @returns how often the server has now died while it ran */
    addCrash(id: string): number {
      const updated = storing(() =>
        db
          .update(generations)
          .set({ crashes: sql`${generations.crashes} + 1` })
          .where(eq(generations.id, id))
          .returning({ crashes: generations.crashes })
          .get(),
      );
      return updated?.crashes ?? 0;
    },
  };
}

/** A row as a reader of a generation wants it: the texts in their places. */
function whole({ row, systemPrompt, writers }: JoinedRow): Generation {
  const { systemPromptId: _, writersId, receipt, namesModel, mayWait, ...rest } = row;
  return {
    ...rest,
    ...(namesModel ? { namesModel } : {}),
    ...(mayWait ? { mayWait } : {}),
    receipt: receipt && { systemPrompt: systemPrompt ?? "", ...receipt },
    // Our own JSON, written by `storedWriters`.
    writers: writersId === null ? rest.writers : (JSON.parse(writers ?? "[]") as Writer[]),
  };
}

const wholeIfAny = (found: JoinedRow | undefined) => (found === undefined ? undefined : whole(found));

/** The hashes of the pictures that a request names (src/generations/stored-pictures.ts). */
function pictureHashes(request: ApiRequest | null): readonly string[] {
  const urls = (request?.messages ?? []).flatMap(({ parts = [], images = [] }) => [
    ...images,
    ...parts.flatMap((part) => (part.type === "image" ? [part.url] : [])),
  ]);
  return urls.flatMap((url) => (url.startsWith("content:") ? [url.slice(url.lastIndexOf(";") + 1)] : []));
}

function storedReceipt(texts: RepeatedTexts, receipt: ContextReceipt | null) {
  if (receipt === null) return { receipt: null, systemPromptId: null };
  const { systemPrompt, ...rest } = receipt;
  return { receipt: rest, systemPromptId: texts.numberOf(systemPrompt) };
}

const storedWriters = (texts: RepeatedTexts, writers: readonly Writer[]) => ({
  writers: [],
  writersId: writers.length === 0 ? null : texts.numberOf(JSON.stringify(writers)),
});
