/** The HTTP interface: one line a group of routes. Everything it needs is passed in. */
import { Elysia } from "elysia";
import type { Accounts } from "./accounts/accounts.ts";
import { may } from "./accounts/identity.ts";
import type { UsageLimits } from "./accounts/usage-limits.ts";
import type { ConversationLibrary } from "./conversations/library.ts";
import type { Generations } from "./generations/generations.ts";
import type { Log } from "./log.ts";
import type { AssistantMemory } from "./memory/memory.ts";
import { createAccountRoutes } from "./routes/account.tsx";
import { createApiErrors } from "./routes/api-errors.ts";
import { createAuditRoutes } from "./routes/audit.tsx";
import { createBatchRoutes } from "./routes/batch.ts";
import { type BodyLimits, createBodyLimit } from "./routes/body-limit.ts";
import { createChatRoutes } from "./routes/chat.ts";
import { socketLimits } from "./routes/chat-socket.ts";
import { createConversationRoutes } from "./routes/conversations.ts";
import { createDoor } from "./routes/door.ts";
import { endAnswers } from "./routes/end-answers.ts";
import { createGenerationRoutes } from "./routes/generations.ts";
import { createHealthRoutes, type HealthDeps } from "./routes/health.ts";
import { createJsonBody, isJson } from "./routes/json-body.ts";
import { createLoginRoutes } from "./routes/login.tsx";
import type { MeasuresPort } from "./routes/measures-port.ts";
import { createMemoryRoutes } from "./routes/memories.ts";
import { createMessageRoutes } from "./routes/messages.ts";
import { createMetricsRoutes } from "./routes/metrics.ts";
import { notedStatus } from "./routes/noted-status.ts";
import { createOpenApiRoutes } from "./routes/openapi/openapi-routes.tsx";
import { createPages, type PagesDeps } from "./routes/pages.tsx";
import { createRateLimit } from "./routes/rate-limit.ts";
import { readableAddress } from "./routes/readable-address.ts";
import { patternsOf } from "./routes/route-patterns.ts";
import { createSecurity } from "./routes/security.ts";
import { createStaticFiles } from "./routes/static-files.ts";
import { createStatusRoutes } from "./routes/status.tsx";
import type { StatusPort } from "./routes/status-port.ts";
import { createTransferRoutes, importPath, largestImport } from "./routes/transfer.ts";
import { createUserRoutes } from "./routes/users.tsx";
import { createChatCompletions } from "./routes/v1/chat-completions.ts";
import { createCompletions } from "./routes/v1/completions.ts";
import { createEmbeddings, type EmbeddingsDeps } from "./routes/v1/embeddings.ts";
import { createModels, type ModelsPort } from "./routes/v1/models.ts";
import { createResponses } from "./routes/v1/responses.ts";
import { watchedRequests } from "./routes/watched-requests.ts";
import type { Store } from "./store/database.ts";
import { HttpStatistics } from "./telemetry/http-statistics.ts";
import type { Tracer } from "./telemetry/tracer.ts";
import { Workspace } from "./workspace.ts";

export interface AppDeps {
  readonly accounts: Accounts;
  readonly limits: UsageLimits;
  /** The addresses and names of this machine. */
  readonly machineNames: readonly string[];
  readonly generations: Generations;
  readonly library: ConversationLibrary;
  readonly store: Store;
  readonly memory: AssistantMemory;
  readonly health: HealthDeps;
  readonly status: StatusPort;
  readonly measures: MeasuresPort;
  readonly models: ModelsPort;
  readonly embeddings: EmbeddingsDeps;
  /** How many answers can be written at once. */
  readonly slots: () => number;
  readonly pages: Pick<PagesDeps, "conversations" | "engineSummary" | "settings" | "storage">;
  readonly version: string;
  readonly log: Log;
  /** null: nothing is traced. */
  readonly tracer: Tracer | null;
  /** For tests. */
  readonly idleSeconds?: number;
}

/** The largest request body in bytes; a longer question is refused by its own limit. */
const largestBody = 1024 * 1024;
const megabyte = 1024 * 1024;
const bodyLimits: BodyLimits = {
  largest: largestBody,
  /** An archive; conversations that hold pictures; many texts to embed. */
  larger: {
    [importPath]: largestImport + 64 * 1024,
    "/v1/chat/completions": 20 * megabyte,
    "/v1/responses": 20 * megabyte,
    "/v1/embeddings": 8 * megabyte,
  },
};
/** Bun refuses what is larger with an empty reply, before any hook: its limit lies above all of ours. */
const largestForBun = 2 ** 40;

/**
 * Who sends a request more slowly than this many seconds are worth is cut off; streams lift it for themselves. Bun does
 * not count single bytes as progress, and gives headers about 12 seconds whatever this is.
 */
const idleSeconds = 30;
/** How long the answers of a user who is deleted are waited for, in milliseconds. */
const longestEnd = 5000;

export const createApp = (deps: AppDeps) => {
  const files = createStaticFiles();
  const reportDefect = (error: unknown) => deps.log.error("defect", { error });
  const workspaceDeps = { ...deps, thread: deps.pages.conversations.thread };
  const { settings } = deps.pages;
  const door = createDoor({
    accounts: deps.accounts,
    settings: settings.door,
    port: settings.port,
    asset: files.asset,
  });
  const accountDeps = {
    accounts: deps.accounts,
    door,
    asset: files.asset,
    reportDefect,
    endAnswersOf: (userId: string) =>
      endAnswers(deps.generations, deps.store.users.unfinishedAnswers(userId), longestEnd),
  };
  const { note } = deps.accounts;
  const workspaceOf = (request: Request) =>
    new Workspace(workspaceDeps, door.identityOf(request).userId, {
      noted: (deed, id) => note(door.actorOf(request), deed, id),
      isStillKnown: () => door.isStillKnown(request),
    });
  const statusOf = (request: Request): StatusPort => {
    door.requireAdmin(request);
    return notedStatus(deps.status, (action, target) => note(door.actorOf(request), action, target));
  };
  const docsDeps = {
    version: deps.version,
    asset: files.asset,
    publicOrigin: settings.door.publicOrigin,
    cookie: door.cookie.name,
    hasLogins: () => deps.accounts.users.any() || settings.door.isOpen,
  };
  const withWorkspace = { workspaceOf, log: deps.log };
  const ownerOf = (request: Request) => door.identityOf(request).userId;
  const pagesOf = (request: Request): PagesDeps => {
    const workspace = workspaceOf(request);
    const { generations, library, conversations, messages } = workspace;
    const { engineSummary, storage } = deps.pages;
    const identity = door.identityOf(request);
    const { userId, name, role } = identity;
    return {
      ...(userId === null ? {} : { viewer: { name, isAdmin: role === "admin" } }),
      isReadOnly: !may(identity, "write"),
      isStillKnown: () => door.isStillKnown(request),
      openStream: () => workspace.openStream("page"),
      generations,
      library,
      conversations,
      messages,
      engineSummary: () => ({ ...engineSummary(), canSteer: may(identity, "admin") }),
      settings,
      storage,
      asset: files.asset,
      reportDefect,
    };
  };
  const http = new HttpStatistics();
  const app = new Elysia({
    // Elysia's own way turns whatever was sent into the form that is wanted before it looks whether it has that form.
    normalize: "typebox",
    websocket: socketLimits,
    serve: {
      maxRequestBodySize: largestForBun,
      reusePort: false,
      idleTimeout: deps.idleSeconds ?? idleSeconds,
      // Of what nobody caught Bun's page for developers would show the source to whoever asked.
      development: false,
    },
  });
  const patterns = patternsOf(() => app);
  return app
    .wrap(
      watchedRequests({
        patterns,
        statistics: http,
        tracer: deps.tracer,
        close: (request) => app.server?.timeout(request, 1),
      }),
    )
    .wrap(readableAddress)
    .use(createSecurity({ ...settings, machineNames: deps.machineNames }))
    .use(createApiErrors(deps.log, files.asset, (path) => patterns().methodsAt(path)))
    .use(door.plugin)
    .use(createRateLimit(deps.limits, door))
    .use(createBodyLimit(bodyLimits, (request, path) => isJson(request) || path === importPath))
    .use(createJsonBody([importPath], bodyLimits))
    .use(createOpenApiRoutes(app, docsDeps))
    .use(createHealthRoutes({ ...deps.health, isKnown: (request) => door.known(request) !== null }))
    .use(createChatRoutes({ ...withWorkspace, countSocket: (life) => http.follow(life) }))
    .use(createChatCompletions(withWorkspace))
    .use(createCompletions(withWorkspace))
    .use(createResponses(withWorkspace))
    .use(createModels(deps.models))
    .use(createEmbeddings({ ...deps.embeddings, limits: deps.limits, ownerOf }))
    .use(createGenerationRoutes(withWorkspace))
    .use(createBatchRoutes({ ...withWorkspace, slots: deps.slots }))
    .use(createConversationRoutes(workspaceOf))
    .use(createMessageRoutes(withWorkspace))
    .use(createTransferRoutes({ workspaceOf }))
    .use(createMemoryRoutes(workspaceOf))
    .use(createMetricsRoutes({ statusOf, measures: deps.measures, http }))
    .use(
      createStatusRoutes({
        statusOf,
        asset: files.asset,
        reportDefect,
        isStillKnown: door.isStillKnown,
        openStream: (request) => deps.limits.openStream(door.identityOf(request).userId, "page"),
      }),
    )
    .use(files.routes)
    .use(createLoginRoutes(accountDeps))
    .use(createAccountRoutes(accountDeps))
    .use(createUserRoutes(accountDeps))
    .use(createAuditRoutes(accountDeps))
    .use(createPages(pagesOf));
};
