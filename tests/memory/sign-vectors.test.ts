/** Signs are found by the number of places in which they differ, whatever comes and goes, and leave nothing behind. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { SignVectors } from "../../src/memory/sign-vectors.ts";

const dimensions = 100;
const anySigns = fc.array(fc.constantFrom(-1, 1), { minLength: dimensions, maxLength: dimensions });
const anyWrite = fc.record({
  row: fc.integer({ min: 1, max: 12 }),
  group: fc.integer({ min: 1, max: 3 }),
  signs: anySigns,
  isRemoved: fc.boolean(),
});

function resultOf<Result>(work: Generator<void, Result, undefined>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

test("the rows are found whose signs differ in the fewest places, of the groups that are asked for", () => {
  fc.assert(
    fc.property(
      fc.array(anyWrite, { maxLength: 40 }),
      anySigns,
      fc.integer({ min: 1, max: 8 }),
      fc.subarray([1, 2, 3], { minLength: 1 }),
      (writes, query, count, groups) => {
        const vectors = new SignVectors(dimensions);
        let kept: { row: number; group: number; differing: number }[] = [];
        for (const { row, group, signs, isRemoved } of writes) {
          if (isRemoved) {
            resultOf(vectors.remove(new Set([row])));
            kept = kept.filter((one) => one.row !== row);
            continue;
          }
          vectors.put(row, group, signs);
          kept.push({ row, group, differing: signs.filter((sign, at) => sign !== query[at]).length });
        }
        const asked = kept.filter(({ group }) => groups.includes(group));
        const distances = asked.map(({ differing }) => differing).sort((one, other) => one - other);
        const found = resultOf(vectors.nearest(query, new Set(groups), count));
        expect(found).toHaveLength(Math.min(count, asked.length));
        const farthest = distances[found.length - 1] ?? 0;
        for (const row of found)
          expect(asked.some((one) => one.row === row && one.differing <= farthest)).toBe(true);
        const sure = asked.filter(({ differing }) => differing < farthest);
        for (const { row } of sure) expect(found).toContain(row);
      },
    ),
  );
});

test("a place that is free again is taken again: what comes and goes takes no more memory", () => {
  const vectors = new SignVectors(dimensions);
  const signs = Array.from({ length: dimensions }, (_, at) => (at % 3) - 1);
  for (let row = 1; row <= 50_000; row++) {
    vectors.put(row, 1, signs);
    if (row > 10) resultOf(vectors.remove(new Set([row - 10])));
  }
  expect(resultOf(vectors.nearest(signs, new Set([1]), 100)).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 10 }, (_, at) => 49_991 + at),
  );
  const empty = new SignVectors(dimensions);
  empty.put(1, 1, signs);
  expect(vectors.size).toBe(empty.size);
}, 60_000);

test("nothing is found where nothing is", () => {
  expect(resultOf(new SignVectors(dimensions).nearest([1], new Set([1]), 9))).toEqual([]);
});
