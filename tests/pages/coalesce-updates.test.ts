import { describe, expect, test } from "bun:test";
import type { GenerationUpdate } from "../../src/generations/generation-update.ts";
import { coalesce } from "../../src/pages/coalesce-updates.ts";

const end: GenerationUpdate = {
  type: "end",
  outcome: {
    state: "done",
    finishReason: "stop",
    usage: null,
    timings: null,
    error: null,
    writers: [],
    tokenCount: 3,
  },
};
const token = (from: number, text: string): GenerationUpdate => ({
  type: "tokens",
  from,
  tokens: [{ text, ids: [] }],
  writer: null,
});

async function* from(updates: readonly GenerationUpdate[]) {
  yield* updates;
}

describe("coalesce", () => {
  test("joins what is there already into one batch", async () => {
    const batches = await Array.fromAsync(
      coalesce(from([token(0, "a"), token(1, "b"), token(2, "c"), end]), () => 40),
    );
    expect(batches).toEqual([
      {
        progress: null,
        thought: "",
        text: "abc",
        cursor: 3,
        outcome: end.type === "end" ? end.outcome : null,
      },
    ]);
  });

  test("gives the first token at once and the next ones together, no sooner than the interval", async () => {
    const later = Promise.withResolvers<void>();
    async function* updates() {
      yield token(0, "a");
      await later.promise;
      yield token(1, "b");
      yield token(2, "c");
      await new Promise(() => {});
    }
    const batches = coalesce(updates(), () => 30);
    expect((await batches.next()).value).toMatchObject({ text: "a", cursor: 1 });
    const asked = performance.now();
    later.resolve();
    expect((await batches.next()).value).toMatchObject({ text: "bc", cursor: 3 });
    expect(performance.now() - asked).toBeGreaterThan(20);
  });

  test("keeps what was thought apart from the text, and counts it in the cursor", async () => {
    const thought: GenerationUpdate = {
      type: "tokens",
      from: 0,
      tokens: [{ text: "hm", ids: [], reasoning: true }],
      writer: null,
    };
    const [batch] = await Array.fromAsync(coalesce(from([thought, token(1, "a"), end]), () => 0));
    expect(batch).toMatchObject({ thought: "hm", text: "a", cursor: 2 });
  });

  test("keeps only the last word on progress", async () => {
    const [batch] = await Array.fromAsync(
      coalesce(from([{ type: "waiting", position: 2 }, { type: "reading", progress: 0.5 }, end]), () => 0),
    );
    expect(batch?.progress).toEqual({ type: "reading", progress: 0.5 });
  });

  test("drops the progress that tokens came after, and keeps what came after tokens", async () => {
    const news: GenerationUpdate = { type: "waiting", position: 1 };
    const [earlier] = await Array.fromAsync(coalesce(from([news, token(0, "a"), end]), () => 0));
    expect(earlier).toMatchObject({ progress: null, text: "a" });
    const [later] = await Array.fromAsync(coalesce(from([token(0, "a"), news, end]), () => 0));
    expect(later).toMatchObject({ progress: news, text: "a" });
  });

  test("reads nothing ahead for a reader that does not read", async () => {
    let read = 0;
    async function* updates() {
      for (; ; read++) yield token(read, "a");
    }
    const batches = coalesce(updates(), () => 0);
    await batches.next();
    const afterFirst = read;
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    // One more may have been asked for when the batch was full.
    expect(read).toBeLessThanOrEqual(afterFirst + 1);
    await batches.return();
  });

  test("a source that never waits comes in batches, and others get their turn between them", async () => {
    async function* updates() {
      for (let index = 0; ; index++) yield token(index, "a");
    }
    const batches = coalesce(updates(), () => 0);
    const others = Promise.withResolvers<string>();
    setTimeout(others.resolve, 0, "others");
    expect((await batches.next()).value).toMatchObject({ outcome: null });
    expect(await others.promise).toBe("others");
    await batches.return();
  });

  test("hands on what came before an error, then the error", async () => {
    async function* updates() {
      yield token(0, "a");
      yield token(1, "b");
      throw new Error("broken");
    }
    const batches = coalesce(updates(), () => 0);
    expect((await batches.next()).value).toMatchObject({ text: "ab", cursor: 2 });
    await expect(batches.next()).rejects.toThrow("broken");
  });

  test("passes an error on and closes what it read from", async () => {
    let closed = false;
    async function* updates() {
      try {
        yield token(0, "a");
        throw new Error("broken");
      } finally {
        closed = true;
      }
    }
    await expect(Array.fromAsync(coalesce(updates(), () => 0))).rejects.toThrow("broken");
    expect(closed).toBe(true);
  });
});
