/** What the status of the llama engine says of its model, threads and graphics card. It knows nothing of answers. */
import type { EngineStatus } from "../../chat/engine.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";

interface LoadedModel {
  readonly runtime: Pick<LlamaRuntime, "llama" | "model">;
  readonly gpuDevices: readonly string[];
}

/** @param loaded null: no model is loaded */
export const engineDetails = (threads: number, loaded: LoadedModel | null): EngineStatus["details"] => ({
  threads,
  gpu: loaded ? loaded.runtime.llama.gpu || "none" : null,
  gpu_devices: loaded?.gpuDevices.join(", ") || null,
  gpu_layers: loaded?.runtime.model.gpuLayers ?? null,
  layers: loaded?.runtime.model.fileInsights.totalLayers ?? null,
  quantisation: loaded?.runtime.model.typeDescription ?? null,
  model_bytes: loaded?.runtime.model.size ?? null,
});
