import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { patienceMs, type SlotInUse, type SlotRequest, slotsToYield } from "../../src/engines/fair-share.ts";

const now = 1_000_000;
const slot = (ownerId: string | null, since = 0, rest: Partial<SlotInUse> = {}): SlotInUse => ({
  ownerId,
  since,
  isResumable: true,
  askedAt: null,
  ...rest,
});
const request = (
  ownerId: string | null,
  rest: Partial<SlotRequest<SlotInUse>> = {},
): SlotRequest<SlotInUse> => ({
  ownerId,
  since: now - patienceMs,
  wasPaused: false,
  mayPreempt: true,
  canUse: () => true,
  ...rest,
});
const asked = (waiting: readonly SlotRequest<SlotInUse>[], slots: readonly SlotInUse[]) =>
  slotsToYield(waiting, slots, now).map(({ ownerId, since }) => `${ownerId}${since}`);

/** As the pool orders them: the owners with the fewest slots first. */
function inTurn(waiters: readonly string[], holders: readonly string[]): readonly string[] {
  const before = (ownerId: string, index: number) =>
    holders.filter((holder) => holder === ownerId).length +
    waiters.slice(0, index).filter((other) => other === ownerId).length;
  return waiters
    .map((ownerId, index) => ({ ownerId, before: before(ownerId, index) }))
    .toSorted((a, b) => a.before - b.before)
    .map(({ ownerId }) => ownerId);
}

describe("Who yields", () => {
  test("the longest-running answer of the owner with the most slots", () => {
    expect(asked([request("c")], [slot("a", 1), slot("b", 9), slot("b", 5), slot("b", 7)])).toEqual(["b5"]);
  });

  test("nobody while one owner is alone, whoever that is", () => {
    expect(asked([request("a")], [slot("a", 1), slot("a", 2)])).toEqual([]);
    expect(asked([request(null)], [slot(null, 1), slot(null, 2)])).toEqual([]);
  });

  test("nobody when that would not be fairer", () => {
    expect(asked([request("a")], [slot("a", 1), slot("b", 2), slot("b", 3)])).toEqual([]);
  });

  test("an owner without a slot takes turns with owners who have one", () => {
    expect(asked([request("c")], [slot("a", 2), slot("b", 1)])).toEqual(["b1"]);
  });

  test("not at once, not for background work, not what cannot be resumed, not another engine's", () => {
    const slots = [slot("a", 1), slot("a", 2)];
    expect(asked([request("b", { since: now - patienceMs + 1 })], slots)).toEqual([]);
    expect(asked([request("b", { mayPreempt: false })], slots)).toEqual([]);
    expect(asked([request("b", { canUse: ({ since }) => since === 2 })], slots)).toEqual(["a2"]);
    expect(asked([request("b")], [slot("a", 1, { isResumable: false }), slot("a", 2)])).toEqual(["a2"]);
  });

  test("no second answer while the first one comes to its next token; another one when that takes too long", () => {
    const soon = [slot("a", 1, { askedAt: now - 100 }), slot("a", 2), slot("a", 3)];
    expect(asked([request("b")], soon)).toEqual([]);
    expect(asked([request("b"), request("c")], soon)).toEqual(["a2"]);
    const late = [slot("a", 1, { askedAt: now - 10_000 }), slot("a", 2), slot("a", 3)];
    expect(asked([request("b")], late)).toEqual(["a2"]);
  });

  test("a paused answer takes the place of another of its owner after a while: none starves", () => {
    const slots = [slot("a", 2), slot("a", 1), slot("b", 3)];
    const paused = { wasPaused: true, since: now - 60_000 };
    expect(asked([request("a", paused)], slots)).toEqual(["a1"]);
    expect(asked([request("a", { ...paused, wasPaused: false })], slots)).toEqual([]);
    expect(asked([request("a", { ...paused, since: now - 1_000 })], slots)).toEqual([]);
  });

  test("law: slots become no less even, no more yield than wait, and no owner without a slot waits beside one with two", () => {
    const owner = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(
        fc.array(owner, { minLength: 1, maxLength: 8 }),
        fc.array(owner, { minLength: 1, maxLength: 8 }),
        (holders, arrived) => {
          const slots = holders.map((ownerId, since) => slot(ownerId, since));
          const waiters = inTurn(arrived, holders);
          const yielding = slotsToYield(
            waiters.map((ownerId) => request(ownerId)),
            slots,
            now,
          );
          expect(yielding.length).toBeLessThanOrEqual(waiters.length);
          expect(new Set(yielding).size).toBe(yielding.length);
          const counts = new Map<string | null, number>();
          const add = (ownerId: string | null, change: number) =>
            counts.set(ownerId, (counts.get(ownerId) ?? 0) + change);
          for (const { ownerId } of slots) add(ownerId, 1);
          const most = Math.max(...counts.values());
          for (const { ownerId } of yielding) add(ownerId, -1);
          const left = [...counts.values()].reduce((sum, count) => sum + count, 0);
          expect(left).toBe(slots.length - yielding.length);
          // Those that come free go to the waiting owners with the fewest slots.
          const queue = [...waiters];
          for (let free = yielding.length; free > 0; free--) {
            const next = queue.toSorted((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0];
            if (next === undefined) break;
            queue.splice(queue.indexOf(next), 1);
            add(next, 1);
          }
          expect(Math.max(...counts.values())).toBeLessThanOrEqual(most);
          const without = queue.some((ownerId) => (counts.get(ownerId) ?? 0) === 0);
          if (without) expect(Math.max(...counts.values())).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
