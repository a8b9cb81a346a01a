import { expect, test } from "bun:test";
import fc from "fast-check";
import { fuseRanks } from "../../src/memory/fuse-ranks.ts";
import { memory } from "../store/rows.ts";

const rows = Array.from({ length: 8 }, (_, index) => memory({ id: `m${index}` }));
const lists = fc.array(fc.shuffledSubarray(rows), { minLength: 1, maxLength: 3 });

test("second in both lists beats first in one", () => {
  const [a, b, c] = rows;
  if (a === undefined || b === undefined || c === undefined) throw new Error("There are eight.");
  expect(
    fuseRanks([
      [a, b],
      [c, b],
    ]).map(({ memory }) => memory.id),
  ).toEqual(["m1", "m0", "m2"]);
});

test("first in every list scores 1, and nothing scores more", () => {
  fc.assert(
    fc.property(lists, (ranked) => {
      const fused = fuseRanks(ranked);
      for (const { memory, score } of fused) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-9);
        if (ranked.every((list) => list[0] === memory)) expect(score).toBeCloseTo(1, 9);
      }
    }),
  );
});

test("every memory of the lists comes once, in falling order of score, and of one list in its own order", () => {
  fc.assert(
    fc.property(lists, (ranked) => {
      const fused = fuseRanks(ranked);
      expect(fused.map(({ memory }) => memory.id).toSorted()).toEqual(
        [...new Set(ranked.flat().map(({ id }) => id))].toSorted(),
      );
      const scores = fused.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((left, right) => right - left));
      for (const list of ranked) expect(fuseRanks([list]).map(({ memory }) => memory)).toEqual([...list]);
    }),
  );
});
