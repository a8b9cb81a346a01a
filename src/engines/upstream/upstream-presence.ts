/**
 * Whether a server that runs a model is there, and what it serves. It is probed in the background, so that its state is known
 * before a question finds out. It knows nothing of what is asked, nor of processes: whoever launches it says what is the
 * matter meanwhile.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { EngineState, EngineStatus } from "../../chat/engine.ts";
import { AppError, EngineFailedError, EngineUnavailableError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { LaunchStatus } from "./launch-status.ts";

/** What a server says of its model. */
export interface Served {
  readonly id: string;
  /** Tokens of prompt and answer together; null when the server does not tell. */
  readonly contextSize: number | null;
}

interface PresenceOptions<Model extends Served> {
  /** Of the engine. */
  readonly name: string;
  readonly shownUrl: string;
  /** How many answers are asked of it at once; it batches them itself. */
  readonly slots: number;
  /** null: an external one. */
  readonly launched: (() => LaunchStatus) | null;
  /** Asks it what it serves. @throws when it does not answer */
  readonly look: (signal: AbortSignal) => Promise<Model>;
  readonly probeIntervalMs?: number;
  readonly log: Log;
}

/** A server that has just broken off an answer and does not reply for this long, in milliseconds, counts as gone. */
const lookDeadlineMs = 2_000;

export class UpstreamPresence<Model extends Served> implements AsyncDisposable {
  readonly #options: PresenceOptions<Model>;
  readonly #closing = new AbortController();
  readonly #probing: Promise<void>;
  #served: Model | null = null;
  /** The launch whose model that is: after a restart it may be another one. */
  #servedBy: number | null = null;
  #problem: string | null = null;
  /** When it was last found to be there, or not. */
  #since = Date.now();
  #busy = 0;

  constructor(options: PresenceOptions<Model>) {
    this.#options = options;
    this.#probing = this.#probe();
  }

  /** null: nothing has been heard of it yet. */
  get known(): Model | null {
    return this.#served;
  }

  status(): EngineStatus {
    const { name, shownUrl, slots } = this.#options;
    const launched = this.#options.launched?.() ?? null;
    return {
      engine: name,
      state: this.#state(launched),
      since: launched?.since ?? this.#since,
      model: this.#served?.id ?? null,
      modelHash: null,
      problem: launched?.problem ?? this.#problem,
      progress: launched?.progress ?? null,
      phase: launched?.phase ?? null,
      retryAt: launched?.retryAt ?? null,
      slots,
      busySlots: this.#busy,
      contextSize: this.#served?.contextSize ?? null,
      details: { url: shownUrl, launched: launched !== null, ...launched?.details },
    };
  }

  async ensureReady(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.status().state === "ready") return;
      const launched = this.#options.launched?.() ?? null;
      if (launched === null || launched.state === "ready") await this.#look(signal);
      if (this.status().state === "ready") return;
      // A launched one may load for minutes; an external one is reachable or is not.
      if (this.status().state !== "starting" || launched === null) throw this.#unavailable();
      await delay(100, undefined, { signal }).catch((cause: unknown) => {
        signal.throwIfAborted();
        throw cause;
      });
    }
  }

  /** @throws EngineUnavailableError */
  async served(signal: AbortSignal): Promise<Model> {
    if (this.#served === null) await this.ensureReady(signal);
    if (this.#served === null) throw this.#unavailable();
    return this.#served;
  }

  /** Counts an answer as running until it is disposed of. */
  answering(): Disposable {
    this.#busy += 1;
    return {
      [Symbol.dispose]: () => {
        this.#busy -= 1;
      },
    };
  }

  /** Looks after the server when an answer of it has failed. */
  async failedWith(error: unknown): Promise<void> {
    if (error instanceof EngineUnavailableError) this.#lose(error);
    else if (error instanceof EngineFailedError) await this.#lookAfterFailure();
  }

  #state(launched: LaunchStatus | null): EngineState {
    if (launched !== null && launched.state !== "ready") return launched.state;
    const isKnown = this.#served !== null && this.#servedBy === (launched?.since ?? null);
    if (isKnown && this.#problem === null) return "ready";
    // Its launcher has not noticed yet that it is gone, and will restart it.
    return this.#problem === null || launched !== null ? "starting" : "failed";
  }

  /** Asks once how it is. It never throws but on abort. */
  async #look(signal: AbortSignal): Promise<void> {
    try {
      const launch = this.#options.launched?.().since ?? null;
      const served = await this.#options.look(signal);
      if (this.#served === null || this.#problem !== null) this.#since = Date.now();
      this.#served = served;
      this.#servedBy = launch;
      if (this.#problem !== null) this.#options.log.info("engine-readmitted", { engine: this.#options.name });
      this.#problem = null;
    } catch (error) {
      signal.throwIfAborted();
      this.#lose(error);
    }
  }

  /** A broken connection may be the end of the server: the next caller must not find that out again. */
  async #lookAfterFailure(): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(lookDeadlineMs)]);
    await this.#look(signal).catch((error: unknown) => this.#lose(error));
  }

  #lose(error: unknown): void {
    // All users get the problem, but only admins the address: it is in the details, and in the log.
    const problem = error instanceof AppError ? error.message : String(error);
    if (this.#problem === null) {
      this.#since = Date.now();
      const { name: engine, shownUrl: url, log } = this.#options;
      log.warn("engine-ejected", { engine, url, problem, error });
    }
    this.#problem = problem;
  }

  #unavailable(): EngineUnavailableError {
    const { name: engine } = this.#options;
    return new EngineUnavailableError(this.status().problem ?? `${engine} is not ready.`, { engine });
  }

  /** Looks again and again, so that a server that is gone is ejected, and one that came back is readmitted. */
  async #probe(): Promise<void> {
    const { signal } = this.#closing;
    const interval = this.#options.probeIntervalMs ?? 2_000;
    while (!signal.aborted) {
      const launched = this.#options.launched?.() ?? null;
      if (launched === null || launched.state === "ready") await this.#look(signal).catch(() => {});
      // One that has just come up is waited for.
      const pause = this.status().state === "starting" ? Math.min(interval, 200) : interval;
      await delay(pause, undefined, { signal }).catch(() => {});
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#probing;
  }
}
