/**
 * Bars in and out of the store. A series changes at one moment: its new chunks are written first, then its row names them, and what
 * it no longer names is erased. What a crash leaves of it is no part of it.
 */
import { mergedBars } from "../finance/data/merge-bars.ts";
import type { ReadFile } from "../finance/data/packed-reading.ts";
import { passportIn } from "../finance/data/passport.ts";
import {
  chunkRows,
  gathered,
  noBars,
  packedBars,
  pickedBars,
  type SourcedBars,
  sliceOf,
  unpackedBars,
} from "../finance/data/stored-bars.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";
import type { ChunkPlace, DataImport, Dataset } from "../store/dataset-tables.ts";
import type { OwnerId } from "../store/schema.ts";

export type DatasetStore = Pick<Store, "datasets" | "contents" | "commit">;

type Read = Extract<ReadFile, { status: "read" }>;
type Work<Result> = Generator<void, Result, undefined>;

/** From and to in milliseconds since 1970, both included; of these the last `limit`. */
export interface BarSpan {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit?: number | undefined;
}

export function* barsIn(
  store: DatasetStore,
  { chunks }: Pick<Dataset, "chunks">,
  {
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
    limit = Number.POSITIVE_INFINITY,
  }: BarSpan,
): Work<SourcedBars> {
  const parts: SourcedBars[] = [];
  let count = 0;
  for (const { id } of chunks.filter(({ first, last }) => last >= from && first <= to).toReversed()) {
    const bars = unpackedBars(store.datasets.chunk(id));
    yield;
    const start = bars.time.findIndex((time) => time >= from);
    const end = bars.time.findLastIndex((time) => time <= to) + 1;
    if (start < 0 || end <= start) continue;
    const left = Math.max(start, end - (limit - count));
    parts.unshift(sliceOf(bars, left, end));
    count += end - left;
    if (count >= limit) break;
  }
  return gathered(
    parts,
    parts.some(({ volume }) => volume !== null),
  );
}

/** Adds what was read of a file to the series of its symbol, timeframe and zone, or begins that. */
export async function writtenInto(
  store: DatasetStore,
  ownerId: OwnerId,
  row: DataImport,
  { bars, zone, passport: read }: Read,
): Promise<void> {
  const passport = row.passport ?? read;
  const timeframe = passport.timeframe ?? "D1";
  const fresh: SourcedBars = { ...bars, source: new Int32Array(bars.time.length).fill(row.number) };
  const known = store.datasets.find(ownerId, { symbol: row.symbol, timeframe, zone });
  const now = Date.now();
  const id = known?.id ?? crypto.randomUUID();
  if (known === undefined)
    await store.commit(() =>
      store.datasets.insert({
        ...{ id, ownerId, symbol: row.symbol, timeframe, zone, rows: 0, chunks: [], passport: null },
        ...{ createdAt: now, updatedAt: now },
      }),
    );
  const { chunks, added: more } = await resultInSlices(merging(store, id, known?.chunks ?? [], fresh));
  // One that is written again had added some before.
  const added = row.status === "committed" ? row.added + more : more;
  const whole = known === undefined ? passport : await recounted(store, chunks, { ...passport, timeframe });
  await store.commit(() => {
    store.datasets.update(id, { chunks, rows: rowsOf(chunks), passport: whole, updatedAt: now });
    store.datasets.dropChunksBeside(id, chunks);
    store.datasets.updateImport(row.id, { status: "committed", datasetId: id, added, questions: [] });
  });
}

const rowsOf = (chunks: readonly ChunkPlace[]) => chunks.reduce((sum, { rows }) => sum + rows, 0);

/** Chunks before the new bars stay as they are; the others are written anew. */
function* merging(
  store: DatasetStore,
  datasetId: string,
  chunks: readonly ChunkPlace[],
  fresh: SourcedBars,
): Work<{ readonly chunks: readonly ChunkPlace[]; readonly added: number }> {
  const first = fresh.time[0] ?? 0;
  const at = chunks.findIndex((chunk) => chunk.last >= first || chunk.rows < chunkRows);
  const kept = at < 0 ? chunks : chunks.slice(0, at);
  const there = at < 0 ? noBars : yield* barsIn(store, { chunks: chunks.slice(at) }, {});
  const { bars, added } = yield* mergedBars(there, fresh);
  if (added === 0) return { chunks, added };
  return { chunks: [...kept, ...(yield* writing(store, datasetId, bars))], added };
}

function* writing(store: DatasetStore, datasetId: string, bars: SourcedBars): Work<readonly ChunkPlace[]> {
  const places: ChunkPlace[] = [];
  for (let from = 0; from < bars.time.length; from += chunkRows) {
    const part = sliceOf(bars, from, Math.min(from + chunkRows, bars.time.length));
    const id = store.datasets.addChunk(datasetId, packedBars(part));
    places.push({ id, rows: part.time.length, first: part.time[0] ?? 0, last: part.time.at(-1) ?? 0 });
    yield;
  }
  return places;
}

function recounted(
  store: DatasetStore,
  chunks: readonly ChunkPlace[],
  declared: Parameters<typeof passportIn>[1],
) {
  function* work() {
    return yield* passportIn(yield* barsIn(store, { chunks }, {}), declared);
  }
  return resultInSlices(work());
}

/**
 * Erases an import with its file, and its rows from their series; a series without any goes too.
 * @returns later imports of the series that had some of its rows: they are to be written again
 */
export async function withoutImport(store: DatasetStore, row: DataImport): Promise<readonly DataImport[]> {
  const dataset = row.datasetId === null ? undefined : store.datasets.get(row.datasetId);
  if (row.status !== "committed" || dataset === undefined) {
    await store.commit(() => store.datasets.removeImport(row.id));
    return [];
  }
  const again = store.datasets
    .importsOf(dataset.id)
    .filter(
      ({ number, rows, quarantinedRows, added }) => number > row.number && added < rows - quarantinedRows,
    );
  const chunks = await resultInSlices(without(store, dataset, row.number));
  if (rowsOf(chunks) === 0 && again.length === 0) {
    await store.commit(() => store.datasets.remove(dataset.id));
    return [];
  }
  const { passport } = dataset;
  const whole = passport === null ? null : await recounted(store, chunks, passport);
  await store.commit(() => {
    store.datasets.update(dataset.id, {
      chunks,
      rows: rowsOf(chunks),
      passport: whole,
      updatedAt: Date.now(),
    });
    store.datasets.dropChunksBeside(dataset.id, chunks);
    store.datasets.removeImport(row.id);
  });
  return again;
}

function* without(store: DatasetStore, { id, chunks }: Dataset, source: number): Work<readonly ChunkPlace[]> {
  const kept: ChunkPlace[] = [];
  for (const chunk of chunks) {
    const bars = unpackedBars(store.datasets.chunk(chunk.id));
    yield;
    const places = [...bars.source.keys()].filter((at) => bars.source[at] !== source);
    if (places.length === bars.time.length) kept.push(chunk);
    else kept.push(...(yield* writing(store, id, yield* pickedBars(bars, Uint32Array.from(places)))));
  }
  return kept;
}
