/**
 * Vectors for recall, by a small embedding model that runs in-process beside the chat model. It is loaded
 * when first needed. It knows nothing of memories.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Llama, LlamaEmbeddingContext } from "node-llama-cpp";
import type { Embedder } from "../../chat/engine.ts";
import { EngineUnavailableError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { LazyModel } from "./lazy-model.ts";
import { leastTokensOf } from "./prompt-length.ts";

interface LlamaEmbedderOptions {
  /** Names the vectors: the catalogue's id of the model. */
  readonly model: string;
  readonly modelPath: string;
  readonly dimensions: number;
  /** The library, shared with the engine so that it is loaded once. */
  readonly library: () => Promise<Llama>;
  readonly log: Log;
}

/** Positions that the committed model was trained on. */
const contextSize = 512;

/** Characters that are cut into tokens before others have their turn. */
const mostAtOnce = 100_000;

export class LlamaEmbedder implements Embedder {
  readonly model: string;
  readonly dimensions: number;
  /** The library adds the marks of beginning and end, and refuses what then fills the context. */
  readonly longestText = contextSize - 3;
  readonly #lazy: LazyModel<LlamaEmbeddingContext>;

  constructor(options: LlamaEmbedderOptions) {
    this.model = options.model;
    this.dimensions = options.dimensions;
    this.#lazy = new LazyModel("The embedding model", () => load(options));
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const { model, context } = await this.#lazy.loaded(signal);
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      this.#lazy.throwIfEnded(signal);
      const tokens = model.tokenize(text).slice(0, this.longestText);
      // Of no tokens the library makes no vector: the mark of the beginning alone stands for a text without one.
      const { bos } = model.tokens;
      const read = tokens.length === 0 && bos !== null ? [bos] : tokens;
      vectors.push(unitLength((await this.#lazy.track(context.getEmbeddingFor(read))).vector));
    }
    return vectors;
  }

  async countTokens(texts: readonly string[], signal: AbortSignal): Promise<number[]> {
    const { model } = await this.#lazy.loaded(signal);
    const counts: number[] = [];
    let unbroken = 0;
    for (const text of texts) {
      this.#lazy.throwIfEnded(signal);
      const least = leastTokensOf(text);
      counts.push(least > this.longestText ? least : model.tokenize(text).length);
      unbroken += text.length;
      if (unbroken < mostAtOnce) continue;
      unbroken = 0;
      await nextTurn();
      signal.throwIfAborted();
    }
    return counts;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lazy[Symbol.asyncDispose]();
  }
}

async function load({ library, modelPath, model: id, log }: LlamaEmbedderOptions) {
  try {
    // On the processor: it is tiny, and the graphics memory belongs to the chat model.
    const model = await (await library()).loadModel({ modelPath, gpuLayers: 0 });
    const context = await model.createEmbeddingContext({ contextSize, threads: 1 });
    log.info("embedding-model-loaded", { model: id });
    return { model, context };
  } catch (cause) {
    throw new EngineUnavailableError(
      `The embedding model ${id} could not be loaded. Restore its file under models/ from the release.`,
      { model: id },
      { cause },
    );
  }
}

function unitLength(vector: readonly number[]): Float32Array {
  const norm = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (norm === 0 ? 0 : value / norm));
}
