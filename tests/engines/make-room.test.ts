/** Which models leave so that another one has room. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { type LoadedModel, makeRoom } from "../../src/engines/make-room.ts";

const model = (name: string, bytes: number, fields: Partial<LoadedModel> = {}): LoadedModel => ({
  ...{ model: name, bytes, isPinned: false, isIdle: true, isBroken: false, usedAt: 0 },
  ...fields,
});
const wanted = { model: "new", need: 4, free: 0, maxModels: null, mayExceed: false };
const names = (models: readonly LoadedModel[]) => models.map((one) => one.model);

test("none, when it fits beside all", () => {
  expect(makeRoom({ ...wanted, free: 4 }, [model("a", 9)])).toEqual([]);
});

test("the idle one that was used least recently, and those in use only after it", () => {
  const loaded = [
    model("busy", 4, { isIdle: false, usedAt: 1 }),
    model("late", 4, { usedAt: 3 }),
    model("early", 4, { usedAt: 2 }),
  ];
  expect(names(makeRoom(wanted, loaded))).toEqual(["early"]);
  expect(names(makeRoom({ ...wanted, need: 9 }, loaded))).toEqual(["early", "late", "busy"]);
});

test("a small one stays when a larger one must leave all the same", () => {
  expect(names(makeRoom(wanted, [model("small", 1), model("large", 5, { usedAt: 1 })]))).toEqual(["large"]);
});

test("never a pinned one: the refusal names it, and the numbers", () => {
  const loaded = [model("pinned", 3e9, { isPinned: true }), model("other", 1e9)];
  expect(() => makeRoom({ ...wanted, need: 2e9, free: 0 }, loaded)).toThrow(
    "new was not loaded: it needs about 2.0 GB of memory, and 1.0 GB are free beside pinned, which PINNED_MODELS keeps.",
  );
  expect(() => makeRoom({ ...wanted, free: 9, maxModels: 1 }, loaded.slice(0, 1))).toThrow(
    "MAX_MODELS allows 1, and PINNED_MODELS keeps pinned",
  );
});

test("what leaves suffices, none of it is needless, and nothing pinned is among it", () => {
  const loaded = fc.array(
    fc.record({
      ...{ model: fc.string(), bytes: fc.nat(10), usedAt: fc.nat(9) },
      ...{ isPinned: fc.boolean(), isIdle: fc.boolean(), isBroken: fc.constant(false) },
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(
      loaded,
      fc.nat(30),
      fc.nat(10),
      fc.option(fc.integer({ min: 1, max: 4 })),
      (all, need, free, maxModels) => {
        const fits = (leaving: readonly LoadedModel[]) =>
          free + leaving.reduce((sum, { bytes }) => sum + bytes, 0) >= need &&
          (maxModels === null || all.length - leaving.length < maxModels);
        let leaving: readonly LoadedModel[];
        try {
          leaving = makeRoom({ ...wanted, need, free, maxModels }, all);
        } catch {
          expect(fits(all.filter(({ isPinned }) => !isPinned))).toBe(false);
          return;
        }
        expect(fits(leaving)).toBe(true);
        expect(leaving.some(({ isPinned }) => isPinned)).toBe(false);
        for (const one of leaving) expect(fits(leaving.filter((other) => other !== one))).toBe(false);
      },
    ),
  );
});
