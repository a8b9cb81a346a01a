/** Bars are added as rows are: of n equal ones in a file and m that are there, n - m; in the order of time. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { mergedBars } from "../../../src/finance/data/merge-bars.ts";
import type { SourcedBars } from "../../../src/finance/data/stored-bars.ts";

interface Row {
  readonly time: number;
  readonly close: number;
  readonly volume: number;
}

const row = fc.record({
  time: fc.integer({ min: 0, max: 6 }),
  close: fc.constantFrom(1, 2, Number.NaN),
  volume: fc.constantFrom(5, Number.NaN),
});
const rows = fc.array(row, { maxLength: 20 }).map((all) => all.toSorted((a, b) => a.time - b.time));

function barsOf(all: readonly Row[], source: number): SourcedBars {
  const column = (of: (row: Row) => number) => Float64Array.from(all, of);
  const close = column((each) => each.close);
  return {
    ...{ time: column((each) => each.time), open: close, high: close, low: close, close },
    volume: all.every(({ volume }) => Number.isNaN(volume)) ? null : column((each) => each.volume),
    ...{ source: new Int32Array(all.length).fill(source), line: Int32Array.from(all, (_, at) => at) },
  };
}

const textOf = ({ time, close, volume }: Row) => `${time} ${close} ${volume}`;
const rowsOf = ({ time, close, volume }: SourcedBars): readonly string[] =>
  [...time].map((each, at) =>
    textOf({ time: each, close: close[at] ?? Number.NaN, volume: volume?.[at] ?? Number.NaN }),
  );

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function merged(there: readonly Row[], fresh: readonly Row[]) {
  const steps = mergedBars(barsOf(there, 1), barsOf(fresh, 2));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

test("Each row is there as often as in the one that has it more often, in the order of time", () => {
  fc.assert(
    fc.property(rows, rows, (there, fresh) => {
      const { bars, added } = merged(there, fresh);
      const [before, sent] = [countsOf(there.map(textOf)), countsOf(fresh.map(textOf))];
      const expected = new Map(
        [...new Set([...before.keys(), ...sent.keys()])].map((key) => [
          key,
          Math.max(before.get(key) ?? 0, sent.get(key) ?? 0),
        ]),
      );
      expect(countsOf(rowsOf(bars))).toEqual(expected);
      expect(added).toBe(bars.time.length - there.length);
      expect([...bars.time]).toEqual([...bars.time].toSorted((a, b) => a - b));
      expect([...bars.source].filter((source) => source === 1)).toHaveLength(there.length);
    }),
  );
});

test("Bars of one time stand as they came: those that were there first", () => {
  const { bars } = merged(
    [{ time: 1, close: 2, volume: 5 }],
    [
      { time: 1, close: 1, volume: 5 },
      { time: 1, close: 2, volume: 5 },
    ],
  );
  expect([...bars.close]).toEqual([2, 1]);
  expect([...bars.source]).toEqual([1, 2]);
});
