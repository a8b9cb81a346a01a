/**
 * Builds the parts of the server from the settings, each from parts that exist already. What one part must tell others is an
 * event, and answer-listeners.ts subscribes when all parts exist.
 */

import { join } from "node:path";
import { Accounts } from "../accounts/accounts.ts";
import { UsageLimits } from "../accounts/usage-limits.ts";
import { ConversationLibrary } from "../conversations/library.ts";
import { SummaryWriter } from "../conversations/summary-writer.ts";
import { TitleWriter } from "../conversations/title-writer.ts";
import { createDocuments } from "../documents/documents.ts";
import { LlamaRanker } from "../engines/llama/llama-ranker.ts";
import { threadsFor } from "../engines/llama/threads.ts";
import { createDesk } from "../finance/desk/create-desk.ts";
import { builtInInstruments } from "../finance/instruments/catalog.ts";
import { withOwn } from "../finance/instruments/own-instruments.ts";
import { Generations } from "../generations/generations.ts";
import { QuestionQueue } from "../generations/question-queue.ts";
import { openStaticFiles } from "../http/static-files.ts";
import type { OrchestratorChannel } from "../ipc/orchestrator-channel.ts";
import type { Log } from "../log.ts";
import { createMemory } from "../memory/memory.ts";
import { wordsOf } from "../memory/search-terms.ts";
import { loadCatalog } from "../models/catalog.ts";
import { fetchedAs } from "../models/hub/hub-notes.ts";
import { modelSizesBy } from "../models/model-size.ts";
import type { ModelPlace } from "../models/model-store.ts";
import { Pulls } from "../models/pulls.ts";
import { inspectMachine } from "../models/runtime-package.ts";
import { tinyModels } from "../models/tiny-model.ts";
import { chosenLanguage, Preferences } from "../preferences/preferences.ts";
import { claimForServer } from "../process/folder-users.ts";
import type { Settings } from "../settings/settings.ts";
import { speechServers } from "../speech/speech-servers.ts";
import { EngineStatistics } from "../status/answer-statistics.ts";
import { summarizeEngine, toldPull } from "../status/engine-summary.ts";
import { EngineWatch } from "../status/engine-watch.ts";
import { GpuWatch } from "../status/gpu-usage.ts";
import { openStore, type Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { StorageWatch } from "../store/storage-watch.ts";
import { Connections } from "../telemetry/connections.ts";
import { ProcessUsage } from "../telemetry/process-usage.ts";
import { foreignToolsOf } from "../tools-elsewhere/offered-tools.ts";
import { ToolServers } from "../tools-elsewhere/tool-servers.ts";
import { deskSeries } from "../workspace/desk-series.ts";
import { documentsInChat } from "../workspace/documents-in-chat.ts";
import { toolLimits } from "../workspace/model-tools.ts";
import { rememberInChat } from "../workspace/remember-in-chat.ts";
import { WatchedFolder } from "../workspace/watched-folder.ts";
import { subscribeToAnswers } from "./answer-listeners.ts";
import { createEmbedder } from "./create-embedder.ts";
import { createEngines } from "./create-engines.ts";
import { createProposals } from "./create-proposals.ts";
import { DailySnapshot } from "./daily-snapshot.ts";
import { ServerStatus } from "./engine-control.ts";
import { ModelNames } from "./model-names.ts";
import { ownTools } from "./own-tools.ts";
import { startPurging } from "./purging.ts";
import { RankerHere } from "./ranker-here.ts";
import { thinkingFields } from "./thinking-fields.ts";
import { openTracing } from "./tracing.ts";
import { version } from "./version.ts";

interface PartsOptions {
  readonly settings: Settings;
  readonly projectRoot: string;
  readonly log: Log;
  /** Owns what must be disposed of, in reverse order. */
  readonly orchestrator: OrchestratorChannel;
  readonly stack: AsyncDisposableStack;
}

export type Parts = Awaited<ReturnType<typeof createParts>>;

/** @throws SettingsError, StorageError */
export async function createParts(options: PartsOptions) {
  const { settings, log, stack } = options;
  const startedAt = Date.now();
  // Before any part that may connect to something.
  const connections = stack.use(new Connections());
  const { store, storage } = await openStorage(options);
  const models = createModels(options);
  const { place, engines } = models;
  const toolServers = new ToolServers({ store, dataDir: settings.dataDir, version, log });
  stack.use(toolServers);
  // Before the generations, whose last spans it sends after they have ended.
  const tracing = await openTracing(settings.tracing, { version, log });
  if (tracing !== null) stack.use(tracing);
  const tracer = tracing?.tracer ?? null;
  const answers = createAnswers(options, store, models, toolServers);
  const { generations, library, memory, documents, preferences } = answers;
  const statistics = new EngineStatistics();
  const limits = new UsageLimits(settings.limits);
  const queue = stack.use(createQueue({ store, limits, generations, log, names: models.names }));
  subscribeToAnswers(generations.events, {
    ...answers,
    ...{ pool: engines.pool, statistics, tracer, limits, queue, log },
    isAboutDocuments: ({ conversationId, messageId }) =>
      store.documents.isChosenFor(conversationId) || isToldPassages(store, messageId),
  });
  return {
    ...{ settings, log, startedAt, connections, store, storage, statistics, limits, tracer },
    ...models,
    ...{ generations, queue, library, memory, documents, preferences, toolServers },
    speech: speechServers(settings),
    watched: watchFolder(options, store),
    files: await openStaticFiles(options.projectRoot),
    accounts: new Accounts({ store, log }),
    processUsage: stack.use(new ProcessUsage()),
    status: stack.use(
      new ServerStatus({
        ...{ version, startedAt, place, engines, statistics, log },
        dataDir: settings.dataDir,
        gpus: stack.use(new GpuWatch()),
        unfinished: () => generations.unfinished,
        storage: () => storage.state().problem ?? "ok",
        tokens: () => generations.tokensWritten,
      }),
    ),
  };
}

/** null: the settings name no folder. */
function watchFolder({ settings, log, stack }: PartsOptions, store: Store): WatchedFolder | null {
  const { folder, user } = settings.watch;
  if (folder === null) return null;
  return stack.use(
    new WatchedFolder({
      ...{ folder, store, log },
      ownerOf() {
        if (user !== null) return store.users.byName(user)?.id;
        const [first] = store.users.list().toSorted((a, b) => a.createdAt - b.createdAt);
        return first?.id ?? null;
      },
    }),
  );
}

interface QueueParts {
  readonly store: Store;
  readonly limits: UsageLimits;
  readonly generations: Generations;
  readonly names: ModelNames;
  readonly log: Log;
}

/** What waits is asked within the limits of its owner, as what a person sends. */
const createQueue = ({ store, limits, generations, names, log }: QueueParts) =>
  new QuestionQueue({
    ...{ store, generations, log },
    admit: (ownerId, ask) =>
      limits.answering(ownerId, () => store.users.unfinishedAnswers(ownerId ?? "").length, ask),
    resolveModel: (name) => names.resolveChat(name),
  });

/** Claims the data folder before anything is written to it. */
async function openStorage({ settings, log, stack }: PartsOptions) {
  const { dataDir, orchestrated, dataFolderId } = settings;
  const { lockFiles } = stack.use(await claimForServer(dataDir, { orchestrated, folderId: dataFolderId }));
  const store = stack.use(openStore({ dataDir, log, lockFiles }));
  const storage = stack.use(new StorageWatch(() => store.check()));
  storage.onChange(({ problem }) => {
    if (problem === null) log.info("storage-works-again");
    else log.warn("storage-problem", { problem });
  });
  stack.use(new DailySnapshot(dataDir, log, (problem) => store.noteDamage(problem)));
  return { store, storage };
}

/** The engines, the embedder, and the names of their models. */
function createModels({ settings, projectRoot, orchestrator, log, stack }: PartsOptions) {
  const place: ModelPlace = {
    catalog: loadCatalog(join(projectRoot, "models/catalog.json")),
    modelsDir: settings.modelsDir,
    projectRoot,
  };
  const hasNvidiaGpu = inspectMachine(process.env).nvidiaDriver;
  const engines = createEngines({ settings, place, hasNvidiaGpu, orchestrator, log });
  stack.use(engines.llama);
  stack.use(engines.pool);
  // Its engines end before the first, whose library is theirs.
  if (engines.loader !== null) stack.use(engines.loader);
  const embedder = createEmbedder(place, engines.llama, log);
  if (embedder !== null) stack.use(embedder);
  const ranker = stack.use(
    new RankerHere(
      place.modelsDir,
      (model) =>
        new LlamaRanker({
          ...model,
          ...{ threads: threadsFor(settings.llama.threads), library: () => engines.llama.library(), log },
        }),
    ),
  );
  const names = new ModelNames({
    catalog: place.catalog,
    engines: () => engines.pool.status(),
    embedder,
    fallback: settings.modelFallback,
    loadable: engines.loadable,
    fetched: (name) => fetchedAs(name, place.modelsDir),
  });
  const pulls = stack.use(new Pulls({ place, hub: settings.hub, environment: process.env, log }));
  const engineSummary = () => ({
    ...summarizeEngine(engines.pool.status(), place.catalog),
    pull: toldPull(pulls.ofThisRun()),
  });
  const engineWatch = stack.use(new EngineWatch(engineSummary));
  return { place, engines, pulls, engineSummary, engineWatch, embedder, ranker, names };
}

/** Whether passages of documents stand before the question of an answer. */
function isToldPassages({ messages, documents }: Store, messageId: string): boolean {
  const questionId = messages.get(messageId)?.parentId ?? "";
  return documents.ofMessages([questionId]).size > 0;
}

/** Everything that makes answers and keeps them. */
function createAnswers(
  { settings, log, stack }: PartsOptions,
  store: Store,
  {
    place,
    engines: { pool, llama, loader, source },
    embedder,
    ranker,
    names,
  }: ReturnType<typeof createModels>,
  servers: ToolServers,
) {
  const forget = (isForgotten: (conversationId: string) => boolean) => {
    pool.forget(isForgotten);
    loader?.forget(isForgotten);
    // It may have states on the disk though it answers no longer.
    llama.forget(isForgotten);
  };
  const onPromptsChanged = (ids: readonly string[]) => forget((id) => ids.includes(id));
  const preferences = new Preferences({ store, defaults: settings.personal });
  const memory = stack.use(
    createMemory({
      ...{ store, embedder, ranker: () => ranker.current(), onPromptsChanged, log },
      remembers: (ownerId) => preferences.of(ownerId).remember_exchanges,
    }),
  );
  const documents = stack.use(
    createDocuments({ store, embedder, ranker: () => ranker.current(), onPromptsChanged, log }),
  );
  const isTinyModel = tinyModels(place.catalog);
  const sizeOf = modelSizesBy(place.catalog);
  const generations = stack.use(
    new Generations({
      store,
      engines: source,
      recall: (question, limit, rest) => memory.recall(question, limit, rest),
      askDesk: rememberInChat({
        ...{ memory, store },
        desk: documentsInChat({
          ...{ documents, store },
          languageOf: (ownerId) => chosenLanguage(preferences.of(ownerId)),
          desk: createDesk({
            instruments: (ownerId: OwnerId) => withOwn(builtInInstruments, store.instruments.list(ownerId)),
            series: (ownerId) => deskSeries(store, ownerId, preferences.of(ownerId).time_zone),
            prose: (ownerId) => preferences.of(ownerId).prose,
            isTiny: (model) => isTinyModel({ model }),
          }),
        }),
      }),
      templateFieldsOf: (ownerId) => thinkingFields(preferences.of(ownerId).thinking),
      toolsFor: ownTools({ store, preferences, catalog: place.catalog }),
      foreignToolsFor: foreignToolsOf({
        ...{ store, servers, log },
        limitsOf: (model) => toolLimits(sizeOf(model)),
      }),
      resolveModel: (name) => names.resolveChat(name),
      namesModel: (name) => names.namesModel(name),
      systemPromptOf: (ownerId, instructions) => preferences.promptOf(ownerId, instructions),
      queueLimit: settings.queueLimit,
      log,
    }),
  );
  const library = new ConversationLibrary({
    store,
    stopAnswers: (id, isMeant) => generations.stopIn(id, isMeant),
    searchTerms: wordsOf,
    trashDays: (ownerId) => preferences.of(ownerId).trash_days,
    onPromptsChanged,
  });
  stack.use(
    startPurging({
      ...{ library, store, forget, log },
      unfinished: () => generations.unfinished,
    }),
  );
  const isAble = () => !summarizeEngine(pool.status(), place.catalog).tiny;
  const summaries = stack.use(new SummaryWriter({ store, engines: pool, isAble, log }));
  const titles = stack.use(
    new TitleWriter({
      ...{ store, engines: pool, isAble, log },
      suggestTitle: (id, title) => library.suggestTitle(id, title),
    }),
  );
  const proposals = stack.use(
    createProposals({
      ...{ store, pool, memory, preferences, library, isAble, log },
      othersDone: () => Promise.all([titles.idle(), summaries.idle()]),
    }),
  );
  return { memory, documents, preferences, generations, library, summaries, titles, proposals };
}
