/** Whether somebody still waits for a model that is to be loaded. It knows nothing of how it is loaded. */
import type { Engine } from "../chat/engine.ts";
import { EngineUnavailableError } from "../errors.ts";
import type { EnginePool } from "./engine-pool.ts";

/** How often it looks, in milliseconds. */
const lookAgainMs = 100;

export class WaitedModel implements Disposable {
  /** Aborted when nobody waits for the model any longer, and no answer has a slot of the engine that loads it. */
  readonly signal: AbortSignal;
  /** Which loads it, and since when (performance.now()); null: none yet. */
  loading: { readonly engine: Engine; readonly since: number } | null = null;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param closing aborted when nothing is to be loaded any more */
  constructor(
    readonly model: string,
    pool: Pick<EnginePool, "loadOf" | "namedWaiting">,
    closing: AbortSignal,
  ) {
    const gone = new AbortController();
    this.signal = AbortSignal.any([gone.signal, closing]);
    this.#timer = setInterval(() => {
      const isWaited = pool.namedWaiting.some((waiting) => waiting.model === model);
      const isHeld = this.loading !== null && pool.loadOf(this.loading.engine).leases > 0;
      if (!isWaited && !isHeld)
        gone.abort(new EngineUnavailableError(`Nobody waits for ${model} any longer.`));
    }, lookAgainMs);
  }

  beginLoading(engine: Engine): void {
    this.loading = { engine, since: performance.now() };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
