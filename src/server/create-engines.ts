/** Makes the engines that the settings ask for, in the order in which they are asked. */

import { join } from "node:path";
import type { Engine } from "../chat/engine.ts";
import type { EngineSource } from "../chat/run-turn.ts";
import { EnginePool } from "../engines/engine-pool.ts";
import { LlamaEngine } from "../engines/llama/llama-engine.ts";
import type { ModelFile } from "../engines/llama/model-file.ts";
import { LlamaServerClient } from "../engines/llama-server/llama-server-client.ts";
import { LlamaServerEngine } from "../engines/llama-server/llama-server-engine.ts";
import type { ModelLoader } from "../engines/model-loader.ts";
import { LaunchedEngine } from "../engines/upstream/launched-engine.ts";
import { VllmClient } from "../engines/vllm/vllm-client.ts";
import { VllmEngine } from "../engines/vllm/vllm-engine.ts";
import type { OrchestratorChannel } from "../ipc/orchestrator-channel.ts";
import type { Log } from "../log.ts";
import type { ModelPlace } from "../models/model-store.ts";
import type { EngineKind, Settings } from "../settings/settings.ts";
import { createLoader, createServerLoader, type SharedLlamaOptions } from "./create-loader.ts";
import { LastModel } from "./last-model.ts";
import { LaunchedLlamaServer } from "./launched-llama-server.ts";
import { MemoryNeeds } from "./memory-needs.ts";
import { ModelsHere } from "./models-here.ts";

export interface ServerEngines {
  readonly pool: EnginePool;
  /** Always made, because recall embeds with its library; it answers only where it is in the pool. */
  readonly llama: LlamaEngine;
  /** Whether llama is in the pool. */
  readonly llamaAnswers: boolean;
  /** Whether llama is loaded at once, rather than when nothing better answers. */
  readonly llamaStarts: boolean;
  /** null: the orchestrator launched none. */
  readonly vllm: LaunchedEngine | null;
  /** null: the orchestrator launched none. */
  readonly llamaServer: LaunchedLlamaServer | null;
  /** null: no request has a model loaded. */
  readonly loader: ModelLoader | null;
  /** Whom answers ask for a slot. */
  readonly source: EngineSource & { readonly slots: number };
  readonly lastModel: LastModel;
  /** Finds and verifies the file of a model. @throws ModelUnusableError, UnknownModelError */
  readonly choose: (wanted: string) => Promise<ModelFile>;
  /** null: no model is loaded here. */
  readonly memory: MemoryNeeds | null;
  /** The ids of the models that are loaded when a request names them. */
  readonly loadable: () => readonly string[];
}

interface Options {
  readonly settings: Settings;
  readonly place: ModelPlace;
  readonly hasNvidiaGpu: boolean;
  readonly orchestrator: OrchestratorChannel;
  readonly log: Log;
}

export function createEngines(options: Options): ServerEngines {
  const { settings, place, orchestrator, log } = options;
  const here = new ModelsHere(place);
  const lastModel = new LastModel(settings.dataDir, log);
  const llamaOptions = optionsOfLlama(options);
  const llama = createLlama(options, llamaOptions, here, lastModel);
  const vllm = settings.vllm.launched === null ? null : new LaunchedEngine({ engine: "vllm", orchestrator });
  const llamaServer =
    settings.llamaServer.launched === null
      ? null
      : new LaunchedLlamaServer({
          ...{ orchestrator, here, log },
          configured: () => configuredModel(settings, here, lastModel, log),
        });
  const servers = createLlamaServer(settings, llamaServer, log);
  const engines: Readonly<Record<EngineKind, readonly Engine[]>> = {
    llama: [llama],
    "llama-server": servers,
    vllm: createVllm(settings, vllm, log),
  };
  const tiers = settings.engineOrder.map((kind) => engines[kind]);
  const pool = new EnginePool(
    tiers.filter((tier) => tier.length > 0),
    { waitForLoading: settings.waitForLoading },
  );
  const llamaAnswers = settings.engineOrder.includes("llama");
  const memory = llamaAnswers ? new MemoryNeeds({ settings, llama, here }) : null;
  const [server] = servers;
  const loading = { settings, pool, here, lastModel, log };
  const loader = !settings.onDemand.isOn
    ? null
    : memory !== null
      ? createLoader({ ...loading, llama, llamaOptions, memory })
      : server === undefined
        ? null
        : createServerLoader(loading, server);
  const loadable = () => (loader === null ? [] : here.ids);
  const choose = (wanted: string) => here.choose(wanted);
  const source = loader ?? pool;
  // The same file twice in memory is of use only where the first does not answer.
  const isSpare =
    llamaServer !== null &&
    settings.engineOrder.indexOf("llama-server") < settings.engineOrder.indexOf("llama");
  return {
    ...{ pool, llama, llamaAnswers, llamaStarts: llamaAnswers && !isSpare, vllm, llamaServer },
    ...{ loader, source, lastModel, memory, choose, loadable },
  };
}

function optionsOfLlama({ settings, hasNvidiaGpu, log }: Options): SharedLlamaOptions {
  const { threads, parallel, context, gpu } = settings.llama;
  // The graphics card's memory belongs to the vLLM that was launched for it, unless a kind of card is asked for.
  const leavesTheCard = settings.vllm.launched !== null && hasNvidiaGpu && gpu === "auto";
  return {
    ...{ threads, parallel, log },
    contextSize: context,
    stateFolder: join(settings.dataDir, "kv-states"),
    kvType: settings.llama.kvType,
    mostStateBytes: settings.llama.kvMegabytes * 1_000_000,
    gpu: gpu === "off" || leavesTheCard ? false : gpu,
  };
}

function createLlama(
  { settings, log }: Options,
  options: SharedLlamaOptions,
  here: ModelsHere,
  lastModel: LastModel,
): LlamaEngine {
  return new LlamaEngine({
    ...options,
    resolveModel: async (wanted, signal, failed = new Set<string>()) =>
      wanted === null
        ? configuredModel(settings, here, lastModel, log, { signal, failed })
        : here.choose(wanted, { signal, failed }),
  });
}

/** The model that the settings name, or the one that was asked for last where they name none. */
async function configuredModel(
  { model }: Pick<Settings, "model">,
  here: ModelsHere,
  lastModel: LastModel,
  log: Log,
  {
    signal,
    failed = new Set(),
  }: { readonly signal?: AbortSignal; readonly failed?: ReadonlySet<string> } = {},
): Promise<ModelFile> {
  const options = { failed, ...(signal === undefined ? {} : { signal }) };
  const last = model.toLowerCase() === "auto" ? lastModel.name : null;
  if (last === null) return here.choose(model, options);
  const found = await here.choose(last, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    log.warn("last-model-passed-over", { model: last, error });
    return null;
  });
  return found !== null && !failed.has(found.path) ? found : here.choose(model, options);
}

function createLlamaServer(
  { llama, llamaServer }: Settings,
  launched: LaunchedLlamaServer | null,
  log: Log,
): LlamaServerEngine[] {
  if (llamaServer.launched === null || launched === null) return [];
  const { url: baseUrl, apiKey } = llamaServer.launched;
  return [
    new LlamaServerEngine({
      ...{ name: launched.name, client: new LlamaServerClient({ baseUrl, apiKey }), log },
      slots: llama.parallel,
      launched: () => launched.status(),
      hashOf: (model) => launched.hashOf(model),
      replace: (model, signal) => launched.replace(model, signal),
    }),
  ];
}

/** External ones, or the one that the orchestrator launched; no others. */
function createVllm({ vllm }: Settings, launched: LaunchedEngine | null, log: Log): VllmEngine[] {
  const { urls, apiKey, slots } = vllm;
  if (vllm.launched !== null && launched !== null) {
    const client = new VllmClient({ baseUrl: vllm.launched.url, apiKey: vllm.launched.apiKey });
    return [new VllmEngine({ name: "vllm", client, slots, launched: () => launched.status(), log })];
  }
  return urls.map((baseUrl, index) => {
    const name = urls.length === 1 ? "vllm" : `vllm-${index + 1}`;
    return new VllmEngine({ name, client: new VllmClient({ baseUrl, apiKey }), slots, launched: null, log });
  });
}
