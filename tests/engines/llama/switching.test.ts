/** The llama engine is stopped, started and given another model while the program runs. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { LlamaEngine } from "../../../src/engines/llama/llama-engine.ts";
import type { ModelFile } from "../../../src/engines/llama/model-file.ts";
import { EngineFailedError, UnknownModelError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";

const models = join(import.meta.dir, "../../../models");
const small: ModelFile = {
  id: "smollm2-135m-instruct",
  path: join(models, "SmolLM2-135M-Instruct.Q4_1.gguf"),
  sha256: null,
};
const modelBytes = 98_362_432;
const broken: ModelFile = {
  id: "broken",
  path: join(import.meta.dir, "not-a-model.gguf.txt"),
  sha256: null,
};

function resolveModel(wanted: string | null): Promise<ModelFile> {
  if (wanted === null || wanted === "small") return Promise.resolve(small);
  if (wanted === "small-again") return Promise.resolve({ ...small, id: "small-again" });
  if (wanted === "broken") return Promise.resolve(broken);
  return Promise.reject(new UnknownModelError(wanted, ["small", "broken"]));
}

describe("The llama engine at run time", () => {
  let engine: LlamaEngine;
  beforeAll(async () => {
    engine = new LlamaEngine({
      threads: 1,
      parallel: 2,
      contextSize: 512,
      gpu: false,
      resolveModel: (wanted) => resolveModel(wanted),
      log: createLog("error", () => {}),
    });
    await engine.ensureReady(never);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test("a stop ends the answer that it writes with an error after which another engine may go on", async () => {
    let tokens = 0;
    const writing = (async () => {
      for await (const event of engine.generate(request("Tell me a lot.", { maxTokens: 400 }), never))
        if (event.type === "token" && ++tokens === 3) void engine.stop();
    })();
    expect(await writing.catch((error: unknown) => error)).toBeInstanceOf(EngineFailedError);
    await engine.stop();
    expect(engine.status()).toMatchObject({ state: "stopped", busySlots: 0 });
    await expect(engine.ensureReady(never)).rejects.toMatchObject({
      message: expect.stringContaining("was stopped"),
    });
    engine.start();
    await engine.ensureReady(never);
    expect((await collect(engine.generate(request("Hello?"), never))).finish).toBeDefined();
  });

  test("the memory of a model that was stopped is given back, time after time", async () => {
    const script = join(import.meta.dir, "fixtures/load-and-stop.ts");
    const child = Bun.spawn([process.execPath, script], { stdio: ["ignore", "pipe", "ignore"] });
    const rounds: { loaded: number; stopped: number }[] = JSON.parse(await new Response(child.stdout).text());
    expect(rounds).toHaveLength(8);
    for (const { loaded, stopped } of rounds) expect(loaded - stopped).toBeGreaterThan(modelBytes / 2);
    // What the first round takes for good is the library's own, and the allocator keeps some tens of megabytes. Models
    // that stayed would add up to six times the bound.
    const [, second] = rounds;
    expect((rounds.at(-1)?.stopped ?? 0) - (second?.stopped ?? 0)).toBeLessThan(modelBytes);
  });

  test("another model takes the place of the one that runs", async () => {
    await engine.load("small-again", never);
    expect(engine.status()).toMatchObject({ state: "ready", model: "small-again", problem: null });
    expect((await collect(engine.generate(request("Hello?"), never))).finish).toBeDefined();
  });

  test("a model that is not there changes nothing", async () => {
    await expect(engine.load("nothing", never)).rejects.toBeInstanceOf(UnknownModelError);
    expect(engine.status()).toMatchObject({ state: "ready", model: "small-again" });
  });

  test("a model that cannot be loaded gives its place back to the former one", async () => {
    await expect(engine.load("broken", never)).rejects.toMatchObject({ code: "model_unusable" });
    await engine.ensureReady(never);
    expect(engine.status()).toMatchObject({ state: "ready", model: "small-again", problem: null });
  });
});
