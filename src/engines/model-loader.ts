/**
 * Loads the model that an answer names, and gives the answer a slot of it: beside the others where that fits, otherwise in
 * place of the one that was used least recently. One change at a time; running answers finish first. Answers that name no
 * model take what runs. It knows which models are here by a port, and nothing of files or of HTTP.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Engine } from "../chat/engine.ts";
import { type EngineLease, type EngineRequest, type EngineSource, mostFailures } from "../chat/run-turn.ts";
import { EngineUnavailableError, NotFoundError } from "../errors.ts";
import { abortable } from "./llama/abortable.ts";
import type { ModelLoaderOptions } from "./loader-ports.ts";
import { type LoadedModel, makeRoom } from "./make-room.ts";
import { WaitedModel } from "./waited-model.ts";

/** A model that is loaded, or is being loaded. */
interface Place extends LoadedModel {
  readonly engine: Engine;
}

/** How often it looks whether somebody still waits, and whose turn it is, in milliseconds. */
const lookAgainMs = 100;
const tidyMs = 250;
const longestDrainMs = 30 * 60_000;

export class ModelLoader implements EngineSource, AsyncDisposable {
  readonly #options: ModelLoaderOptions;
  /** The engines beside the first, in the order in which they were made. */
  #extras: Engine[] = [];
  /** performance.now() when an engine's present model was ready, and how long it took to load. */
  readonly #ready = new Map<Engine, { readonly at: number; readonly loadMs: number }>();
  /** Why a model could not be loaded, and until when (performance.now()) it is not tried again. */
  readonly #failed = new Map<string, { readonly error: unknown; readonly until: number }>();
  /** The preferred model, when it could not be brought back: it is not tried again and again. */
  #hopeless: string | null = null;
  readonly #closing = new AbortController();
  readonly #tidying: ReturnType<typeof setInterval>;
  /** Those that are being disposed of: they save what they have cached. */
  readonly #ending = new Set<Engine>();
  /** The change that is under way; it never rejects. */
  #working: Promise<void> | null = null;

  constructor(options: ModelLoaderOptions) {
    this.#options = options;
    this.#tidying = setInterval(() => this.#wake(), tidyMs);
    this.#tidying.unref();
  }

  get slots(): number {
    return this.#options.pool.slots;
  }

  async acquire(
    request: EngineRequest,
    onPosition: (position: number) => void,
    signal: AbortSignal,
  ): Promise<EngineLease> {
    const { pool, onUsed } = this.#options;
    if (!request.isNamed) return pool.acquire(request, onPosition, signal);
    this.#refuseFailed(request);
    const waiting = pool.acquire(request, onPosition, signal);
    this.#wake();
    const lease = await waiting;
    onUsed?.(request.model);
    return lease;
  }

  /** Whether an engine was made for a model that somebody named: it can be unloaded. */
  isExtra(name: string): boolean {
    return this.#extras.some((engine) => engine.name === name);
  }

  /**
   * Unloads a model beside the first when its running answers have finished.
   * @throws NotFoundError; EngineUnavailableError when it is being unloaded already
   */
  async unload(name: string): Promise<void> {
    const engine = this.#extras.find((one) => one.name === name);
    if (engine === undefined) throw new NotFoundError(`There is no model that ${name} could unload.`);
    await this.#drainAndRemove(engine, AbortSignal.timeout(longestDrainMs));
  }

  /**
   * Changes the model of the first engine when its running answers have finished. Those beside it leave as far as there must be
   * room, and one that has the same model leaves in any case. Meanwhile no other model is loaded.
   * @param work loads it
   * @throws ModelUnusableError when there is no room; what `work` throws; signal.reason when aborted
   */
  async changeFirst(model: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    while (this.#working !== null) await abortable(this.#working, signal);
    const change = async () => {
      await this.#clearFor(model, signal);
      await this.#options.pool.drainThen(this.#options.first.name, work, signal);
    };
    const changing = change().finally(() => {
      this.#working = null;
    });
    this.#working = changing.catch(() => {});
    await changing;
  }

  async #clearFor(model: string, signal: AbortSignal): Promise<void> {
    const { needs, room, first, maxModels, mayExceed } = this.#options;
    const need = await needs(model, signal);
    const places = await this.#places(signal);
    const free = await room(places.map((place) => place.model));
    // What leaves in any case counts as a place that is free.
    const loaded = places.map((place) =>
      place.engine === first || place.model === model ? { ...place, isBroken: true, isPinned: false } : place,
    );
    const leaving = makeRoom({ model, need, free, maxModels, mayExceed: mayExceed?.() ?? false }, loaded);
    for (const { engine } of leaving) if (engine !== first) await this.#drainAndRemove(engine, signal);
  }

  /** Has engines that are no longer in the pool drop what they have cached of these conversations. */
  forget(isForgotten: (conversationId: string) => boolean): void {
    for (const engine of this.#ending) engine.forget?.(isForgotten);
  }

  #refuseFailed({ model, failures }: EngineRequest): void {
    const holders = this.#holders(model);
    if (holders.length > 0 && holders.every(({ name }) => (failures.get(name) ?? 0) >= mostFailures))
      throw new EngineUnavailableError(`The model ${model} has failed this answer. Try again in a moment.`);
    const failed = this.#failed.get(model);
    if (failed === undefined || holders.length > 0) return;
    if (failed.until > performance.now()) throw failed.error;
    this.#failed.delete(model);
  }

  #holders(model: string): readonly Engine[] {
    const { pool } = this.#options;
    return pool.engines.filter((engine) => engine.status().model === model);
  }

  #wake(): void {
    if (this.#working !== null || this.#closing.signal.aborted) return;
    const model = this.#missing();
    const idle = model === null ? this.#unneeded() : null;
    if (model === null && idle === null && !this.#wantsPreferred()) return;
    const { log } = this.#options;
    const { signal } = this.#closing;
    const work =
      model !== null
        ? this.#bring(model)
        : idle !== null
          ? this.#drainAndRemove(idle, signal)
          : this.#bringPreferred();
    this.#working = work
      .catch((error: unknown) => {
        if (!signal.aborted) log.warn("model-not-changed", { model, error });
      })
      .then(() => {
        this.#working = null;
        this.#wake();
      });
  }

  /** The model that has been waited for longest of those that no engine has; null: there is none, or one is being loaded. */
  #missing(): string | null {
    const { pool } = this.#options;
    return this.#isLoading()
      ? null
      : (pool.namedWaiting.find(({ model }) => this.#holders(model).length === 0)?.model ?? null);
  }

  /** Two that are loaded at the same time might both count on the same memory. */
  #isLoading(): boolean {
    return [this.#options.first, ...this.#extras].some((engine) => engine.status().state === "starting");
  }

  async #bring(model: string): Promise<void> {
    const { pool, needs, log } = this.#options;
    using gone = new WaitedModel(model, pool, this.#closing.signal);
    try {
      const need = await needs(model, gone.signal);
      const leaving = await this.#turnOf(model, need, gone.signal);
      await this.#change(model, leaving, gone);
    } catch (error) {
      if (gone.signal.aborted) return;
      log.warn("model-not-loaded", { model, error });
      // What refused it before that may be over at once: a lack of memory, an engine that was stopped.
      if (gone.loading !== null)
        this.#failed.set(model, { error, until: performance.now() + (this.#options.failedMs ?? 30_000) });
      pool.refuse(model, error);
    }
  }

  /**
   * Waits until the models that must leave for this one have had their turn.
   * @throws ModelUnusableError when there is no room for it at all
   */
  async #turnOf(model: string, need: number, signal: AbortSignal): Promise<readonly Place[]> {
    const { pool, room, maxModels, mayExceed } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      const places = await this.#places(signal);
      const free = await room(places.map((place) => place.model));
      const leaving = makeRoom({ model, need, free, maxModels, mayExceed: mayExceed?.() ?? false }, places);
      const since = pool.namedWaiting.find((waiting) => waiting.model === model)?.since ?? performance.now();
      if (!this.#isLoading() && leaving.every((place) => this.#hadItsTurn(place, since))) return leaving;
      await delay(lookAgainMs, undefined, { signal });
    }
  }

  /** Those who came before get their slot; one in use stays for a while, or every other answer would change the model. */
  #hadItsTurn({ engine, model, isIdle }: Place, since: number): boolean {
    const { pool, sliceMs = 10_000 } = this.#options;
    // Somebody else changes it.
    if (pool.isDraining(engine)) return false;
    if (isIdle) return true;
    if (pool.namedWaiting.some((waiting) => waiting.model === model && waiting.since < since)) return false;
    const { at, loadMs } = this.#ready.get(engine) ?? { at: 0, loadMs: 0 };
    return performance.now() - at >= Math.max(sliceMs, 2 * loadMs);
  }

  async #places(signal: AbortSignal): Promise<readonly Place[]> {
    const { pool, first, needs, isPinned } = this.#options;
    const { state, problem } = first.status();
    if (state === "stopped" && problem !== null) throw new EngineUnavailableError(problem);
    return Promise.all(
      [first, ...this.#extras].map(async (engine): Promise<Place> => {
        const { model, state } = engine.status();
        const isReady = state === "ready" && model !== null;
        const { leases, usedAt } = pool.loadOf(engine);
        return {
          ...{ engine, model: model ?? "", isPinned: isReady && isPinned(model), usedAt },
          isIdle: leases === 0 && !pool.namedWaiting.some((waiting) => waiting.model === model),
          bytes: isReady ? await needs(model, signal).catch(() => 0) : 0,
          isBroken: !isReady,
        };
      }),
    );
  }

  /** @throws what loading throws; then, and when `gone` is aborted, those that had to leave are back, or come back */
  async #change(model: string, leaving: readonly Place[], gone: WaitedModel): Promise<void> {
    const { first, log } = this.#options;
    const removed: string[] = [];
    log.info("model-wanted", { model, leaving: leaving.map((place) => place.model) });
    try {
      for (const { engine, model: former } of leaving.filter((place) => place.engine !== first)) {
        await this.#drainAndRemove(engine, gone.signal);
        removed.push(former);
      }
      const isInPlace = leaving.some(({ engine }) => engine === first);
      const engine = isInPlace ? await this.#loadInFirst(model, gone) : await this.#loadBeside(model, gone);
      const at = performance.now();
      this.#ready.set(engine, { at, loadMs: at - (gone.loading?.since ?? at) });
    } catch (error) {
      if (!this.#closing.signal.aborted) for (const former of removed) this.#add(former);
      throw error;
    }
  }

  async #loadInFirst(model: string, gone: WaitedModel): Promise<Engine> {
    const { pool, first } = this.#options;
    const former = first.status().model;
    let loaded = Promise.resolve();
    const replace = async () => {
      ({ loaded } = await first.replace(model, gone.signal));
    };
    await pool.drainThen(first.name, replace, gone.signal);
    gone.beginLoading(first);
    try {
      gone.signal.throwIfAborted();
      await abortable(loaded, gone.signal);
    } catch (error) {
      // One that cannot be loaded gives its place back by itself.
      if (gone.signal.aborted && former !== null && !this.#closing.signal.aborted)
        await pool.drainThen(
          first.name,
          async () => void (await first.replace(former, this.#closing.signal)),
          this.#closing.signal,
        );
      throw error;
    }
    return first;
  }

  async #loadBeside(model: string, gone: WaitedModel): Promise<Engine> {
    const engine = this.#add(model);
    gone.beginLoading(engine);
    try {
      await abortable(engine.ensureReady(gone.signal), gone.signal);
    } catch (error) {
      await this.#remove(engine);
      throw error;
    }
    return engine;
  }

  #add(model: string): Engine {
    const { pool, create, first } = this.#options;
    const engine = create(model);
    pool.add(engine, this.#extras.at(-1) ?? first);
    this.#extras.push(engine);
    return engine;
  }

  /** Nothing is given to it any longer when this returns; its memory is free when the promise resolves. */
  async #remove(engine: Engine): Promise<void> {
    this.#extras = this.#extras.filter((other) => other !== engine);
    this.#ready.delete(engine);
    this.#options.pool.remove(engine);
    this.#ending.add(engine);
    try {
      await engine[Symbol.asyncDispose]();
    } finally {
      this.#ending.delete(engine);
    }
  }

  async #drainAndRemove(engine: Engine, signal: AbortSignal): Promise<void> {
    await this.#options.pool.drainThen(engine.name, () => this.#remove(engine), signal);
    this.#options.log.info("model-unloaded", { engine: engine.name });
  }

  /** A model beside the first that nobody has used for long, or that the first has, too; null: there is none. */
  #unneeded(): Engine | null {
    const { first, isPinned, keepAliveMs } = this.#options;
    const ofFirst = first.status().model;
    const isUnneeded = (engine: Engine) => {
      const { model, state } = engine.status();
      if (state === "starting" || !this.#isUnused(engine)) return false;
      if (state === "failed" || model === ofFirst) return true;
      return this.#unusedMs(engine) >= keepAliveMs && !isPinned(model ?? "");
    };
    return this.#extras.find(isUnneeded) ?? null;
  }

  #isUnused(engine: Engine): boolean {
    const { pool } = this.#options;
    const { model } = engine.status();
    if (pool.isDraining(engine) || pool.loadOf(engine).leases > 0) return false;
    return !pool.namedWaiting.some((waiting) => waiting.model === model);
  }

  #unusedMs(engine: Engine): number {
    const used = Math.max(this.#options.pool.loadOf(engine).usedAt, this.#ready.get(engine)?.at ?? 0);
    return performance.now() - used;
  }

  /** Whether the first engine has another model than the one that it should have, and has had it for long enough. */
  #wantsPreferred(): boolean {
    const { first, preferred, keepAliveMs, isPinned } = this.#options;
    const wanted = preferred();
    const { model, state } = first.status();
    if (wanted === null || model === null || model === wanted || state !== "ready" || isPinned(model))
      return false;
    if (this.#holders(wanted).length > 0 || wanted === this.#hopeless) return false;
    return this.#isUnused(first) && this.#unusedMs(first) >= keepAliveMs;
  }

  async #bringPreferred(): Promise<void> {
    const { pool, first, preferred } = this.#options;
    const { signal } = this.#closing;
    const model = preferred();
    if (model === null) return;
    try {
      await this.#clearFor(model, signal);
      let loaded = Promise.resolve();
      const replace = async () => {
        ({ loaded } = await first.replace(model, signal));
      };
      await pool.drainThen(first.name, replace, signal);
      await loaded;
    } catch (error) {
      this.#hopeless = model;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#tidying);
    this.#closing.abort(new EngineUnavailableError("The models are being shut down."));
    await this.#working;
    // Before the first: its library is theirs.
    await Promise.all(this.#extras.map((engine) => this.#remove(engine)));
  }
}
