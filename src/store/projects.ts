/** Queries on projects, and on what names them. Those of documents are in documents.ts. It knows nothing of what they are for. */
import { and, asc, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { preparedInsert, preparedUpdate } from "./prepared-write.ts";
import { type Project, projects } from "./project-tables.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type ProjectQueries = ReturnType<typeof createProjectQueries>;

/** How much a project has; what is deleted is not counted. */
export interface ProjectCounts {
  readonly conversations: number;
  readonly documents: number;
  readonly memories: number;
}

export function createProjectQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const byId = db
    .select()
    .from(projects)
    .where(eq(projects.id, sql.placeholder("id")))
    .prepare();
  const ofConversation = client.prepare<{ projectId: string }, [string]>(
    "SELECT projectId FROM conversations WHERE id = ? AND projectId IS NOT NULL",
  );
  const counts = client.prepare<ProjectCounts, [string]>(`SELECT
    (SELECT count(*) FROM conversations WHERE projectId = ?1 AND deletedAt IS NULL AND origin = 'chat') AS conversations,
    (SELECT count(*) FROM project_documents JOIN documents ON documents.id = documentId
      WHERE projectId = ?1 AND documents.deletedAt IS NULL AND documents.createdAt > 0) AS documents,
    (SELECT count(*) FROM memories WHERE projectId = ?1 AND deletedAt IS NULL AND withdrawnAt IS NULL) AS memories`);
  const conversationIds = client.prepare<{ id: string; deletedAt: number | null }, [string]>(
    "SELECT id, deletedAt FROM conversations WHERE projectId = ? ORDER BY id",
  );
  const memoryIds = client.prepare<{ id: string }, [string]>("SELECT id FROM memories WHERE projectId = ?");
  const receipts = client.prepare<{ generationId: string }, [string, number]>(
    "SELECT generationId FROM project_receipts WHERE projectId = ? LIMIT ?",
  );
  const forgetReceipt = client.prepare<unknown, [string, string]>(
    "DELETE FROM project_receipts WHERE projectId = ? AND generationId = ?",
  );
  const old = client.prepare<{ id: string }, [number, OwnerId]>(
    "SELECT id FROM projects WHERE deletedAt < ? AND ownerId IS ?",
  );
  const listed = client.prepare<{ id: string; name: string; count: number }, [OwnerId]>(`
    SELECT projects.id, projects.name, count(*) AS count
    FROM projects JOIN conversations ON conversations.projectId = projects.id
    WHERE projects.ownerId IS ? AND projects.deletedAt IS NULL AND conversations.deletedAt IS NULL
      AND conversations.archivedAt IS NULL AND conversations.origin = 'chat'
    GROUP BY projects.id ORDER BY lower(projects.name), projects.id`);
  const update = preparedUpdate<Project>(db, projects);
  const isOf = (ownerId: OwnerId) => sql`${projects.ownerId} IS ${ownerId}`;
  const get = (id: string): Project | undefined => {
    const found = byId.get({ id });
    return found?.deletedAt === null ? found : undefined;
  };

  return {
    insert: preparedInsert<typeof projects.$inferInsert>(db, projects),
    update: (id: string, patch: Partial<Omit<Project, "id">>): void => void update(id, patch),
    /** Also finds a deleted one that can be restored. */
    getAny: (id: string): Project | undefined => byId.get({ id }),
    /** undefined also for a deleted one. */
    get,
    /** The project of a conversation; undefined also while it is deleted. */
    ofConversation(conversationId: string): Project | undefined {
      const projectId = ofConversation.get(conversationId)?.projectId;
      return projectId === undefined ? undefined : get(projectId);
    },
    /** By name; deleted ones are left out. */
    list: (ownerId: OwnerId): readonly Project[] =>
      db
        .select()
        .from(projects)
        .where(and(isOf(ownerId), isNull(projects.deletedAt)))
        .orderBy(asc(sql`lower(${projects.name})`), asc(projects.id))
        .all(),
    /** Those with a conversation that is neither archived nor deleted, by name; with how many. */
    listed: (ownerId: OwnerId) => listed.all(ownerId),
    /** Deleted ones that can be restored, the last deleted first. */
    deleted: (ownerId: OwnerId): readonly Project[] =>
      db
        .select()
        .from(projects)
        .where(and(isOf(ownerId), isNotNull(projects.deletedAt)))
        .orderBy(desc(projects.deletedAt), asc(projects.id))
        .all(),
    counts(id: string): ProjectCounts {
      const found = counts.get(id);
      if (found === null) throw new Error("Counting returns a row.");
      return found;
    },
    /** Its conversations, deleted ones too, with the time when each was deleted. */
    conversationsOf: (id: string) => conversationIds.all(id),
    /** Its memories, deleted ones too. */
    memoriesOf: (id: string): readonly string[] => memoryIds.all(id).map((row) => row.id),
    /** Some of the answers whose receipts name it. */
    receiptsOf: (id: string, limit: number): readonly string[] =>
      receipts.all(id, limit).map(({ generationId }) => generationId),
    /** That receipt names it no longer. */
    forgetReceipt(id: string, generationId: string): void {
      storing(() => forgetReceipt.run(id, generationId));
    },
    /** Those of an owner that were deleted before that moment. */
    deletedBefore: (moment: number, ownerId: OwnerId): readonly string[] =>
      old.all(moment, ownerId).map(({ id }) => id),
    /** Erases it with its memories; its conversations and documents stay, and name it no longer. */
    erase(id: string): void {
      storing(() => db.delete(projects).where(eq(projects.id, id)).run());
    },
  };
}
