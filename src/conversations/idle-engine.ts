/** Acquires an engine for background work: only an idle one, and requests for answers take precedence. It knows nothing of the work. */
import type { Engine } from "../chat/engine.ts";
import type { EngineLease, EngineSource } from "../chat/run-turn.ts";

export interface IdleEngines {
  readonly engines: EngineSource & {
    /** How many wait for a slot. */
    readonly waiting: number;
    /** Slots of engines that are ready and have nothing to write. */
    readonly freeSlots: number;
  };
  /** Whether the model that answers is good for it. */
  readonly isAble: () => boolean;
}

/** Others may write beside it on its engine while they take at most this share of the slots: reading slows them down. */
const shareOfOthers = 1 / 8;

/** Whether one is there, and nobody waits. */
export const isIdle = ({ engines, isAble }: IdleEngines): boolean =>
  engines.waiting === 0 && engines.freeSlots > 0 && isAble();

/**
 * @param tokens that the work may take @param giveUp called when it would have to wait
 * @throws as EngineSource.acquire
 */
export const acquireIdle = (
  { engines }: IdleEngines,
  tokens: number,
  giveUp: () => void,
  signal: AbortSignal,
): Promise<EngineLease> =>
  engines.acquire(
    { failures: new Map(), patienceMs: 0, model: "", conversationId: "", tokens },
    giveUp,
    signal,
  );

/** Whether another answer would be slowed down. @param own slots of what is done in the background */
export function othersOn(engine: Engine, own: number): boolean {
  const { slots, busySlots } = engine.status();
  return busySlots - own > slots * shareOfOthers;
}
