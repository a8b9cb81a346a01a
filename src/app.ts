/** The HTTP interface: one line a group of routes. Everything it needs is passed in. */
import { type AnyElysia, Elysia } from "elysia";
import type { AssetUrl, FrameProps } from "../views/props.ts";
import type { Accounts } from "./accounts/accounts.ts";
import type { AuditAction } from "./accounts/audit.ts";
import { may } from "./accounts/identity.ts";
import type { UsageLimits } from "./accounts/usage-limits.ts";
import { createBatchRoutes } from "./api/batch.ts";
import { createCalculatorRoutes } from "./api/calculators.ts";
import { createChatRoutes } from "./api/chat.ts";
import { socketLimits } from "./api/chat-socket.ts";
import { createConversationRoutes } from "./api/conversations.ts";
import { createDatasetRoutes } from "./api/datasets.ts";
import { createDocumentRoutes } from "./api/documents.ts";
import { createFileRoutes } from "./api/files.ts";
import { createGenerationRoutes } from "./api/generations.ts";
import { createHealthRoutes, type HealthDeps } from "./api/health.ts";
import { createMemoryRoutes } from "./api/memories.ts";
import { createMessageRoutes } from "./api/messages.ts";
import { createMetricsRoutes } from "./api/metrics.ts";
import { createModelRoutes } from "./api/models.ts";
import { createOpenApiRoutes } from "./api/openapi.ts";
import { createPresetRoutes } from "./api/presets.ts";
import { createProjectRoutes } from "./api/projects.ts";
import { createQueueRoutes } from "./api/queue.ts";
import { createSettingsRoutes } from "./api/settings.ts";
import { createStatusRoutes } from "./api/status.ts";
import { createTranscriptionRoutes } from "./api/transcriptions.ts";
import { createTransferRoutes } from "./api/transfer.ts";
import { createAccounts } from "./app/accounts.ts";
import { bodyLimitsFor } from "./app/body-limits.ts";
import { createDialects } from "./app/dialects.ts";
import { createToolsElsewhere } from "./app/tools-elsewhere.ts";
import { workspacesFor } from "./app/workspaces.ts";
import type { ConversationLibrary } from "./conversations/library.ts";
import type { EmbeddingsDeps } from "./dialects/embed-texts.ts";
import { chatModels, type ModelsPort } from "./dialects/models-port.ts";
import type { RankerLookup } from "./dialects/rank-texts.ts";
import type { EngineLookup } from "./dialects/token-counts.ts";
import type { AssistantDocuments } from "./documents/documents.ts";
import { AppError } from "./errors.ts";
import type { Generations } from "./generations/generations.ts";
import type { PreviewPrompt } from "./generations/preview-prompt.ts";
import type { QuestionQueue } from "./generations/question-queue.ts";
import { createApiErrors } from "./http/api-errors.ts";
import { type Authentication, createAuthentication } from "./http/authentication.ts";
import { createBodyLimit } from "./http/body-limit.ts";
import { compressedReplies } from "./http/compressed-replies.ts";
import { createJsonBody, isJson } from "./http/json-body.ts";
import { isOllamaAddress } from "./http/ollama-error.ts";
import { currentDocument } from "./http/openapi/current-document.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { readableAddress } from "./http/readable-address.ts";
import { readersLanguage } from "./http/readers-language.ts";
import { createRequestId, timedReplies } from "./http/request-id.ts";
import { patternsOf } from "./http/route-patterns.ts";
import { createSecurity } from "./http/security.ts";
import { createServiceWorker } from "./http/service-worker.ts";
import type { StaticFiles } from "./http/static-files.ts";
import { watchedRequests } from "./http/watched-requests.ts";
import type { Log } from "./log.ts";
import { createMcpRoutes } from "./mcp/mcp-routes.ts";
import type { AssistantMemory } from "./memory/memory.ts";
import { createOllamaGreeting } from "./ollama/greeting.ts";
import { createAttachPages } from "./pages/attach.tsx";
import { createBatchPages } from "./pages/batches.tsx";
import { calendarFor } from "./pages/calendar.ts";
import { createComparePages } from "./pages/compare.tsx";
import { createComponentsPage } from "./pages/components.tsx";
import { createDocsPage } from "./pages/docs.tsx";
import { documentPages } from "./pages/documents.tsx";
import { frameProps } from "./pages/list-props.ts";
import { createModelPages, modelsPage } from "./pages/models.tsx";
import { createOfflinePage } from "./pages/offline.tsx";
import type { AboutPort } from "./pages/page-ports.ts";
import { createPages, type PagesDeps } from "./pages/pages.tsx";
import { createPriceDataPages } from "./pages/price-data.tsx";
import { createStatusPages } from "./pages/status.tsx";
import { chosenLanguage, type Preferences } from "./preferences/preferences.ts";
import type { Settings } from "./settings/settings.ts";
import type { SpeechServers } from "./speech/speech-servers.ts";
import { auditedStatus } from "./status/audited-status.ts";
import type { MeasuresPort } from "./status/measures.ts";
import { type ModelSizes, modelCards } from "./status/model-cards.ts";
import { chooseModel, modelForAnswer, modelsOf } from "./status/model-choice.ts";
import { auditedShelf, type ModelShelf } from "./status/model-shelf.ts";
import type { StatusPort } from "./status/status-report.ts";
import type { Store } from "./store/database.ts";
import type { OwnerId } from "./store/schema.ts";
import { HttpStatistics } from "./telemetry/http-statistics.ts";
import type { Tracer } from "./telemetry/tracer.ts";
import type { ToolServers } from "./tools-elsewhere/tool-servers.ts";
import { endAnswers } from "./workspace/end-answers.ts";
import { Workspace } from "./workspace/workspace.ts";

export interface AppDeps {
  readonly accounts: Accounts;
  readonly limits: UsageLimits;
  /** Style sheets, scripts and icons. */
  readonly files: StaticFiles;
  /** The addresses and names of this machine. */
  readonly machineNames: readonly string[];
  readonly generations: Generations;
  readonly queue: QuestionQueue;
  readonly library: ConversationLibrary;
  readonly store: Store;
  readonly memory: AssistantMemory;
  readonly documents: AssistantDocuments;
  readonly health: HealthDeps;
  readonly status: StatusPort;
  readonly measures: MeasuresPort;
  readonly models: ModelsPort;
  /** They count and cut prompts that nobody asks. */
  readonly engines: EngineLookup;
  /** Of the models whose files are on this machine. */
  readonly modelSizes?: () => ModelSizes;
  readonly shelf: ModelShelf;
  /** Whether a model that runs may be able to see pictures. */
  readonly seesPictures: () => boolean;
  /** What writes speech down and reads texts aloud; left out: nothing does. */
  readonly speech?: SpeechServers;
  readonly embeddings: EmbeddingsDeps;
  /** The model that says how well texts answer a question; left out: none is here. */
  readonly ranker?: RankerLookup;
  /** How many answers can be written at once. */
  readonly slots: () => number;
  readonly preferences: Preferences;
  /** Servers of other programs' tools; left out: there are none. */
  readonly toolServers?: ToolServers;
  readonly previewPrompt?: PreviewPrompt;
  readonly settings: Settings;
  readonly pages: Pick<
    PagesDeps,
    "conversations" | "engineSummary" | "isTinyModel" | "onEngineChange" | "storage" | "watched"
  >;
  readonly version: string;
  /** When the program was started, and what it has connected to since. */
  readonly about: Pick<AboutPort, "startedAt" | "connections">;
  readonly log: Log;
  /** null: nothing is traced. */
  readonly tracer: Tracer | null;
  /** For those who build pages: /components. */
  readonly showsComponents?: boolean;
  /** For tests. */
  readonly idleSeconds?: number;
}

/** Bun refuses what is larger with an empty reply, before any hook: its limit lies above all of ours. */
const largestForBun = 2 ** 40;

/**
 * A client that sends nothing for this many seconds is cut off; streams disable it for themselves. Bun does
 * not count single bytes as progress, and gives headers about 12 seconds whatever this is.
 */
const idleSeconds = 30;
/** How long to wait for the answers of a deleted user, in milliseconds. */
const longestEnd = 5000;

/** Its type says nothing of its routes: with all of them it would be too deep for the compiler. */
export const createApp = (deps: AppDeps): AnyElysia => {
  const { files, settings } = deps;
  const authentication = createAuthentication({
    accounts: deps.accounts,
    settings: settings.access,
    port: settings.port,
    asset: files.asset,
    languageOf: (userId) => chosenLanguage(deps.preferences.of(userId)),
  });
  const scoped = scopes(deps, authentication, files.asset);
  const { accountDeps, workspaceOf, statusOf, shelfOf, modelsFor, pagesOf, frameOf, reportDefect } = scoped;
  const hasLogins = () => deps.accounts.users.any() || settings.access.isOpen;
  const document = currentDocument(() => app, {
    version: deps.version,
    cookie: authentication.cookie.name,
    hasLogins,
  });
  const withWorkspace = { workspaceOf, log: deps.log };
  const ownerOf = (request: Request) => authentication.identityOf(request).userId;
  const openStream = (request: Request) => deps.limits.openStream(ownerOf(request), "page");
  const forLivePages = { frameOf, reportDefect, isStillKnown: authentication.isStillKnown, openStream };
  const http = new HttpStatistics();
  const { bodyLimits, readsItself } = bodyLimitsFor(settings);
  const app = new Elysia({
    // Elysia's own way turns whatever was sent into the form that is wanted before it looks whether it has that form.
    normalize: "typebox",
    websocket: socketLimits,
    serve: {
      maxRequestBodySize: largestForBun,
      reusePort: false,
      idleTimeout: deps.idleSeconds ?? idleSeconds,
      // For uncaught errors Bun's page for developers would show source code to clients.
      development: false,
    },
  });
  const patterns = patternsOf(() => app);
  return app
    .wrap(readersLanguage)
    .wrap(compressedReplies)
    .wrap(
      watchedRequests({
        patterns,
        statistics: http,
        tracer: deps.tracer,
        close: (request) => app.server?.timeout(request, 1),
      }),
    )
    .wrap(timedReplies)
    .wrap(readableAddress)
    .use(createRequestId())
    .use(createSecurity({ ...settings, machineNames: deps.machineNames, dictates: settings.speech !== null }))
    .use(createApiErrors(deps.log, frameOf, (path) => patterns().methodsAt(path)))
    .use(authentication.plugin)
    .use(createRateLimit(deps.limits, authentication))
    .use(createOllamaGreeting(settings.ollamaPort))
    .use(
      createBodyLimit(
        bodyLimits,
        (request, path) => isJson(request) || isOllamaAddress(path) || readsItself.includes(path),
      ),
    )
    .use(createJsonBody(readsItself, bodyLimits))
    .use(createOpenApiRoutes(document))
    .use(createDocsPage({ document, hasLogins, publicOrigin: settings.access.publicOrigin, frameOf }))
    .use(
      createHealthRoutes({
        ...deps.health,
        mayRead: (request) => {
          const identity = authentication.known(request);
          if (identity === null) return "status";
          return may(identity, "admin") ? "all" : "all but addresses";
        },
      }),
    )
    .use(createChatRoutes({ ...withWorkspace, countSocket: (life) => http.follow(life) }))
    .use(createDialects({ ...deps, ...scoped, ownerOf }))
    .use(
      createMcpRoutes({
        ...{ ...withWorkspace, version: deps.version },
        mayWrite: (request) => settings.mayWriteByMcp && may(authentication.identityOf(request), "write"),
      }),
    )
    .use(createGenerationRoutes(withWorkspace))
    .use(createBatchRoutes({ ...withWorkspace, slots: deps.slots }))
    .use(createConversationRoutes(workspaceOf))
    .use(createMessageRoutes(withWorkspace))
    .use(createQueueRoutes(workspaceOf))
    .use(
      createTransferRoutes({
        workspaceOf,
        document: {
          style: files.documentStyle,
          datesOf: accountDeps.datesFor,
        },
      }),
    )
    .use(createMemoryRoutes(workspaceOf))
    .use(createFileRoutes(workspaceOf))
    .use(createDocumentRoutes({ workspaceOf, pages: documentPages(pagesOf) }))
    .use(createTranscriptionRoutes(workspaceOf))
    .use(createCalculatorRoutes(workspaceOf))
    .use(createPresetRoutes(workspaceOf))
    .use(createProjectRoutes(workspaceOf))
    .use(createDatasetRoutes(workspaceOf))
    .use(createSettingsRoutes(workspaceOf))
    .use(createStatusRoutes(statusOf))
    .use(
      createModelRoutes({
        list: () => modelsOf(deps.status.report().engines),
        ...{ shelfOf, page: modelsPage({ shelfOf, frameOf }) },
        choose: (request, name) => modelsFor(request).choose(name),
      }),
    )
    .use(createMetricsRoutes({ statusOf, measures: deps.measures, http }))
    .use(createStatusPages({ ...forLivePages, statusOf }))
    .use(createModelPages({ ...forLivePages, shelfOf, use: (request, id) => modelsFor(request).choose(id) }))
    .use(files.routes)
    .use(createServiceWorker(files))
    .use(createOfflinePage(files.asset))
    .use(createAccounts(accountDeps))
    .use(
      createToolsElsewhere({
        servers: deps.toolServers ?? null,
        ...{ workspaceOf, pagesOf },
        ...accountDeps,
      }),
    )
    .use(deps.showsComponents ? createComponentsPage(frameOf) : new Elysia())
    .use(createAttachPages(pagesOf))
    .use(
      createPriceDataPages((request) => {
        const { datasets, seriesFigures } = workspaceOf(request);
        return { ...pagesOf(request), datasets, seriesFigures };
      }),
    )
    .use(
      createBatchPages((request) => {
        const { batches, transfer } = workspaceOf(request);
        return { ...pagesOf(request), batches, exportOne: transfer.exportOne };
      }),
    )
    .use(
      createComparePages((request) => ({
        ...pagesOf(request),
        askBoth: workspaceOf(request).generations.askBoth,
        models: () => chatModels(deps.models),
      })),
    )
    .use(createPages(pagesOf));
};

/** What the routes may use of the program for one request: the part of the client's identity, and no more. */
function scopes(deps: AppDeps, authentication: Authentication, asset: AssetUrl) {
  const { accounts, generations, store, log, pages } = deps;
  const { note } = accounts;
  const reportDefect = (error: unknown) => log.error("defect", { error });
  const workspaceDeps = { ...deps, thread: pages.conversations.thread, fileLimits: deps.settings.files };
  const workspaceOf = workspacesFor(workspaceDeps, authentication, note);
  const workspaceFor = (ownerId: OwnerId) =>
    new Workspace(workspaceDeps, ownerId, { isStillKnown: () => accounts.users.isKnown(ownerId) });
  const noted = (request: Request) => (action: AuditAction, target: string) =>
    note(authentication.actorOf(request), action, target);
  /** @throws ForbiddenError unless the client is an admin */
  const statusOf = (request: Request): StatusPort => {
    authentication.requireAdmin(request);
    return auditedStatus(deps.status, noted(request));
  };
  /** @throws ForbiddenError unless the client is an admin */
  const shelfOf = (request: Request): ModelShelf => {
    authentication.requireAdmin(request);
    return auditedShelf(deps.shelf, noted(request));
  };
  const modelsFor = (request: Request): PagesDeps["modelChoice"] => {
    const choice = { ...deps.models, reports: () => deps.status.report().engines };
    return {
      cards: () => modelCards(choice.reports(), deps.modelSizes?.() ?? new Map()),
      choose: async (name) => chooseModel(choice, statusOf(request), name),
      forAnswer: (name) => modelForAnswer(choice, () => statusOf(request), name),
    };
  };
  const pagesOf = (request: Request): PagesDeps => {
    const workspace = workspaceOf(request);
    const identity = authentication.identityOf(request);
    const { userId, name, role } = identity;
    return {
      ...pages,
      ...(userId === null ? {} : { viewer: { name, isAdmin: role === "admin" } }),
      isReadOnly: !may(identity, "write"),
      calendar: calendarFor(request, workspace.personal.values()),
      transfer: workspace.transfer,
      about: { version: deps.version, ...deps.about },
      isStillKnown: () => authentication.isStillKnown(request),
      openStream: () => workspace.openStream("page"),
      generations: workspace.generations,
      queue: workspace.queue,
      data: workspace.data,
      datasets: workspace.datasets,
      figuresOf: workspace.figuresOf,
      library: workspace.library,
      conversations: workspace.conversations,
      messages: workspace.messages,
      files: workspace.files,
      dictates: workspace.speech.isConfigured,
      presets: workspace.presets,
      tools: workspace.tools,
      ratings: workspace.ratings,
      modelChoice: modelsFor(request),
      memory: workspace.memory,
      proposals: workspace.proposals,
      documents: workspace.documents,
      projects: workspace.projects,
      personal: workspace.personal,
      previewPrompt: workspace.previewPrompt,
      finance: workspace.finance,
      seriesFigures: workspace.seriesFigures,
      engineSummary: () => ({ ...pages.engineSummary(), canSteer: may(identity, "admin") }),
      asset,
      reportDefect,
    };
  };
  /** A page that says what is wrong must not depend on what else can be read. */
  const frameOf = (request: Request): FrameProps => {
    try {
      if (authentication.known(request) !== null) return frameProps(pagesOf(request));
    } catch (error) {
      if (!(error instanceof AppError)) reportDefect(error);
    }
    return { asset, sidebar: null };
  };
  const accountDeps = {
    ...{ accounts, authentication, frameOf, reportDefect },
    datesFor: (request: Request) => calendarFor(request, workspaceOf(request).personal.values()),
    endAnswersOf: (userId: string) =>
      endAnswers(generations, store.users.unfinishedAnswers(userId), longestEnd),
  };
  const byRequest = { accountDeps, workspaceOf, statusOf, shelfOf, modelsFor, pagesOf, frameOf };
  return { ...byRequest, workspaceFor, reportDefect };
}
