import { expect, test } from "bun:test";
import fc from "fast-check";
import { packVectors, similarityTo } from "../../src/memory/memory-vectors.ts";
import { VectorIndex } from "../../src/memory/vector-index.ts";
import type { Memory } from "../../src/store/schema.ts";
import { memory } from "../store/rows.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const dimensions = 6;
const model = "of the test";
/** More than there are: all are measured. */
const all = 100_000;

const unit = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values) || 1;
  return new Float32Array(values.map((value) => value / length));
};
const bytes = (...vectors: Float32Array[]) => packVectors(vectors);
const anyVector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: dimensions, maxLength: dimensions })
  .map(unit);

const write = fc.record({
  id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  what: fc.constantFrom("embed", "embed", "embed", "change", "delete", "bring back", "erase", "look"),
  vectors: fc.array(anyVector, { minLength: 1, maxLength: 3 }),
  model: fc.constantFrom(model, model, model, "of another"),
});

test("after any writes the index finds what the table holds, the nearest first", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 20 }), anyVector, async (writes, query) => {
      using store = temporaryStore();
      const { memories } = store;
      using index = new VectorIndex(memories, model, dimensions);
      const found = async () => (await index.nearest([null], query, all)).near;
      for (const { id, what, vectors, model: embeddingModel } of writes) {
        const known = memories.getAny(id);
        if (known === undefined) memories.insert(memory({ id }));
        else if (what === "embed") memories.setEmbedding(known, embeddingModel, bytes(...vectors));
        else if (what === "change") memories.setText(id, { value: "Another text." });
        else if (what === "delete") memories.setDeleted(id, 1);
        else if (what === "bring back") memories.setDeleted(id, null);
        else if (what === "erase") memories.erase([id]);
        else await found();
      }
      const wanted = memories
        .newest(null, all)
        .filter((one) => one.embeddingModel === model)
        .map(({ embedding }) => similarityTo(query, embedding ?? new Uint8Array()))
        .sort((left, right) => (right ?? 0) - (left ?? 0));
      expect((await found()).map(({ similarity }) => similarity)).toEqual(wanted as number[]);
    }),
    { numRuns: 60 },
  );
});

test("each group finds its own, and what is told in other words is read again", async () => {
  using store = temporaryStore();
  const embedding = bytes(unit([1, 2, 3, 4, 5, 6]));
  for (const ownerId of [null, "anna"]) {
    if (ownerId !== null)
      store.users.insert({ id: ownerId, name: ownerId, passwordHash: "x", role: "member", createdAt: 1 });
    store.memories.insert(memory({ id: `of ${ownerId}`, ownerId, embeddingModel: model, embedding }));
  }
  using index = new VectorIndex(store.memories, model, dimensions);
  const found = async (...groups: (string | null)[]) =>
    (await index.nearest(groups, unit([1, 1, 1, 1, 1, 1]), all)).near.map(({ id }) => id);
  expect(await found(null)).toEqual(["of null"]);
  expect(await found("anna")).toEqual(["of anna"]);
  expect(await found(null, "anna")).toEqual(["of null", "of anna"]);
  expect(await found("berta")).toEqual([]);
  store.users.adopt("anna");
  expect(await found(null)).toEqual([]);
  index.readAgain();
  expect(await found("anna")).toEqual(["of null", "of anna"]);
});

test("of forty thousand the likeliest by their signs are measured, and what is forgotten is not found", async () => {
  using store = temporaryStore();
  const long = 96;
  const count = 40_000;
  // Deterministic, and without order: neighbours in the table are not near each other.
  const vectorOf = (number: number) =>
    unit(Array.from({ length: long }, (_, at) => Math.sin((number + 1) * (at + 1) * 12.9898)));
  store.transaction(() => {
    for (let number = 0; number < count; number++)
      store.memories.insert(
        memory({
          id: `m${number}`,
          key: "",
          value: "",
          embeddingModel: model,
          embedding: bytes(vectorOf(number)),
        }),
      );
  });
  using index = new VectorIndex(store.memories, model, long);
  const nearest = async (number: number, newest?: number) =>
    (await index.nearest([null], vectorOf(number), 64, newest)).near;
  for (const number of [0, 16_383, 16_384, 39_999]) {
    const near = await nearest(number);
    expect(near[0]?.id).toBe(`m${number}`);
    expect(near.length).toBeLessThanOrEqual(64);
  }
  expect((await nearest(0, 100))[0]?.id).not.toBe("m0");
  store.memories.erase(["m16384"]);
  expect((await nearest(16_384)).map(({ id }) => id)).not.toContain("m16384");
}, 60_000);

test("a vector of another length is ignored, whatever its model is called", async () => {
  using store = temporaryStore();
  store.memories.insert(memory({ embeddingModel: model, embedding: bytes(new Float32Array([1, 0])) }));
  using index = new VectorIndex(store.memories, model, dimensions);
  expect((await index.nearest([null], unit([1, 1, 1, 1, 1, 1]), 5)).near).toEqual([]);
});

test("of a text in several pieces the nearest one counts", async () => {
  using store = temporaryStore();
  const own = (id: string, ...vectors: number[][]): Partial<Memory> => ({
    ...{ id, embeddingModel: model, embedding: bytes(...vectors.map(unit)) },
  });
  store.memories.insert(memory(own("far", [1, -1, 1, -1, 1, -1])));
  store.memories.insert(memory(own("end", [1, -1, 1, -1, 1, -1], [1, 1, 1, 1, 1, 0.9])));
  using index = new VectorIndex(store.memories, model, dimensions);
  const { near, isAll } = await index.nearest([null], unit([1, 1, 1, 1, 1, 1]), 9);
  expect(near.map(({ id }) => id)).toEqual(["end", "far"]);
  expect(isAll).toBe(true);
});
