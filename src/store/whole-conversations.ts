/**
 * A conversation with all that belongs to it, read and written as one: for exports and imports. It knows nothing of their
 * formats.
 */
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
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

export function createWholeConversationQueries(db: StoreDatabase) {
  const ofMessages = createMessageQueries(db);
  const ofGenerations = createGenerationQueries(db);
  const log = createTokenLogQueries(db);

  const insertAll = ({ conversation, messages: said, generations: made }: WholeConversation) => {
    db.insert(conversations).values(conversation).run();
    for (const message of said) db.insert(messages).values(message).run();
    for (const { tokens, ...generation } of made) {
      ofGenerations.insert(generation);
      for (let firstIndex = 0; firstIndex < tokens.length; firstIndex += tokensOfRow)
        db.insert(tokenLog)
          .values({
            generationId: generation.id,
            firstIndex,
            tokens: tokens.slice(firstIndex, firstIndex + tokensOfRow),
          })
          .run();
    }
  };

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
      storing(() => db.$client.transaction(() => insertAll(whole)).immediate());
    },
  };
}
