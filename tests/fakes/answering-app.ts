/** The real app on a free port, over the real generations and store, with engines that a test scripts. */
import { Accounts } from "../../src/accounts/accounts.ts";
import { UsageLimits } from "../../src/accounts/usage-limits.ts";
import { createApp } from "../../src/app.ts";
import type { Embedder, Ranker } from "../../src/chat/engine.ts";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import type { ProposalWriter } from "../../src/conversations/proposal-writer.ts";
import { type AssistantDocuments, createDocuments } from "../../src/documents/documents.ts";
import { UnknownModelError } from "../../src/errors.ts";
import type { AskDesk } from "../../src/generations/answer-writer.ts";
import type { ForeignToolsFor } from "../../src/generations/foreign-tools.ts";
import { promptPreview } from "../../src/generations/preview-prompt.ts";
import { openStaticFiles } from "../../src/http/static-files.ts";
import { createLog } from "../../src/log.ts";
import { type AssistantMemory, createMemory } from "../../src/memory/memory.ts";
import { wordsOf } from "../../src/memory/search-terms.ts";
import { isClientChatName } from "../../src/models/client-names.ts";
import type { PagesDeps } from "../../src/pages/render-chat.tsx";
import { chosenLanguage, Preferences } from "../../src/preferences/preferences.ts";
import { tokensOf } from "../../src/server/answer-listeners.ts";
import { createProposals } from "../../src/server/create-proposals.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { speechServers } from "../../src/speech/speech-servers.ts";
import { summarizeEngine } from "../../src/status/engine-summary.ts";
import type { ModelSizes } from "../../src/status/model-cards.ts";
import type { ModelShelf } from "../../src/status/model-shelf.ts";
import type { StatusPort } from "../../src/status/status-report.ts";
import type { OwnerId } from "../../src/store/schema.ts";
import { StorageWatch } from "../../src/store/storage-watch.ts";
import { readThread } from "../../src/store/thread.ts";
import type { Connection } from "../../src/telemetry/connections.ts";
import { foreignToolsOf } from "../../src/tools-elsewhere/offered-tools.ts";
import { ToolServers } from "../../src/tools-elsewhere/tool-servers.ts";
import { documentsInChat } from "../../src/workspace/documents-in-chat.ts";
import { type Answering, type AnsweringOptions, openAnswering } from "./answering.ts";
import { emptyShelf } from "./empty-shelf.ts";
import { createFakeEmbedder } from "./fake-embedder.ts";

const files = await openStaticFiles();

export interface AnsweringApp extends Answering {
  readonly url: string;
  readonly memory: AssistantMemory;
  readonly documents: AssistantDocuments;
  /** null: nothing is proposed. */
  readonly proposals: ProposalWriter | null;
  readonly preferences: Preferences;
  readonly accounts: Accounts;
  readonly app: ReturnType<typeof createApp>;
  /** Says that something in a conversation has changed. */
  tell(conversationId: string): void;
}

export interface AnsweringAppOptions extends AnsweringOptions {
  /** As in the environment. */
  readonly settings?: Record<string, string>;
  readonly embedder?: Embedder;
  /** What says how well texts answer a question; left out: nothing does. */
  readonly ranker?: () => Ranker | null;
  /** What the program has connected to. */
  readonly connections?: readonly Connection[];
  /** By which memories are found; left out: by their words alone. */
  readonly recallBy?: Embedder;
  /** Whether a model proposes to remember things; left out: nothing does. */
  readonly proposes?: boolean;
  readonly status?: StatusPort;
  /** Of the models whose files are here. */
  readonly modelSizes?: () => ModelSizes;
  /** Left out: no model is here. */
  readonly shelf?: ModelShelf;
  readonly idleSeconds?: number;
  /** Whether a model may be able to see pictures; left out: it may. */
  readonly seesPictures?: boolean;
  /** The folder whose files of prices are imported. */
  readonly watched?: PagesDeps["watched"];
  /** Whether a name that clients send by default (`gpt-4o-mini`) means the model that runs, as in the program; left out: it is unknown. */
  readonly takesClientNames?: true;
  /** Milliseconds since 1970, for logins and sessions. */
  readonly now?: () => number;
}

/** Of a model of some billion parameters. */
const mediumLimits = { offered: 8, rounds: 4, parallel: true };

/** The status page has tests of its own. */
const idleStatus: StatusPort = {
  report: () => {
    throw new Error("not asked for");
  },
  act: () => Promise.reject(new Error("not asked for")),
  load: () => Promise.reject(new Error("not asked for")),
  changed: () => Promise.reject(new Error("not asked for")),
};

export function openAnsweringApp(options: AnsweringAppOptions = {}): AnsweringApp {
  let memory: AssistantMemory | null = null;
  let aboutDocuments: AskDesk | null = null;
  let foreignTools: ForeignToolsFor | null = null;
  const settings = readSettings(options.settings ?? {}, "/nonexistent");
  const limits = new UsageLimits(settings.limits, options.now);
  const answering = openAnswering({
    recall: async (question, limit, rest) => (await memory?.recall(question, limit, rest)) ?? [],
    admit: ({ users }, ownerId, ask) =>
      limits.answering(ownerId, () => users.unfinishedAnswers(ownerId ?? "").length, ask),
    foreignToolsFor: () => async (asked) => (await foreignTools?.(asked)) ?? null,
    ...options,
    askDesk: async (question, asked) => (await aboutDocuments?.(question, asked)) ?? null,
  });
  const { store, pool, generations, queue } = answering;
  generations.events.subscribe((event) => {
    if (event.type === "ended") limits.charge(event.ownerId, tokensOf(event));
  });
  const log = createLog("debug", (line) => answering.logLines.push(JSON.parse(line)));
  const preferences = new Preferences({ store, defaults: settings.personal });
  const remembers = (ownerId: OwnerId) => preferences.of(ownerId).remember_exchanges;
  memory = createMemory({ store, embedder: options.recallBy ?? null, log, remembers });
  // As the server does, by words alone.
  const documents = createDocuments({ store, embedder: null, log });
  aboutDocuments = documentsInChat({
    ...{ documents, store },
    languageOf: (ownerId) => chosenLanguage(preferences.of(ownerId)),
    desk: options.askDesk ?? (async () => null),
  });
  const library = new ConversationLibrary({
    store,
    stopAnswers: (id, isMeant) => generations.stopIn(id, isMeant),
    searchTerms: wordsOf,
  });
  const proposals =
    options.proposes === true
      ? createProposals({
          ...{ store, pool, memory, preferences, library, log },
          isAble: () => true,
          lookAgainMs: 20,
        })
      : null;
  if (proposals !== null)
    generations.events.subscribe(async (event) => {
      if (event.type === "begun") proposals.makeWay();
      if (event.type === "exchanged") await proposals.consider(event.ownerId, event.exchange.messageId);
      if (event.type === "ended") proposals.wake();
    });
  const storage = new StorageWatch(() => store.check(), 50);
  const accounts = new Accounts({ store, log, ...(options.now ? { now: options.now } : {}) });
  const embedder = options.embedder ?? createFakeEmbedder();
  const { dataDir } = answering;
  const toolServers = new ToolServers({ store, dataDir, version: "test", log });
  foreignTools = foreignToolsOf({ store, servers: toolServers, log, limitsOf: () => mediumLimits });
  const app = createApp({
    files,
    toolServers,
    accounts,
    limits,
    ...(options.idleSeconds === undefined ? {} : { idleSeconds: options.idleSeconds }),
    machineNames: [],
    modelSizes: options.modelSizes ?? (() => new Map()),
    shelf: options.shelf ?? emptyShelf,
    seesPictures: () => options.seesPictures ?? true,
    speech: speechServers(settings),
    generations,
    queue,
    library,
    store,
    slots: () => pool.slots,
    previewPrompt: promptPreview({
      store,
      ready: () => pool.ready,
      systemPromptOf: (ownerId, instructions) => preferences.promptOf(ownerId, instructions),
    }),
    memory,
    documents,
    preferences,
    settings,
    about: { startedAt: 0, connections: () => options.connections ?? [] },
    version: "test",
    log,
    tracer: options.tracer ?? null,
    health: {
      engines: () => pool.status(),
      storage: () => storage.state().problem ?? "ok",
      unfinished: () => generations.unfinished,
      waiting: () => pool.waiting,
      startedAt: Date.now(),
    },
    status: options.status ?? idleStatus,
    measures: {
      process: () => ({
        cpuSeconds: 1,
        heapBytes: 1,
        openDescriptors: null,
        mostDescriptors: null,
        loopLag: null,
      }),
      database: () => ({ fileBytes: 1, walBytes: 1, writes: 0, lastWriteSeconds: null }),
      queueWaits: () => [],
      firstTokens: () => [],
      generatedTokens: () => [],
    },
    models: {
      listed: () => [
        ...pool
          .status()
          .flatMap(({ model, contextSize }) =>
            model === null ? [] : [{ id: model, purpose: "chat" as const, contextLength: contextSize }],
          ),
        { id: embedder.model, purpose: "embeddings", contextLength: embedder.longestText },
      ],
      resolve: (name) => {
        const [first] = pool.status();
        const meansIt = ["auto", "phi3", first?.model].includes(name);
        if (first?.model != null && (meansIt || (options.takesClientNames && isClientChatName(name))))
          return first.model;
        throw new UnknownModelError(name, []);
      },
      since: Date.now(),
    },
    engines: { ready: () => pool.engines.filter((engine) => engine.status().state === "ready") },
    embeddings: {
      embedder,
      meansEmbedder: (name) => (name === "small-embedder" ? "yes" : "unknown"),
    },
    ...(options.ranker === undefined ? {} : { ranker: options.ranker }),
    pages: {
      conversations: { ...store.conversations, thread: (id, options) => readThread(store, id, options) },
      engineSummary: () => summarizeEngine(pool.status(), []),
      storage,
      ...(options.watched === undefined ? {} : { watched: options.watched }),
    },
  });
  app.listen({ port: 0, hostname: "127.0.0.1", reusePort: false });
  return {
    ...answering,
    url: `http://127.0.0.1:${app.server?.port}`,
    memory,
    documents,
    proposals,
    preferences,
    accounts,
    app,
    tell: (conversationId) => library.tell({ conversationId, of: "list" }),
    [Symbol.asyncDispose]: async () => {
      await app.server?.stop(true);
      storage[Symbol.dispose]();
      await proposals?.[Symbol.asyncDispose]();
      await documents[Symbol.asyncDispose]();
      await toolServers[Symbol.asyncDispose]();
      await answering[Symbol.asyncDispose]();
    },
  };
}
