/** Models are loaded when answers name them: beside others where they fit, otherwise in turns. */
import { afterEach, describe, expect, test } from "bun:test";
import type { EngineLease, EngineRequest } from "../../src/chat/run-turn.ts";
import { EnginePool } from "../../src/engines/engine-pool.ts";
import type { ModelLoaderOptions } from "../../src/engines/loader-ports.ts";
import { ModelLoader } from "../../src/engines/model-loader.ts";
import { createLog } from "../../src/log.ts";
import { LoadingEngine, LoadingModels } from "../fakes/loading-engine.ts";

const never = new AbortController().signal;
const ignore = () => {};
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

/** Memory for so many models; "a" is loaded in the first engine. */
async function open(memory: number, options: Partial<ModelLoaderOptions> = {}, slots = 2) {
  const models = new LoadingModels();
  models.immediate.add("a");
  const first = new LoadingEngine("llama", "a", models, slots);
  await first.ensureReady(never);
  const pool = new EnginePool([[first]]);
  const used: string[] = [];
  const loader = new ModelLoader({
    ...{ pool, first, maxModels: null, keepAliveMs: Number.POSITIVE_INFINITY, sliceMs: 0, failedMs: 60_000 },
    create: (model) => new LoadingEngine(`llama:${model}`, model, models, slots),
    needs: async () => 1,
    room: async (loaded) => memory - loaded.length,
    isPinned: () => false,
    preferred: () => null,
    onUsed: (model) => used.push(model),
    log: createLog("error", ignore),
    ...options,
  });
  opened.push(pool, loader);
  const take = (model: string | null, fields: Partial<EngineRequest> = {}, signal = never) =>
    loader.acquire(
      {
        ...{ failures: new Map(), patienceMs: 0, conversationId: crypto.randomUUID(), tokens: 1 },
        model: model ?? "a",
        isNamed: model !== null,
        ...fields,
      },
      ignore,
      signal,
    );
  return { models, first, pool, loader, used, take };
}

const modelOf = async (lease: Promise<EngineLease>) => (await lease).engine.status().model;
const enginesIn = (pool: EnginePool) => pool.status().map(({ engine, model }) => `${engine} ${model}`);

describe("A request that names a model whose file is here", () => {
  test("gets it, loaded beside the others when it fits in memory", async () => {
    const { take, models, pool, used } = await open(2);
    models.immediate.add("b");
    const lease = await take("b");
    expect(lease.engine.name).toBe("llama:b");
    await lease.engine.ensureReady(never);
    expect(enginesIn(pool)).toEqual(["llama a", "llama:b b"]);
    expect(used).toEqual(["b"]);
    expect(await modelOf(take("a"))).toBe("a");
  });

  test("has a slot while it is loading, so that its progress is told", async () => {
    const { take, models } = await open(2);
    const lease = await take("b");
    expect(lease.engine.status().state).toBe("starting");
    models.finish("b");
    await lease.engine.ensureReady(never);
    expect(lease.engine.status()).toMatchObject({ state: "ready", model: "b" });
  });

  test("gets it in place of the one that was used least recently, when both do not fit", async () => {
    const { take, models, pool } = await open(2);
    for (const model of ["b", "c"]) models.immediate.add(model);
    (await take("b"))[Symbol.dispose]();
    await models.when("b ready");
    // Used after "b": "b" leaves.
    (await take("a"))[Symbol.dispose]();
    expect(await modelOf(take("c"))).toBe("c");
    expect(enginesIn(pool)).toEqual(["llama a", "llama:c c"]);
    expect(models.happened.indexOf("b gone")).toBeLessThan(models.happened.indexOf("c"));
  });

  test("gets it in the first engine when only one fits", async () => {
    const { take, models, pool } = await open(1);
    models.immediate.add("b");
    const lease = await take("b");
    await lease.engine.ensureReady(never);
    expect(enginesIn(pool)).toEqual(["llama b"]);
    expect(models.happened).toEqual(["a", "a ready", "a gone", "b", "b ready"]);
  });

  test("waits until running answers have finished: none is cut", async () => {
    const { take, models } = await open(1);
    models.immediate.add("b");
    const running = await take("a");
    let isThere = false;
    const waiting = take("b").then((lease) => {
      isThere = true;
      return lease;
    });
    await Bun.sleep(250);
    expect(isThere).toBe(false);
    expect(models.happened).toEqual(["a", "a ready"]);
    running[Symbol.dispose]();
    expect(await modelOf(waiting)).toBe("b");
  });

  test("goes on waiting in the queue, where its place is told", async () => {
    const { take, loader, models } = await open(1);
    models.immediate.add("b");
    const running = await take("a");
    const places: number[] = [];
    const request = { failures: new Map(), patienceMs: 0, conversationId: "c", tokens: 1 };
    const waiting = loader.acquire(
      { ...request, model: "b", isNamed: true },
      (place) => places.push(place),
      never,
    );
    expect(places).toEqual([1]);
    running[Symbol.dispose]();
    await waiting;
  });

  test("is not loaded when nobody waits for it any longer, within a second", async () => {
    const { take, models, pool } = await open(2);
    const giveUp = new AbortController();
    const lease = await take("b", {}, giveUp.signal);
    const began = performance.now();
    lease[Symbol.dispose]();
    await models.when("b gone");
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(enginesIn(pool)).toEqual(["llama a"]);
  });

  test("and gives its place back to the former one then, when that had to go", async () => {
    const { take, models, pool } = await open(1);
    (await take("b"))[Symbol.dispose]();
    await models.when("a", 2);
    await models.when("a ready", 2);
    expect(enginesIn(pool)).toEqual(["llama a"]);
  });

  test("is given up before its load begins when its request leaves the queue", async () => {
    const { take, models } = await open(1);
    const running = await take("a");
    const giveUp = new AbortController();
    const waiting = take("b", {}, giveUp.signal);
    giveUp.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    await Bun.sleep(200);
    running[Symbol.dispose]();
    await Bun.sleep(300);
    expect(models.happened).toEqual(["a", "a ready"]);
  });
});

describe("When the model cannot be loaded", () => {
  test("the old one comes back, and the request is told why instead of being answered by another", async () => {
    const { take, models, first, pool } = await open(1);
    const lease = await take("b");
    models.fail("b");
    const error = await lease.engine.ensureReady(never).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ message: "b is damaged." });
    lease[Symbol.dispose]();
    await expect(take("b", { failures: new Map([["llama", 1]]) })).rejects.toThrow("b is damaged.");
    await models.when("a ready", 2);
    expect(first.status()).toMatchObject({ state: "ready", model: "a" });
    expect(enginesIn(pool)).toEqual(["llama a"]);
  });

  test("it is not tried again for every request: the others would wait each time", async () => {
    const { take, models } = await open(2);
    models.broken.add("b");
    const lease = await take("b");
    await lease.engine.ensureReady(never).catch(ignore);
    lease[Symbol.dispose]();
    await models.when("b gone");
    for (let n = 0; n < 3; n++) await expect(take("b")).rejects.toThrow("b is damaged.");
    expect(models.happened.filter((what) => what === "b")).toHaveLength(1);
  });

  test("one that had left for it comes back beside the first", async () => {
    const { take, models, pool } = await open(2);
    models.immediate.add("b");
    models.broken.add("c");
    (await take("b"))[Symbol.dispose]();
    await models.when("b ready");
    (await take("a"))[Symbol.dispose]();
    const lease = await take("c");
    await lease.engine.ensureReady(never).catch(ignore);
    lease[Symbol.dispose]();
    await models.when("b ready", 2);
    expect(enginesIn(pool)).toEqual(["llama a", "llama:b b"]);
  });

  test("nothing leaves for one that would not fit even alone", async () => {
    const { take, models } = await open(1, { needs: async (model) => (model === "b" ? 5e9 : 1) });
    await expect(take("b")).rejects.toThrow("it needs about 5.0 GB of memory");
    expect(models.happened).toEqual(["a", "a ready"]);
  });

  test("one for which there was no room is tried again at once when there is", async () => {
    let need = 5e9;
    const { take, models } = await open(1, { needs: async (model) => (model === "b" ? need : 1) });
    models.immediate.add("b");
    await expect(take("b")).rejects.toThrow("of memory");
    need = 1;
    expect(await modelOf(take("b"))).toBe("b");
  });

  test("nothing leaves for one whose file is refused", async () => {
    const { take, models } = await open(1, {
      needs: async (model) => {
        if (model === "b") throw new Error("b is incomplete.");
        return 1;
      },
    });
    await expect(take("b")).rejects.toThrow("b is incomplete.");
    expect(models.happened).toEqual(["a", "a ready"]);
  });
});

describe("Requests that name no model", () => {
  test("go to what runs: never is one loaded for them", async () => {
    const { take, models } = await open(1);
    models.immediate.add("b");
    (await take("b"))[Symbol.dispose]();
    await models.when("b ready");
    // It was resolved while "a" ran.
    expect(await modelOf(take(null, { model: "a" }))).toBe("b");
    expect(models.happened.filter((what) => what === "a")).toHaveLength(1);
  });

  test("wait no longer than until what runs next can answer", async () => {
    const { take, models } = await open(1);
    const lease = await take("b");
    const unnamed = take(null);
    models.finish("b");
    expect(await modelOf(unnamed)).toBe("b");
    lease[Symbol.dispose]();
  });
});

describe("Models in turns", () => {
  test("those who asked for the loaded one before get their slot first", async () => {
    const { take, models } = await open(1, {}, 1);
    models.immediate.add("b");
    const order: string[] = [];
    const running = await take("a");
    const both = ["a", "b"].map((model) =>
      take(model).then((lease) => {
        order.push(model);
        lease[Symbol.dispose]();
      }),
    );
    running[Symbol.dispose]();
    await Promise.all(both);
    expect(order).toEqual(["a", "b"]);
  });

  test("one in use stays for its time slice though another is waited for", async () => {
    const { take, models } = await open(1, { sliceMs: 600 });
    models.immediate.add("b");
    (await take("b"))[Symbol.dispose]();
    await models.when("b ready");
    const ready = performance.now();
    const running = await take("b");
    const back = take("a");
    await Bun.sleep(150);
    // A new answer of the loaded one still gets a slot.
    (await take("b"))[Symbol.dispose]();
    running[Symbol.dispose]();
    const busy = await take("b");
    setTimeout(() => busy[Symbol.dispose](), 700);
    await back;
    expect(performance.now() - ready).toBeGreaterThanOrEqual(600);
  });

  test("two models that many clients name in turns both go on, with far fewer loads than answers", async () => {
    const { take, models } = await open(1, { sliceMs: 300 });
    models.immediate.add("b");
    const answers = { a: 0, b: 0 };
    const until = performance.now() + 3_000;
    const client = async (offset: number) => {
      for (let turn = offset; performance.now() < until; turn++) {
        const model = turn % 2 === 0 ? "a" : "b";
        const lease = await take(model);
        expect(lease.engine.status().model).toBe(model);
        await Bun.sleep(10);
        answers[model] += 1;
        lease[Symbol.dispose]();
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => client(index)));
    const loads = models.happened.filter((what) => what === "a" || what === "b").length;
    expect(Math.min(answers.a, answers.b)).toBeGreaterThan(8);
    expect(loads).toBeLessThan(Math.min(answers.a, answers.b));
  });

  test("one change at a time: a third model waits until the second is loaded", async () => {
    const { take, models } = await open(3);
    const b = take("b");
    const c = take("c");
    await b;
    await Bun.sleep(200);
    expect(models.happened).not.toContain("c");
    models.finish("b");
    await c;
    expect(models.happened).toContain("c");
  });
});

describe("What stays", () => {
  test("a pinned model: the other one leaves, though it was used later", async () => {
    const { take, models, pool } = await open(2, { isPinned: (model) => model === "a" });
    for (const model of ["b", "c"]) models.immediate.add(model);
    (await take("b"))[Symbol.dispose]();
    await models.when("b ready");
    await take("c");
    expect(enginesIn(pool)).toEqual(["llama a", "llama:c c"]);
  });

  test("when all are pinned, a request for another is told so", async () => {
    const { take } = await open(1, { isPinned: () => true });
    await expect(take("b")).rejects.toThrow("PINNED_MODELS keeps");
  });

  test("no more than MAX_MODELS, however many fit", async () => {
    const { take, models, pool } = await open(9, { maxModels: 1 });
    models.immediate.add("b");
    await (await take("b")).engine.ensureReady(never);
    expect(enginesIn(pool)).toEqual(["llama b"]);
  });

  test("one beside the first is unloaded when it was idle for KEEP_ALIVE; the first stays", async () => {
    const { take, models, pool } = await open(2, { keepAliveMs: 300 });
    models.immediate.add("b");
    const lease = await take("b");
    await models.when("b ready");
    await Bun.sleep(600);
    expect(enginesIn(pool)).toHaveLength(2);
    lease[Symbol.dispose]();
    await models.when("b gone");
    expect(enginesIn(pool)).toEqual(["llama a"]);
  });

  test("the default comes back when the one that took its place was idle for KEEP_ALIVE", async () => {
    const { take, models, first } = await open(1, { keepAliveMs: 200, preferred: () => "a" });
    models.immediate.add("b");
    (await take("b"))[Symbol.dispose]();
    await models.when("a ready", 2);
    expect(first.status().model).toBe("a");
  });

  test("a default that cannot come back is not tried again and again", async () => {
    const { take, models, first } = await open(1, { keepAliveMs: 100, preferred: () => "a" });
    models.immediate.add("b");
    (await take("b"))[Symbol.dispose]();
    models.broken.add("a");
    await models.when("b ready", 2);
    await Bun.sleep(600);
    expect(models.happened.filter((what) => what === "a failed")).toHaveLength(1);
    expect(first.status()).toMatchObject({ state: "ready", model: "b" });
  });

  test("a model that is put into the first engine by hand leaves no second one of it, and has room", async () => {
    const { take, models, pool, loader, first } = await open(2);
    for (const model of ["b", "c"]) models.immediate.add(model);
    (await take("b"))[Symbol.dispose]();
    await models.when("b ready");
    const change = (model: string) =>
      loader.changeFirst(model, async () => (await first.replace(model, never)).loaded, never);
    await change("c");
    expect(enginesIn(pool)).toEqual(["llama c", "llama:b b"]);
    const named = take("b");
    (await named)[Symbol.dispose]();
    await change("b");
    expect(enginesIn(pool)).toEqual(["llama b"]);
    expect(await modelOf(take("b"))).toBe("b");
  });

  test("an unload by hand lets its answers finish, and another request loads it again", async () => {
    const { take, models, pool, loader } = await open(2);
    models.immediate.add("b");
    const lease = await take("b");
    await models.when("b ready");
    const unloaded = loader.unload("llama:b");
    await Bun.sleep(100);
    expect(models.happened).not.toContain("b gone");
    lease[Symbol.dispose]();
    await unloaded;
    expect(enginesIn(pool)).toEqual(["llama a"]);
    expect(await modelOf(take("b"))).toBe("b");
    expect(loader.unload("llama")).rejects.toThrow("could unload");
  });
});
