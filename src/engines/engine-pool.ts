/**
 * Gives out the engines' slots: the first engine in order that can answer and has a free slot; when all are busy,
 * whoever has waited longest comes next. It knows nothing of answers.
 */
import type { Engine, EngineStatus } from "../chat/engine.ts";
import type { EngineLease, EngineSource } from "../chat/run-turn.ts";
import { EngineUnavailableError } from "../errors.ts";

interface Waiting {
  readonly without: ReadonlySet<string>;
  readonly onPosition: (position: number) => void;
  readonly resolve: (lease: EngineLease) => void;
  readonly reject: (error: unknown) => void;
  /** The place that was told last. */
  position: number;
}

export class EnginePool implements EngineSource, AsyncDisposable {
  readonly #engines: readonly Engine[];
  readonly #taken: Map<Engine, number>;
  #queue: Waiting[] = [];

  /** @param engines in the order in which they are tried */
  constructor(engines: readonly Engine[]) {
    this.#engines = engines;
    this.#taken = new Map(engines.map((engine) => [engine, 0]));
  }

  get slots(): number {
    return this.#engines.reduce((sum, engine) => sum + engine.status().slots, 0);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  status(): EngineStatus[] {
    return this.#engines.map((engine) => engine.status());
  }

  /** The engine that answers next: the first that has not failed, or the first of all. */
  preferred(): Engine {
    const usable = this.#engines.find((engine) => engine.status().state !== "failed") ?? this.#engines[0];
    if (usable === undefined)
      throw new EngineUnavailableError("No engine is configured. Set ENGINE to auto.");
    return usable;
  }

  async acquire(
    without: ReadonlySet<string>,
    onPosition: (position: number) => void,
    signal: AbortSignal,
  ): Promise<EngineLease> {
    signal.throwIfAborted();
    if (this.#engines.every((engine) => without.has(engine.name)))
      throw new EngineUnavailableError("No engine is left that could answer. Try again in a moment.");
    const { promise, resolve, reject } = Promise.withResolvers<EngineLease>();
    const waiting: Waiting = { without, onPosition, resolve, reject, position: 0 };
    const onAbort = () => {
      this.#queue = this.#queue.filter((other) => other !== waiting);
      reject(signal.reason);
      this.#serve();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#queue.push(waiting);
    this.#serve();
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  #serve(): void {
    for (const waiting of [...this.#queue]) {
      const engine = this.#freeEngine(waiting.without);
      if (engine === null) continue;
      this.#queue = this.#queue.filter((other) => other !== waiting);
      waiting.resolve(this.#lease(engine));
    }
    for (const [index, waiting] of this.#queue.entries()) {
      if (waiting.position === index + 1) continue;
      waiting.position = index + 1;
      waiting.onPosition(index + 1);
    }
  }

  /** Engines that have failed come last: asking them again is the only way to learn why, or that they recovered. */
  #freeEngine(without: ReadonlySet<string>): Engine | null {
    const candidates = this.#engines.filter((engine) => !without.has(engine.name));
    const healthy = candidates.filter((engine) => engine.status().state !== "failed");
    const inOrder = healthy.length > 0 ? healthy : candidates;
    return inOrder.find((engine) => (this.#taken.get(engine) ?? 0) < engine.status().slots) ?? null;
  }

  #lease(engine: Engine): EngineLease {
    this.#taken.set(engine, (this.#taken.get(engine) ?? 0) + 1);
    let held = true;
    return {
      engine,
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        this.#taken.set(engine, (this.#taken.get(engine) ?? 1) - 1);
        this.#serve();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine[Symbol.asyncDispose]()));
  }
}
