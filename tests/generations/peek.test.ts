import { expect, test } from "bun:test";
import type { GenerationUpdate } from "../../src/generations/generation-update.ts";
import { peek } from "../../src/generations/peek.ts";

const reading: GenerationUpdate = { type: "reading", progress: 0.5 };
const token: GenerationUpdate = {
  type: "tokens",
  from: 0,
  tokens: [{ text: "a", ids: [] }],
  writer: null,
};

async function* from(...updates: readonly GenerationUpdate[]) {
  yield* updates;
}

test("passes over progress and takes nothing from the reader", async () => {
  const { first, updates } = await peek(from(reading, token, reading), { patienceMs: 10_000 });
  expect(first).toEqual(token);
  expect(await Array.fromAsync(updates)).toEqual([token, reading]);
});

test("stops at the update that it is told to", async () => {
  const { first, updates } = await peek(from(reading, token), { until: () => true, patienceMs: 10_000 });
  expect(first).toEqual(reading);
  expect(await Array.fromAsync(updates)).toEqual([reading, token]);
});

test("gives up after its patience, and the reader gets the last progress and what comes then", async () => {
  const go = Promise.withResolvers<void>();
  async function* slow() {
    yield reading;
    await go.promise;
    yield token;
  }
  const { first, updates } = await peek(slow(), { patienceMs: 5 });
  expect(first).toBeNull();
  go.resolve();
  expect(await Array.fromAsync(updates)).toEqual([reading, token]);
});

test("passes on what the updates throw, and ends them when the reader leaves", async () => {
  async function* broken(): AsyncGenerator<GenerationUpdate, void, undefined> {
    yield reading;
    throw new Error("gone");
  }
  expect(peek(broken(), { patienceMs: 10_000 })).rejects.toThrow("gone");
  const left = Promise.withResolvers<void>();
  async function* endless() {
    try {
      for (;;) yield token;
    } finally {
      left.resolve();
    }
  }
  const { updates } = await peek(endless(), { patienceMs: 10_000 });
  for await (const _ of updates) break;
  await left.promise;
});
