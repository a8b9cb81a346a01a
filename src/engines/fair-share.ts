/**
 * Decides which answers give their slots up while others wait: the owner with the most slots yields first, then the answer
 * that has run longest (max-min fairness, preemptive, as round robin between equals). Answers of one owner alone
 * never give way. It knows nothing of engines.
 */

/** A slot that an answer holds. */
export interface SlotInUse {
  readonly ownerId: string | null;
  /** performance.now() when the answer got it. */
  readonly since: number;
  /** Whether the answer can be paused and resumed. */
  readonly isResumable: boolean;
  /** performance.now() when it was asked to yield; null: it was not. */
  readonly askedAt: number | null;
}

/** An answer that waits for a slot. */
export interface SlotRequest<S> {
  readonly ownerId: string | null;
  /** performance.now() */
  readonly since: number;
  /** It had a slot before, and gave it up. */
  readonly wasPaused: boolean;
  /** Background work waits for a free slot, however long. */
  readonly mayPreempt: boolean;
  readonly canUse: (slot: S) => boolean;
}

/** The time that an answer waits before another one yields, in milliseconds: most slots come free by themselves. */
export const patienceMs = 500;
/** An answer that has not yielded after this time cannot at present: another one is asked. */
const complianceMs = 2_500;
/** After this time a paused answer takes the place of another one of its owner. */
const rotationMs = 10_000;

export interface FairShareOptions {
  readonly patienceMs?: number;
  readonly rotationMs?: number;
}

/**
 * @param waiting the next one first
 * @param slots all leased ones
 * @param now performance.now()
 * @returns the slots whose answers are to be asked to yield now
 */
export function slotsToYield<S extends SlotInUse>(
  waiting: readonly SlotRequest<S>[],
  slots: readonly S[],
  now: number,
  options: FairShareOptions = {},
): readonly S[] {
  const { patienceMs: patience = patienceMs, rotationMs: rotation = rotationMs } = options;
  const owners = new Set([...waiting, ...slots].map(({ ownerId }) => ownerId));
  if (owners.size < 2) return [];
  const counts = new Map<string | null, number>();
  const count = (ownerId: string | null) => counts.get(ownerId) ?? 0;
  const add = (ownerId: string | null, change: number) => counts.set(ownerId, count(ownerId) + change);
  for (const { ownerId } of slots) add(ownerId, 1);
  // Slots that come free soon belong to the answers that wait first.
  const coming = slots.filter(({ askedAt }) => askedAt !== null && now - askedAt < complianceMs);
  for (const { ownerId } of coming) add(ownerId, -1);
  const yielding: S[] = [];
  for (const request of waiting.slice(0, slots.length)) {
    const given = coming.findIndex((slot) => request.canUse(slot));
    if (given >= 0) {
      coming.splice(given, 1);
      add(request.ownerId, 1);
      continue;
    }
    const waited = now - request.since;
    if (!request.mayPreempt || waited < patience) continue;
    const candidates = slots.filter(
      (slot) => slot.isResumable && slot.askedAt === null && !yielding.includes(slot) && request.canUse(slot),
    );
    const victim =
      longestRunning(
        candidates.filter(({ ownerId }) => isFairer(count(ownerId), count(request.ownerId))),
        request.ownerId,
        count,
      ) ??
      (request.wasPaused && waited >= rotation
        ? candidates.filter(({ ownerId }) => ownerId === request.ownerId).toSorted(byAge)[0]
        : undefined);
    if (victim === undefined) continue;
    yielding.push(victim);
    add(victim.ownerId, -1);
    add(request.ownerId, 1);
  }
  return yielding;
}

/** Whether one slot less for the owner that has it and one more for the waiting one is fairer; equals take turns. */
const isFairer = (leased: number, waiting: number) => leased >= waiting + 2 || (waiting === 0 && leased > 0);

const byAge = (a: SlotInUse, b: SlotInUse) => a.since - b.since;

function longestRunning<S extends SlotInUse>(
  slots: readonly S[],
  exceptOwner: string | null,
  count: (ownerId: string | null) => number,
): S | undefined {
  const others = slots.filter(({ ownerId }) => ownerId !== exceptOwner);
  return others.toSorted((a, b) => count(b.ownerId) - count(a.ownerId) || byAge(a, b))[0];
}
