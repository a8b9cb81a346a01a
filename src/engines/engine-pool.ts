/**
 * Gives out the engines' slots. Engines come in tiers, the preferred one first; the engines of a tier are replicas
 * of each other. Who has waited longest comes first. It knows nothing of answers.
 */
import type { Engine, EngineState, EngineStatus } from "../chat/engine.ts";
import type { EngineLease, EngineSource, EngineWish } from "../chat/run-turn.ts";
import { EngineUnavailableError } from "../errors.ts";

interface Waiting {
  readonly wish: EngineWish;
  readonly onPosition: (position: number) => void;
  readonly resolve: (lease: EngineLease) => void;
  readonly reject: (error: unknown) => void;
  /** The place that was told last. */
  position: number;
}

/** What is asked of an engine at present. */
interface Load {
  leases: number;
  /** Tokens of prompts and answers that it may still have to work through. */
  tokens: number;
}

/** Engines change their state by themselves: while somebody waits, the pool looks again this often. */
const lookAgainMs = 100;
/** A conversation is remembered at the replica that has its prefix; the oldest is forgotten first. */
const mostRemembered = 10_000;
/** A replica with its prefix is left for another when it has so many more tokens to work through. */
const tokensWorthAPrefix = 4_096;

/** One that loads may answer soon; one that has failed is asked only when there is nothing better. */
const rank: Readonly<Record<EngineState, number>> = { ready: 0, starting: 1, stopped: 1, failed: 2 };

export class EnginePool implements EngineSource, AsyncDisposable {
  readonly #tiers: readonly (readonly Engine[])[];
  readonly #loads: Map<Engine, Load>;
  /** Which replica has a conversation's prefix in its cache. */
  readonly #homes = new Map<string, string>();
  #queue: Waiting[] = [];
  #lookAgain: ReturnType<typeof setTimeout> | null = null;

  /** @param tiers in the order in which they are tried */
  constructor(tiers: readonly (readonly Engine[])[]) {
    this.#tiers = tiers;
    this.#loads = new Map(tiers.flat().map((engine) => [engine, { leases: 0, tokens: 0 }]));
  }

  get slots(): number {
    return this.#engines.reduce((sum, engine) => sum + engine.status().slots, 0);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get #engines(): readonly Engine[] {
    return this.#tiers.flat();
  }

  /** In the order in which they are tried. */
  status(): EngineStatus[] {
    return this.#engines.map((engine) => engine.status());
  }

  async acquire(
    wish: EngineWish,
    onPosition: (position: number) => void,
    signal: AbortSignal,
  ): Promise<EngineLease> {
    signal.throwIfAborted();
    if (this.#engines.every((engine) => wish.without.has(engine.name)))
      throw new EngineUnavailableError("No engine is left that could answer. Try again in a moment.");
    const { promise, resolve, reject } = Promise.withResolvers<EngineLease>();
    const waiting: Waiting = { wish, onPosition, resolve, reject, position: 0 };
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
      const engine = this.#choose(waiting.wish);
      if (engine === null) continue;
      this.#queue = this.#queue.filter((other) => other !== waiting);
      waiting.resolve(this.#lease(engine, waiting.wish));
    }
    for (const [index, waiting] of this.#queue.entries()) {
      if (waiting.position === index + 1) continue;
      waiting.position = index + 1;
      waiting.onPosition(index + 1);
    }
    if (this.#queue.length === 0 || this.#lookAgain !== null) return;
    this.#lookAgain = setTimeout(() => {
      this.#lookAgain = null;
      this.#serve();
    }, lookAgainMs);
  }

  /**
   * An engine in the best state there is: of those the wished model's, then the first tier with a free slot.
   * @returns null to wait: the engines that could answer are busy
   */
  #choose(wish: EngineWish): Engine | null {
    const candidates = this.#engines.filter((engine) => !wish.without.has(engine.name));
    const best = Math.min(...candidates.map((engine) => rank[engine.status().state]));
    const usable = new Set(candidates.filter((engine) => rank[engine.status().state] === best));
    const wished = [...usable].filter((engine) => engine.status().model === wish.model);
    const pick = (among: ReadonlySet<Engine>) => {
      for (const tier of this.#tiers) {
        const free = tier.filter((engine) => among.has(engine) && this.#isFree(engine));
        if (free.length > 0) return this.#lightest(free, wish);
      }
      return null;
    };
    // A model that was asked for by name and is there is waited for; otherwise any that is free will do.
    return pick(wished.length > 0 ? new Set(wished) : usable);
  }

  #isFree(engine: Engine): boolean {
    return (this.#loads.get(engine)?.leases ?? 0) < engine.status().slots;
  }

  /** The replica that has the conversation's prefix, unless another has far less to do. */
  #lightest(free: readonly Engine[], { conversationId }: EngineWish): Engine | null {
    const tokens = (engine: Engine) => this.#loads.get(engine)?.tokens ?? 0;
    const lightest = free.toSorted((a, b) => tokens(a) - tokens(b))[0] ?? null;
    const home = free.find((engine) => engine.name === this.#homes.get(conversationId));
    if (home === undefined || lightest === null) return lightest;
    return tokens(home) - tokens(lightest) > tokensWorthAPrefix ? lightest : home;
  }

  #lease(engine: Engine, { conversationId, tokens }: EngineWish): EngineLease {
    this.#homes.delete(conversationId);
    this.#homes.set(conversationId, engine.name);
    for (const oldest of this.#homes.keys()) {
      if (this.#homes.size <= mostRemembered) break;
      this.#homes.delete(oldest);
    }
    const load = this.#loads.get(engine) ?? { leases: 0, tokens: 0 };
    load.leases += 1;
    load.tokens += tokens;
    let held = true;
    return {
      engine,
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        load.leases -= 1;
        load.tokens -= tokens;
        this.#serve();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#lookAgain !== null) clearTimeout(this.#lookAgain);
    await Promise.all(this.#engines.map((engine) => engine[Symbol.asyncDispose]()));
  }
}
