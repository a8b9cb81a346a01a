/**
 * Says how well texts answer a question, by a ranking model that runs in-process beside the chat model. It is loaded when first
 * needed. It knows nothing of what the texts are.
 */
import type { Llama, LlamaRankingContext } from "node-llama-cpp";
import type { RankedText, Ranker } from "../../chat/engine.ts";
import { EngineUnavailableError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { LazyModel } from "./lazy-model.ts";

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

export class LlamaRanker implements Ranker {
  readonly model: string;
  readonly longestQuestion = largestContext * questionShare;
  readonly #lazy: LazyModel<LlamaRankingContext>;

  constructor(options: LlamaRankerOptions) {
    this.model = options.model;
    this.#lazy = new LazyModel("The ranking model", () => load(options));
  }

  async countQuestion(question: string, signal: AbortSignal): Promise<number> {
    return (await this.#lazy.loaded(signal)).model.tokenize(question).length;
  }

  async rank(question: string, texts: readonly string[], signal: AbortSignal): Promise<RankedText[]> {
    const { context } = await this.#lazy.loaded(signal);
    const ranked: RankedText[] = [];
    for (const text of texts) {
      this.#lazy.throwIfEnded(signal);
      const score = await this.#lazy.track(context.rank(question, text, { onOverflow: "maxChunk" }));
      ranked.push({ score, tokens: context.calculateInputLength(question, text) });
    }
    return ranked;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lazy[Symbol.asyncDispose]();
  }
}

async function load({ library, modelPath, threads, model: id, log }: LlamaRankerOptions) {
  try {
    const model = await (await library()).loadModel({ modelPath });
    const max = Math.min(largestContext, model.trainContextSize);
    const context = await model.createRankingContext({ contextSize: { max }, threads });
    log.info("ranking-model-loaded", { model: id });
    return { model, context };
  } catch (cause) {
    throw new EngineUnavailableError(
      `The ranking model ${id} could not be loaded. Replace its file in the folder of models, or take it away.`,
      { model: id },
      { cause },
    );
  }
}
