/**
 * Bars in and out of the store. A series changes at one moment: its new chunks are written first, then its row names them, and what
 * it no longer names is erased. What a crash leaves of it is no part of it.
 */
import { FileRefusedError } from "../files/file-errors.ts";
import { mergedBars } from "../finance/data/merge-bars.ts";
import type { ReadFile } from "../finance/data/packed-reading.ts";
import { type Passport, passportIn } from "../finance/data/passport.ts";
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
import { say } from "../texts/say.ts";

export type DatasetStore = Pick<Store, "datasets" | "contents" | "commit">;

type Read = Extract<ReadFile, { status: "read" }>;
/** In one series: all of it is in memory while a file is added. */
const mostBars = 5_000_000;

type Work<Result> = Generator<void, Result, undefined>;

/** From and to in milliseconds since 1970, both included; of these the last `limit`. */
export interface BarSpan {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit?: number | undefined;
}

/** The series has changed since its row was read. */
export class GoneChunkError extends Error {}

/** @throws GoneChunkError */
function packedAt(store: DatasetStore, id: number): Uint8Array<ArrayBuffer> {
  const packed = store.datasets.chunk(id);
  if (packed === undefined) throw new GoneChunkError(`The chunk ${id} of a dataset is gone.`);
  return packed;
}

/** @throws GoneChunkError */
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
    const bars = unpackedBars(packedAt(store, id));
    yield;
    const start = bars.time.findIndex((time) => time >= from);
    const end = bars.time.findLastIndex((time) => time <= to) + 1;
    if (start < 0 || end <= start) continue;
    const left = Math.max(start, end - (limit - count));
    parts.unshift(sliceOf(bars, left, end));
    count += end - left;
    if (count >= limit) break;
  }
  return yield* gathered(
    parts,
    parts.some(({ volume }) => volume !== null),
  );
}

/** How many bars are before a time. @throws GoneChunkError */
export function* barsBefore(
  store: DatasetStore,
  { chunks }: Pick<Dataset, "chunks">,
  time: number,
): Work<number> {
  let before = 0;
  for (const { id, rows, first, last } of chunks) {
    if (first >= time) break;
    if (last < time) {
      before += rows;
      continue;
    }
    const found = unpackedBars(packedAt(store, id)).time.findIndex((each) => each >= time);
    yield;
    return before + (found < 0 ? rows : found);
  }
  return before;
}

/** The bars from one place up to, and without, another. @throws GoneChunkError */
export function* barsAt(
  store: DatasetStore,
  { chunks }: Pick<Dataset, "chunks">,
  from: number,
  to: number,
): Work<SourcedBars> {
  const parts: SourcedBars[] = [];
  let begin = 0;
  for (const { id, rows } of chunks) {
    if (begin + rows > from && begin < to) {
      const bars = unpackedBars(packedAt(store, id));
      parts.push(sliceOf(bars, Math.max(0, from - begin), Math.min(rows, to - begin)));
      yield;
    }
    begin += rows;
  }
  return yield* gathered(
    parts,
    parts.some(({ volume }) => volume !== null),
  );
}

/** Adds what was read of a file to the series of its symbol, timeframe and zone, or begins that. */
export async function writtenInto(
  store: DatasetStore,
  ownerId: OwnerId,
  row: DataImport,
  reading: Read,
): Promise<void> {
  const { zone, passport: read } = reading;
  const passport = row.passport ?? read;
  const timeframe = passport.timeframe ?? "D1";
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
  const { chunks, added } = await resultInSlices(
    merging(store, id, known?.chunks ?? [], sourced(reading, row)),
  );
  if (rowsOf(chunks) > mostBars) {
    await resultInSlices(dropping(store, id, known?.chunks ?? []));
    throw new FileRefusedError(
      say`With ${{ verbatim: row.name }}, ${{ verbatim: `${row.symbol} ${timeframe}` }} would have more than ${mostBars / 1_000_000} million bars, which is all that a series may. Import a longer timeframe of it, or take another file back.`,
    );
  }
  const whole = await passportWith({ store, chunks, added }, { ...passport, timeframe }, known?.passport);
  await store.commit(() => {
    store.datasets.update(id, { chunks, rows: rowsOf(chunks), passport: whole, updatedAt: now });
    store.datasets.updateImport(row.id, { status: "committed", datasetId: id, added, questions: [] });
  });
  await resultInSlices(dropping(store, id, chunks));
}

/** Erases what a series does not name any more. */
function* dropping(store: DatasetStore, id: string, kept: readonly ChunkPlace[]): Work<void> {
  while (store.datasets.dropChunkBeside(id, kept) > 0) yield;
}

interface Changed {
  readonly store: DatasetStore;
  readonly chunks: readonly ChunkPlace[];
  /** How many of the file's bars were not there before. */
  readonly added: number;
}

/** Of a series to which a file was added. Files that do not say the same of its prices leave that open. */
async function passportWith(
  { store, chunks, added }: Changed,
  file: Passport,
  before: Passport | null | undefined,
): Promise<Passport> {
  if (before == null) return file;
  const declared = {
    ...{ zone: before.zone, timeframe: file.timeframe },
    decimals: Math.max(file.decimals, before.decimals),
    volume: file.volume === before.volume ? file.volume : "unknown",
    adjustment: file.adjustment === before.adjustment ? file.adjustment : null,
  } as const;
  return added === 0 ? { ...before, ...declared } : await recounted(store, chunks, declared);
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

/** Another import of the same series that is written again when one is taken back. */
export interface RereadImport {
  readonly row: DataImport;
  readonly read: Read;
}

/** The other imports of its series of which some rows were there already: they may be this one's. */
export function sharingWith(
  store: DatasetStore,
  { number, status, datasetId }: DataImport,
): readonly DataImport[] {
  if (status !== "committed" || datasetId === null) return [];
  return store.datasets
    .importsOf(datasetId)
    .filter((each) => each.number !== number && each.added < each.rows - each.quarantinedRows);
}

/**
 * Erases an import with its file, and its rows from their series; a series without any goes too. All of it is one change.
 * @param again what other files have of its rows
 */
export async function withoutImport(
  store: DatasetStore,
  row: DataImport,
  again: readonly RereadImport[],
): Promise<void> {
  const dataset = row.datasetId === null ? undefined : store.datasets.get(row.datasetId);
  if (row.status !== "committed" || dataset === undefined)
    return await store.commit(() => store.datasets.removeImport(row.id));
  let chunks = await resultInSlices(without(store, dataset, row.number));
  const added = new Map<string, number>();
  for (const { row: other, read } of again) {
    const merged = await resultInSlices(merging(store, dataset.id, chunks, sourced(read, other)));
    chunks = merged.chunks;
    added.set(other.id, other.added + merged.added);
  }
  if (rowsOf(chunks) === 0) return await store.commit(() => store.datasets.remove(dataset.id));
  const { passport } = dataset;
  const whole = passport === null ? null : await recounted(store, chunks, passport);
  await store.commit(() => {
    store.datasets.update(dataset.id, {
      chunks,
      rows: rowsOf(chunks),
      passport: whole,
      updatedAt: Date.now(),
    });
    for (const [id, count] of added) store.datasets.updateImport(id, { added: count });
    store.datasets.removeImport(row.id);
  });
  await resultInSlices(dropping(store, dataset.id, chunks));
}

const sourced = ({ bars }: Read, { number }: DataImport): SourcedBars => ({
  ...bars,
  source: new Int32Array(bars.time.length).fill(number),
});

function* without(store: DatasetStore, { id, chunks }: Dataset, source: number): Work<readonly ChunkPlace[]> {
  const kept: ChunkPlace[] = [];
  for (const chunk of chunks) {
    const bars = unpackedBars(packedAt(store, chunk.id));
    yield;
    const places = [...bars.source.keys()].filter((at) => bars.source[at] !== source);
    if (places.length === bars.time.length) kept.push(chunk);
    else kept.push(...(yield* writing(store, id, yield* pickedBars(bars, Uint32Array.from(places)))));
  }
  return kept;
}
