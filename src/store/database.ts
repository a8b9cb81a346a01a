/**
 * Opens the one database: two connections to one file, the newest schema, and the queries of every table. It knows nothing
 * of the meaning of the data.
 */
import { Database } from "bun:sqlite";
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { AppError, StorageError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type ApiKeyQueries, createApiKeyQueries } from "./api-keys.ts";
import { type AuditQueries, createAuditQueries } from "./audit-log.ts";
import { openConnection, type StoreDatabase } from "./connection.ts";
import { type ContentQueries, createContentQueries } from "./contents.ts";
import { type ConversationQueries, createConversationQueries } from "./conversations.ts";
import { countCalls } from "./count-calls.ts";
import { createDatasetQueries, type DatasetQueries } from "./datasets.ts";
import { createDocumentQueries, type DocumentQueries } from "./documents.ts";
import { createErasedPieceQueries, type ErasedPieceQueries } from "./erased-pieces.ts";
import { createFactQueries, type FactQueries } from "./facts.ts";
import { createFileSpace, needsRewriting, rewriteFile } from "./file-space.ts";
import { createFileQueries, type FileQueries } from "./files.ts";
import { FilesInPlace } from "./files-in-place.ts";
import { forgetWal, keepForeignWalApart, rememberWal } from "./foreign-wal.ts";
import { createGenerationQueries, type GenerationQueries } from "./generations.ts";
import { GroupCommit, refusePromise, type Synchronous } from "./group-commit.ts";
import { guardWrites } from "./guard-writes.ts";
import { DamagedDatabaseError, inspectDatabase } from "./inspect-database.ts";
import { createInstrumentQueries, type InstrumentQueries } from "./instruments.ts";
import { mapErrors } from "./map-errors.ts";
import { createMemoryQueries, type MemoryQueries } from "./memories.ts";
import { createMessageQueries, type MessageQueries } from "./messages.ts";
import { applyMigrations, knownMigrations } from "./migrate.ts";
import { createOwnDataQueries, type OwnDataQueries } from "./own-data.ts";
import { createPreferenceQueries, type PreferenceQueries } from "./preferences.ts";
import { createPresetQueries, type PresetQueries } from "./presets.ts";
import { createProjectQueries, type ProjectQueries } from "./projects.ts";
import { createProposalQueries, type ProposalQueries } from "./proposals.ts";
import { createQueuedQuestionQueries, type QueuedQuestionQueries } from "./queued-questions.ts";
import { createRatingQueries, type RatingQueries } from "./ratings.ts";
import { createRequestBatchQueries, type RequestBatchQueries } from "./request-batches.ts";
import { Rescue, type RescueOutcome } from "./rescue.ts";
import { rebuildSearchIndexes, SearchRebuiltError } from "./search-index.ts";
import { createSessionQueries, type SessionQueries } from "./sessions.ts";
import { removeOldSnapshots, takeSnapshot } from "./snapshot.ts";
import { openSnapshot, type StoreSnapshot } from "./snapshot-read.ts";
import { storageErrorOf, storing } from "./sqlite-errors.ts";
import { StorageCheck, type StorageState } from "./storage-check.ts";
import { createSummaryQueries, type SummaryQueries } from "./summaries.ts";
import { createTokenLogQueries, type TokenLogQueries } from "./token-log.ts";
import { createToolServerQueries, type ToolServerQueries } from "./tool-servers.ts";
import { noteDatabase, refuseToBeginAnew } from "./traces.ts";
import { createUserQueries, type UserQueries } from "./users.ts";
import { createWholeConversationQueries, type WholeConversationQueries } from "./whole-conversations.ts";

export interface Store extends Disposable {
  readonly conversations: ConversationQueries;
  readonly messages: MessageQueries;
  readonly generations: GenerationQueries;
  readonly queuedQuestions: QueuedQuestionQueries;
  readonly tokenLog: TokenLogQueries;
  readonly memories: MemoryQueries;
  readonly summaries: SummaryQueries;
  readonly preferences: PreferenceQueries;
  readonly wholeConversations: WholeConversationQueries;
  readonly facts: FactQueries;
  readonly instruments: InstrumentQueries;
  readonly presets: PresetQueries;
  /** Conversations with instructions, documents and memory of their own. */
  readonly projects: ProjectQueries;
  readonly ratings: RatingQueries;
  /** What is proposed to be remembered. */
  readonly proposals: ProposalQueries;
  /** The bytes of files and pictures. */
  readonly contents: ContentQueries;
  readonly erasedPieces: ErasedPieceQueries;
  readonly datasets: DatasetQueries;
  /** What users attached to questions. */
  readonly files: FileQueries;
  /** What questions are asked about. */
  readonly documents: DocumentQueries;
  readonly requestBatches: RequestBatchQueries;
  readonly ownData: OwnDataQueries;
  /** Servers of other programs' tools. */
  readonly toolServers: ToolServerQueries;
  readonly users: UserQueries;
  readonly sessions: SessionQueries;
  readonly apiKeys: ApiKeyQueries;
  readonly audit: AuditQueries;
  /** Opens a snapshot read of this moment. @throws StorageError when the file cannot be opened */
  openSnapshot(): StoreSnapshot;
  /**
   * Runs `work` in one transaction over user data: all of it is on the disk when it returns, and none of it when it throws.
   * A nested one that throws is undone alone; otherwise it belongs to the outer one.
   * @param work synchronous: a promise would be committed before its first await, so returning one is a type error
   * @throws StorageError when the disk refuses it
   */
  transaction<T>(work: () => Synchronous<T>): T;
  /**
   * As `transaction`, but together with all other work of this turn of the event loop: one wait for the disk for all. Runs in
   * the order of the calls; work that throws is undone alone.
   * @param work may run a second time, after its first run was undone
   * @param undo undoes the effects of `work` outside of the database; called when its writes are lost
   * @returns when it is on the disk
   * @throws StorageError when the disk refuses it, or what `work` throws
   */
  commit<T>(work: () => Synchronous<T>, undo?: () => void): Promise<T>;
  /** Whether writes can be saved now. Takes well under a millisecond. */
  check(): StorageState;
  /** @param problem what a check of the whole file has found; `check` reports it from now on */
  noteDamage(problem: string): void;
  /** The sizes of the files, and the state of writing. */
  usage(): StoreUsage;
  /** Keeps what was erased out of the files. */
  readonly space: FileSpace;
}

interface FileSpace {
  /** How often text was erased, since the store was opened. */
  erasures(): number;
  /** @returns false while somebody reads what stands in the write-ahead log: ask again. @throws StorageError */
  emptyLog(): boolean;
  /** Gives back some pages when more than half of the file is free. @returns whether there is more. @throws StorageError */
  shrink(pages: number): boolean;
}

interface StoreUsage {
  readonly fileBytes: number;
  readonly walBytes: number;
  /** Commits of user data that reached the disk since the start. */
  readonly writes: number;
  /** The duration of the last one, in milliseconds; null: there was none. */
  readonly lastWriteMs: number | null;
}

interface StoreOptions {
  /** An absolute path, created when missing. The file in it is assistant.db. */
  readonly dataDir: string;
  readonly log: Log;
  /** The locks by which this program owns the folder: once one is not in its place, nothing is written any more. */
  readonly lockFiles?: readonly string[];
  /** The folder of the migrations; for tests. */
  readonly migrations?: string;
}

/** An earlier SQLite can lose commits in WAL mode when two connections reset the log at once. */
const oldestSqlite = "3.51.3";

/**
 * Opens the database and brings it to the newest schema, after a snapshot in dataDir/snapshots when there is data.
 * @throws StorageError when the file is damaged, newer than the program or impossible to open; it is unchanged then
 */
export function openStore(options: StoreOptions): Store {
  const file = join(options.dataDir, "assistant.db");
  const known = knownMigrations(options.migrations);
  refuseOldSqlite();
  refuseToBeginAnew(options.dataDir, file);
  makePrivateFile(options.dataDir, file);
  // The owner of the folder alone knows that no restore is at work.
  if (options.lockFiles !== undefined) rmSync(`${file}.restoring`, { force: true });
  const wal = options.lockFiles === undefined ? null : keepForeignWalApart(options.dataDir, file);
  if (wal !== null) options.log.error("wal-of-another-database", { kept: wal });
  const { isNew, pendingMigrations, isSearchDamaged } = inspectDatabase(file, known);

  using opened = new DisposableStack();
  const descriptor = openSync(file, "r");
  opened.defer(() => closeSync(descriptor));
  const files = new FilesInPlace(file, descriptor, options.lockFiles);
  const connect = (synchronous: "FULL" | "NORMAL") => {
    const db = storing(() => openConnection(file, synchronous));
    opened.defer(() => db.$client.close(true));
    const exempt = guardWrites(db.$client, () => files.verify());
    // Also that the connection and the descriptor are of one file.
    files.verify();
    return { db, exempt };
  };
  const { db: userData, exempt } = connect("FULL");
  const rebuildSearch = () => rebuildDamagedSearch(userData.$client, options.log);
  if (isSearchDamaged && !rebuildSearch()) throw new DamagedDatabaseError(file);
  if (pendingMigrations > 0) migrate(userData.$client);
  noteDatabase(options.dataDir);
  const { db: tokens } = connect("NORMAL");
  // A command beside a server leaves the server's stamp as it is.
  if (options.lockFiles !== undefined) files.header.stamp(userData.$client, isNew);

  const check = new StorageCheck({
    dataDir: options.dataDir,
    files,
    rescue: new Rescue({
      dataDir: options.dataDir,
      files,
      client: userData.$client,
      exempt,
      onRescue: (outcome) => logRescue(options.log, outcome),
    }),
    rebuildSearch,
    connections: [userData.$client, tokens.$client],
  });
  if (options.lockFiles !== undefined) rememberWal(file);
  const store = createStore(files, userData, tokens, check);
  opened.use(store.commits);
  const owned = opened.move();
  const dispose = () => {
    check.close(() => owned.dispose());
    if (options.lockFiles !== undefined) forgetWal(file);
  };
  return { ...store.queries, [Symbol.dispose]: dispose };

  function migrate(client: Database): void {
    const folder = join(options.dataDir, "snapshots");
    const snapshot = isNew ? null : snapshotBefore(client, folder);
    // The migrations rebuild the search afterwards, whatever that does to the numbers of the rows.
    if (!isNew) rewriteOnce(client, options.log);
    try {
      applyMigrations(client, known);
    } catch (cause) {
      // The database is unchanged, so the copy is worthless; kept, each restart would add one.
      if (snapshot !== null) rmSync(snapshot);
      // A lock or a full disk proves nothing against this version.
      const refusal = storageErrorOf(cause);
      if (refusal !== undefined) throw refusal;
      throw new StorageError(
        `${file} could not be updated to this version. It is unchanged: install the earlier version again, and report this.`,
        {},
        { cause },
      );
    }
    options.log.info("database_migrated", { migrations: pendingMigrations, snapshot });
    if (snapshot !== null) removeOldSnapshots(folder);
  }
}

function rewriteOnce(client: Database, log: Log): void {
  try {
    if (needsRewriting(client)) rewriteFile(client);
  } catch (error) {
    // It works as it is, and only never becomes smaller.
    log.warn("database-not-rewritten", { error });
  }
}

function createStore(
  files: FilesInPlace,
  userData: StoreDatabase,
  tokens: StoreDatabase,
  check: StorageCheck,
): { readonly queries: Omit<Store, typeof Symbol.dispose>; readonly commits: GroupCommit } {
  const client = userData.$client;
  const tokenLog = createTokenLogQueries(tokens);
  const commits = new GroupCommit(client);
  const explain = (error: unknown) => check.explain(error);
  const watching = <Queries extends object>(queries: Queries) => mapErrors(queries, explain);
  let erasures = 0;
  const erasing = <Queries extends object>(queries: Queries, names: readonly (keyof Queries)[]) =>
    countCalls(queries, names, () => erasures++);
  const queries: Omit<Store, typeof Symbol.dispose> = {
    conversations: erasing(watching(createConversationQueries(userData)), [
      "erase",
      "purge",
      "purgeUnlisted",
    ]),
    messages: erasing(watching(createMessageQueries(userData)), ["purge"]),
    generations: erasing(watching(createGenerationQueries(userData)), ["remove"]),
    queuedQuestions: erasing(watching(createQueuedQuestionQueries(userData)), ["remove", "setContent"]),
    memories: erasing(watching(createMemoryQueries(userData)), ["erase", "setText"]),
    summaries: watching(createSummaryQueries(userData)),
    facts: watching(createFactQueries(userData)),
    instruments: watching(createInstrumentQueries(userData)),
    presets: watching(createPresetQueries(userData)),
    projects: erasing(watching(createProjectQueries(userData)), ["erase", "update"]),
    toolServers: watching(createToolServerQueries(userData)),
    ratings: watching(createRatingQueries(userData)),
    proposals: erasing(watching(createProposalQueries(userData)), ["set"]),
    datasets: erasing(watching(createDatasetQueries(userData)), [
      "remove",
      "removeImport",
      "dropChunkBeside",
    ]),
    contents: watching(createContentQueries(userData)),
    erasedPieces: erasing(watching(createErasedPieceQueries(userData)), ["eraseSome"]),
    files: erasing(watching(createFileQueries(userData)), ["removeUnused", "purgeUnused"]),
    requestBatches: erasing(watching(createRequestBatchQueries(userData)), ["removeFile"]),
    documents: erasing(watching(createDocumentQueries(userData)), ["erase", "dropSomePassages"]),
    preferences: watching(createPreferenceQueries(userData)),
    ownData: erasing(watching(createOwnDataQueries(userData)), ["eraseFile", "eraseRest"]),
    wholeConversations: watching(createWholeConversationQueries(userData)),
    users: erasing(watching(createUserQueries(userData)), ["remove"]),
    sessions: watching(createSessionQueries(userData)),
    apiKeys: watching(createApiKeyQueries(userData)),
    audit: watching(createAuditQueries(userData)),
    tokenLog: watching({
      ...tokenLog,
      append(batches: Parameters<TokenLogQueries["append"]>[0]) {
        // Its connection would wait for the lock of the transaction, which this same thread has.
        if (client.inTransaction)
          throw new Error("The token log cannot be appended to inside a transaction.");
        tokenLog.append(batches);
      },
    }),
    ...watching({
      openSnapshot: () => {
        files.verify();
        return openSnapshot(files.file);
      },
      transaction<T>(work: () => Synchronous<T>): T {
        return storing(() => client.transaction(() => refusePromise(work())).immediate());
      },
    }),
    commit: (work, undo) =>
      commits
        .run(work, undo)
        .catch((error: unknown) => {
          const explained = explain(error);
          if (explained instanceof SearchRebuiltError) return commits.run(work, undo);
          throw explained;
        })
        .catch((error: unknown) => {
          throw explain(error);
        }),
    space: { ...watching(createFileSpace(client)), erasures: () => erasures },
    check: () => check.state(),
    noteDamage: (problem) => check.noteDamage(problem),
    usage: () => ({
      fileBytes: sizeOf(files.file),
      walBytes: sizeOf(`${files.file}-wal`),
      writes: commits.commits,
      lastWriteMs: commits.lastMs,
    }),
  };
  return { queries, commits };
}

function makePrivateFile(folder: string, file: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new StorageError(
      `${file} cannot be written. Check that this user may write to the folder, or set DATA_DIR to another one.`,
      {},
      { cause },
    );
  }
}

function snapshotBefore(client: Database, folder: string): string {
  try {
    return takeSnapshot(client, folder, new Date());
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new StorageError(
      `The database was not updated: making a copy in ${folder} failed. Free as much space as the database takes, then start again.`,
      {},
      { cause },
    );
  }
}

/** @returns whether the indexes are sound now */
function rebuildDamagedSearch(client: Database, log: Log): boolean {
  const isMended = storing(() => rebuildSearchIndexes(client));
  if (isMended) log.warn("search-index-rebuilt", { advice: "The index was damaged. No text was." });
  else
    log.error("search-index-not-rebuilt", {
      advice: "Its pages cannot be written: ./run.sh restore --salvage",
    });
  return isMended;
}

function logRescue(log: Log, outcome: RescueOutcome): void {
  if (outcome.file === null)
    log.error("database-not-rescued", { problem: outcome.problem, error: outcome.cause });
  else log.error("database-rescued", { file: outcome.file, restore: `./run.sh restore ${outcome.file}` });
}

function refuseOldSqlite(): void {
  using memory = new Database(":memory:");
  const version =
    memory.query<{ version: string }, []>("SELECT sqlite_version() AS version").get()?.version ?? "0";
  if (Bun.semver.order(version, oldestSqlite) >= 0) return;
  throw new StorageError(
    `SQLite ${version} can lose data. Install a Bun with SQLite ${oldestSqlite} or later (bun upgrade).`,
  );
}

/** 0 for a file that does not exist. */
const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
