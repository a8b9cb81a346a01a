/**
 * The one place that touches node-llama-cpp for answering: loads the library, the model and its context,
 * turns messages into prompt tokens, and evaluates tokens on a sequence. It knows nothing of batching
 * order, stop strings or events.
 */
import {
  type ChatHistoryItem,
  type ChatWrapper,
  getLlama,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  LlamaLogLevel,
  type LlamaModel,
  LlamaText,
  resolveChatWrapper,
  type Token,
  TokenBias,
} from "node-llama-cpp";
import type { TokenAlternative } from "../../chat/chat-event.ts";
import type { ChatMessage, Sampling, Tool } from "../../chat/engine.ts";
import { UnsupportedRequestError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { type PromptBlocks, promptBlocks, type ReadRange } from "./prompt-blocks.ts";
import {
  asToken,
  type GrammarState,
  overwhelming,
  type SampleOptions,
  samplerOf,
} from "./sampler-options.ts";
import type { CachedSequence } from "./sequence-cache.ts";
import { withTools } from "./tool-prompt.ts";

/** What node-llama-cpp is asked to offload to; false: everything stays on the processor. */
export type GpuUse = "auto" | "cuda" | "vulkan" | "metal" | false;

interface LlamaRuntimeOptions {
  readonly modelPath: string;
  readonly threads: number;
  readonly sequences: number;
  /** null: what the model was trained on, but no more than `largestAutomaticContext`, as memory allows. */
  readonly contextSize: number | null;
  readonly gpu: GpuUse;
}

/** A sequence's KV cells are taken up front: beyond this, LLAMA_CONTEXT should set the size. */
const largestAutomaticContext = 8192;
const smallestContext = 512;
const batchSize = 512;

export interface SampledToken {
  readonly id: number;
  /** Natural logarithm of the token's probability before temperature and truncation. */
  readonly logprob?: number;
  readonly alternatives?: readonly TokenAlternative[];
}

/** Loads the native library once for all models; prebuilt binaries only, nothing is ever compiled. */
export async function loadLlama(threads: number, gpu: GpuUse, log: Log): Promise<Llama> {
  return await getLlama({
    build: "never",
    skipDownload: true,
    gpu,
    maxThreads: threads,
    logLevel: LlamaLogLevel.warn,
    logger: (level, message) => {
      if (level === LlamaLogLevel.error || level === LlamaLogLevel.fatal)
        log.error("llama-library", { message });
      else log.debug("llama-library", { level, message });
    },
  });
}

export class LlamaRuntime implements AsyncDisposable {
  readonly sequences: readonly ModelSequence[];
  readonly blocks: PromptBlocks;
  /** A prompt is counted while it is built, then read: to cut a long one into tokens twice holds everything up twice. */
  readonly #prompts = new WeakMap<readonly ChatMessage[], readonly number[]>();

  private constructor(
    readonly llama: Llama,
    readonly model: LlamaModel,
    readonly context: LlamaContext,
    readonly chatWrapper: ChatWrapper,
    threads: number,
  ) {
    this.blocks = promptBlocks({
      bytes: model.size,
      threads,
      onProcessor: model.gpuLayers === 0,
      batchSize,
    });
    const { block } = this.blocks;
    this.sequences = Array.from(
      { length: context.totalSequences },
      () => new ModelSequence(model, context.getSequence(), block),
    );
  }

  /**
   * @param onProgress gets 0 to 1 while the weights are read
   * @throws what node-llama-cpp throws: the engine translates it
   */
  static async load(
    llama: Llama,
    options: LlamaRuntimeOptions,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<LlamaRuntime> {
    const model = await llama.loadModel({
      modelPath: options.modelPath,
      loadSignal: signal,
      onLoadProgress: onProgress,
    });
    try {
      const chatWrapper = resolveChatWrapper(model);
      const context = await model.createContext({
        sequences: options.sequences,
        contextSize: options.contextSize ?? {
          min: Math.min(smallestContext, model.trainContextSize),
          max: Math.min(largestAutomaticContext, model.trainContextSize),
        },
        batchSize,
        threads: options.threads,
        createSignal: signal,
        // The batch scheduler never queues more than a batch holds: every queued item is taken whole.
        batching: {
          itemPrioritizationStrategy: ({ items }) =>
            items.map((item) => ({ item, processAmount: item.tokens.length })),
        },
      });
      return new LlamaRuntime(llama, model, context, chatWrapper, options.threads);
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  get contextSize(): number {
    return this.context.contextSize;
  }

  /** The whole prompt, up to and including the opening of the assistant's turn. */
  promptTokens(messages: readonly ChatMessage[], tools: readonly Tool[] = []): readonly number[] {
    if (tools.length > 0) return this.#promptTokens(messages, tools);
    const tokens = this.#prompts.get(messages) ?? this.#promptTokens(messages, []);
    this.#prompts.set(messages, tokens);
    return tokens;
  }

  #promptTokens(messages: readonly ChatMessage[], tools: readonly Tool[]): number[] {
    const chatHistory: ChatHistoryItem[] = withTools(messages, tools).map(({ role, content }) => {
      if (role === "assistant") return { type: "model", response: [content] };
      return { type: role === "tool" ? "user" : role, text: content };
    });
    chatHistory.push({ type: "model", response: [""] });
    const { contextText } = this.chatWrapper.generateContextState({ chatHistory });
    const tokens: number[] = contextText.tokenize(this.model.tokenizer);
    // Templates that write the beginning-of-sequence token themselves get a second one from the wrapper.
    const { bos } = this.model.tokens;
    return bos !== null && tokens[0] === bos && tokens[1] === bos ? tokens.slice(1) : tokens;
  }

  /** A text to continue as it is, without a template. */
  rawTokens(text: string): number[] {
    const tokens: number[] = this.model.tokenize(text, false);
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  follow(grammar: LlamaGrammar): GrammarState {
    return new LlamaGrammarEvaluationState({ model: this.model, grammar });
  }

  /** @throws UnsupportedRequestError for a token that the model's vocabulary does not have */
  checkBias(logitBias: Sampling["logitBias"] = {}): void {
    const size = this.model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length ?? Number.POSITIVE_INFINITY;
    const unknown = Object.keys(logitBias).find((id) => Number(id) >= size);
    if (unknown === undefined) return;
    throw new UnsupportedRequestError(
      `logit_bias names token ${unknown}, but this model's vocabulary has ${size} tokens: 0 to ${size - 1}. Leave it out.`,
      { param: "logit_bias" },
    );
  }

  /**
   * @param endsByGrammar the end's tokens are left as they are: what a grammar holds must be able to end
   * @see Sampling.logitBias
   */
  biasOf(logitBias: NonNullable<Sampling["logitBias"]>, endsByGrammar: boolean): TokenBias {
    const bias = TokenBias.for(this.model);
    const biases: unknown = Reflect.get(bias, "_biases");
    if (!(biases instanceof Map)) throw new Error("The library keeps its biases otherwise now.");
    for (const [id, logit] of Object.entries(logitBias)) {
      const token = asToken(Number(id));
      // The library's own `set` passes over tokens that end the answer.
      if (!this.model.isEogToken(token)) bias.set(token, logit <= -100 ? "never" : { logit });
      else if (!endsByGrammar) biases.set(token, logit <= -100 ? Number.NEGATIVE_INFINITY : logit);
    }
    return bias;
  }

  /** Tokens of plain text inside a turn: nothing in it is taken for a control token. */
  textTokens(text: string): number[] {
    return LlamaText([text]).tokenize(this.model.tokenizer);
  }

  /** Strings that end a turn in this model's template besides its end-of-generation tokens. */
  turnEndStrings(): string[] {
    const { stopGenerationTriggers } = this.chatWrapper.generateContextState({
      chatHistory: [{ type: "user", text: "" }],
    });
    return stopGenerationTriggers.flatMap((trigger) => {
      const onlyText = trigger.values.every((value) => typeof value === "string");
      return onlyText && trigger.toString().trim() !== "" ? [trigger.toString()] : [];
    });
  }

  detokenize(ids: readonly number[], before: readonly number[]): string {
    return this.model.detokenize(ids.map(asToken), false, before.map(asToken));
  }

  isEndOfGeneration(id: number): boolean {
    return this.model.isEogToken(asToken(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.dispose();
    await this.model.dispose();
  }
}

/** One sequence of the context's KV cache. */
export class ModelSequence implements CachedSequence {
  readonly #model: LlamaModel;
  readonly #sequence: LlamaContextSequence;
  readonly #block: number;
  /** Of a state that was loaded nobody knows where its prompt ends: it is taken for one prompt. */
  lastPrompt: ReadRange = { begin: 0, end: Number.POSITIVE_INFINITY };

  /** The conversation whose prompt it holds; null: nobody said. */
  conversationId: string | null = null;

  /** @param block where prompts are cut */
  constructor(model: LlamaModel, sequence: LlamaContextSequence, block: number) {
    this.#model = model;
    this.#sequence = sequence;
    this.#block = block;
  }

  get cachedTokens(): readonly number[] {
    return this.#sequence.contextTokens;
  }

  get length(): number {
    return this.#sequence.nextTokenIndex;
  }

  /**
   * @returns `length` when the cache still has all that the tokens after it look at, else 0. A model with a sliding window
   * forgets what the window has passed, and its saved state holds the window alone; a recurrent model has its last state
   * only. The library itself looks for the position alone, not for the window before it.
   */
  wholeUpTo(length: number): number {
    if (length >= this.length) return Math.min(length, this.length);
    const { isRecurrent, isHybrid, swaSize } = this.#model.fileInsights;
    if (isRecurrent || isHybrid) return 0;
    const firstNeeded = Math.max(0, length - (swaSize ?? length));
    return this.#sequence.stateCellsStartIndex <= firstNeeded ? length : 0;
  }

  /** Drops everything after the first `length` tokens. */
  async truncate(length: number): Promise<void> {
    if (length >= this.length) return;
    await this.#sequence.eraseContextTokenRanges([{ start: length, end: this.length }]);
  }

  /** Writes the cache of this sequence, and which tokens it is of, to a file. */
  async saveState(path: string): Promise<void> {
    // A sliding window's state cannot be cut back later: it ends where the next prompt is cut.
    if (this.#model.fileInsights.swaSize !== undefined)
      await this.truncate(this.length - (this.length % this.#block));
    await this.#sequence.saveStateToFile(path);
  }

  /** @param path of a state that this very model wrote with these very settings: another one may crash the process */
  async loadState(path: string): Promise<void> {
    await this.#sequence.loadStateFromFile(path, { acceptRisk: true });
  }

  /** Appends tokens to the cache. */
  async evaluate(ids: readonly number[]): Promise<void> {
    await this.#sequence.evaluateWithoutGeneratingNewTokens(ids.map(asToken));
  }

  /** Appends tokens to the cache and draws the token that follows them. */
  async sample(ids: readonly number[], options: SampleOptions): Promise<SampledToken> {
    const last = ids.at(-1);
    if (last === undefined) throw new RangeError("sample() needs at least one token");
    if (options.grammar !== undefined) return await this.#sampleHeld(ids, options, options.grammar);
    const withLogits = options.topLogprobs !== null;
    const outputs = await this.#sequence.controlledEvaluate([
      ...ids.slice(0, -1).map(asToken),
      [
        asToken(last),
        {
          generateNext: {
            token: true,
            totalLogitWeight: withLogits,
            logits: withLogits
              ? {
                  filter: {
                    tokens: [],
                    includeMax: true,
                    includeSelected: true,
                    includeTop: options.topLogprobs ?? 0,
                  },
                }
              : false,
            options: samplerOf(options),
          },
        },
      ],
    ]);
    const next = outputs[ids.length - 1]?.next;
    if (next?.token === undefined || next.token === null) throw new Error("The sampler returned no token");
    if (!next.logits || next.totalLogitWeight === undefined) return { id: next.token };
    return {
      id: next.token,
      ...this.#logprobs(next.token, next.logits, next.totalLogitWeight, options.topLogprobs ?? 0),
    };
  }

  /**
   * Appends tokens, and has the grammar take note of one that was drawn from them before: an answer is resumed.
   * @throws Error when the grammar does not allow it
   */
  async replay(ids: readonly number[], drawn: number, grammar: GrammarState): Promise<void> {
    const bias = TokenBias.for(this.#model).set(asToken(drawn), { logit: overwhelming });
    const greedily = { temperature: 0, topP: 1, seed: 0, topLogprobs: null, bias };
    const { id } = await this.#sampleHeld(ids, greedily, grammar);
    if (id !== drawn) throw new Error("The grammar does not allow what was written before.");
  }

  /** The call that fills batches knows no grammars: this one draws a single token, and is closed again. */
  async #sampleHeld(
    ids: readonly number[],
    options: SampleOptions,
    grammar: GrammarState,
  ): Promise<SampledToken> {
    const probabilities = options.topLogprobs !== null;
    const drawing = this.#sequence.evaluateWithMetadata(
      ids.map(asToken),
      { probabilities },
      { ...samplerOf(options), grammarEvaluationState: grammar, yieldEogToken: true },
    );
    try {
      const { value, done } = await drawing.next();
      if (done || value === undefined) throw new Error("The sampler returned no token");
      if (!("probabilities" in value) || !(value.probabilities instanceof Map)) return { id: value.token };
      const ranked = [...value.probabilities].toSorted(([, a], [, b]) => b - a);
      return {
        id: value.token,
        logprob: Math.log(value.probabilities.get(value.token) ?? 0),
        alternatives: ranked.slice(0, options.topLogprobs ?? 0).map(([id, probability]) => ({
          text: this.#model.detokenize([id]),
          logprob: Math.log(probability),
        })),
      };
    } finally {
      await drawing.return();
    }
  }

  /** log softmax: logit - max - ln(sum of exp(logit - max)), the sum being `totalLogitWeight`. */
  #logprobs(selected: Token, logits: ReadonlyMap<Token, number>, totalLogitWeight: number, top: number) {
    const ranked = [...logits].toSorted(([, a], [, b]) => b - a);
    const normalizer = (ranked[0]?.[1] ?? 0) + Math.log(totalLogitWeight);
    const alternatives = ranked
      .slice(0, top)
      .map(([id, logit]) => ({ text: this.#model.detokenize([id]), logprob: logit - normalizer }));
    return { logprob: (logits.get(selected) ?? Number.NEGATIVE_INFINITY) - normalizer, alternatives };
  }
}
