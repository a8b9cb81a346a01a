/**
 * The price series of one owner: files are read, questions about them answered, committed and taken back; bars are read. What is
 * not theirs is exactly as what is not there. It knows nothing of HTTP.
 */
import { InvalidRequestError, NotFoundError, StorageError } from "../errors.ts";
import { FileRefusedError } from "../files/file-errors.ts";
import { plainName } from "../files/file-kind.ts";
import { symbolIn, wordsOfName } from "../finance/data/file-words.ts";
import type { ReadFile } from "../finance/data/packed-reading.ts";
import { readSeriesApart } from "../finance/data/read-series-apart.ts";
import type { Quarantined, Question } from "../finance/data/series-reading.ts";
import type { SourcedBars } from "../finance/data/stored-bars.ts";
import { timeframeNames } from "../finance/data/timeframe.ts";
import { isZone } from "../finance/data/zone.ts";
import { inSlices, resultInSlices } from "../loop/work-slices.ts";
import type { DataImport, Dataset, ImportAnswers } from "../store/dataset-tables.ts";
import type { OwnerId } from "../store/schema.ts";
import { say, type Words } from "../texts/say.ts";
import { onDataChange, tellDataChange } from "./data-changes.ts";
import {
  type BarSpan,
  barsIn,
  type DatasetStore,
  GoneChunkError,
  type RereadImport,
  sharingWith,
  withoutImport,
  writtenInto,
} from "./dataset-chunks.ts";
import { partOf, type SeriesPart, type WantedPart } from "./series-part.ts";

export type OwnDatasets = ReturnType<typeof datasetsOf>;

/** One file, in bytes: about two million bars. */
export const largestSeries = 150_000_000;

/** All files of prices of one owner, in bytes. */
const mostStored = 2_000_000_000;

/** Commits to the series of one owner follow each other: two at once would each lose what the other adds. */
const working = new Map<OwnerId, Promise<unknown>>();

/** What was begun is not left half done, whoever waits for it. */
const neverAborted = new AbortController().signal;

interface ImportOptions {
  readonly answers: ImportAnswers;
  /** Whether it is committed at once, when nothing is left to ask. */
  readonly isCommitted: boolean;
  readonly signal: AbortSignal;
  /** Gets how much of the file has been read, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

type Readable = Exclude<ReadFile, { status: "refused" }>;

export function datasetsOf({ store }: { readonly store: DatasetStore }, ownerId: OwnerId) {
  const find = (id: string): Dataset => {
    const found = store.datasets.get(id);
    if (found?.ownerId === ownerId) return found;
    throw new NotFoundError(say`There is no such dataset.`);
  };
  const importOf = (id: string): DataImport => {
    const found = store.datasets.importOf(id);
    if (found?.ownerId === ownerId) return found;
    throw new NotFoundError(say`There is no such import.`);
  };

  /** @throws FileRefusedError */
  async function read(
    name: string,
    bytes: Uint8Array,
    answers: ImportAnswers,
    signal: AbortSignal,
    onProgress?: (share: number) => void,
  ) {
    checkAnswers(answers);
    const reading = await readSeriesApart(bytes, answers, signal, onProgress);
    if (reading.status === "refused")
      throw new FileRefusedError(say`${{ verbatim: name }} ${reading.problem}.`);
    if (reading.status === "read" && reading.bars.time.length === 0)
      throw new FileRefusedError(
        say`${{ verbatim: name }} has no row that can be read. ${reasonsOf(reading.quarantined)}`,
      );
    return reading;
  }

  /** What was read of an import, kept and written into its series: unless another request was first. */
  async function committed(id: string, answers: ImportAnswers, reading: Readable): Promise<DataImport> {
    await inTurn(async () => {
      const { status, name } = importOf(id);
      if (status === "committed") return;
      await store.commit(() =>
        store.datasets.updateImport(id, { answers, ...foundIn(name, answers, reading) }),
      );
      const row = importOf(id);
      if (reading.status === "read" && row.status === "ready")
        await writtenInto(store, ownerId, row, reading);
    });
    return importOf(id);
  }

  const bytesOf = async ({ contentId }: DataImport) =>
    Buffer.concat(await inSlices(store.contents.read(contentId)));

  async function reading<Result>(
    id: string,
    work: (dataset: Dataset) => Generator<void, Result, undefined>,
  ): Promise<Result> {
    for (;;) {
      const dataset = find(id);
      try {
        return await resultInSlices(work(dataset));
      } catch (error) {
        if (!(error instanceof GoneChunkError)) throw error;
        // A file was added meanwhile: the series is read as it is now.
        if (!Bun.deepEquals(find(id).chunks, dataset.chunks)) continue;
        throw new StorageError(
          say`Bars of ${{ verbatim: `${dataset.symbol} ${dataset.timeframe}` }} are lost: the database is damaged. Restore a backup, or delete the series and import its files again.`,
        );
      }
    }
  }

  const tell = () => tellDataChange(store.datasets, ownerId);

  async function inTurn(work: () => Promise<void>): Promise<void> {
    const before = working.get(ownerId) ?? Promise.resolve();
    const mine = before.catch(() => {}).then(work);
    working.set(ownerId, mine);
    await mine.finally(() => {
      if (working.get(ownerId) === mine) working.delete(ownerId);
      tell();
    });
  }

  return {
    /**
     * Reads a file of prices and keeps it, to be committed.
     * @throws FileRefusedError when it is no series or too large; InvalidRequestError for answers that make no sense
     */
    async import(
      { name: sent, bytes }: { readonly name: string; readonly bytes: Uint8Array },
      { answers, isCommitted, signal, onProgress }: ImportOptions,
    ): Promise<DataImport> {
      const name = plainName(sent);
      if (bytes.length === 0) throw new FileRefusedError(say`${{ verbatim: name }} is empty.`);
      if (bytes.length > largestSeries)
        throw new FileRefusedError(
          say`${{ verbatim: name }} is larger than ${largestSeries / 1_000_000} MB. Split it, and import its parts one after the other: they become one series.`,
        );
      if (store.datasets.bytesOf(ownerId) + bytes.length > mostStored)
        throw new FileRefusedError(
          say`Your files of prices take ${mostStored / 1_000_000} MB, which is all that they may. Take some of them back, and try again.`,
        );
      const reading = await read(name, bytes, answers, signal, onProgress);
      const { id: contentId } = await resultInSlices(store.contents.write(bytes, Date.now()));
      const row = await store.commit(() =>
        store.datasets.addImport({
          ...{ id: crypto.randomUUID(), ownerId, name, contentId, createdAt: Date.now(), answers },
          ...foundIn(name, answers, reading),
        }),
      );
      tell();
      return isCommitted ? await committed(row.id, answers, reading) : row;
    },
    /**
     * Commits it, with further answers. One that is committed already is left as it is.
     * @throws NotFoundError, FileRefusedError, InvalidRequestError
     */
    async commit(id: string, more: ImportAnswers, signal: AbortSignal): Promise<DataImport> {
      const row = importOf(id);
      if (row.status === "committed") return row;
      const answers = { ...row.answers, ...more };
      const reading = await read(row.name, await bytesOf(row), answers, signal);
      return await committed(id, answers, reading);
    },
    /** Calls it after each change of the series and their imports. @returns ends it */
    onChange: (listener: () => void): (() => void) => onDataChange(store.datasets, ownerId, listener),
    importOf,
    /** The newest first. */
    imports: (limit: number): readonly DataImport[] => store.datasets.imports(ownerId, limit),
    /**
     * Takes it back: its rows leave their series, and the file is erased. Rows that another file has too stay: both are done at one
     * moment.
     * @throws NotFoundError
     */
    async undo(id: string): Promise<void> {
      importOf(id);
      await inTurn(async () => {
        const row = importOf(id);
        const again: RereadImport[] = [];
        for (const other of sharingWith(store, row)) {
          const reading = await read(other.name, await bytesOf(other), other.answers, neverAborted);
          if (reading.status !== "read")
            throw new FileRefusedError(
              say`Nothing was taken back: ${{ verbatim: other.name }} has rows of it, and cannot be read again. Take that file back first.`,
            );
          again.push({ row: other, read: reading });
        }
        await withoutImport(store, row, again);
      });
    },
    ownerId,
    list: (): readonly Dataset[] => store.datasets.list(ownerId),
    /** @throws NotFoundError */
    get: find,
    /** The files that it comes from. @throws NotFoundError */
    importsOf: (id: string): readonly DataImport[] => store.datasets.importsOf(find(id).id),
    /** The bars of a span, in order. @throws NotFoundError */
    bars: (id: string, span: BarSpan = {}): Promise<SourcedBars> =>
      reading(id, (dataset) => barsIn(store, dataset, span)),
    /** What a chart shows of it. @throws NotFoundError */
    part: (id: string, wanted: WantedPart): Promise<SeriesPart> =>
      reading(id, (dataset) => partOf(store, dataset, wanted)),
    /** Erases it, with the files that it comes from. @throws NotFoundError */
    async remove(id: string): Promise<void> {
      find(id);
      await inTurn(() => store.commit(() => store.datasets.remove(id)));
    },
  };
}

/** @throws InvalidRequestError with `param` */
function checkAnswers({ zone, timeframe, symbol }: ImportAnswers): void {
  if (zone !== undefined && !isZone(zone))
    throw new InvalidRequestError(
      say`There is no time zone of this name. Write one such as Europe/Berlin, EET or UTC.`,
      { param: "zone" },
    );
  if (timeframe !== undefined && !timeframeNames.includes(timeframe))
    throw new InvalidRequestError(
      say`There is no such timeframe. There are: ${{ verbatim: timeframeNames.join(", ") }}.`,
      { param: "timeframe" },
    );
  if (symbol !== undefined && symbol.trim() === "")
    throw new InvalidRequestError(say`The symbol must not be empty.`, { param: "symbol" });
}

type Found = Pick<
  DataImport,
  "format" | "rows" | "status" | "questions" | "symbol" | "quarantined" | "quarantinedRows" | "passport"
>;

/** What the import's row says of a reading. */
function foundIn(name: string, answers: ImportAnswers, reading: Readable): Found {
  const words = wordsOfName(name);
  const of = (symbol: string | null) =>
    answers.symbol === undefined
      ? symbol === null
        ? words.symbol
        : symbolIn(symbol)
      : symbolIn(answers.symbol);
  const { format, rows } = reading;
  if (reading.status === "needs_answer")
    return {
      ...{ format, rows, status: "needs_answer", questions: reading.questions, symbol: of(null) },
      ...{ quarantined: [], quarantinedRows: 0, passport: null },
    };
  const { passport, quarantined, bars } = reading;
  const timeframe = answers.timeframe ?? passport.timeframe ?? words.timeframe;
  const questions = timeframe === null ? [timeframeQuestion] : [];
  return {
    ...{ format, rows, questions, symbol: of(reading.symbol), passport: { ...passport, timeframe } },
    status: questions.length === 0 ? "ready" : "needs_answer",
    ...{ quarantined, quarantinedRows: rows - bars.time.length },
  };
}

const timeframeQuestion: Question = {
  field: "timeframe",
  why: "The times of the rows do not say how long a bar is.",
  choices: timeframeNames.map((value) => ({ value, examples: [] })),
};

/** Of the first rows. */
const reasonsOf = (quarantined: readonly Quarantined[]): Words =>
  quarantined
    .slice(0, 3)
    .map(({ row, reason }): Words => say`Row ${row}: ${reason}`)
    .reduce((before, reason) => (before === "" ? reason : say`${before} ${reason}`), "");
