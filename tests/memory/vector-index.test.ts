import { expect, test } from "bun:test";
import fc from "fast-check";
import { packVectors, unpackVectors } from "../../src/memory/memory-vectors.ts";
import { VectorIndex } from "../../src/memory/vector-index.ts";
import type { Store } from "../../src/store/database.ts";
import type { Memory } from "../../src/store/schema.ts";
import { memory } from "../store/rows.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const dimensions = 6;
const asOf = 1_000;
const at = { asOf, atLeast: 0.001, exceptConversation: "here" };
const model = "of the test";

const unit = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values) || 1;
  return new Float32Array(values.map((value) => value / length));
};
const bytes = (vector: Float32Array) => packVectors([vector]);
const anyVector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: dimensions, maxLength: dimensions })
  .map(unit);

/** What the index must find, by the definition. */
function nearestByDefinition(store: Store, query: Float32Array, atLeast: number, except: string): number[] {
  const newest = store.memories.newest(null, 1_000).filter((one) => one.embeddingModel === model);
  const subjects = new Map(newest.toReversed().map((one) => [`${one.category}/${one.key}`, one]));
  return [...subjects.values()]
    .filter(({ conversationId }) => conversationId !== except)
    .map(({ embedding }) => unpackVectors(embedding ?? new Uint8Array(), dimensions) ?? new Float32Array())
    .map((vector) => vector.reduce((sum, value, index) => sum + value * (query[index] ?? 0), 0))
    .filter((similarity) => similarity >= atLeast)
    .sort((left, right) => right - left);
}

const write = fc.record({
  key: fc.constantFrom("a", "b", "c", "d", "e"),
  category: fc.constantFrom("x", "y"),
  conversationId: fc.constantFrom(null, "here", "there"),
  createdAt: fc.nat(5),
  vector: anyVector,
  model: fc.constantFrom(model, model, model, "of another"),
  /** Whether the vector is written with the row, or later, as the background does. */
  later: fc.boolean(),
});

test("after any writes the index finds what the table holds: the nearest of the newest of each subject", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 15 }), anyVector, (writes, query) => {
      using store = temporaryStore();
      const index = new VectorIndex(store.memories, model, dimensions);
      for (const { vector, model: embeddingModel, later, ...own } of writes) {
        const row = memory(own);
        const embedding = bytes(vector);
        store.memories.insert(later ? row : { ...row, embeddingModel, embedding });
        if (later) store.memories.setEmbedding(row, embeddingModel, embedding);

        const found = index.nearest(null, query, { ...at, limit: 1_000 });
        const wanted = nearestByDefinition(store, query, 0.001, "here");
        expect(found).toHaveLength(wanted.length);
        for (const [place, { similarity }] of found.entries())
          expect(similarity).toBeCloseTo(wanted[place] ?? Number.NaN, 5);
        expect(index.nearest(null, query, { ...at, limit: 2 })).toEqual(found.slice(0, 2));
      }
    }),
    { numRuns: 30 },
  );
});

test("a thousand vectors, written while the index is in use, are all found", () => {
  using store = temporaryStore();
  const index = new VectorIndex(store.memories, model, dimensions);
  const vectorOf = (number: number) => unit([1, number, number ** 2 / 500, 1, 1, 1]);
  for (let number = 0; number < 1_000; number++) {
    const row = memory({ id: `m${number}`, key: `${number}`, embeddingModel: model });
    store.memories.insert({ ...row, embedding: bytes(vectorOf(number)) });
    // Its neighbours are as near: a vector is stored in bytes.
    if (number % 50 === 0)
      expect(index.nearest(null, vectorOf(number), { asOf, limit: 1 })[0]?.similarity).toBeGreaterThan(0.999);
  }
  expect(index.nearest(null, vectorOf(500), { asOf, limit: 2_000 })).toHaveLength(1_000);
  for (const number of [0, 1, 63, 64, 65, 500, 999])
    expect(index.nearest(null, vectorOf(number), { asOf, limit: 1 })[0]?.similarity).toBeGreaterThan(0.999);
});

test("a vector of another length is ignored, whatever its model is called", () => {
  using store = temporaryStore();
  store.memories.insert(memory({ embeddingModel: model, embedding: bytes(new Float32Array([1, 0])) }));
  const index = new VectorIndex(store.memories, model, dimensions);
  expect(index.nearest(null, unit([1, 1, 1, 1, 1, 1]), { asOf, limit: 5 })).toEqual([]);
});

test("of a subject that one is found that was the newest and held at the moment that is asked for", () => {
  using store = temporaryStore();
  const index = new VectorIndex(store.memories, model, dimensions);
  const embedding = bytes(unit([1, 1, 1, 1, 1, 1]));
  const made = (id: string, own: Partial<Memory>) =>
    store.memories.insert(memory({ id, key: "salary", embeddingModel: model, embedding, ...own }));
  made("first", { createdAt: 10 });
  made("second", { createdAt: 20, validFrom: 40, validTo: 60 });
  const found = (moment: number) =>
    index
      .nearest(null, unit([1, 1, 1, 1, 1, 1]), { limit: 5, asOf: moment })
      .map(({ id }) => id)
      .filter((id) => store.memories.isCurrent(id, moment));
  expect([9, 10, 39, 40, 59, 60].map(found)).toEqual([[], ["first"], ["first"], ["second"], ["second"], []]);
  store.memories.setDeleted("second", 70);
  expect(found(80)).toEqual(["first"]);
});
