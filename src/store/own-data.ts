/** Queries on everything that one owner has, as a whole: how much it is, and erasing it. */
import type { StoreDatabase } from "./connection.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type OwnDataQueries = ReturnType<typeof createOwnDataQueries>;

/** How much an owner has. */
export interface OwnCounts {
  /** Those of programs, too. */
  readonly conversations: number;
  /** How many of them are in the trash. */
  readonly in_trash: number;
  /** Deleted ones, too. */
  readonly memories: number;
  readonly files: number;
  /** Deleted ones, too. */
  readonly documents: number;
  /** Computed figures. */
  readonly facts: number;
  /** Series of prices. */
  readonly series: number;
  /** Deleted ones, too. */
  readonly projects: number;
  /** Settings and instruments that they have changed, and presets. */
  readonly settings: number;
}

/** A note beside the settings: when a file was imported, in milliseconds since 1970. */
const importedAt = "imported_at";

export function createOwnDataQueries({ $client: client }: StoreDatabase) {
  const counts = client.prepare<OwnCounts, [OwnerId]>(`SELECT
    (SELECT count(*) FROM conversations WHERE ownerId IS ?1) AS conversations,
    (SELECT count(*) FROM conversations WHERE ownerId IS ?1 AND deletedAt IS NOT NULL) AS in_trash,
    (SELECT count(*) FROM memories WHERE ownerId IS ?1) AS memories,
    (SELECT count(*) FROM files WHERE ownerId IS ?1) AS files,
    (SELECT count(*) FROM documents WHERE ownerId IS ?1 AND createdAt > 0) AS documents,
    (SELECT count(*) FROM facts WHERE ownerId IS ?1) AS facts,
    (SELECT count(*) FROM datasets WHERE ownerId IS ?1 AND createdAt > 0) AS series,
    (SELECT count(*) FROM projects WHERE ownerId IS ?1) AS projects,
    (SELECT count(*) FROM preferences WHERE ownerId IS ?1 AND key <> '${importedAt}')
      + (SELECT count(*) FROM instruments WHERE ownerId IS ?1)
      + (SELECT count(*) FROM presets WHERE ownerId IS ?1) AS settings`);
  const idsOf = (table: string) =>
    client.prepare<{ id: string }, [OwnerId, number]>(`SELECT id FROM ${table} WHERE ownerId IS ? LIMIT ?`);
  const idle = client.prepare<{ id: string }, [OwnerId, number]>(`
    SELECT id FROM conversations WHERE ownerId IS ? AND NOT EXISTS (
      SELECT 1 FROM generations WHERE conversationId = conversations.id AND state IN ('queued', 'running')
    ) LIMIT ?`);
  const ids = {
    "idle conversations": idle,
    memories: idsOf("memories"),
    files: idsOf("files"),
    // Removed ones are erased a piece at a time.
    documents: idsOf("(SELECT id, ownerId FROM documents WHERE createdAt > 0)"),
    datasets: idsOf("(SELECT id, ownerId FROM datasets WHERE createdAt > 0)"),
  };
  const unfinished = client.prepare<{ id: string }, [OwnerId]>(`
    SELECT generations.id FROM generations
    JOIN conversations ON conversations.id = generations.conversationId
    WHERE generations.state IN ('queued', 'running') AND conversations.ownerId IS ?`);
  const eraseFile = client.prepare<unknown, [string]>("DELETE FROM files WHERE id = ?");
  const eraseRest = (
    [
      "facts",
      "preferences",
      "instruments",
      "presets",
      "projects",
      "data_imports",
      "request_files",
      "request_batches",
      "proposals",
      "messages_to_read",
      "tool_rules",
    ] as const
  ).map((table) => client.prepare<unknown, [OwnerId]>(`DELETE FROM ${table} WHERE ownerId IS ?`));
  // What was read of a watched folder's files stays known, so that they are not imported at once again; nothing of their rows does.
  const forgetWatched = client.prepare<unknown, []>(`
    UPDATE watched_files SET importId = NULL, problem = NULL
    WHERE importId IS NULL OR importId NOT IN (SELECT id FROM data_imports)`);
  const brought = client.prepare<{ found: number }, [OwnerId]>(`
    SELECT 1 AS found FROM files WHERE ownerId IS ?1
    UNION ALL SELECT 1 FROM documents WHERE ownerId IS ?1
    UNION ALL SELECT 1 FROM preferences WHERE ownerId IS ?1 AND key = '${importedAt}' LIMIT 1`);
  const noteImport = client.prepare<unknown, [OwnerId, number]>(
    `INSERT INTO preferences (ownerId, key, value) VALUES (?, '${importedAt}', ?)`,
  );
  return {
    /** Whether the owner has a file, or has imported one. */
    hasBrought: (ownerId: OwnerId): boolean => brought.get(ownerId) !== null,
    noteImport(ownerId: OwnerId, now: number): void {
      storing(() => void noteImport.run(ownerId, now));
    },
    counts(ownerId: OwnerId): OwnCounts {
      const found = counts.get(ownerId);
      if (found === null) throw new Error("Counting returns a row.");
      return found;
    },
    /** The ids of some of the owner's rows. */
    some: (table: keyof typeof ids, ownerId: OwnerId, limit: number): readonly string[] =>
      ids[table].all(ownerId, limit).map(({ id }) => id),
    /** The answers that wait or are written. */
    unfinished: (ownerId: OwnerId): readonly string[] => unfinished.all(ownerId).map(({ id }) => id),
    /** Erases a file, whatever question has it. */
    eraseFile(id: string): void {
      storing(() => void eraseFile.run(id));
    },
    /** Erases computed figures, settings, presets, projects, instruments, files of prices that were not committed, and files and batches of programs. */
    eraseRest(ownerId: OwnerId): void {
      const erase = client.transaction(() => {
        for (const each of eraseRest) each.run(ownerId);
        forgetWatched.run();
      });
      storing(() => erase.immediate());
    },
  };
}
