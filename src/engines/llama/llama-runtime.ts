/**
 * Loads node-llama-cpp, a model and its context, and turns messages into prompt tokens. It knows nothing of batching order,
 * stop strings or events.
 */
import {
  type ChatHistoryItem,
  type ChatWrapper,
  getLlama,
  type Llama,
  type LlamaContext,
  type LlamaContextOptions,
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  LlamaLogLevel,
  type LlamaModel,
  LlamaText,
  resolveChatWrapper,
  SpecialTokensText,
  TokenBias,
} from "node-llama-cpp";
import type { ChatMessage, GenerateRequest, Sampling, Tool } from "../../chat/engine.ts";
import { UnsupportedRequestError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { ModelSequence, mostCheckpoints } from "./model-sequence.ts";
import { type PromptBlocks, promptBlocks } from "./prompt-blocks.ts";
import { asToken, type GrammarState } from "./sampler-options.ts";
import { AnswerForm } from "./template/answer-form.ts";
import type { PromptPiece } from "./template/rendered-pieces.ts";
import { withTemplateFields } from "./template-fields.ts";
import { attachThreadPool } from "./thread-pool.ts";
import { withTools } from "./tool-prompt.ts";
import { withUntouchedCells } from "./untouched-cells.ts";

/** What node-llama-cpp is asked to offload to; false: everything stays on the processor. */
export type GpuUse = "auto" | "cuda" | "vulkan" | "metal" | false;

interface LlamaRuntimeOptions {
  readonly modelPath: string;
  readonly threads: number;
  readonly sequences: number;
  /** null: what the model was trained on, but no more than `largestAutomaticContext`, as memory allows. */
  readonly contextSize: number | null;
  readonly gpu: GpuUse;
  /** Left out: f16. */
  readonly kvType?: KvType;
  readonly log: Log;
}

/** The numbers that KV cells hold, as llama.cpp calls them. */
export type KvType = "f16" | "q8_0";

/** The library's names of them; values of fewer bits need its flash attention. */
const kvOptions = {
  f16: {},
  q8_0: { experimentalKvCacheKeyType: "Q8_0", experimentalKvCacheValueType: "Q8_0", flashAttention: true },
} as const satisfies Record<KvType, LlamaContextOptions>;

/** A sequence's KV cells are reserved up front: beyond this, LLAMA_CONTEXT should set the size. */
const largestAutomaticContext = 8192;
const smallestContext = 512;
const batchSize = 512;

/** They are taken where prompts are cut (checkpointIn), not at an interval. */
const checkpoints = { max: mostCheckpoints, interval: false } as const;

/** What a context may be made of. @param trained the tokens that the model was trained on; left out: not known */
export const contextLimits = (trained = largestAutomaticContext) => ({
  min: Math.min(smallestContext, trained),
  max: Math.min(largestAutomaticContext, trained),
  batchSize,
});

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
  readonly form: AnswerForm;
  /** Control tokens whose marks are told from the text: of thoughts and calls. */
  readonly #shown: ReadonlySet<number>;
  /** A prompt is counted while it is built, then read: to cut a long one into tokens twice holds everything up twice. */
  readonly #prompts = new WeakMap<readonly ChatMessage[], readonly number[]>();

  private constructor(
    readonly llama: Llama,
    readonly model: LlamaModel,
    readonly context: LlamaContext,
    readonly chatWrapper: ChatWrapper,
    threads: number,
    /** Bytes of KV cells that took no memory when the context was made. */
    readonly untouchedAtFirst: number,
    /** The context's own threads. */
    private readonly threadPool: Disposable | null,
  ) {
    const { bosString, eosString } = model.tokens;
    const { chat_template: template } = model.fileInfo.metadata.tokenizer ?? {};
    this.form = new AnswerForm(template, { bos: bosString, eos: eosString });
    this.#shown = this.#controlsIn(this.form.marks);
    this.blocks = promptBlocks({
      bytes: model.size,
      threads,
      onProcessor: model.gpuLayers === 0,
      batchSize,
    });
    const { block } = this.blocks;
    this.sequences = Array.from(
      { length: context.totalSequences },
      () => new ModelSequence(model, context.getSequence({ checkpoints }), block),
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
      const { min, max } = contextLimits(model.trainContextSize);
      const createContext = () =>
        model.createContext({
          sequences: options.sequences,
          contextSize: options.contextSize ?? { min, max },
          batchSize,
          ...kvOptions[options.kvType ?? "f16"],
          threads: options.threads,
          createSignal: signal,
          // The batch scheduler never queues more than a batch holds: every queued item is taken whole.
          batching: {
            itemPrioritizationStrategy: ({ items }) =>
              items.map((item) => ({ item, processAmount: item.tokens.length })),
          },
        });
      // A driver of a graphics card may know pages of this process by their place in memory.
      const { made: context, untouched } =
        llama.gpu === false
          ? await withUntouchedCells(createContext, options.log)
          : { made: await createContext(), untouched: 0 };
      const { sequences, threads, log } = options;
      // With a graphics card the processor has little to do.
      const threadPool =
        llama.gpu === false ? await attachThreadPool(context, { sequences, batchSize, threads }, log) : null;
      return new LlamaRuntime(llama, model, context, chatWrapper, threads, untouched, threadPool);
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  get contextSize(): number {
    return this.context.contextSize;
  }

  /** Bytes of KV cells that take no memory yet, and will when they are used. */
  get untouchedBytes(): number {
    const touched = this.sequences.reduce((sum, sequence) => sum + sequence.mostTokens, 0);
    return this.untouchedAtFirst * Math.max(0, 1 - touched / (this.sequences.length * this.contextSize));
  }

  /** The whole prompt, up to and including the opening of the assistant's turn. */
  promptTokens(
    messages: readonly ChatMessage[],
    tools: readonly Tool[] = [],
    templateFields: GenerateRequest["templateFields"] = {},
  ): readonly number[] {
    const isPlain = tools.length === 0 && Object.keys(templateFields).length === 0;
    const tokens =
      (isPlain ? this.#prompts.get(messages) : undefined) ??
      this.#promptTokens(messages, tools, templateFields);
    if (isPlain) this.#prompts.set(messages, tokens);
    return tokens;
  }

  #promptTokens(
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    templateFields: NonNullable<GenerateRequest["templateFields"]>,
  ): number[] {
    const pieces = this.form.prompt(messages, tools, templateFields);
    const text = pieces === null ? this.#wrappedText(messages, tools, templateFields) : joinedPieces(pieces);
    const tokens: number[] = text.tokenize(this.model.tokenizer);
    // Templates that write the beginning-of-sequence token themselves must not get a second one.
    const { bos, shouldPrependBosToken } = this.model.tokens;
    if (bos === null) return tokens;
    if (tokens[0] === bos) return tokens[1] === bos ? tokens.slice(1) : tokens;
    return shouldPrependBosToken ? [bos, ...tokens] : tokens;
  }

  /** By the library's forms: the file has no template, or one that refuses this conversation. */
  #wrappedText(
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    templateFields: NonNullable<GenerateRequest["templateFields"]>,
  ): LlamaText {
    const chatHistory: ChatHistoryItem[] = withTools(messages, tools).map(({ role, content }) => {
      if (role === "assistant") return { type: "model", response: [content] };
      return { type: role === "tool" ? "user" : role, text: content };
    });
    chatHistory.push({ type: "model", response: [""] });
    return withTemplateFields(this.chatWrapper, templateFields, this.model).generateContextState({
      chatHistory,
    }).contextText;
  }

  #controlsIn(marks: readonly string[]): ReadonlySet<number> {
    const ids = marks.flatMap((mark) => (mark === "" ? [] : this.formTokens(mark)));
    return new Set(ids.filter((id) => this.model.detokenize([asToken(id)]) === ""));
  }

  /**
   * A prompt to continue as it is, without a template. The marks of a template in a text are the model's own tokens: a program
   * may write the template itself.
   * @throws UnsupportedRequestError for an id that is no token's
   */
  rawTokens(prompt: string | readonly number[]): number[] {
    if (typeof prompt !== "string") return this.#checkedTokens(prompt);
    const tokens: number[] = this.model.tokenize(prompt, true);
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  follow(grammar: LlamaGrammar): GrammarState {
    return new LlamaGrammarEvaluationState({ model: this.model, grammar });
  }

  /** @throws UnsupportedRequestError for a token that the model's vocabulary does not have */
  checkBias(logitBias: Sampling["logitBias"] = {}): void {
    const size = this.#vocabularySize ?? Number.POSITIVE_INFINITY;
    const unknown = Object.keys(logitBias).find((id) => Number(id) >= size);
    if (unknown !== undefined) throw unknownToken("logit_bias", unknown, size, "Leave it out.");
  }

  /** llama.cpp itself does not look: an id beyond its table would end the process. */
  #checkedTokens(ids: readonly number[]): number[] {
    const size = this.#vocabularySize;
    if (size === null)
      throw new UnsupportedRequestError(
        "This model's file does not tell its vocabulary. Send the prompt as a text.",
        { param: "prompt" },
      );
    const unknown = ids.find((id) => id >= size);
    if (unknown === undefined) return [...ids];
    throw unknownToken("prompt", unknown, size, "Use this model's own tokenizer, or send the text.");
  }

  get #vocabularySize(): number | null {
    return this.model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length ?? null;
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

  /** Text of the template's own, such as the marks of a thought or a call: they are tokens of their own where the model has some. */
  formTokens(text: string): number[] {
    return LlamaText([new SpecialTokensText(text)]).tokenize(this.model.tokenizer);
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

  /** @param withMarks whether marks of the template and other tokens without a text of their own are written out */
  detokenize(ids: readonly number[], before: readonly number[], withMarks = false): string {
    if (!withMarks && ids.some((id) => this.#shown.has(id)))
      return ids
        .map((id, index) => this.#plainText([id], [...before, ...ids.slice(0, index)], this.#shown.has(id)))
        .join("");
    return this.#plainText(ids, before, withMarks);
  }

  #plainText(ids: readonly number[], before: readonly number[], withMarks: boolean): string {
    return this.model.detokenize(ids.map(asToken), withMarks, before.map(asToken));
  }

  isEndOfGeneration(id: number): boolean {
    return this.model.isEogToken(asToken(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.dispose();
    this.threadPool?.[Symbol.dispose]();
    await this.model.dispose();
  }
}

const joinedPieces = (pieces: readonly PromptPiece[]) =>
  LlamaText(pieces.map(({ text, isTemplate }) => (isTemplate ? new SpecialTokensText(text) : text)));

const unknownToken = (param: string, id: string | number, size: number, advice: string) =>
  new UnsupportedRequestError(
    `${param} names token ${id}, but this model's vocabulary has ${size} tokens: 0 to ${size - 1}. ${advice}`,
    { param },
  );
