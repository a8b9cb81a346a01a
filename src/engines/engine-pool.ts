/**
 * Gives out the engines' slots. Engines come in tiers, the preferred one first; the engines of a tier are replicas
 * of each other. The owner with the fewest slots is served first, then the answer that has waited longest; and answers are
 * asked to give their slots up while other owners wait (fair-share.ts). It knows nothing of answers.
 */
import type { Engine, EngineState, EngineStatus } from "../chat/engine.ts";
import { type EngineLease, type EngineRequest, type EngineSource, mostFailures } from "../chat/run-turn.ts";
import { EngineUnavailableError, NotFoundError } from "../errors.ts";
import { type FairShareOptions, type SlotInUse, slotsToYield } from "./fair-share.ts";

interface Waiting {
  readonly request: EngineRequest;
  readonly onPosition: (position: number) => void;
  readonly resolve: (lease: EngineLease) => void;
  readonly reject: (error: unknown) => void;
  /** performance.now() */
  readonly since: number;
  /** The last reported place. */
  position: number;
}

/** The present load of an engine. */
interface Load {
  leases: number;
  /** Tokens of prompts and answers that it may still have to work through. */
  tokens: number;
  /** performance.now() when a slot of it was last taken or given back. */
  usedAt: number;
}

/** An answer that no other model may write, and that has no slot yet. */
interface NamedWaiting {
  readonly model: string;
  /** performance.now() */
  readonly since: number;
}

interface LeasedSlot extends SlotInUse {
  readonly engine: Engine;
  readonly yielding: AbortController;
  askedAt: number | null;
}

/** Engines change their state by themselves: while answers wait, the pool checks this often. */
const lookAgainMs = 100;
/** A conversation is remembered at the replica that has its prefix; the oldest is forgotten first. */
const mostRemembered = 10_000;
/** A replica with its prefix is passed over when it has this many more tokens to work through. */
const tokensWorthAPrefix = 4_096;

/** The least time that a yielding answer has run, in milliseconds: to pause one costs reading its prompt again. */
const leastSliceMs = 1_500;

/** The lower, the sooner it can answer. */
const rank: Readonly<Record<EngineState, number>> = { ready: 0, starting: 1, stopped: 3, failed: 4 };
/** Of one that has failed this very answer: asked before those that cannot answer at all. */
const rankAfterFailure = 2;

const idleLoad = (): Load => ({ leases: 0, tokens: 0, usedAt: performance.now() });

export interface EnginePoolOptions extends FairShareOptions {
  /** Questions wait for a better engine that is still loading, though another one could answer them now. */
  readonly waitForLoading?: boolean;
  readonly sliceMs?: number;
}

export class EnginePool implements EngineSource, AsyncDisposable {
  #tiers: readonly (readonly Engine[])[];
  readonly #loads: Map<Engine, Load>;
  /** Which replica has a conversation's prefix in its cache. */
  readonly #homes = new Map<string, string>();
  /** Engines that take no new answers until they have finished those that they have. */
  readonly #draining = new Map<
    Engine,
    { readonly emptied: () => void; readonly giveUp: (reason: Error) => void }
  >();
  readonly #waitForLoading: boolean;
  readonly #sliceMs: number;
  readonly #fairShare: FairShareOptions;
  /** In the order in which they came. */
  #queue: Waiting[] = [];
  readonly #leased = new Set<LeasedSlot>();
  #lookAgain: ReturnType<typeof setTimeout> | null = null;

  /** @param tiers in the order in which they are tried */
  constructor(tiers: readonly (readonly Engine[])[], options: EnginePoolOptions = {}) {
    const { waitForLoading = false, sliceMs = leastSliceMs, ...fairShare } = options;
    this.#tiers = tiers;
    this.#waitForLoading = waitForLoading;
    this.#sliceMs = sliceMs;
    this.#fairShare = fairShare;
    this.#loads = new Map(tiers.flat().map((engine) => [engine, idleLoad()]));
  }

  /** Takes an engine in, to be asked after another one. */
  add(engine: Engine, after: Engine): void {
    const at = this.#tiers.findIndex((tier) => tier.includes(after));
    this.#tiers = this.#tiers.toSpliced(at + 1, 0, [engine]);
    this.#loads.set(engine, idleLoad());
    this.#serve();
  }

  /** Leaves an engine out from now on. Answers that it writes keep it. */
  remove(engine: Engine): void {
    this.#tiers = this.#tiers
      .map((tier) => tier.filter((one) => one !== engine))
      .filter((tier) => tier.length > 0);
    this.#loads.delete(engine);
    this.#serve();
  }

  /** What an engine has to do now, and when it was last used. */
  loadOf(engine: Engine): Readonly<Load> {
    return this.#loads.get(engine) ?? idleLoad();
  }

  /** Whether it takes no new answers until it is changed. */
  isDraining(engine: Engine): boolean {
    return this.#draining.has(engine);
  }

  /** The answers that wait for a model by its name, in the order in which they came. */
  get namedWaiting(): readonly NamedWaiting[] {
    return this.#queue.flatMap(({ request: { isNamed, model }, since }) =>
      isNamed ? [{ model, since }] : [],
    );
  }

  /** Those who wait for this model by its name wait no longer. */
  refuse(model: string, reason: unknown): void {
    const refused = this.#queue.filter(({ request }) => request.isNamed && request.model === model);
    this.#queue = this.#queue.filter((waiting) => !refused.includes(waiting));
    for (const { reject } of refused) reject(reason);
    this.#serve();
  }

  get slots(): number {
    return this.engines.reduce((sum, engine) => sum + engine.status().slots, 0);
  }

  /** Of engines that are ready. */
  get freeSlots(): number {
    return this.engines
      .filter((engine) => engine.status().state === "ready" && !this.#draining.has(engine))
      .reduce((sum, engine) => sum + engine.status().slots - (this.#loads.get(engine)?.leases ?? 0), 0);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** In the order in which they are tried. */
  get engines(): readonly Engine[] {
    return this.#tiers.flat();
  }

  /** In the same order. */
  status(): EngineStatus[] {
    return this.engines.map((engine) => engine.status());
  }

  /** The first that can answer at once, whether or not it has a free slot; undefined: none can. */
  get ready(): Engine | undefined {
    return this.engines.find((engine) => engine.status().state === "ready");
  }

  async acquire(
    request: EngineRequest,
    onPosition: (position: number) => void,
    signal: AbortSignal,
  ): Promise<EngineLease> {
    signal.throwIfAborted();
    if (this.#candidates(request).length === 0)
      throw new EngineUnavailableError("No engine is left that could answer. Try again in a moment.");
    const { promise, resolve, reject } = Promise.withResolvers<EngineLease>();
    const waiting: Waiting = {
      request,
      onPosition,
      resolve,
      reject,
      since: performance.now(),
      position: 0,
    };
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

  /**
   * The queue in order: an owner's first request comes before everybody's second one, and leased slots count as earlier
   * requests. (Max-min fairness over leased slots.)
   */
  #inTurn(): Waiting[] {
    const counted = new Map<string | null, number>();
    for (const { ownerId } of this.#leased) counted.set(ownerId, (counted.get(ownerId) ?? 0) + 1);
    const turns = this.#queue.map((waiting) => {
      const { ownerId = null } = waiting.request;
      const before = counted.get(ownerId) ?? 0;
      counted.set(ownerId, before + 1);
      return { waiting, before };
    });
    if (counted.size > 1) turns.sort((a, b) => a.before - b.before);
    return turns.map(({ waiting }) => waiting);
  }

  #serve(): void {
    for (const waiting of this.#inTurn()) {
      const engine = this.#choose(waiting);
      if (engine === null) continue;
      this.#queue = this.#queue.filter((other) => other !== waiting);
      waiting.resolve(this.#lease(engine, waiting.request));
    }
    for (const [index, waiting] of this.#inTurn().entries()) {
      if (waiting.position === index + 1) continue;
      waiting.position = index + 1;
      waiting.onPosition(index + 1);
    }
    if (this.#queue.length === 0) return;
    this.#askToYield();
    if (this.#lookAgain !== null) return;
    this.#lookAgain = setTimeout(() => {
      this.#lookAgain = null;
      this.#serve();
    }, lookAgainMs);
  }

  #askToYield(): void {
    const requests = this.#inTurn().map(({ request, since }) => {
      const usable = this.#usable(request);
      return {
        ownerId: request.ownerId ?? null,
        since,
        wasPaused: request.wasPaused ?? false,
        mayPreempt: request.isResumable ?? false,
        canUse: ({ engine }: LeasedSlot) =>
          usable.has(engine) && engine.status().state === "ready" && !this.#draining.has(engine),
      };
    });
    const now = performance.now();
    for (const slot of slotsToYield(requests, [...this.#leased], now, this.#fairShare)) {
      slot.askedAt = now;
      slot.yielding.abort();
    }
  }

  /** Has all engines drop what they have cached of these conversations. */
  forget(isForgotten: (conversationId: string) => boolean): void {
    for (const engine of this.engines) engine.forget?.(isForgotten);
  }

  /**
   * Lets an engine finish what it writes while new answers wait or go elsewhere, then does something with it (loads
   * another model, say), and lets it in again.
   * @throws NotFoundError for an engine that is not in the pool; what `work` throws; signal.reason when aborted; what
   *   `cancelReload` was given
   */
  async drainThen(name: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const engine = this.engines.find((one) => one.name === name);
    if (engine === undefined) throw new NotFoundError(`There is no engine "${name}".`);
    if (this.#draining.has(engine))
      throw new EngineUnavailableError(`${name} is about to be changed already. Wait until that is done.`);
    const { promise: empty, resolve: emptied, reject } = Promise.withResolvers<void>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    this.#draining.set(engine, { emptied, giveUp: reject });
    try {
      if (this.#loads.get(engine)?.leases === 0) emptied();
      await empty;
      await work();
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#draining.delete(engine);
      this.#serve();
    }
  }

  /** Cancels a change that still waits for running answers; one that has begun continues. */
  cancelReload(name: string, reason: Error): void {
    for (const [engine, { giveUp }] of this.#draining) if (engine.name === name) giveUp(reason);
  }

  #candidates({ failures }: EngineRequest): readonly Engine[] {
    return this.engines.filter((engine) => (failures.get(engine.name) ?? 0) < mostFailures);
  }

  #rankOf(engine: Engine, { failures }: EngineRequest): number {
    const own = this.#draining.has(engine) ? rank.starting : rank[engine.status().state];
    if (own >= rank.stopped) return own;
    if (failures.has(engine.name)) return rankAfterFailure;
    return this.#waitForLoading ? rank.ready : own;
  }

  /**
   * An engine in the best present state: of those the requested model's, then the first tier with a free slot.
   * @returns null to wait: the engines that could answer are busy, or may be back soon
   */
  #choose({ request, since }: Waiting): Engine | null {
    const usable = this.#usable(request);
    const [one] = usable;
    const allFailed = one !== undefined && this.#rankOf(one, request) === rank.failed;
    if (allFailed && performance.now() - since < request.patienceMs) return null;
    for (const tier of this.#tiers) {
      const free = tier.filter((engine) => usable.has(engine) && this.#isFree(engine));
      if (free.length > 0) return this.#lightest(free, request);
    }
    return null;
  }

  /** The engines in the best present state; of these, those that run the requested model, if any. */
  #usable(request: EngineRequest): ReadonlySet<Engine> {
    // Where a model is named, no other one answers: while it is nowhere it is waited for.
    const candidates = this.#candidates(request).filter(
      (engine) => !request.isNamed || engine.status().model === request.model,
    );
    const best = Math.min(...candidates.map((engine) => this.#rankOf(engine, request)));
    const usable = candidates.filter((engine) => this.#rankOf(engine, request) === best);
    // A requested model that runs is waited for; otherwise any free engine will do.
    const requested = usable.filter((engine) => engine.status().model === request.model);
    return new Set(requested.length > 0 ? requested : usable);
  }

  #isFree(engine: Engine): boolean {
    if (this.#draining.has(engine)) return false;
    return (this.#loads.get(engine)?.leases ?? 0) < engine.status().slots;
  }

  /** The replica that has the conversation's prefix, unless another has far less to do. */
  #lightest(free: readonly Engine[], { conversationId }: EngineRequest): Engine | null {
    const tokens = (engine: Engine) => this.#loads.get(engine)?.tokens ?? 0;
    const lightest = free.toSorted((a, b) => tokens(a) - tokens(b))[0] ?? null;
    const home = free.find((engine) => engine.name === this.#homes.get(conversationId));
    if (home === undefined || lightest === null) return lightest;
    return tokens(home) - tokens(lightest) > tokensWorthAPrefix ? lightest : home;
  }

  #lease(engine: Engine, request: EngineRequest): EngineLease {
    const { conversationId, ownerId = null, tokens, isResumable = false } = request;
    this.#homes.delete(conversationId);
    this.#homes.set(conversationId, engine.name);
    for (const oldest of this.#homes.keys()) {
      if (this.#homes.size <= mostRemembered) break;
      this.#homes.delete(oldest);
    }
    const load = this.#loads.get(engine) ?? idleLoad();
    load.leases += 1;
    load.tokens += tokens;
    load.usedAt = performance.now();
    const slot: LeasedSlot = {
      engine,
      ownerId,
      isResumable,
      since: performance.now(),
      yielding: new AbortController(),
      askedAt: null,
    };
    this.#leased.add(slot);
    return {
      engine,
      yielding: slot.yielding.signal,
      sliceMs: this.#sliceMs,
      [Symbol.dispose]: () => {
        if (!this.#leased.delete(slot)) return;
        load.leases -= 1;
        load.tokens -= tokens;
        load.usedAt = performance.now();
        if (load.leases === 0) this.#draining.get(engine)?.emptied();
        this.#serve();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#lookAgain !== null) clearTimeout(this.#lookAgain);
    await Promise.all(this.engines.map((engine) => engine[Symbol.asyncDispose]()));
  }
}
