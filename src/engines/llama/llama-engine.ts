/**
 * The in-process engine: a GGUF model run by node-llama-cpp, several answers at once in full batches. It
 * knows nothing of where models come from, of storage or of HTTP.
 */
import { availableParallelism } from "node:os";
import { InsufficientMemoryError, type Llama, NoBinaryFoundError } from "node-llama-cpp";
import type { ChatEvent } from "../../chat/chat-event.ts";
import type { ChatMessage, Engine, EngineState, EngineStatus, GenerateRequest } from "../../chat/engine.ts";
import { AppError, EngineUnavailableError, ModelUnusableError, PromptTooLongError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { EventQueue } from "../event-queue.ts";
import { AnswerLane } from "./answer-lane.ts";
import { type GpuUse, LlamaRuntime, loadLlama, type ModelSequence } from "./llama-runtime.ts";
import { SequenceCache } from "./sequence-cache.ts";
import { StepLoop } from "./step-loop.ts";

/** A verified model file, ready to be loaded. */
export interface ModelFile {
  /** The catalogue id, or the file's name when it is not in the catalogue. */
  readonly id: string;
  readonly path: string;
  readonly sha256: string | null;
}

export interface LlamaEngineOptions {
  /** null: all cores but one. */
  readonly threads: number | null;
  readonly parallel: number;
  readonly contextSize: number | null;
  readonly gpu: GpuUse;
  /** Finds, fetches and verifies the model; called once, when the engine is first needed. */
  readonly resolveModel: (signal: AbortSignal) => Promise<ModelFile>;
  readonly log: Log;
}

interface Loaded {
  readonly runtime: LlamaRuntime;
  readonly cache: SequenceCache<ModelSequence>;
  readonly loop: StepLoop;
  readonly turnEndStrings: readonly string[];
  readonly gpuDevices: readonly string[];
}

/** ggml's threads spin while they wait: more than the cores there are makes decoding collapse. */
export function defaultThreads(cores = availableParallelism()): number {
  return Math.max(1, cores - 1);
}

export class LlamaEngine implements Engine {
  readonly name = "llama";
  readonly #options: LlamaEngineOptions;
  readonly #threads: number;
  readonly #closing = new AbortController();
  #state: EngineState = "stopped";
  #model: ModelFile | null = null;
  #progress: number | null = null;
  #problem: AppError | null = null;
  #loading: Promise<Loaded> | null = null;
  #loaded: Loaded | null = null;
  #llama: Llama | null = null;

  constructor(options: LlamaEngineOptions) {
    this.#options = options;
    this.#threads = Math.min(options.threads ?? defaultThreads(), availableParallelism());
  }

  status(): EngineStatus {
    const runtime = this.#loaded?.runtime;
    return {
      engine: this.name,
      state: this.#state,
      model: this.#model?.id ?? null,
      modelHash: this.#model?.sha256 ?? null,
      problem: this.#problem?.message ?? null,
      progress: this.#progress,
      slots: this.#options.parallel,
      busySlots: this.#loaded?.cache.busy ?? 0,
      contextSize: runtime?.contextSize ?? null,
      details: {
        threads: this.#threads,
        gpu: runtime ? runtime.llama.gpu || "none" : null,
        gpu_devices: this.#loaded?.gpuDevices.join(", ") || null,
        gpu_layers: runtime?.model.gpuLayers ?? null,
        layers: runtime?.model.fileInsights.totalLayers ?? null,
        quantisation: runtime?.model.typeDescription ?? null,
        model_bytes: runtime?.model.size ?? null,
      },
    };
  }

  /** How many batches were decoded, and how many answers had a part in them all together, since the start. */
  get counters(): { readonly steps: number; readonly laneSteps: number } {
    return this.#loaded?.loop.counters ?? { steps: 0, laneSteps: 0 };
  }

  /** The runtime library, shared with the embedder so that it is loaded once. */
  async library(): Promise<Llama> {
    this.#llama ??= await loadLlama(this.#threads, this.#options.gpu, this.#options.log);
    return this.#llama;
  }

  async ensureReady(signal: AbortSignal): Promise<void> {
    await this.#ready(signal);
  }

  async countTokens(messages: readonly ChatMessage[], signal: AbortSignal): Promise<number> {
    const { runtime } = await this.#ready(signal);
    return runtime.promptTokens(messages).length;
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void, void> {
    const { runtime, cache, loop, turnEndStrings } = await this.#ready(signal);
    const opening = runtime.promptTokens(request.messages);
    const continued = this.#continuedTokens(runtime, request);
    const prompt = [...opening, ...continued];
    if (prompt.length + 1 >= runtime.contextSize) {
      throw new PromptTooLongError(
        `The conversation takes ${prompt.length} tokens, but the model holds ${runtime.contextSize}. Start a new conversation or shorten the question.`,
        { prompt_tokens: prompt.length, context_size: runtime.contextSize },
      );
    }
    const lease = cache.acquire(prompt);
    if (!lease) throw new EngineUnavailableError("Every slot of the model is busy. Try again in a moment.");
    const leave = new AbortController();
    const events = new EventQueue<ChatEvent>();
    const left = Promise.withResolvers<void>();
    try {
      // The last token is always evaluated again: what follows it is drawn from its logits.
      const cachedTokens = Math.min(lease.commonPrefix, prompt.length - 1);
      await lease.sequence.truncate(cachedTokens);
      const lane = new AnswerLane({
        runtime,
        sequence: lease.sequence,
        request,
        prompt,
        continuedTokens: continued.length,
        cachedTokens,
        stopStrings: [...request.sampling.stop, ...turnEndStrings],
        events,
        signal: AbortSignal.any([signal, leave.signal, this.#closing.signal]),
        onLeave: left.resolve,
      });
      loop.join(lane);
    } catch (error) {
      lease[Symbol.dispose]();
      throw error;
    }
    void left.promise.then(() => lease[Symbol.dispose]());
    try {
      yield* events;
    } finally {
      leave.abort(new DOMException("The reader left", "AbortError"));
      await left.promise;
    }
  }

  #continuedTokens(runtime: LlamaRuntime, request: GenerateRequest): readonly number[] {
    const continuation = request.continueFrom;
    if (!continuation || continuation.text === "") return [];
    const { tokens } = continuation;
    const sameModel = tokens !== undefined && tokens.modelHash === this.#model?.sha256;
    return sameModel ? tokens.ids : runtime.textTokens(continuation.text);
  }

  async #ready(signal: AbortSignal): Promise<Loaded> {
    signal.throwIfAborted();
    if (this.#loaded) return this.#loaded;
    if (this.#problem) throw this.#problem;
    this.#loading ??= this.#load();
    return await abortable(this.#loading, signal);
  }

  async #load(): Promise<Loaded> {
    this.#state = "starting";
    this.#progress = 0;
    const startedAt = performance.now();
    try {
      const model = await this.#options.resolveModel(this.#closing.signal);
      this.#model = model;
      const runtime = await LlamaRuntime.load(
        await this.library(),
        {
          modelPath: model.path,
          threads: this.#threads,
          sequences: this.#options.parallel,
          contextSize: this.#options.contextSize,
          gpu: this.#options.gpu,
        },
        (progress) => {
          this.#progress = progress;
        },
        this.#closing.signal,
      );
      this.#loaded = {
        runtime,
        cache: new SequenceCache(runtime.sequences),
        loop: new StepLoop(runtime.batchSize - this.#options.parallel),
        turnEndStrings: runtime.turnEndStrings(),
        gpuDevices: runtime.llama.gpu ? await runtime.llama.getGpuDeviceNames() : [],
      };
      this.#state = "ready";
      this.#options.log.info("model-loaded", {
        ...this.status().details,
        model: model.id,
        context: runtime.contextSize,
        duration_ms: Math.round(performance.now() - startedAt),
      });
      return this.#loaded;
    } catch (error) {
      this.#state = "failed";
      this.#problem = loadProblem(error, this.#model);
      this.#options.log.error("model-failed", {
        model: this.#model?.id ?? null,
        problem: this.#problem.message,
        cause: error,
      });
      throw this.#problem;
    } finally {
      this.#progress = null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new EngineUnavailableError("The model is being shut down."));
    const loaded = await this.#loading?.catch(() => null);
    this.#loaded = null;
    this.#loading = null;
    this.#state = "stopped";
    if (loaded) await loaded.runtime[Symbol.asyncDispose]();
    await this.#llama?.dispose();
    this.#llama = null;
  }
}

function loadProblem(error: unknown, model: ModelFile | null): AppError {
  if (error instanceof AppError) return error;
  const name = model?.id ?? "The model";
  if (error instanceof InsufficientMemoryError) {
    return new ModelUnusableError(
      `${name} does not fit into this machine's memory. Choose a smaller model (bun run models list), or set LLAMA_CONTEXT or LLAMA_PARALLEL lower.`,
      {},
      { cause: error },
    );
  }
  if (error instanceof NoBinaryFoundError) {
    return new EngineUnavailableError(
      "The model runner for this machine is not installed. Run ./run.sh start, which installs it.",
      {},
      { cause: error },
    );
  }
  return new ModelUnusableError(
    `${name} could not be loaded: its file may be damaged or of a kind that this version does not know. Fetch it again (bun run models pull NAME) or choose another.`,
    {},
    { cause: error },
  );
}

async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
