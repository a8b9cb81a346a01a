/**
 * A conversation with all that belongs to it, read and written as one: for exports and imports. It knows nothing of their
 * formats.
 */
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { createFactQueries } from "./facts.ts";
import { createGenerationQueries } from "./generations.ts";
import { createMessageQueries } from "./messages.ts";
import {
  type Conversation,
  conversations,
  type Generation,
  type LoggedToken,
  type Message,
  messages,
  type OwnerId,
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

export interface GenerationWithLog extends Generation {
  readonly tokens: readonly LoggedToken[];
}

export type WholeConversationQueries = ReturnType<typeof createWholeConversationQueries>;

/** The number of tokens in a row of an imported log: a reader's cursor costs the parsing of a row. */
const tokensOfRow = 1_000;

/** How long a transaction of many takes before others get their turn. */
const transactionMs = 5;

export function createWholeConversationQueries(db: StoreDatabase) {
  const ofMessages = createMessageQueries(db);
  const ofGenerations = createGenerationQueries(db);
  const log = createTokenLogQueries(db);
  const ofFacts = createFactQueries(db);

  /** One row a step. */
  function* inserting({
    conversation,
    messages: said,
    generations: made,
  }: WholeConversation): Generator<void> {
    yield void db.insert(conversations).values(conversation).run();
    for (const message of said) yield void db.insert(messages).values(message).run();
    for (const { tokens, ...generation } of made) {
      yield void ofGenerations.insert(generation);
      for (let firstIndex = 0; firstIndex < tokens.length; firstIndex += tokensOfRow)
        yield void db
          .insert(tokenLog)
          .values({
            generationId: generation.id,
            firstIndex,
            tokens: tokens.slice(firstIndex, firstIndex + tokensOfRow),
          })
          .run();
      const { ownerId } = conversation;
      const { id: generationId, createdAt } = generation;
      let textOffset = 0;
      for (const { text, reasoning, facts } of tokens) {
        if (facts !== undefined)
          yield ofFacts.insert({ ownerId, generationId, facts, textOffset, createdAt });
        if (!reasoning) textOffset += text.length;
      }
    }
  }
  const writing = (write: () => void) => storing(() => db.$client.transaction(write).immediate());

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
      const conversation = db.query.conversations
        .findFirst({ where: (table, { eq }) => eq(table.id, id) })
        .sync();
      if (conversation === undefined) return undefined;
      return {
        conversation,
        messages: ofMessages.all(id),
        generations: ofGenerations
          .ofConversation(id)
          .map((generation) => ({ ...generation, tokens: log.read(generation.id) })),
      };
    },
    /**
     * Writes everything in one transaction, the logs too: no answer is ever stored without its text.
     * @param whole its ids must be free
     * @throws StorageError; nothing is stored then
     */
    insert(whole: WholeConversation): void {
      writing(() => {
        for (const _ of inserting(whole));
      });
    },
    /**
     * Writes a large one in short transactions, one a step. Until the last of them it is as if it were not there: neither
     * listed, found nor exported, and what a crash leaves of it is purged as what was deleted is.
     * @param now milliseconds since 1970
     * @throws StorageError; nothing is stored then
     */
    *insertInSteps(whole: WholeConversation, now: number): Generator<void, void, undefined> {
      const { conversation } = whole;
      const { id, origin, updatedAt, deletedAt } = conversation;
      const hidden = { ...conversation, origin: "api", updatedAt: now, deletedAt: now } as const;
      const rows = inserting({ ...whole, conversation: hidden });
      let isShown = false;
      try {
        for (let done: boolean | undefined = false; !done; ) {
          writing(() => {
            const endsAt = performance.now() + transactionMs;
            do done = rows.next().done;
            while (!done && performance.now() < endsAt);
          });
          yield;
        }
        writing(() =>
          db
            .update(conversations)
            .set({ origin, updatedAt, deletedAt })
            .where(eq(conversations.id, id))
            .run(),
        );
        isShown = true;
      } finally {
        if (!isShown) writing(() => db.delete(conversations).where(eq(conversations.id, id)).run());
      }
    },
  };
}
