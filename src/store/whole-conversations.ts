/**
 * A conversation with all that belongs to it, read and written as one: for exports and imports. It knows nothing of their
 * formats.
 */
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type ChosenPassage, createDocumentQueries } from "./documents.ts";
import { createFactQueries } from "./facts.ts";
import { type AttachedFile, createFileQueries } from "./files.ts";
import { createGenerationQueries } from "./generations.ts";
import { createMessageQueries } from "./messages.ts";
import { preparedInsert } from "./prepared-write.ts";
import { createRatingQueries } from "./ratings.ts";
import {
  type Conversation,
  conversations,
  type Generation,
  type LoggedToken,
  type Message,
  type OwnerId,
  type Rating,
  tokenLog,
} from "./schema.ts";
import { storing } from "./sqlite-errors.ts";
import { createTokenLogQueries } from "./token-log.ts";

export interface WholeConversation {
  readonly conversation: Conversation;
  /** Of every branch, oldest first, deleted ones too. */
  readonly messages: readonly Message[];
  /** Oldest first. */
  readonly generations: readonly GenerationWithLog[];
}

interface GenerationWithLog extends Generation {
  readonly tokens: readonly LoggedToken[];
}

/** What is to be stored, once: rows may be made while they are written. */
export interface ConversationToStore {
  readonly conversation: Conversation;
  readonly messages: Iterable<Message>;
  /** The files of questions, in their order; made after the messages. */
  readonly files?: Iterable<{ readonly messageId: string; readonly files: readonly AttachedFile[] }>;
  /** The ids of the documents that it is asked about. */
  readonly documents?: readonly string[];
  /** The passages of questions, in their order; made after the messages. */
  readonly passages?: Iterable<{ readonly messageId: string; readonly passages: readonly ChosenPassage[] }>;
  /** Of answers; made after the messages. */
  readonly ratings?: Iterable<{ readonly messageId: string; readonly rating: Rating }>;
  readonly generations: Iterable<Generation & { readonly tokens: Iterable<LoggedToken> }>;
}

/** The tree of a conversation, in the order of WholeConversation. */
export interface ConversationOutline {
  readonly messages: readonly OutlinedMessage[];
  readonly generations: readonly Pick<Generation, "id" | "messageId">[];
}

export type OutlinedMessage = Pick<Message, "id" | "parentId" | "deletedAt">;

export type WholeConversationQueries = ReturnType<typeof createWholeConversationQueries>;

/** The number of tokens in a row of an imported log: a reader's cursor costs the parsing of a row. */
const tokensOfRow = 1_000;

/** The number of rows of an outline that are read together. */
const rowsOfOutline = 500;
/** The number of tokens that are read together: as many as a packed row has. */
const tokensOfPart = 512;

/** How long a transaction of many takes before others get their turn. */
const transactionMs = 5;

export function createWholeConversationQueries(db: StoreDatabase) {
  const ofMessages = createMessageQueries(db);
  const ofGenerations = createGenerationQueries(db);
  const log = createTokenLogQueries(db);
  const ofFacts = createFactQueries(db);
  const ofFiles = createFileQueries(db);
  const ofRatings = createRatingQueries(db);
  const ofDocuments = createDocumentQueries(db);

  const insertTokens = preparedInsert<typeof tokenLog.$inferInsert>(db, tokenLog);
  const messagesAfter = db.$client.prepare<
    OutlinedMessage & { readonly createdAt: number; readonly row: number },
    [string, number, number, number]
  >(`
    SELECT id, parentId, deletedAt, createdAt, rowid AS row FROM messages
    WHERE conversationId = ? AND (createdAt, rowid) > (?, ?) ORDER BY createdAt, rowid LIMIT ?`);
  const generationsAfter = db.$client.prepare<
    Pick<Generation, "id" | "messageId" | "createdAt"> & { readonly row: number },
    [string, number, number]
  >(`
    SELECT id, messageId, createdAt, rowid AS row FROM generations
    WHERE conversationId = ? AND rowid > ? ORDER BY rowid LIMIT ?`);

  /** One row a step. */
  function* inserting({
    conversation,
    messages: said,
    files: attached = [],
    documents = [],
    passages: told = [],
    ratings: rated = [],
    generations: made,
  }: ConversationToStore): Generator<void> {
    yield void db.insert(conversations).values(conversation).run();
    for (const message of said) yield void ofMessages.insert(message);
    for (const { messageId, files } of attached) yield void ofFiles.attach(messageId, files);
    if (documents.length > 0) yield void ofDocuments.chooseFor(conversation.id, documents);
    for (const { messageId, passages } of told) yield void ofDocuments.quote(messageId, passages);
    for (const { messageId, rating } of rated) yield void ofRatings.set(messageId, rating);
    for (const { tokens, ...generation } of made) {
      yield void ofGenerations.insert(generation);
      const { id: generationId, createdAt } = generation;
      let firstIndex = 0;
      let textOffset = 0;
      for (const row of inRows(tokens)) {
        yield void insertTokens({ generationId, firstIndex, tokens: row });
        firstIndex += row.length;
        for (const { text, reasoning, facts } of row) {
          if (facts !== undefined)
            ofFacts.insert({ ownerId: conversation.ownerId, generationId, facts, textOffset, createdAt });
          if (!reasoning) textOffset += text.length;
        }
      }
    }
  }
  const head = (id: string): Conversation | undefined =>
    db.query.conversations.findFirst({ where: (table, { eq }) => eq(table.id, id) }).sync();
  const writing = <Result>(write: () => Result): Result =>
    storing(() => db.$client.transaction(write).immediate());

  return {
    /** All conversations of one owner that came through the chat and are not deleted, oldest first. */
    ids(ownerId: OwnerId): readonly string[] {
      return db
        .select({ id: conversations.id })
        .from(conversations)
        .where(
          and(
            sql`${conversations.ownerId} IS ${ownerId}`,
            eq(conversations.origin, "chat"),
            isNull(conversations.deletedAt),
          ),
        )
        .orderBy(asc(conversations.createdAt), asc(conversations.id))
        .all()
        .map(({ id }) => id);
    },
    /** Also finds a deleted one that can be restored. */
    read(id: string): WholeConversation | undefined {
      const conversation = head(id);
      if (conversation === undefined) return undefined;
      return {
        conversation,
        messages: ofMessages.all(id),
        generations: ofGenerations
          .ofConversation(id)
          .map((generation) => ({ ...generation, tokens: log.read(generation.id) })),
      };
    },
    /** Also finds a deleted one. */
    head,
    /** The tree of its messages, deleted ones too, and its generations, oldest first. In steps, of which each is short. */
    *outline(id: string): Generator<void, ConversationOutline, undefined> {
      const tree: OutlinedMessage[] = [];
      for (let [time, after] = [-1, -1]; ; yield) {
        const rows = messagesAfter.all(id, time, after, rowsOfOutline);
        for (const { id, parentId, deletedAt } of rows) tree.push({ id, parentId, deletedAt });
        const last = rows.at(-1);
        if (last === undefined || rows.length < rowsOfOutline) break;
        [time, after] = [last.createdAt, last.row];
      }
      const made: Pick<Generation, "id" | "messageId" | "createdAt">[] = [];
      for (let after = -1; ; yield) {
        const rows = generationsAfter.all(id, after, rowsOfOutline);
        made.push(...rows);
        const last = rows.at(-1);
        if (last === undefined || rows.length < rowsOfOutline) break;
        after = last.row;
      }
      return { messages: tree, generations: made.toSorted((a, b) => a.createdAt - b.createdAt) };
    },
    message: (id: string): Message | undefined => ofMessages.get(id),
    generation: (id: string): Generation | undefined => ofGenerations.get(id),
    newestGenerationOf: (messageId: string): Generation | undefined => ofGenerations.forMessage(messageId),
    /** A log in parts, of which each is read when its turn comes. */
    *tokens(generationId: string): Generator<readonly LoggedToken[], void, undefined> {
      const count = log.count(generationId);
      for (let from = 0; from < count; from += tokensOfPart)
        yield log.read(generationId, from, from + tokensOfPart);
    },
    /**
     * Writes everything in one transaction, the logs too: no answer is ever stored without its text.
     * @param whole its ids must be free
     * @throws StorageError; nothing is stored then
     */
    insert(whole: ConversationToStore): void {
      writing(() => {
        for (const _ of inserting(whole));
      });
    },
    /**
     * Writes it in short transactions, one a step; a small one in one. Until the last of them it is as if it were not there:
     * neither listed, found nor exported, and what a crash leaves of it is purged as what was deleted is.
     * @param now milliseconds since 1970
     * @throws StorageError; nothing is stored then
     */
    *insertInSteps(whole: ConversationToStore, now: number): Generator<void, void, undefined> {
      const { conversation } = whole;
      const { id, origin, updatedAt, deletedAt } = conversation;
      const hidden = { ...conversation, origin: "api", updatedAt: now, deletedAt: now } as const;
      const rows = inserting({ ...whole, conversation: hidden });
      let isShown = false;
      try {
        while (!isShown) {
          isShown = writing(() => {
            const endsAt = performance.now() + transactionMs;
            while (!rows.next().done) if (performance.now() >= endsAt) return false;
            db.update(conversations)
              .set({ origin, updatedAt, deletedAt })
              .where(eq(conversations.id, id))
              .run();
            return true;
          });
          if (!isShown) yield;
        }
      } finally {
        if (!isShown) writing(() => db.delete(conversations).where(eq(conversations.id, id)).run());
      }
    },
  };
}

function* inRows(tokens: Iterable<LoggedToken>): Generator<LoggedToken[], void, undefined> {
  let row: LoggedToken[] = [];
  for (const token of tokens) {
    row.push(token);
    if (row.length < tokensOfRow) continue;
    yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}
