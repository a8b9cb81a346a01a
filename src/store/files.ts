/**
 * Queries on files that users attached, and on the questions that have them. A trigger erases a file with the last question
 * that has it. It knows nothing of what stands in them.
 */
import type { StoreDatabase } from "./connection.ts";
import { files, messageFiles, type NewFile, type StoredFile } from "./file-tables.ts";
import { preparedInsert } from "./prepared-write.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

/** A file as a question has it. */
export interface AttachedFile extends StoredFile {
  readonly messageId: string;
  /** How much of its text the prompt has, in UTF-16 units; null: it was not asked for yet. */
  readonly readCharacters: number | null;
}

export type FileQueries = ReturnType<typeof createFileQueries>;

const columns = `files.id, files.ownerId, files.contentId, files.name, files.kind, files.mediaType, files.size, files.isCut,
  files.createdAt, files.characters`;

type Row<File> = Omit<File, "isCut"> & { readonly isCut: number };
const fileOf = <File extends Row<StoredFile>>(row: File) => ({ ...row, isCut: row.isCut !== 0 });

/** No question has it, and none that waits is to be asked with it. */
const isUnused = `NOT EXISTS (SELECT 1 FROM message_files WHERE fileId = files.id)
  AND NOT EXISTS (SELECT 1 FROM queued_questions AS queued, json_each(queued.files) AS named WHERE named.value = files.id)`;

export function createFileQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const insert = preparedInsert<NewFile>(db, files);
  const byId = client.prepare<Row<StoredFile>, [string]>(`SELECT ${columns} FROM files WHERE id = ?`);
  const textById = client.prepare<{ text: string }, [string]>("SELECT text FROM files WHERE id = ?");
  const total = client.prepare<{ bytes: number }, [OwnerId]>(
    "SELECT coalesce(sum(size), 0) AS bytes FROM files WHERE ownerId IS ?",
  );
  const ofMessages = client.prepare<Row<AttachedFile>, [string]>(`
    SELECT ${columns}, message_files.messageId, message_files.readCharacters
    FROM message_files JOIN files ON files.id = message_files.fileId
    WHERE message_files.messageId IN (SELECT value FROM json_each(?))
    ORDER BY message_files.messageId, message_files.position`);
  const attach = preparedInsert<typeof messageFiles.$inferInsert>(db, messageFiles);
  const setRead = client.prepare<unknown, [number, string, string]>(
    "UPDATE message_files SET readCharacters = ? WHERE messageId = ? AND fileId = ?",
  );
  const removeUnused = client.prepare<unknown, [string]>(`DELETE FROM files WHERE id = ? AND ${isUnused}`);
  const purgeUnused = client.prepare<unknown, [number, number]>(`
    DELETE FROM files WHERE id IN (
      SELECT id FROM files WHERE createdAt < ? AND ${isUnused} LIMIT ?)`);

  return {
    insert(file: Omit<NewFile, "characters">): void {
      insert({ ...file, characters: file.text.length });
    },
    get(id: string): StoredFile | undefined {
      const row = byId.get(id);
      return row === null ? undefined : fileOf(row);
    },
    textOf(id: string): string {
      return textById.get(id)?.text ?? "";
    },
    /** The bytes of all files of an owner. */
    bytesOf(ownerId: OwnerId): number {
      return total.get(ownerId)?.bytes ?? 0;
    },
    /** In the order in which they were attached; by the message that has them. */
    ofMessages(messageIds: readonly string[]): ReadonlyMap<string, readonly AttachedFile[]> {
      if (messageIds.length === 0) return new Map();
      const rows = ofMessages.all(JSON.stringify(messageIds)).map(fileOf);
      return Map.groupBy(rows, ({ messageId }) => messageId);
    },
    /** Gives a question its files. */
    attach(
      messageId: string,
      attached: readonly { readonly id: string; readonly readCharacters?: number | null }[],
    ): void {
      for (const [position, { id, readCharacters = null }] of attached.entries())
        attach({ messageId, position, fileId: id, readCharacters });
    },
    /** Notes how much of a file's text the prompt has. */
    setRead(messageId: string, fileId: string, characters: number): void {
      storing(() => setRead.run(characters, messageId, fileId));
    },
    /** Erases a file that no question has. @returns whether there was one */
    removeUnused(id: string): boolean {
      return storing(() => removeUnused.run(id).changes > 0);
    },
    /** Erases some files that no question has, and that are older than this moment. @returns how many */
    purgeUnused(createdBefore: number, limit: number): number {
      return storing(() => purgeUnused.run(createdBefore, limit).changes);
    },
  };
}
