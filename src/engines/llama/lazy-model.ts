/**
 * A small model beside the chat model, with a context: loaded when first needed, and freed when no native call works on it any more. It
 * knows nothing of what it computes.
 */
import type { LlamaModel } from "node-llama-cpp";
import { EngineUnavailableError } from "../../errors.ts";

interface LoadedModel<Context> {
  readonly model: LlamaModel;
  readonly context: Context;
}

export class LazyModel<Context extends { dispose(): Promise<void> }> implements AsyncDisposable {
  #loading: Promise<LoadedModel<Context>> | null = null;
  /** Native calls, whether or not a caller still waits for them; none rejects. */
  readonly #working = new Set<Promise<unknown>>();
  #closed = false;

  /**
   * @param what it is called in messages: "The embedding model"
   * @param load tried again with the next call when it fails
   */
  constructor(
    private readonly what: string,
    private readonly load: () => Promise<LoadedModel<Context>>,
  ) {}

  /** @throws what `load` throws; EngineUnavailableError while it is closed; `signal.reason` */
  async loaded(signal: AbortSignal): Promise<LoadedModel<Context>> {
    this.throwIfEnded(signal);
    this.#loading ??= this.load().catch((cause) => {
      this.#loading = null;
      throw cause;
    });
    return await this.#loading;
  }

  /** Between two native calls. @throws EngineUnavailableError or `signal.reason` */
  throwIfEnded(signal: AbortSignal): void {
    signal.throwIfAborted();
    if (this.#closed) throw new EngineUnavailableError(`${this.what} is being shut down.`);
  }

  /** Has the end wait for a native call. */
  async track<Result>(work: Promise<Result>): Promise<Result> {
    const settled: Promise<unknown> = work.then(
      () => this.#working.delete(settled),
      () => this.#working.delete(settled),
    );
    this.#working.add(settled);
    return work;
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
