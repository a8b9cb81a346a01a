/**
 * Says how well texts answer a question, by a ranking model that runs in-process beside the chat model. It is loaded when first
 * needed. It knows nothing of what the texts are.
 */
import type { Llama, LlamaModel, LlamaRankingContext } from "node-llama-cpp";
import type { RankedText, Ranker } from "../../chat/engine.ts";
import { EngineUnavailableError } from "../../errors.ts";
import type { Log } from "../../log.ts";

interface LlamaRankerOptions {
  readonly model: string;
  readonly modelPath: string;
  readonly threads: number;
  /** The library, shared with the engine so that it is loaded once. */
  readonly library: () => Promise<Llama>;
  readonly log: Log;
}

/** In tokens. Ranking models read up to 8,192; what is compared here are passages and notes. */
const largestContext = 2048;
/** A text must have room beside the question. */
const questionShare = 0.5;

interface Loaded {
  readonly model: LlamaModel;
  readonly context: LlamaRankingContext;
}

export class LlamaRanker implements Ranker {
  readonly model: string;
  readonly longestQuestion = largestContext * questionShare;
  readonly #options: LlamaRankerOptions;
  #loading: Promise<Loaded> | null = null;
  /** In the native code, whether or not a caller still waits for it. */
  #working: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: LlamaRankerOptions) {
    this.#options = options;
    this.model = options.model;
  }

  async countQuestion(question: string, signal: AbortSignal): Promise<number> {
    return (await this.#loaded(signal)).model.tokenize(question).length;
  }

  async rank(question: string, texts: readonly string[], signal: AbortSignal): Promise<RankedText[]> {
    const { context } = await this.#loaded(signal);
    const ranked: RankedText[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      this.#refuseWhenClosed();
      const working = context.rank(question, text, { onOverflow: "maxChunk" });
      this.#working = working.catch(() => {});
      ranked.push({ score: await working, tokens: context.calculateInputLength(question, text) });
    }
    return ranked;
  }

  async #loaded(signal: AbortSignal): Promise<Loaded> {
    signal.throwIfAborted();
    this.#refuseWhenClosed();
    this.#loading ??= this.#load();
    return await this.#loading;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new EngineUnavailableError("The ranking model is being shut down.");
  }

  async #load(): Promise<Loaded> {
    const { library, modelPath, threads, model: id, log } = this.#options;
    try {
      const model = await (await library()).loadModel({ modelPath });
      const max = Math.min(largestContext, model.trainContextSize);
      const context = await model.createRankingContext({ contextSize: { max }, threads });
      log.info("ranking-model-loaded", { model: id });
      return { model, context };
    } catch (cause) {
      this.#loading = null;
      throw new EngineUnavailableError(
        `The ranking model ${id} could not be loaded. Replace its file in the folder of models, or take it away.`,
        { model: id },
        { cause },
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const loaded = await this.#loading?.catch(() => null);
    // Freeing the memory that native code reads would kill the process.
    await this.#working;
    await loaded?.context.dispose();
    await loaded?.model.dispose();
  }
}
