import { describe, expect, test } from "bun:test";
import { type EngineLease, type EngineRequest, mostFailures } from "../../src/chat/run-turn.ts";
import { EnginePool } from "../../src/engines/engine-pool.ts";
import { EngineFailedError, EngineUnavailableError, NotFoundError } from "../../src/errors.ts";
import { ScriptedEngine, type ScriptedEngineOptions } from "../fakes/scripted-engine.ts";

const never = new AbortController().signal;
const request = (fields: Partial<EngineRequest> = {}): EngineRequest => ({
  failures: new Map(),
  patienceMs: 0,
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
    for (let n = 0; n < 3; n++) names.push((await pool.acquire(request(), ignore, never)).engine.name);
    expect(names).toEqual(["first", "second", "second"]);
  });

  test("who asks for much waits behind who asks for little, and places in the queue tell it", async () => {
    await using pool = new EnginePool([[await ready("only", { slots: 2 })]]);
    const served: string[] = [];
    const places = new Map<string, number>();
    const leases: (EngineLease | undefined)[] = [];
    const ask = (ownerId: string, name: string) =>
      pool
        .acquire(request({ ownerId }), (place) => places.set(name, place), never)
        .then((lease) => {
          served.push(name);
          leases.push(lease);
        });
    const asked = ["a1", "a2", "a3", "a4", "a5"].map((name) => ask("a", name));
    await asked[1];
    asked.push(ask("b", "b1"), ask("b", "b2"), ask("c", "c1"));
    expect([...places].toSorted(([, one], [, other]) => one - other).map(([name]) => name)).toEqual([
      "b1",
      "c1",
      "b2",
      "a3",
      "a4",
      "a5",
    ]);
    for (let turn = 0; turn < 6; turn++) {
      leases.shift()?.[Symbol.dispose]();
      await Promise.resolve();
      await Promise.resolve();
    }
    await Promise.all(asked);
    expect(served).toEqual(["a1", "a2", "b1", "a3", "b2", "a4", "c1", "a5"]);
  });

  test("one that is ready goes before one that still loads, and that before one that has failed", async () => {
    const loading = new ScriptedEngine({ name: "loading" });
    const failed = await ready("failed", {
      ready: async () => {
        throw new EngineFailedError("no");
      },
    });
    await using pool = new EnginePool([[failed], [loading], [await ready("ready", { slots: 1 })]]);
    expect((await pool.acquire(request(), ignore, never)).engine.name).toBe("ready");
    const failures = new Map([["ready", mostFailures]]);
    expect((await pool.acquire(request({ failures }), ignore, never)).engine.name).toBe("loading");
    failures.set("loading", mostFailures);
    expect((await pool.acquire(request({ failures }), ignore, never)).engine.name).toBe("failed");
    failures.set("failed", mostFailures);
    expect(pool.acquire(request({ failures }), ignore, never)).rejects.toBeInstanceOf(EngineUnavailableError);
  });

  test("one that has failed an answer goes on with it only when no other can", async () => {
    const other = await ready("other", { slots: 1 });
    await using pool = new EnginePool([[await ready("first")], [other]]);
    const failures = new Map([["first", 1]]);
    expect((await pool.acquire(request({ failures }), ignore, never)).engine.name).toBe("other");
    failures.set("other", mostFailures);
    expect((await pool.acquire(request({ failures }), ignore, never)).engine.name).toBe("first");
  });

  test("when all have failed, they are waited for as long as the answer's patience lasts", async () => {
    let broken = true;
    const engine = await ready("only", {
      ready: async () => {
        if (broken) throw new EngineFailedError("no");
      },
    });
    await using pool = new EnginePool([[engine]]);
    expect((await pool.acquire(request(), ignore, never)).engine.status().state).toBe("failed");
    const patient = pool.acquire(request({ patienceMs: 60_000 }), ignore, never);
    broken = false;
    await engine.ensureReady(never);
    expect((await patient).engine.status().state).toBe("ready");
  });

  test("a better one that still loads is waited for when that is configured", async () => {
    const loading = new ScriptedEngine({ name: "loading" });
    const tiers = [[loading], [await ready("ready")]];
    expect((await new EnginePool(tiers).acquire(request(), ignore, never)).engine.name).toBe("ready");
    const waiting = new EnginePool(tiers, { waitForLoading: true });
    expect((await waiting.acquire(request(), ignore, never)).engine.name).toBe("loading");
  });

  test("an engine is changed when its answers are finished, and new ones wait meanwhile", async () => {
    await using pool = new EnginePool([[await ready("only")]]);
    const running = await pool.acquire(request(), ignore, never);
    const order: string[] = [];
    const changed = pool.drainThen("only", async () => void order.push("changed"), never);
    const next = pool.acquire(request(), ignore, never).then(() => order.push("next answer"));
    await Bun.sleep(0);
    expect(order).toEqual([]);
    expect(pool.drainThen("only", async () => {}, never)).rejects.toBeInstanceOf(EngineUnavailableError);
    running[Symbol.dispose]();
    await Promise.all([changed, next]);
    expect(order).toEqual(["changed", "next answer"]);
    expect(pool.drainThen("other", async () => {}, never)).rejects.toBeInstanceOf(NotFoundError);
  });

  test("a change that is given up lets answers in again", async () => {
    await using pool = new EnginePool([[await ready("only", { slots: 2 })]]);
    await pool.acquire(request(), ignore, never);
    const giveUp = new AbortController();
    const changing = pool.drainThen("only", async () => {}, giveUp.signal);
    giveUp.abort(new Error("given up"));
    expect(changing).rejects.toThrow("given up");
    expect((await pool.acquire(request(), ignore, never)).engine.name).toBe("only");
  });

  test("a change that somebody takes back does not happen, also when the answers that it waited for have ended", async () => {
    await using pool = new EnginePool([[await ready("only")]]);
    const running = await pool.acquire(request(), ignore, never);
    let isChanged = false;
    const change = async () => {
      isChanged = true;
    };
    const changing = pool.drainThen("only", change, never);
    pool.cancelReload("another", new Error("not meant"));
    pool.cancelReload("only", new Error("stopped before that"));
    running[Symbol.dispose]();
    await expect(changing).rejects.toThrow("stopped before that");
    expect(isChanged).toBe(false);
    expect((await pool.acquire(request(), ignore, never)).engine.name).toBe("only");
  });

  test("a model asked for by its id is answered by the engine that runs it, in whatever tier", async () => {
    await using pool = new EnginePool([[await ready("big")], [await ready("small")]]);
    expect((await pool.acquire(request({ model: "small-model" }), ignore, never)).engine.name).toBe("small");
  });

  test("replicas share the work by tokens that are still to be made, and a conversation goes home", async () => {
    const replicas = [await ready("one", { slots: 10 }), await ready("two", { slots: 10 })];
    await using pool = new EnginePool([replicas]);
    const heavy = await pool.acquire(request({ tokens: 2000 }), ignore, never);
    const light = await pool.acquire(request({ conversationId: "c", tokens: 10 }), ignore, never);
    expect(light.engine.name).not.toBe(heavy.engine.name);
    const third = await pool.acquire(request({ tokens: 10 }), ignore, never);
    expect(third.engine.name).toBe(light.engine.name);
    heavy[Symbol.dispose]();
    light[Symbol.dispose]();
    // Home has more to do now, but the prefix is worth it; far more to do is not.
    expect(
      (await pool.acquire(request({ conversationId: "c", tokens: 9000 }), ignore, never)).engine.name,
    ).toBe(light.engine.name);
    expect((await pool.acquire(request({ conversationId: "c" }), ignore, never)).engine.name).toBe(
      heavy.engine.name,
    );
  });

  test("who has waited longest comes first, each knows its place, and who gives up makes room", async () => {
    await using pool = new EnginePool([[await ready("only", { slots: 1 })]]);
    const first = await pool.acquire(request(), ignore, never);
    const places: [string, number][] = [];
    const order: string[] = [];
    const giveUp = new AbortController();
    const wait = (name: string, signal = never) =>
      pool
        .acquire(request(), (position) => places.push([name, position]), signal)
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
    await pool.acquire(request(), ignore, never);
    const waiting = pool.acquire(request(), ignore, never);
    await late.ensureReady(never);
    expect((await waiting).engine.name).toBe("late");
  });
});
