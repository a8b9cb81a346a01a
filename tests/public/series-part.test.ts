/** Windows of a series are joined in the browser without a value that moves to another bar. */
import { expect, test } from "bun:test";
import "../../public/js/series-part.js";

interface Part {
  readonly time: readonly number[];
  readonly volume: readonly (number | null)[] | null;
}
declare const joinedParts: (one: Part, next: Part, left: number, right: number) => Part;

const part = (times: readonly number[], volume: Part["volume"]) => ({
  ...{ start: 0, step: 1, time: times, shown: times, volume, indicators: [] },
  ...{ open: times, high: times, low: times, close: times },
});
const [bare, filled] = [part([1, 2, 3], null), part([4, 5], [40, 50])];

test("a window whose files have no volume joins one that has some: each bar keeps its own", () => {
  expect(joinedParts(bare, filled, 0, 0).volume).toEqual([null, null, null, 40, 50]);
  expect(joinedParts(bare, filled, 1, 1).volume).toEqual([null, null, 40]);
});

test("a window with volume joins one without", () => {
  expect(joinedParts(filled, bare, 1, 1).volume).toEqual([50, null, null]);
});

test("two windows without volume stay without", () => {
  expect(joinedParts(bare, bare, 0, 0).volume).toBeNull();
});
