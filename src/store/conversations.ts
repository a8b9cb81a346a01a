/** Queries on conversations. Those that read many return one owner's, and only conversations of the chat. */
import { and, desc, eq, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import {
  type Conversation,
  conversations,
  generations,
  type NewConversation,
  type OwnerId,
} from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type ConversationQueries = ReturnType<typeof createConversationQueries>;

export interface ListOptions {
  /** Continues after the last conversation of the previous page. */
  readonly after?: { readonly updatedAt: number; readonly id: string };
  /** Only archived ones, instead of only others. */
  readonly archived?: boolean;
  /** Only those in this folder. */
  readonly folder?: string;
  /** Only those of this project. */
  readonly project?: string;
  /** Only pinned ones, or only the others. */
  readonly pinned?: boolean;
}

export function createConversationQueries(db: StoreDatabase) {
  const byId = db
    .select()
    .from(conversations)
    .where(eq(conversations.id, sql.placeholder("id")))
    .prepare();

  const update = preparedUpdate<Conversation>(db, conversations);
  /** IS, because in SQL null equals nothing. */
  const shownTo = (ownerId: OwnerId) =>
    and(sql`${conversations.ownerId} IS ${ownerId}`, eq(conversations.origin, "chat"));
  const answering = db
    .selectDistinct({ id: conversations.id })
    .from(conversations)
    .innerJoin(generations, eq(generations.conversationId, conversations.id))
    .where(
      and(
        inArray(generations.state, ["queued", "running"]),
        sql`${conversations.ownerId} IS ${sql.placeholder("ownerId")}`,
        eq(conversations.origin, "chat"),
      ),
    )
    .prepare();
  return {
    insert: preparedInsert<NewConversation>(db, conversations),
    /** Also finds a deleted one that can be restored. */
    getAny(id: string): Conversation | undefined {
      return byId.get({ id });
    },
    /** undefined also for a deleted one. */
    get(id: string): Conversation | undefined {
      const found = byId.get({ id });
      return found?.deletedAt === null ? found : undefined;
    },
    /** The latest update comes first; deleted ones are left out. */
    list(
      ownerId: OwnerId,
      limit: number,
      { after, archived = false, folder, project, pinned }: ListOptions = {},
    ): readonly Conversation[] {
      const conditions: (SQL | undefined)[] = [
        shownTo(ownerId),
        isNull(conversations.deletedAt),
        archived ? isNotNull(conversations.archivedAt) : isNull(conversations.archivedAt),
        folder === undefined ? undefined : eq(conversations.folder, folder),
        project === undefined ? undefined : eq(conversations.projectId, project),
        pinned === undefined
          ? undefined
          : pinned
            ? isNotNull(conversations.pinnedAt)
            : isNull(conversations.pinnedAt),
        after === undefined
          ? undefined
          : or(
              lt(conversations.updatedAt, after.updatedAt),
              and(eq(conversations.updatedAt, after.updatedAt), lt(conversations.id, after.id)),
            ),
      ];
      return db
        .select()
        .from(conversations)
        .where(and(...conditions))
        .orderBy(desc(conversations.updatedAt), desc(conversations.id))
        .limit(limit)
        .all();
    },
    /** Deleted ones that can be restored, the last deleted first. */
    deleted(ownerId: OwnerId, limit: number): readonly Conversation[] {
      return db
        .select()
        .from(conversations)
        .where(and(shownTo(ownerId), isNotNull(conversations.deletedAt)))
        .orderBy(desc(conversations.deletedAt), desc(conversations.id))
        .limit(limit)
        .all();
    },
    /** Conversations whose title contains all of these texts, ignoring case; the latest update comes first. */
    titled(ownerId: OwnerId, texts: readonly string[], limit: number): readonly Conversation[] {
      if (texts.length === 0) return [];
      const holds = (text: string) => sql`instr(lower(${conversations.title}), lower(${text})) > 0`;
      return db
        .select()
        .from(conversations)
        .where(and(shownTo(ownerId), isNull(conversations.deletedAt), ...texts.map(holds)))
        .orderBy(desc(conversations.updatedAt), desc(conversations.id))
        .limit(limit)
        .all();
    },
    /** How many there are in each folder, '' for none, archived or not; deleted ones are left out. */
    counts(
      ownerId: OwnerId,
    ): readonly { readonly folder: string; readonly isArchived: boolean; readonly count: number }[] {
      const isArchived = sql<number>`${conversations.archivedAt} IS NOT NULL`;
      return db
        .select({ folder: conversations.folder, isArchived, count: sql<number>`count(*)` })
        .from(conversations)
        .where(and(shownTo(ownerId), isNull(conversations.deletedAt)))
        .groupBy(conversations.folder, isArchived)
        .orderBy(conversations.folder)
        .all()
        .map((row) => ({ ...row, isArchived: row.isArchived === 1 }));
    },
    /** The ids of those in which an answer is unfinished. */
    answering(ownerId: OwnerId): readonly string[] {
      return answering.all({ ownerId }).map(({ id }) => id);
    },
    /** The folders with at least one conversation, by name. */
    folders(ownerId: OwnerId): readonly string[] {
      return db
        .selectDistinct({ folder: conversations.folder })
        .from(conversations)
        .where(and(shownTo(ownerId), ne(conversations.folder, ""), isNull(conversations.deletedAt)))
        .orderBy(conversations.folder)
        .all()
        .map(({ folder }) => folder);
    },
    /** @returns the new row; undefined when there is none */
    update(id: string, patch: Partial<Omit<Conversation, "id">>): Conversation | undefined {
      update(id, patch);
      return byId.get({ id });
    },
    /** Sets the time of the last change, which moves it to the top of the list. */
    touch(id: string, now: number): void {
      update(id, { updatedAt: now });
    },
    /** Erases it, with everything in it. */
    erase(id: string): void {
      storing(() => db.delete(conversations).where(eq(conversations.id, id)).run());
    },
    /** Erases an owner's conversations that were deleted before this moment, with everything in them. @returns how many */
    purge(deletedBefore: number, ownerId: OwnerId = null): number {
      return storing(
        () =>
          db
            .delete(conversations)
            .where(
              and(lt(conversations.deletedAt, deletedBefore), sql`${conversations.ownerId} IS ${ownerId}`),
            )
            .returning({ id: conversations.id })
            .all().length,
      );
    },
    /**
     * Erases conversations that are in no list and were not continued since this moment, or deleted before the second one:
     * the oldest first, but none with an unfinished answer.
     * @returns how many, at most `limit`
     */
    purgeUnlisted(
      origin: "api" | "temporary",
      {
        updatedBefore,
        deletedBefore,
        limit,
      }: { readonly updatedBefore: number; readonly deletedBefore: number; readonly limit: number },
    ): number {
      const old = db
        .select({ id: conversations.id })
        .from(conversations)
        .where(
          and(
            eq(conversations.origin, origin),
            or(lt(conversations.updatedAt, updatedBefore), lt(conversations.deletedAt, deletedBefore)),
            sql`NOT EXISTS (SELECT 1 FROM generations WHERE generations.conversationId = ${conversations.id} AND generations.state IN ('queued', 'running'))`,
          ),
        )
        .orderBy(conversations.updatedAt)
        .limit(limit);
      return storing(
        () =>
          db
            .delete(conversations)
            .where(inArray(conversations.id, old))
            .returning({ id: conversations.id })
            .all().length,
      );
    },
  };
}
