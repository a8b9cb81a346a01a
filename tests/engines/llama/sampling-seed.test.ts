import { expect, test } from "bun:test";
import { seedAt } from "../../../src/engines/llama/sampling-seed.ts";

test("each position of each answer has a seed of its own, and always the same one", () => {
  const seeds = [0, 1, 2, 4_294_967_295].flatMap((seed) =>
    Array.from({ length: 1000 }, (_, at) => seedAt(seed, at)),
  );
  expect(new Set(seeds).size).toBeGreaterThan(3_990);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  expect(seedAt(7, 3)).toBe(seedAt(7, 3));
});
