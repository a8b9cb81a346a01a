/**
 * Vectors for recall, by a small embedding model that runs in-process beside the chat model. It is loaded
 * when first needed. It knows nothing of memories.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Llama, LlamaEmbeddingContext, LlamaModel } from "node-llama-cpp";
import type { Embedder } from "../../chat/engine.ts";
import { EngineUnavailableError } from "../../errors.ts";
import type { Log } from "../../log.ts";
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

interface Loaded {
  readonly model: LlamaModel;
  readonly context: LlamaEmbeddingContext;
}

export class LlamaEmbedder implements Embedder {
  readonly model: string;
  readonly dimensions: number;
  /** The library adds the marks of beginning and end, and refuses what then fills the context. */
  readonly longestText = contextSize - 3;
  readonly #options: LlamaEmbedderOptions;
  #loading: Promise<Loaded> | null = null;
  /** Embeddings in the native code, whether or not a caller still waits for them; none rejects. */
  readonly #working = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: LlamaEmbedderOptions) {
    this.#options = options;
    this.model = options.model;
    this.dimensions = options.dimensions;
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    signal.throwIfAborted();
    this.#refuseWhenClosed();
    this.#loading ??= this.#load();
    const { model, context } = await this.#loading;
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      this.#refuseWhenClosed();
      const tokens = model.tokenize(text).slice(0, this.longestText);
      // Of no tokens the library makes no vector: the mark of the beginning alone stands for a text without one.
      const { bos } = model.tokens;
      const read = tokens.length === 0 && bos !== null ? [bos] : tokens;
      vectors.push(unitLength((await this.#track(context.getEmbeddingFor(read))).vector));
    }
    return vectors;
  }

  async countTokens(texts: readonly string[], signal: AbortSignal): Promise<number[]> {
    signal.throwIfAborted();
    this.#refuseWhenClosed();
    this.#loading ??= this.#load();
    const { model } = await this.#loading;
    const counts: number[] = [];
    let unbroken = 0;
    for (const text of texts) {
      this.#refuseWhenClosed();
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

  #refuseWhenClosed(): void {
    if (this.#closed) throw new EngineUnavailableError("The embedding model is being shut down.");
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(
      () => this.#working.delete(settled),
      () => this.#working.delete(settled),
    );
    this.#working.add(settled);
    return work;
  }

  async #load(): Promise<Loaded> {
    const { library, modelPath, model: id, log } = this.#options;
    try {
      // On the processor: it is tiny, and the graphics memory belongs to the chat model.
      const model = await (await library()).loadModel({ modelPath, gpuLayers: 0 });
      const context = await model.createEmbeddingContext({ contextSize, threads: 1 });
      log.info("embedding-model-loaded", { model: id });
      return { model, context };
    } catch (cause) {
      this.#loading = null;
      throw new EngineUnavailableError(
        `The embedding model ${id} could not be loaded. Restore its file under models/ from the release.`,
        { model: id },
        { cause },
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const loaded = await this.#loading?.catch(() => null);
    // The caller may have given up, but the native code has not: freeing its memory would kill the process.
    await Promise.all(this.#working);
    await loaded?.context.dispose();
    await loaded?.model.dispose();
  }
}

function unitLength(vector: readonly number[]): Float32Array {
  const norm = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (norm === 0 ? 0 : value / norm));
}
