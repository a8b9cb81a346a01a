/** Makes the engines that the settings ask for, in the order in which they are asked. */

import { join } from "node:path";
import { EnginePool } from "../engines/engine-pool.ts";
import { LlamaEngine } from "../engines/llama/llama-engine.ts";
import { LaunchedVllm } from "../engines/vllm/launched-vllm.ts";
import { VllmClient } from "../engines/vllm/vllm-client.ts";
import { VllmEngine } from "../engines/vllm/vllm-engine.ts";
import type { OrchestratorChannel } from "../ipc/orchestrator-channel.ts";
import type { Log } from "../log.ts";
import { ggufKind } from "../models/gguf-kind.ts";
import { chooseModel, type ModelPlace } from "../models/model-store.ts";
import type { Settings } from "../settings/settings.ts";

export interface ServerEngines {
  readonly pool: EnginePool;
  /** Always made, because recall embeds with its library; it answers only where it is in the pool. */
  readonly llama: LlamaEngine;
  /** Whether llama is in the pool. */
  readonly llamaAnswers: boolean;
  /** null: the orchestrator launched none. */
  readonly launched: LaunchedVllm | null;
}

interface Options {
  readonly settings: Settings;
  readonly place: ModelPlace;
  readonly hasNvidiaGpu: boolean;
  readonly orchestrator: OrchestratorChannel;
  readonly log: Log;
}

export function createEngines(options: Options): ServerEngines {
  const { settings, orchestrator, log } = options;
  const llama = createLlama(options);
  const launched = settings.vllm.launched === null ? null : new LaunchedVllm({ orchestrator });
  const vllm = createVllm(settings, launched, log);
  const tiers = settings.engineOrder.map((kind) => (kind === "llama" ? [llama] : vllm));
  const pool = new EnginePool(
    tiers.filter((tier) => tier.length > 0),
    { waitForLoading: settings.waitForLoading },
  );
  return { pool, llama, launched, llamaAnswers: settings.engineOrder.includes("llama") };
}

function createLlama({ settings, place, hasNvidiaGpu, log }: Options): LlamaEngine {
  const { threads, parallel, context, gpu } = settings.llama;
  // The graphics card's memory belongs to the vLLM that was launched for it, unless a kind of card is asked for.
  const leavesTheCard = settings.vllm.launched !== null && hasNvidiaGpu && gpu === "auto";
  return new LlamaEngine({
    threads,
    parallel,
    contextSize: context,
    gpu: gpu === "off" || leavesTheCard ? false : gpu,
    stateFolder: join(settings.dataDir, "kv-states"),
    resolveModel: async (wanted, signal, failed = new Set()) => {
      const chosen = await chooseModel(wanted ?? settings.model, place, { signal, failed });
      return { ...chosen, isOwn: chosen.entry === null, architecture: ggufKind(chosen.path).architecture };
    },
    log,
  });
}

/** External ones, or the one that the orchestrator launched; no others. */
function createVllm({ vllm }: Settings, launched: LaunchedVllm | null, log: Log): VllmEngine[] {
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
