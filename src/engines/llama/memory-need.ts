/**
 * The memory that a model takes while it is loaded, before it is: the library lays out weights, KV cells and compute buffers
 * without taking memory for them.
 */
import { GgmlType, type GgufFileInfo, GgufInsights, type Llama, readGgufFileInfo } from "node-llama-cpp";
import { contextLimits, type KvType } from "./llama-runtime.ts";

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
  readonly kvType?: KvType;
}

/** What the tables of a tokenizer take for each of its tokens, as measured on models of 49,000 and 262,000 tokens. */
const bytesOfToken = 400;
const bytesOfNumber = 4;

/**
 * On the processor, memory counts that is really used: the library lays out logits for every token of a batch, and those that
 * are asked for have a few. On a graphics card all is taken, as if all layers lay there.
 * @throws when it is no GGUF
 */
export async function memoryNeed(
  llama: Llama,
  modelPath: string,
  { sequences, contextSize, kvType = "f16" }: MemoryNeedOptions,
): Promise<MemoryNeed> {
  const info = await readGgufFileInfo(modelPath, { sourceType: "filesystem", logWarnings: false });
  const insights = await GgufInsights.from(info, llama);
  const { max, batchSize } = contextLimits(insights.trainContextSize);
  const gpuLayers = llama.gpu === false ? 0 : insights.totalLayers;
  const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers });
  const buffers = await insights.estimateContextResourceRequirementsV2({
    ...{ sequences, batchSize, contextSize: contextSize ?? max },
    modelGpuLayers: gpuLayers,
    ...(kvType === "f16"
      ? {}
      : { kvCacheKeyType: GgmlType.Q8_0, kvCacheValueType: GgmlType.Q8_0, flashAttention: true }),
  });
  if (llama.gpu !== false) return { weights: weights.gpuVram, buffers: buffers.gpuVram };
  const tokens = info.metadata.tokenizer?.ggml?.tokens?.length ?? 0;
  const unused = tokens * bytesOfNumber * Math.max(0, batchSize - sequences);
  const used = Math.max(0, buffers.cpuRam - unused) + activationBytes(info, batchSize);
  return { weights: weights.cpuRam, buffers: used + tokens * bytesOfToken };
}

/** What lies between two layers while a batch is read. */
function activationBytes({ architectureMetadata }: GgufFileInfo, batchSize: number): number {
  const { embedding_length: width = 0, feed_forward_length: inner = 0 } = architectureMetadata;
  const widest = Math.max(0, ...[inner].flat().map(Number));
  return batchSize * bytesOfNumber * (4 * Number(width) + 2 * widest);
}
