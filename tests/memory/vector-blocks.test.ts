/** Vectors in blocks keep their numbers while others come and go, and leave nothing behind. */
import { expect, test } from "bun:test";
import { VectorBlocks, type VectorPlace } from "../../src/memory/vector-blocks.ts";

const read = ({ block, first, length }: VectorPlace) => [...block.subarray(first, first + length)];

test("what is put stays as it is, whatever is put and released beside it", () => {
  const blocks = new VectorBlocks();
  const kept = new Map<number, VectorPlace>();
  for (let at = 0; at < 3_000; at++) {
    kept.set(at, blocks.put(new Float32Array(384 * (1 + (at % 3))).fill(at)));
    const gone = kept.get(at - 7);
    if (at % 2 === 0 || gone === undefined) continue;
    blocks.release(gone);
    kept.delete(at - 7);
  }
  for (const [at, place] of kept) expect(new Set(read(place))).toEqual(new Set([at]));
});

test("a place that is free again is taken again, and nothing of what lay there stays", () => {
  const blocks = new VectorBlocks();
  const first = blocks.put(Float32Array.of(1, 2, 3));
  blocks.release(first);
  expect(read(first)).toEqual([0, 0, 0]);
  expect(blocks.put(Float32Array.of(4, 5, 6))).toBe(first);
  expect(read(first)).toEqual([4, 5, 6]);
});

test("vectors that are longer than a block have one of their own", () => {
  const long = new Float32Array(2 ** 20 + 5).fill(2);
  expect(read(new VectorBlocks().put(long)).length).toBe(long.length);
});
