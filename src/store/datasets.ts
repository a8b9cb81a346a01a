/** Queries on price series and on the files that they come from. It knows nothing of how bars are packed. */

import { and, asc, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import {
  type ChunkPlace,
  type DataImport,
  type Dataset,
  dataImports,
  datasetChunks,
  datasets,
  type NewDataImport,
  type WatchedFile,
  watchedFiles,
} from "./dataset-tables.ts";
import { preparedInsert } from "./prepared-write.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type DatasetQueries = ReturnType<typeof createDatasetQueries>;

export function createDatasetQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const insertDataset = preparedInsert<typeof datasets.$inferInsert>(db, datasets);
  const insertImport = preparedInsert<NewDataImport>(db, dataImports);
  const chunk = client.prepare<{ bars: Uint8Array<ArrayBuffer> }, [number]>(
    "SELECT bars FROM dataset_chunks WHERE id = ?",
  );
  const dropStray = client.prepare<unknown, [string, string]>(`
    DELETE FROM dataset_chunks WHERE id IN (
      SELECT id FROM dataset_chunks WHERE datasetId = ? AND id NOT IN (SELECT value FROM json_each(?)) LIMIT 1)`);
  const dropImports = client.prepare<unknown, [string]>("DELETE FROM data_imports WHERE datasetId = ?");
  const markSeries = client.prepare<unknown, [string]>(
    "UPDATE datasets SET passport = NULL, createdAt = 0 WHERE id = ?",
  );
  const mark = client.transaction((id: string) => {
    dropImports.run(id);
    markSeries.run(id);
  });
  const total = client.prepare<{ bytes: number }, [OwnerId]>(`
    SELECT coalesce(sum(size), 0) AS bytes FROM contents
    WHERE id IN (SELECT contentId FROM data_imports WHERE ownerId IS ?)`);
  const owned = (ownerId: OwnerId) => sql`${datasets.ownerId} IS ${ownerId}`;
  // Read for every question.
  const ofOwner = db
    .select()
    .from(datasets)
    .where(and(sql`${datasets.ownerId} IS ${sql.placeholder("ownerId")}`, isNotNull(datasets.passport)))
    .orderBy(asc(datasets.symbol), asc(datasets.timeframe))
    .prepare();
  return {
    insert(row: typeof datasets.$inferInsert): void {
      insertDataset(row);
    },
    /** undefined also for one whose first import is still being written. */
    get(id: string): Dataset | undefined {
      return db
        .select()
        .from(datasets)
        .where(and(eq(datasets.id, id), isNotNull(datasets.passport)))
        .get();
    },
    list(ownerId: OwnerId): readonly Dataset[] {
      return ofOwner.all({ ownerId });
    },
    /** The one of an instrument and a timeframe; the zone that its files were declared in must be the same. */
    find(ownerId: OwnerId, { symbol, timeframe, zone }: Pick<Dataset, "symbol" | "timeframe" | "zone">) {
      return db
        .select()
        .from(datasets)
        .where(
          and(
            owned(ownerId),
            eq(datasets.symbol, symbol),
            eq(datasets.timeframe, timeframe),
            sql`${datasets.zone} IS ${zone}`,
            isNotNull(datasets.passport),
          ),
        )
        .get();
    },
    update(id: string, patch: Partial<Omit<Dataset, "id">>): void {
      storing(() => db.update(datasets).set(patch).where(eq(datasets.id, id)).run());
    },
    /** Removes it with its imports. Its bars are marked, to be erased in pieces (src/store/erased-pieces.ts). */
    remove(id: string): void {
      storing(() => mark.immediate(id));
    },
    /** Stores packed bars, which are a part of the dataset once its `chunks` name them. @returns their id */
    addChunk(datasetId: string, bars: Uint8Array): number {
      const row = { datasetId, bars: Buffer.from(bars.buffer, bars.byteOffset, bars.byteLength) };
      return storing(() => db.insert(datasetChunks).values(row).returning({ id: datasetChunks.id }).get()).id;
    },
    /** undefined: the dataset has changed since its row was read, and this is no part of it any more. */
    chunk(id: number): Uint8Array<ArrayBuffer> | undefined {
      return chunk.get(id)?.bars;
    },
    /** Erases one of the chunks that the dataset does not name. @returns how many went; 0: none is left */
    dropChunkBeside(datasetId: string, kept: readonly ChunkPlace[]): number {
      return storing(() => dropStray.run(datasetId, JSON.stringify(kept.map(({ id }) => id)))).changes;
    },
    addImport(row: NewDataImport): DataImport {
      insertImport(row);
      const found = this.importOf(row.id);
      if (found === undefined) throw new Error("A row that was inserted is there.");
      return found;
    },
    importOf(id: string): DataImport | undefined {
      return db.select().from(dataImports).where(eq(dataImports.id, id)).get();
    },
    /** The newest first. */
    imports(ownerId: OwnerId, limit: number): readonly DataImport[] {
      return db
        .select()
        .from(dataImports)
        .where(sql`${dataImports.ownerId} IS ${ownerId}`)
        .orderBy(desc(dataImports.createdAt), desc(dataImports.number))
        .limit(limit)
        .all();
    },
    /** The files that a dataset comes from, in the order in which they were sent. */
    importsOf(datasetId: string): readonly DataImport[] {
      return db
        .select()
        .from(dataImports)
        .where(eq(dataImports.datasetId, datasetId))
        .orderBy(asc(dataImports.number))
        .all();
    },
    updateImport(id: string, patch: Partial<Omit<DataImport, "id" | "number">>): void {
      storing(() => db.update(dataImports).set(patch).where(eq(dataImports.id, id)).run());
    },
    /** The bytes of all files of an owner. */
    bytesOf(ownerId: OwnerId): number {
      return total.get(ownerId)?.bytes ?? 0;
    },
    removeImport(id: string): void {
      storing(() => db.delete(dataImports).where(eq(dataImports.id, id)).run());
    },
    /** The files of the watched folder. */
    watched: (): readonly WatchedFile[] =>
      db.select().from(watchedFiles).orderBy(asc(watchedFiles.path)).all(),
    putWatched(row: WatchedFile): void {
      storing(() =>
        db.insert(watchedFiles).values(row).onConflictDoUpdate({ target: watchedFiles.path, set: row }).run(),
      );
    },
    /** Erases what a crash has left of first imports, and files that nobody has committed since this moment. */
    purge(before: number): void {
      storing(() => {
        db.update(datasets)
          .set({ createdAt: 0 })
          .where(and(isNull(datasets.passport), lt(datasets.createdAt, before)))
          .run();
        db.delete(dataImports)
          .where(
            and(
              sql`${dataImports.status} <> 'committed'`,
              lt(dataImports.createdAt, before),
              // One of a watched folder waits for its answer as long as its file is there.
              sql`${dataImports.id} NOT IN (SELECT importId FROM watched_files WHERE importId IS NOT NULL)`,
            ),
          )
          .run();
      });
    },
  };
}
