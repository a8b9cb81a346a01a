/** Hands the parts of the server to the HTTP interface, each route group with what it needs. */
import type { AppDeps } from "../app.ts";
import { promptPreview } from "../generations/preview-prompt.ts";
import { modelSizes } from "../models/model-fit.ts";
import { tinyModels } from "../models/tiny-model.ts";
import type { DatabaseUsage } from "../status/measures.ts";
import type { Store } from "../store/database.ts";
import { readThread } from "../store/thread.ts";
import type { Parts } from "./create-parts.ts";
import { runsHere } from "./engine-names.ts";
import { machineNames } from "./machine-names.ts";
import { createModelShelf } from "./model-shelf.ts";
import { version } from "./version.ts";

export function appDeps(parts: Parts): AppDeps {
  const { settings, store, storage, engines, names, place, generations, statistics, startedAt } = parts;
  const { pool } = engines;
  const {
    accounts,
    files,
    limits,
    library,
    queue,
    memory,
    documents,
    preferences,
    embedder,
    status,
    log,
    tracer,
  } = parts;
  return {
    ...{
      accounts,
      files,
      limits,
      generations,
      queue,
      library,
      store,
      memory,
      documents,
      preferences,
      toolServers: parts.toolServers,
      settings,
      status,
      version,
      log,
      tracer,
    },
    machineNames: machineNames(),
    about: { startedAt, connections: () => parts.connections.list() },
    slots: () => pool.slots,
    previewPrompt: promptPreview({
      store,
      ready: () => pool.ready,
      systemPromptOf: (ownerId, instructions) => preferences.promptOf(ownerId, instructions),
    }),
    speech: parts.speech,
    // The engine in this process reads text alone; a llama-server says whether it sees, and of a vLLM its refusal tells.
    seesPictures: () =>
      pool.status().some(({ engine, details }) => !runsHere(engine) && details.sees_pictures !== false),
    measures: {
      process: () => parts.processUsage,
      database: () => databaseUsage(store),
      queueWaits: () => statistics.waits,
      firstTokens: () => statistics.firstTokens,
      generatedTokens: () => statistics.tokensByModel,
    },
    models: {
      listed: () => names.listed(),
      resolve: (name) => names.resolve(name),
      namesModel: (name) => names.namesModel(name),
      since: startedAt,
    },
    engines: { ready: () => pool.engines.filter((engine) => engine.status().state === "ready") },
    modelSizes: () => modelSizes(place),
    shelf: createModelShelf({
      ...{ place, pulls: parts.pulls, engines: () => status.report().engines },
      memoryOf: (id) => engines.memory?.known(id) ?? null,
    }),
    embeddings: { embedder, meansEmbedder: (name) => names.meansEmbedder(name) },
    ranker: () => parts.ranker.current(),
    health: {
      engines: () => pool.status(),
      storage: () => storage.state().problem ?? "ok",
      unfinished: () => generations.unfinished,
      waiting: () => pool.waiting,
      startedAt,
    },
    pages: {
      conversations: { ...store.conversations, thread: (id, options) => readThread(store, id, options) },
      engineSummary: parts.engineSummary,
      onEngineChange: (listener) => parts.engineWatch.onChange(listener),
      isTinyModel: tinyModels(place.catalog),
      storage,
      watched: (ownerId) => parts.watched?.stateFor(ownerId) ?? null,
    },
  };
}

function databaseUsage(store: Store): DatabaseUsage {
  const { lastWriteMs, ...usage } = store.usage();
  return { ...usage, lastWriteSeconds: lastWriteMs === null ? null : lastWriteMs / 1000 };
}
