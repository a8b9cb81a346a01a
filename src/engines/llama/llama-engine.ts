/**
 * The in-process engine: a GGUF model run by node-llama-cpp, several answers at once in full batches. It
 * knows nothing of where models come from, of storage or of HTTP.
 */
import type { Llama } from "node-llama-cpp";
import type { ChatEvent } from "../../chat/chat-event.ts";
import type { Engine, EngineState, EngineStatus, GenerateRequest } from "../../chat/engine.ts";
import { type AppError, EngineFailedError, EngineUnavailableError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { EventQueue } from "../event-queue.ts";
import { abortable } from "./abortable.ts";
import { BatchScheduler } from "./batch-scheduler.ts";
import { ConversationStates, type ModelStates } from "./conversation-states.ts";
import { engineDetails } from "./engine-details.ts";
import { type GpuUse, type KvType, LlamaRuntime, loadLlama } from "./llama-runtime.ts";
import { llamaVocabulary } from "./llama-vocabulary.ts";
import { loadFirst } from "./load-first.ts";
import { loadProblem, type ModelFile } from "./model-file.ts";
import type { ModelSequence } from "./model-sequence.ts";
import { preparedAnswer } from "./prepared-answer.ts";
import { reusedTokens } from "./prompt-blocks.ts";
import { leastTokens, promptTooLong } from "./prompt-length.ts";
import { SequenceCache } from "./sequence-cache.ts";
import { SequenceRun } from "./sequence-run.ts";
import { threadsFor } from "./threads.ts";

export interface LlamaEngineOptions {
  /** Unique in the pool; left out: llama. */
  readonly name?: string;
  /** The id of its model; left out: the configured one. */
  readonly model?: string;
  /** That of another engine, which outlives this one; left out: it loads its own. */
  readonly library?: () => Promise<Llama>;
  /** null: all cores but one. */
  readonly threads: number | null;
  readonly parallel: number;
  readonly contextSize: number | null;
  readonly gpu: GpuUse;
  readonly kvType?: KvType;
  /**
   * Finds and verifies a model's file; called before each load.
   * @param wanted what somebody asked to be loaded; null: the configured model
   * @param failed paths of files that could not be loaded: where any will do, another one is chosen
   */
  readonly resolveModel: (
    wanted: string | null,
    signal: AbortSignal,
    failed?: ReadonlySet<string>,
  ) => Promise<ModelFile>;
  /** Where the KV caches of conversations are kept, absent: nowhere; and what they may take of the disk, in bytes. */
  readonly stateFolder?: string;
  readonly mostStateBytes?: number;
  readonly log: Log;
}

/** From the request of a model to the moment when its memory is freed. */
interface Session {
  readonly closing: AbortController;
  readonly loaded: Promise<Loaded>;
}

interface Loaded {
  readonly runtime: LlamaRuntime;
  readonly cache: SequenceCache<ModelSequence>;
  readonly loop: BatchScheduler;
  readonly states: ModelStates;
  readonly turnEndStrings: readonly string[];
  readonly gpuDevices: readonly string[];
  /** Aborted when it is about to be unloaded. */
  readonly closing: AbortSignal;
}

/** The models are freed by then: only the library itself is left. */
const libraryEndMs = 1_000;

export class LlamaEngine implements Engine {
  readonly name: string;
  readonly #options: LlamaEngineOptions;
  readonly #threads: number;
  #state: EngineState = "stopped";
  #since = Date.now();
  #wanted: string | null = null;
  #model: ModelFile | null = null;
  #progress: number | null = null;
  /** Why it cannot answer until it is started again. */
  #problem: AppError | null = null;
  #session: Session | null = null;
  #loaded: Loaded | null = null;
  /** One promise an answer that is being written; none of them rejects. */
  readonly #writing = new Set<Promise<void>>();
  /** Resolves, and never rejects, when all models that were closed have given their memory back. */
  #freeing: Promise<void> = Promise.resolve();
  #llama: Llama | null = null;
  readonly vocabulary = llamaVocabulary(async (signal) => (await this.#ready(signal)).runtime);
  readonly #states: ConversationStates;

  constructor(options: LlamaEngineOptions) {
    this.name = options.name ?? "llama";
    this.#options = options;
    this.#wanted = options.model ?? null;
    this.#threads = threadsFor(options.threads);
    this.#states = new ConversationStates(options);
  }

  status(): EngineStatus {
    const runtime = this.#loaded?.runtime;
    return {
      engine: this.name,
      state: this.#state,
      since: this.#since,
      model: this.#model?.id ?? this.#options.model ?? null,
      modelHash: this.#model?.sha256 ?? null,
      problem: this.#problem?.message ?? null,
      progress: this.#progress,
      phase: this.#state === "starting" ? "loading weights" : null,
      slots: this.#options.parallel,
      busySlots: this.#loaded?.cache.busy ?? 0,
      contextSize: runtime?.contextSize ?? null,
      details: engineDetails(this.#threads, this.#loaded),
    };
  }

  /** What its model may take beside what it has taken, when its KV cells are used. */
  get untouchedBytes(): number {
    return this.#loaded?.runtime.untouchedBytes ?? 0;
  }

  /** Loads the model unless it is there; what it failed with before is tried again. */
  start(): void {
    this.#problem = null;
    this.#session ??= this.#open();
  }

  /**
   * Ends its answers (they continue on other engines) and frees the model's memory. From this call on
   * it is stopped, though the memory is free only when the promise resolves.
   */
  async stop(): Promise<void> {
    await this.#close(
      new EngineFailedError("The llama engine was stopped while it wrote this answer."),
      new EngineUnavailableError(
        "The llama engine was stopped. Start it on the status page, or with ./run.sh engine llama start.",
      ),
    );
  }

  /**
   * Puts another model in place of the one that runs. It is found and verified first: when that fails, nothing has
   * changed. When it cannot be loaded after all, the former one is loaded again, unless it was stopped.
   * @param wanted an id or alias of the catalogue, a file's name or path, or "auto"
   * @returns when it is being loaded; `loaded` settles when it is there, or is not
   * @throws ModelUnusableError, UnknownModelError or EngineUnavailableError; `loaded` EngineFailedError after a stop
   */
  async replace(wanted: string, signal: AbortSignal): Promise<{ readonly loaded: Promise<void> }> {
    const wasStopped = this.#state === "stopped";
    const found = await this.#options.resolveModel(wanted, signal);
    // Verifying a large file takes a while: an engine that was stopped meanwhile loads no model at all.
    if (!wasStopped && this.#state === "stopped" && this.#problem) throw this.#problem;
    const former = [this.#wanted, this.#model] as const;
    // An answer that was ended may ask again at once: what it opens must be the new model.
    this.#wanted = wanted;
    void this.#close(new EngineFailedError("Another model was loaded while this answer was written."), null);
    this.#model = found;
    const session = this.#open();
    this.#session = session;
    const loaded = session.loaded.then(
      () => session.closing.signal.throwIfAborted(),
      (error: unknown) => {
        if (!session.closing.signal.aborted) {
          [this.#wanted, this.#model] = former;
          this.start();
        }
        throw error;
      },
    );
    loaded.catch(() => {});
    return { loaded };
  }

  /** The same, and waits for it. */
  async load(wanted: string, signal: AbortSignal): Promise<void> {
    await (await this.replace(wanted, signal)).loaded;
  }

  /** How many batches were decoded, and how many answers had a part in them all together, since the start. */
  get counters(): { readonly steps: number; readonly runSteps: number } {
    return this.#loaded?.loop.counters ?? { steps: 0, runSteps: 0 };
  }

  /** The runtime library, shared with the embedder so that it is loaded once. */
  async library(): Promise<Llama> {
    const { library, gpu, log } = this.#options;
    if (library !== undefined) return library();
    this.#llama ??= await loadLlama(this.#threads, gpu, log);
    return this.#llama;
  }

  async ensureReady(signal: AbortSignal): Promise<void> {
    await this.#ready(signal);
  }

  async countTokens(...[messages, signal, , tools = []]: Parameters<Engine["countTokens"]>): Promise<number> {
    const { runtime, closing } = await this.#ready(signal);
    closing.throwIfAborted();
    const least = leastTokens({ messages, tools });
    return least > runtime.contextSize ? least : runtime.promptTokens(messages, tools).length;
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void, void> {
    const { runtime, cache, loop, states, turnEndStrings, closing } = await this.#ready(signal);
    // A close of the model waits only for the answers that it knows of.
    closing.throwIfAborted();
    const least = leastTokens(request);
    if (least > runtime.contextSize) throw promptTooLong(least, runtime.contextSize);
    const prepared = await preparedAnswer(runtime, request, this.#model?.sha256 ?? null);
    const { prompt, askedTokens, continued, grammar, echo = null } = prepared;
    closing.throwIfAborted();
    const length = prompt.length + (grammar === null ? 0 : continued.length);
    if (length + 1 >= runtime.contextSize) throw promptTooLong(length, runtime.contextSize);
    const lease = cache.acquire(prompt);
    if (!lease) throw new EngineUnavailableError("Every slot of the model is busy. Try again in a moment.");
    const leave = new AbortController();
    const events = new EventQueue<ChatEvent>();
    const left = Promise.withResolvers<void>();
    const written = left.promise.then(() => {
      lease[Symbol.dispose]();
      this.#writing.delete(written);
      this.#states.saveWhenIdle(states, () => this.#writing.size === 0 && !closing.aborted);
    });
    this.#writing.add(written);
    try {
      const common = await this.#states.prepare(states, lease, prompt, request.conversationId ?? null);
      const [{ block }, { lastPrompt: last }] = [runtime.blocks, lease.sequence];
      const reused = reusedTokens(common, {
        asked: askedTokens,
        total: prompt.length,
        block,
        last,
      });
      const cachedTokens = echo?.needsLogits ? 0 : lease.sequence.wholeUpTo(reused);
      await lease.sequence.truncate(cachedTokens);
      lease.sequence.lastPrompt = { begin: Math.min(cachedTokens, askedTokens), end: askedTokens };
      const run = new SequenceRun({
        runtime,
        sequence: lease.sequence,
        request,
        ...prepared,
        cachedTokens,
        block,
        stopStrings:
          request.prompt === undefined
            ? [...request.sampling.stop, ...turnEndStrings]
            : request.sampling.stop,
        events,
        signal: AbortSignal.any([signal, leave.signal, closing]),
        onLeave: left.resolve,
      });
      loop.join(run);
    } catch (error) {
      left.resolve();
      throw error;
    }
    try {
      yield* events;
    } finally {
      leave.abort(new DOMException("The reader left", "AbortError"));
      await written;
    }
  }

  forget(isForgotten: (conversationId: string) => boolean): void {
    this.#loaded?.cache.forget(isForgotten);
    this.#states.forget(isForgotten);
  }

  async #ready(signal: AbortSignal): Promise<Loaded> {
    signal.throwIfAborted();
    if (this.#loaded) return this.#loaded;
    if (this.#problem) throw this.#problem;
    this.#session ??= this.#open();
    const loaded = await abortable(this.#session.loaded, signal);
    loaded.closing.throwIfAborted();
    return loaded;
  }

  #open(): Session {
    const closing = new AbortController();
    const loaded = this.#load(closing.signal);
    // Its failure is in the status, also when nobody waits for it.
    loaded.catch(() => {});
    return { closing, loaded };
  }

  /** One that was closed while it loaded may resolve all the same: then `#free` takes what it resolves with. */
  async #load(closing: AbortSignal): Promise<Loaded> {
    this.#change("starting");
    // Two models at once may not fit into memory.
    await this.#freeing;
    try {
      closing.throwIfAborted();
      this.#progress = 0;
      const startedAt = performance.now();
      const { model, runtime } = await loadFirst({
        choose: (failed) => this.#options.resolveModel(this.#wanted, closing, failed),
        onChosen: (chosen) => {
          this.#model = chosen;
        },
        load: (chosen) => this.#runtimeOf(chosen, closing),
        closing,
        log: this.#options.log,
      });
      const cache = new SequenceCache(runtime.sequences);
      const loaded: Loaded = {
        runtime,
        cache,
        states: this.#states.of(model, runtime, cache),
        loop: new BatchScheduler(runtime.blocks.largestChunk, runtime.blocks.block),
        turnEndStrings: runtime.turnEndStrings(),
        gpuDevices: runtime.llama.gpu ? await runtime.llama.getGpuDeviceNames() : [],
        closing,
      };
      if (closing.aborted) return loaded;
      this.#loaded = loaded;
      this.#change("ready");
      this.#options.log.info("model-loaded", {
        ...this.status().details,
        model: model.id,
        context: runtime.contextSize,
        duration_ms: Math.round(performance.now() - startedAt),
      });
      return loaded;
    } catch (error) {
      if (closing.aborted) throw closing.reason;
      this.#session = null;
      this.#problem = loadProblem(error, this.#model);
      this.#change("failed");
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

  async #runtimeOf(model: ModelFile, closing: AbortSignal): Promise<LlamaRuntime> {
    const { parallel: sequences, ...options } = this.#options;
    return LlamaRuntime.load(
      await this.library(),
      { ...options, sequences, modelPath: model.path, threads: this.#threads },
      (progress) => {
        this.#progress = progress;
      },
      closing,
    );
  }

  /**
   * Ends the answers that are being written, and unloads the model. All that others see has changed before the first
   * wait: an answer that was ended asks again at once, and would open the next session.
   * @param after why it cannot answer from now on; null: another model is about to be loaded
   */
  #close(reason: AppError, after: AppError | null): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#loaded = null;
    this.#problem = after;
    this.#change(after === null ? "starting" : "stopped");
    session?.closing.abort(reason);
    const writing = [...this.#writing];
    this.#freeing = this.#freeing
      .then(() => this.#free(session, writing))
      .catch((error: unknown) => this.#options.log.error("model-not-freed", { error }));
    return this.#freeing;
  }

  async #free(session: Session | null, writing: readonly Promise<void>[]): Promise<void> {
    const loaded = await session?.loaded.catch(() => null);
    await Promise.all(writing);
    if (loaded == null) return;
    await this.#states.close(loaded.states);
    await loaded.runtime[Symbol.asyncDispose]();
  }

  #change(state: EngineState): void {
    if (state !== this.#state) this.#since = Date.now();
    this.#state = state;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const reason = new EngineUnavailableError("The model is being shut down.");
    await this.#close(reason, reason);
    const llama = this.#llama;
    this.#llama = null;
    // After a file that could not be loaded, node-llama-cpp 3.22.1 waits for it for ever.
    if (llama !== null) await Promise.race([llama.dispose(), Bun.sleep(libraryEndMs)]);
  }
}
