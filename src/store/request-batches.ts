/** Queries on files and batches of programs. It knows nothing of what stands in them. */

import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import {
  type RequestBatch,
  type RequestFile,
  requestBatches,
  requestFilePieces,
  requestFiles,
} from "./batch-tables.ts";
import type { StoreDatabase } from "./connection.ts";
import { preparedUpdate } from "./prepared-write.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type RequestBatchQueries = ReturnType<typeof createRequestBatchQueries>;

/** In bytes. */
const pieceSize = 256 * 1024;
/** Of those that a program has not ended with. */
const unended = ["validating", "in_progress", "finalizing", "cancelling"] as const;

export function createRequestBatchQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const piece = client.prepare<{ bytes: Uint8Array<ArrayBuffer> }, [string, number]>(
    "SELECT bytes FROM request_file_pieces WHERE fileId = ? AND number = ?",
  );
  const total = client.prepare<{ bytes: number }, [OwnerId]>(
    "SELECT coalesce(sum(size), 0) AS bytes FROM request_files WHERE ownerId IS ?",
  );
  const updateBatch = preparedUpdate<RequestBatch>(db, requestBatches);
  const removeFile = (id: string): void => {
    storing(() => db.delete(requestFiles).where(eq(requestFiles.id, id)).run());
  };

  return {
    /** A piece a step; what is broken off leaves nothing. @throws StorageError */
    *write(
      file: Omit<RequestFile, "size" | "isWhole">,
      bytes: Uint8Array,
    ): Generator<void, RequestFile, undefined> {
      const row = { ...file, size: bytes.length, isWhole: false };
      storing(() => db.insert(requestFiles).values(row).run());
      let isWhole = false;
      try {
        for (let number = 0; number * pieceSize < bytes.length; number++) {
          const part = Buffer.from(bytes.subarray(number * pieceSize, (number + 1) * pieceSize));
          yield void storing(() =>
            db.insert(requestFilePieces).values({ fileId: file.id, number, bytes: part }).run(),
          );
        }
        storing(() =>
          db.update(requestFiles).set({ isWhole: true }).where(eq(requestFiles.id, file.id)).run(),
        );
        isWhole = true;
        return { ...row, isWhole };
      } finally {
        if (!isWhole) removeFile(file.id);
      }
    },
    /** The bytes, a piece a step. */
    *read(id: string): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
      for (let number = 0; ; number++) {
        const found = piece.get(id, number);
        if (found === null) return;
        yield found.bytes;
      }
    },
    /** Whole ones, the oldest first. */
    files: (ownerId: OwnerId): readonly RequestFile[] =>
      db
        .select()
        .from(requestFiles)
        .where(and(sql`${requestFiles.ownerId} IS ${ownerId}`, eq(requestFiles.isWhole, true)))
        .orderBy(asc(requestFiles.createdAt), sql`rowid`)
        .all(),
    file: (id: string): RequestFile | undefined =>
      db
        .select()
        .from(requestFiles)
        .where(and(eq(requestFiles.id, id), eq(requestFiles.isWhole, true)))
        .get(),
    removeFile,
    /** Of all files of an owner. */
    bytesOf: (ownerId: OwnerId): number => total.get(ownerId)?.bytes ?? 0,
    /** What a crash has left of files that were being written before. */
    purgeUnfinished(createdBefore: number): void {
      storing(() =>
        db
          .delete(requestFiles)
          .where(and(eq(requestFiles.isWhole, false), lt(requestFiles.createdAt, createdBefore)))
          .run(),
      );
    },
    /** Whether a batch is made of it. */
    isInUse: (fileId: string): boolean =>
      db
        .select({ id: requestBatches.id })
        .from(requestBatches)
        .where(and(eq(requestBatches.inputFileId, fileId), inArray(requestBatches.status, [...unended])))
        .get() !== undefined,
    insert(row: typeof requestBatches.$inferInsert): void {
      storing(() => db.insert(requestBatches).values(row).run());
    },
    update: (id: string, patch: Partial<Omit<RequestBatch, "id">>): boolean => updateBatch(id, patch),
    get: (id: string): RequestBatch | undefined =>
      db.select().from(requestBatches).where(eq(requestBatches.id, id)).get(),
    /** The oldest first. */
    list: (ownerId: OwnerId): readonly RequestBatch[] =>
      db
        .select()
        .from(requestBatches)
        .where(sql`${requestBatches.ownerId} IS ${ownerId}`)
        .orderBy(asc(requestBatches.createdAt), sql`rowid`)
        .all(),
    /** Of all owners, the oldest first: a start of the server goes on with them. */
    unended: (): readonly RequestBatch[] =>
      db
        .select()
        .from(requestBatches)
        .where(inArray(requestBatches.status, [...unended]))
        .orderBy(asc(requestBatches.createdAt), sql`rowid`)
        .all(),
  };
}
