import { expect, test } from "bun:test";
import { plantedFigures } from "../../exam/planted-figures.ts";
import { shuffledFacts } from "../../exam/shuffled-facts.ts";

test("no figure that nothing proves stands without a mark, at whatever byte an answer is cut", () => {
  const { unmarked, changed } = plantedFigures(200, 7);
  expect(unmarked).toEqual([]);
  expect(changed).toEqual([]);
}, 60_000);

test("facts of another answer prove less than 0.5 % of the figures by chance", () => {
  const { figures, proved, provedByChance } = shuffledFacts(900);
  expect(proved / figures).toBeGreaterThan(0.98);
  expect(provedByChance / figures).toBeLessThan(0.005);
}, 60_000);
