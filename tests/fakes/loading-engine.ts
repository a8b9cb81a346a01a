/** An engine whose models a test lets load, or fail. It answers with the name of its model. */
import type { Engine, EngineState, EngineStatus, GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError, ModelUnusableError } from "../../src/errors.ts";
import { ScriptedEngine } from "./scripted-engine.ts";

/** Which loads are under way, over all engines of a test. */
export class LoadingModels {
  readonly #loads = new Map<string, PromiseWithResolvers<void>>();
  /** In the order in which they began, and how they ended: "b", "b ready", "b gone", "b failed". */
  readonly happened: string[] = [];
  /** Those that load at once. */
  readonly immediate = new Set<string>();
  readonly broken = new Set<string>();
  #changed = Promise.withResolvers<void>();

  begin(model: string): Promise<void> {
    this.note(model);
    if (this.broken.has(model)) return Promise.reject(damaged(model));
    const load = Promise.withResolvers<void>();
    load.promise.catch(() => {});
    this.#loads.set(model, load);
    if (this.immediate.has(model)) load.resolve();
    return load.promise;
  }

  finish(model: string): void {
    this.#loads.get(model)?.resolve();
  }

  fail(model: string): void {
    this.#loads.get(model)?.reject(damaged(model));
  }

  note(what: string): void {
    this.happened.push(what);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Resolves when this has happened so many times. */
  async when(what: string, times = 1): Promise<void> {
    while (this.happened.filter((one) => one === what).length < times) await this.#changed.promise;
  }
}

const damaged = (model: string) => new ModelUnusableError(`${model} is damaged.`);

export class LoadingEngine implements Engine {
  readonly name: string;
  readonly #models: LoadingModels;
  readonly #slots: number;
  #model: string | null = null;
  #state: EngineState = "starting";
  #problem: string | null = null;
  #loading: Promise<void> = Promise.resolve();
  #load = 0;

  constructor(name: string, model: string, models: LoadingModels, slots = 2) {
    this.name = name;
    this.#models = models;
    this.#slots = slots;
    this.#loading = this.#open(model, null);
  }

  status(): EngineStatus {
    return {
      ...{ engine: this.name, state: this.#state, model: this.#model, problem: this.#problem },
      ...{ since: 0, modelHash: null, progress: null, phase: null, slots: this.#slots, busySlots: 0 },
      ...{ contextSize: 4096, details: {} },
    };
  }

  #open(model: string, former: string | null): Promise<void> {
    const mine = ++this.#load;
    this.#model = model;
    this.#state = "starting";
    this.#problem = null;
    const loading = this.#models.begin(model).then(
      () => {
        if (mine !== this.#load) throw new EngineFailedError("Another model was loaded.");
        this.#state = "ready";
        this.#models.note(`${model} ready`);
      },
      (error: unknown) => {
        this.#models.note(`${model} failed`);
        this.#state = "failed";
        this.#problem = "It is damaged.";
        if (former !== null) this.#loading = this.#open(former, null);
        throw error;
      },
    );
    loading.catch(() => {});
    return loading;
  }

  async replace(model: string, signal: AbortSignal): Promise<{ readonly loaded: Promise<void> }> {
    signal.throwIfAborted();
    if (this.#model !== null) this.#models.note(`${this.#model} gone`);
    const loaded = this.#open(model, this.#model);
    this.#loading = loaded;
    return { loaded };
  }

  async ensureReady(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#loading;
  }

  async countTokens(): Promise<number> {
    return 1;
  }

  generate(request: GenerateRequest, signal: AbortSignal) {
    const script = () => ({ answer: `It is ${this.#model}.` });
    return new ScriptedEngine({ name: this.name, script }).generate(request, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#load += 1;
    this.#state = "stopped";
    this.#models.note(`${this.#model} gone`);
  }
}
