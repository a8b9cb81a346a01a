/**
 * The memory that a model takes while it is loaded, before it is: the library lays out weights, KV cells and compute buffers
 * without taking memory for them.
 */
import { GgufInsights, type Llama, readGgufFileInfo } from "node-llama-cpp";
import { contextLimits } from "./llama-runtime.ts";

/** Bytes. */
export interface MemoryNeed {
  /** Mapped from the file: the system counts them as available all the while. */
  readonly weights: number;
  /** KV cells and compute buffers. */
  readonly buffers: number;
}

interface MemoryNeedOptions {
  readonly sequences: number;
  /** null: as large as it gets where memory allows. */
  readonly contextSize: number | null;
}

/** In the memory of the graphics card where the library uses one, as if all layers lay there. @throws when it is no GGUF */
export async function memoryNeed(
  llama: Llama,
  modelPath: string,
  { sequences, contextSize }: MemoryNeedOptions,
): Promise<MemoryNeed> {
  const info = await readGgufFileInfo(modelPath, { sourceType: "filesystem", logWarnings: false });
  const insights = await GgufInsights.from(info, llama);
  const { max, batchSize } = contextLimits(insights.trainContextSize);
  const gpuLayers = llama.gpu === false ? 0 : insights.totalLayers;
  const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers });
  const buffers = await insights.estimateContextResourceRequirementsV2({
    ...{ sequences, batchSize, contextSize: contextSize ?? max },
    modelGpuLayers: gpuLayers,
  });
  const kind = llama.gpu === false ? "cpuRam" : "gpuVram";
  return { weights: weights[kind], buffers: buffers[kind] };
}
