/**
 * The server: builds everything from the settings, takes up what was unfinished, serves until it is told to stop,
 * and puts everything away. The orchestrator runs it as a child (ORCHESTRATED=1); `bun run dev` runs it alone.
 * Exit codes: 0 stopped on request, 78 (EX_CONFIG of sysexits.h) it cannot start and trying again would not help.
 */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Accounts } from "./accounts/accounts.ts";
import { trimAudit } from "./accounts/audit.ts";
import { UsageLimits } from "./accounts/usage-limits.ts";
import { createApp } from "./app.ts";
import { ConversationLibrary } from "./conversations/library.ts";
import { SummaryWriter } from "./conversations/summary-writer.ts";
import { TitleWriter } from "./conversations/title-writer.ts";
import { LlamaEmbedder } from "./engines/llama/llama-embedder.ts";
import type { LlamaEngine } from "./engines/llama/llama-engine.ts";
import { AppError, SettingsError, StorageError } from "./errors.ts";
import { Generations } from "./generations/generations.ts";
import { readOrchestratorLine } from "./ipc/orchestrator-message.ts";
import { createLog, type Log } from "./log.ts";
import { createMemory } from "./memory/memory.ts";
import { wordsOf } from "./memory/search-terms.ts";
import { type Catalog, loadCatalog } from "./models/catalog.ts";
import { isChatName, isEmbeddingName, resolveModelName } from "./models/model-name.ts";
import { fileOf } from "./models/model-store.ts";
import { inspectMachine } from "./models/runtime-package.ts";
import { tinyModels } from "./models/tiny-model.ts";
import { claimForServer } from "./process/folder-users.ts";
import { endOrphans } from "./process/pid-file.ts";
import { subscribeToAnswers } from "./server/answer-listeners.ts";
import { createEngines } from "./server/create-engines.ts";
import { DailySnapshot } from "./server/daily-snapshot.ts";
import { ServerStatus } from "./server/engine-control.ts";
import { machineNames } from "./server/machine-names.ts";
import { readTlsFiles, type TlsFiles } from "./server/tls-files.ts";
import { openTracing } from "./server/tracing.ts";
import { readSettings } from "./settings/read-settings.ts";
import type { Settings } from "./settings/settings.ts";
import { EngineStatistics } from "./status/answer-statistics.ts";
import { summarizeEngine } from "./status/engine-summary.ts";
import { GpuWatch } from "./status/gpu-usage.ts";
import type { DatabaseUsage } from "./status/measures.ts";
import { openStore, type Store } from "./store/database.ts";
import { StorageWatch } from "./store/storage-watch.ts";
import { readThread } from "./store/thread.ts";
import { ProcessUsage } from "./telemetry/process-usage.ts";

const projectRoot = join(import.meta.dir, "..");
const refusal = 78;
const version = "0.2.0";
/** Of the vectors of the catalogue's embedding model. */
const embeddingDimensions = 384;
/** Each time only so many requests of programs are removed, and all of them must leave as fast as they come. */
const purgeEveryMs = 60_000;
/** How long putting everything away may take, in milliseconds, before the process ends all the same. */
const shutdownDeadline = 8_000;
/** Between TERM and KILL for a vLLM whose orchestrator is gone, in milliseconds. */
const vllmGraceMs = 3_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env, projectRoot);
  const log = createLog(settings.logLevel);
  const startedAt = Date.now();
  await using stack = new AsyncDisposableStack();

  const { dataDir, orchestrated, dataFolderId } = settings;
  const { lockFiles } = stack.use(await claimForServer(dataDir, { orchestrated, folderId: dataFolderId }));
  const store = stack.use(openStore({ dataDir, log, lockFiles }));
  const storage = stack.use(new StorageWatch(() => store.check()));
  storage.onChange(({ problem }) => {
    if (problem === null) log.info("storage-works-again");
    else log.warn("storage-problem", { problem });
  });
  stack.use(new DailySnapshot(settings.dataDir, log, (problem) => store.noteDamage(problem)));
  const place = {
    catalog: loadCatalog(join(projectRoot, "models/catalog.json")),
    modelsDir: settings.modelsDir,
    projectRoot,
  };
  const hasNvidiaGpu = inspectMachine(process.env).nvidiaDriver;
  const engines = createEngines({ settings, place, hasNvidiaGpu, log });
  const { llama, launched } = engines;
  stack.use(llama);
  const pool = stack.use(engines.pool);

  const embedder = createEmbedder(place.catalog, llama, log);
  if (embedder) stack.use(embedder);
  const memory = stack.use(createMemory({ memories: store.memories, commit: store.commit, embedder, log }));

  const statistics = new EngineStatistics();
  const tracing = await openTracing(settings.tracing, { version, log });
  if (tracing !== null) stack.use(tracing);
  const tracer = tracing?.tracer ?? null;
  const limits = new UsageLimits(settings.limits);
  const answering = () =>
    pool.status().flatMap(({ state, model }) => (state === "failed" || model === null ? [] : [model]));
  const resolveModel = (name: string) =>
    resolveModelName(place.catalog, name, answering(), settings.modelFallback).id;
  const isEmbeddingModel = (name: string) => isEmbeddingName(place.catalog, name);
  const generations = stack.use(
    new Generations({
      store,
      engines: pool,
      recall: (question, limit, options) => memory.recall(question, limit, options),
      resolveModel,
      systemPrompt: settings.systemPrompt,
      profile: settings.profile,
      queueLimit: settings.queueLimit,
      log,
    }),
  );
  const library = new ConversationLibrary({
    store,
    stopAnswers: (id, isMeant) => generations.stopIn(id, isMeant),
    searchTerms: wordsOf,
  });
  purge(library, store, log);
  const purging = setInterval(() => purge(library, store, log), purgeEveryMs);
  stack.defer(() => clearInterval(purging));
  const isAble = () => !summarizeEngine(pool.status(), place.catalog).tiny;
  const summaries = stack.use(new SummaryWriter({ store, engines: pool, isAble, log }));
  const titles = stack.use(
    new TitleWriter({
      store,
      engines: pool,
      isAble,
      suggestTitle: (id, title) => library.suggestTitle(id, title),
      log,
    }),
  );
  subscribeToAnswers(generations.events, {
    pool,
    statistics,
    tracer,
    limits,
    library,
    summaries,
    titles,
    memory: settings.memory.rememberExchanges ? memory : null,
    log,
  });
  const status = new ServerStatus({
    version,
    startedAt,
    dataDir: settings.dataDir,
    place,
    engines,
    statistics,
    gpus: stack.use(new GpuWatch()),
    unfinished: () => generations.unfinished,
    storage: () => storage.state().problem ?? "ok",
    log,
  });
  const accounts = new Accounts({ store, log });
  refuseOpenAccess(settings, accounts, log);
  const processUsage = stack.use(new ProcessUsage());
  const app = createApp({
    accounts,
    measures: {
      process: () => processUsage,
      database: () => databaseUsage(store),
      queueWaits: () => statistics.waits,
      firstTokens: () => statistics.firstTokens,
      generatedTokens: () => statistics.tokensByModel,
    },
    limits,
    machineNames: machineNames(),
    generations,
    library,
    store,
    slots: () => pool.slots,
    status,
    models: {
      listed: () => [
        ...[...new Set(answering())].map((id) => ({ id, purpose: "chat" as const })),
        ...(embedder === null ? [] : [{ id: embedder.model, purpose: "embeddings" as const }]),
      ],
      resolve: (name) => (embedder !== null && isEmbeddingModel(name) ? embedder.model : resolveModel(name)),
      since: startedAt,
    },
    embeddings: {
      embedder,
      meansEmbedder: (name) => {
        if (isEmbeddingModel(name) || settings.modelFallback === "running") return "yes";
        return isChatName(place.catalog, name, answering()) ? "answers" : "unknown";
      },
    },
    memory,
    version,
    log,
    tracer,
    health: {
      engines: () => pool.status(),
      storage: () => storage.state().problem ?? "ok",
      unfinished: () => generations.unfinished,
      waiting: () => pool.waiting,
      startedAt,
    },
    pages: {
      settings,
      conversations: { ...store.conversations, thread: (id, options) => readThread(store, id, options) },
      engineSummary: () => summarizeEngine(pool.status(), place.catalog),
      isTinyModel: tinyModels(place.catalog),
      storage,
    },
  });
  // Before the first reader comes back: what is unfinished is live again when it asks.
  generations.recover();
  const tls = settings.access.tls === null ? null : readTlsFiles(settings.access.tls);
  if (tls !== null && tls.validUntil < Date.now()) log.warn("certificate-expired", settings.access.tls ?? {});
  const server = listen(app, settings, tls);
  stack.defer(() => server.stop(true));
  // Whatever LOG_LEVEL is: the orchestrator waits for this line.
  const url = urlOf(settings, server.port ?? settings.port);
  createLog("info").info("listening", { url, pid: process.pid });
  // Loaded now rather than with the first question; a failure is told by /health, the page and every answer.
  if (engines.llamaAnswers) llama.start();

  const { asked, orchestratorEnd } = endsOf(settings.orchestrated, (text) => {
    const line = readOrchestratorLine(text);
    if (line !== null) launched?.update(line);
  });
  log.info("stopping", { reason: await asked });
  // Nobody is left to wait for when the orchestrator is gone, also when it goes in the meantime.
  await Promise.race([generations.drain(settings.drainSeconds * 1000), orchestratorEnd.promise]);
  setTimeout(() => process.exit(1), shutdownDeadline).unref();
  await stack.disposeAsync();
  // Nobody else is left to end the vLLM of an orchestrator that was killed.
  if (orchestratorEnd.isGone && launched !== null)
    await endOrphans(join(settings.dataDir, "vllm.pid"), vllmGraceMs);
  log.info("stopped");
  process.exit(0);
}

function databaseUsage(store: Store): DatabaseUsage {
  const { lastWriteMs, ...usage } = store.usage();
  return { ...usage, lastWriteSeconds: lastWriteMs === null ? null : lastWriteMs / 1000 };
}

/** The program starts also when nothing can be written at present: what is there can be read, and the page says why. */
function purge(library: ConversationLibrary, { audit }: Store, log: Log): void {
  try {
    library.purge();
    trimAudit(audit, Date.now());
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.warn("deleted-not-purged", { error });
  }
}

/** @throws SettingsError where others could come in without a login */
function refuseOpenAccess({ host, access }: Settings, accounts: Accounts, log: Log): void {
  if (!access.isOpen) return;
  if (accounts.users.any()) {
    const isEncrypted = access.tls !== null || access.publicOrigin?.startsWith("https:");
    if (!isEncrypted)
      log.warn("no-tls", { host, advice: "Passwords cross the network as they are: see TLS_CERT." });
    return;
  }
  throw new SettingsError(
    `HOST is ${host}, and with it or with PUBLIC_ORIGIN, ALLOWED_HOSTS or TRUSTED_PROXIES others than you can reach the assistant, but there is no user yet. Make one with "bun run users add NAME --admin", then start again; or use HOST=127.0.0.1 alone.`,
    { setting: "HOST" },
  );
}

/** null: the catalogue's embedding model is not there, and memories are found by their words alone. */
function createEmbedder(catalog: Catalog, llama: LlamaEngine, log: Log): LlamaEmbedder | null {
  const entry = catalog.find(({ purpose }) => purpose === "embedding");
  const place = { catalog, projectRoot, modelsDir: join(projectRoot, "models") };
  const modelPath = entry === undefined ? null : fileOf(entry, place);
  if (entry === undefined || modelPath === null) {
    log.warn("embedding-model-missing", { model: entry?.id ?? null });
    return null;
  }
  const library = () => llama.library();
  return new LlamaEmbedder({ model: entry.id, modelPath, dimensions: embeddingDimensions, library, log });
}

/** @throws SettingsError when the port cannot be had */
function listen(
  app: ReturnType<typeof createApp>,
  { port, host }: Settings,
  tls: TlsFiles | null,
): NonNullable<typeof app.server> {
  try {
    app.listen({
      port,
      hostname: host,
      reusePort: false,
      ...(tls === null ? {} : { tls: { cert: tls.cert, key: tls.key } }),
    });
  } catch (cause) {
    throw portError(port, host, cause);
  }
  if (app.server === null) throw portError(port, host, null);
  return app.server;
}

const portError = (port: number, host: string, cause: unknown) =>
  new SettingsError(
    `Port ${port} on ${host} cannot be used; another program may have it. Start with another one, for instance PORT=${port + 1}.`,
    { setting: "PORT" },
    { cause },
  );

const urlOf = ({ host, access }: Settings, port: number) =>
  `${access.tls === null ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;

interface Ends {
  /** What asked to stop: a signal, or the end of the orchestrator. */
  readonly asked: Promise<string>;
  /** Of the orchestrator that started this process; it may also come while the process is being stopped. */
  readonly orchestratorEnd: { readonly promise: Promise<void>; isGone: boolean };
}

/** @param onLine gets each line that the orchestrator writes */
function endsOf(orchestrated: boolean, onLine: (text: string) => void): Ends {
  const { promise: asked, resolve } = Promise.withResolvers<string>();
  const gone = Promise.withResolvers<void>();
  const orchestratorEnd = { promise: gone.promise, isGone: false };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
  if (orchestrated) {
    const input = createInterface({ input: process.stdin });
    input.on("line", onLine);
    input.on("close", () => {
      orchestratorEnd.isGone = true;
      gone.resolve();
      resolve("orchestrator-gone");
    });
  }
  return { asked, orchestratorEnd };
}

try {
  await main();
} catch (cause) {
  const message = cause instanceof AppError ? cause.message : null;
  const log = createLog("info");
  if (message === null) log.error("defect", { error: cause });
  else log.error("start-refused", { message });
  process.exit(message === null ? 1 : refusal);
}
