/** Whether a model fits a machine. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { loadCatalog } from "../../src/models/catalog.ts";
import { modelFit } from "../../src/models/model-fit.ts";

const gb = 1e9;
const on = (gigabytes: number, mayHaveGpu = false) => ({ totalBytes: gigabytes * gb, mayHaveGpu });

test("The catalogue's need decides; weights that are larger than the memory never fit", () => {
  const model = { sizeBytes: 4.7 * gb, minMemoryBytes: 12 * gb };
  expect(modelFit(model, on(24))).toBe("fits");
  expect(modelFit(model, on(12))).toBe("fits");
  expect(modelFit(model, on(8))).toBe("tight");
  expect(modelFit(model, on(4))).toBe("too-big");
});

test("Of an unknown file the size tells, with room for its cache and other programs", () => {
  const model = { sizeBytes: 4 * gb, minMemoryBytes: null };
  expect(modelFit(model, on(8))).toBe("fits");
  expect(modelFit(model, on(6))).toBe("tight");
  expect(modelFit(model, on(3))).toBe("too-big");
});

test("With a graphics card no model is called too big: its weights may lie there", () => {
  expect(modelFit({ sizeBytes: 40 * gb, minMemoryBytes: null }, on(16, true))).toBe("tight");
});

test("More memory never makes a model fit worse", () => {
  const rank = { "too-big": 0, tight: 1, fits: 2 };
  const bytes = fc.integer({ min: 1, max: 200 * gb });
  fc.assert(
    fc.property(bytes, fc.option(bytes), bytes, bytes, (sizeBytes, minMemoryBytes, one, other) => {
      const fitOf = (totalBytes: number) =>
        rank[modelFit({ sizeBytes, minMemoryBytes }, on(totalBytes / gb))];
      expect(fitOf(Math.max(one, other))).toBeGreaterThanOrEqual(fitOf(Math.min(one, other)));
    }),
  );
});

test("Each model of the catalogue fits the memory that it asks for", () => {
  for (const entry of loadCatalog(join(import.meta.dir, "../../models/catalog.json")))
    expect(modelFit(entry, { totalBytes: entry.minMemoryBytes, mayHaveGpu: false })).toBe("fits");
});
