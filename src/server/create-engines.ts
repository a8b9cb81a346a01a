/** Makes the engines that the settings ask for, in the order in which they are asked. */

import { join } from "node:path";
import type { EngineSource } from "../chat/run-turn.ts";
import { EnginePool } from "../engines/engine-pool.ts";
import { LlamaEngine } from "../engines/llama/llama-engine.ts";
import type { ModelFile } from "../engines/llama/model-file.ts";
import type { ModelLoader } from "../engines/model-loader.ts";
import { LaunchedEngine } from "../engines/upstream/launched-engine.ts";
import { VllmClient } from "../engines/vllm/vllm-client.ts";
import { VllmEngine } from "../engines/vllm/vllm-engine.ts";
import type { OrchestratorChannel } from "../ipc/orchestrator-channel.ts";
import type { Log } from "../log.ts";
import type { ModelPlace } from "../models/model-store.ts";
import type { Settings } from "../settings/settings.ts";
import { createLoader, type SharedLlamaOptions } from "./create-loader.ts";
import { LastModel } from "./last-model.ts";
import { MemoryNeeds } from "./memory-needs.ts";
import { ModelsHere } from "./models-here.ts";

export interface ServerEngines {
  readonly pool: EnginePool;
  /** Always made, because recall embeds with its library; it answers only where it is in the pool. */
  readonly llama: LlamaEngine;
  /** Whether llama is in the pool. */
  readonly llamaAnswers: boolean;
  /** null: the orchestrator launched none. */
  readonly launched: LaunchedEngine | null;
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
  const launched =
    settings.vllm.launched === null ? null : new LaunchedEngine({ engine: "vllm", orchestrator });
  const vllm = createVllm(settings, launched, log);
  const tiers = settings.engineOrder.map((kind) => (kind === "llama" ? [llama] : vllm));
  const pool = new EnginePool(
    tiers.filter((tier) => tier.length > 0),
    { waitForLoading: settings.waitForLoading },
  );
  const llamaAnswers = settings.engineOrder.includes("llama");
  const memory = llamaAnswers ? new MemoryNeeds({ settings, llama, here }) : null;
  const loader =
    memory !== null && settings.onDemand.isOn
      ? createLoader({ settings, pool, llama, llamaOptions, here, memory, lastModel, log })
      : null;
  const loadable = () => (loader === null ? [] : here.ids);
  const choose = (wanted: string) => here.choose(wanted);
  const source = loader ?? pool;
  return { pool, llama, launched, llamaAnswers, loader, source, lastModel, memory, choose, loadable };
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
  const isAuto = settings.model.toLowerCase() === "auto";
  return new LlamaEngine({
    ...options,
    resolveModel: async (wanted, signal, failed = new Set<string>()) => {
      const last = wanted === null && isAuto ? lastModel.name : null;
      if (last === null) return here.choose(wanted ?? settings.model, { signal, failed });
      const found = await here.choose(last, { signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        log.warn("last-model-passed-over", { model: last, error });
        return null;
      });
      if (found !== null && !failed.has(found.path)) return found;
      return here.choose(settings.model, { signal, failed });
    },
  });
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
