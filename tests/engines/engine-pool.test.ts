import { describe, expect, test } from "bun:test";
import type { EngineWish } from "../../src/chat/run-turn.ts";
import { EnginePool } from "../../src/engines/engine-pool.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { ScriptedEngine, type ScriptedEngineOptions } from "../fakes/scripted-engine.ts";

const never = new AbortController().signal;
const wish = (fields: Partial<EngineWish> = {}): EngineWish => ({
  without: new Set(),
  model: "any",
  conversationId: crypto.randomUUID(),
  tokens: 100,
  ...fields,
});
const ignore = () => {};
async function ready(name: string, options: ScriptedEngineOptions = {}): Promise<ScriptedEngine> {
  const engine = new ScriptedEngine({ name, slots: 2, ...options });
  await engine.ensureReady(never).catch(ignore);
  return engine;
}

describe("The pool of engines", () => {
  test("takes the first tier that has a free slot", async () => {
    await using pool = new EnginePool([[await ready("first", { slots: 1 })], [await ready("second")]]);
    const names = [];
    for (let n = 0; n < 3; n++) names.push((await pool.acquire(wish(), ignore, never)).engine.name);
    expect(names).toEqual(["first", "second", "second"]);
  });

  test("one that is ready goes before one that still loads, and that before one that has failed", async () => {
    const loading = new ScriptedEngine({ name: "loading" });
    const failed = await ready("failed", {
      ready: async () => {
        throw new EngineFailedError("no");
      },
    });
    await using pool = new EnginePool([[failed], [loading], [await ready("ready", { slots: 1 })]]);
    expect((await pool.acquire(wish(), ignore, never)).engine.name).toBe("ready");
    const without = new Set(["ready"]);
    expect((await pool.acquire(wish({ without }), ignore, never)).engine.name).toBe("loading");
    expect(
      (await pool.acquire(wish({ without: new Set(["ready", "loading"]) }), ignore, never)).engine.name,
    ).toBe("failed");
  });

  test("a model asked for by its id is answered by the engine that runs it, in whatever tier", async () => {
    await using pool = new EnginePool([[await ready("big")], [await ready("small")]]);
    expect((await pool.acquire(wish({ model: "small-model" }), ignore, never)).engine.name).toBe("small");
  });

  test("replicas share the work by tokens that are still to be made, and a conversation goes home", async () => {
    const replicas = [await ready("one", { slots: 10 }), await ready("two", { slots: 10 })];
    await using pool = new EnginePool([replicas]);
    const heavy = await pool.acquire(wish({ tokens: 2000 }), ignore, never);
    const light = await pool.acquire(wish({ conversationId: "c", tokens: 10 }), ignore, never);
    expect(light.engine.name).not.toBe(heavy.engine.name);
    const third = await pool.acquire(wish({ tokens: 10 }), ignore, never);
    expect(third.engine.name).toBe(light.engine.name);
    heavy[Symbol.dispose]();
    light[Symbol.dispose]();
    // Home has more to do now, but the prefix is worth it; far more to do is not.
    expect((await pool.acquire(wish({ conversationId: "c", tokens: 9000 }), ignore, never)).engine.name).toBe(
      light.engine.name,
    );
    expect((await pool.acquire(wish({ conversationId: "c" }), ignore, never)).engine.name).toBe(
      heavy.engine.name,
    );
  });

  test("who has waited longest comes first, each knows its place, and who gives up makes room", async () => {
    await using pool = new EnginePool([[await ready("only", { slots: 1 })]]);
    const first = await pool.acquire(wish(), ignore, never);
    const places: [string, number][] = [];
    const order: string[] = [];
    const giveUp = new AbortController();
    const wait = (name: string, signal = never) =>
      pool
        .acquire(wish(), (position) => places.push([name, position]), signal)
        .then((lease) => {
          order.push(name);
          lease[Symbol.dispose]();
        });
    const waiting = [wait("a"), wait("b", giveUp.signal).catch(ignore), wait("c")];
    expect(places).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
    giveUp.abort();
    expect(places.at(-1)).toEqual(["c", 2]);
    first[Symbol.dispose]();
    await Promise.all(waiting);
    expect(order).toEqual(["a", "c"]);
    expect(pool.waiting).toBe(0);
  });

  test("who waits is served when an engine becomes ready by itself", async () => {
    const late = new ScriptedEngine({ name: "late", slots: 4 });
    await using pool = new EnginePool([[late], [await ready("busy", { slots: 1 })]]);
    await pool.acquire(wish(), ignore, never);
    const waiting = pool.acquire(wish(), ignore, never);
    await late.ensureReady(never);
    expect((await waiting).engine.name).toBe("late");
  });
});
