/** What becomes of questions and answers when the llama-server that we launch is slow, dies, or serves another model. */
import { describe, expect, test } from "bun:test";
import { linkSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess } from "../../src/process/process-identity.ts";
import type { LlamaServerScenario } from "../fakes/fake-llama-server.ts";
import { smallModelPath } from "../fakes/small-model.ts";
import { TestFolder, until } from "../process/started-program.ts";
import { Orchestrated } from "../vllm/orchestrated.ts";

const fake = `${process.execPath} ${join(import.meta.dir, "../fakes/fake-llama-server.ts")}`;
const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(" ");
const name = "llama-server";

interface Options {
  readonly scenarios?: readonly LlamaServerScenario[];
  readonly paceMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: TestFolder;
}

/** With two models, "first" and "second". */
async function start({ scenarios = [], paceMs = 0, environment, folder = new TestFolder() }: Options = {}) {
  const models = join(folder.path, "models");
  mkdirSync(models, { recursive: true });
  for (const model of ["first", "second"])
    try {
      linkSync(smallModelPath, join(models, `${model}.gguf`));
    } catch {
      // A start before this one has made it.
    }
  const program = await Orchestrated.start({
    ...{ paceMs, folder },
    environment: {
      ...{ ENGINE: name, LLAMA_SERVER_COMMAND: fake, MODELS_DIR: models, MODEL: "first" },
      FAKE_LLAMA_SERVER: scenarios.join(","),
      ...environment,
    },
  });
  return program;
}

const isGone = (pid: number) =>
  until(
    () => identifyProcess(pid),
    (found) => found === null,
  );

describe("A llama-server that we launch", () => {
  test("slow-start: a question that is asked meanwhile is answered, by the model's name", async () => {
    using folder = new TestFolder();
    await using program = await start({
      ...{ folder, scenarios: ["slow-start"] as const },
      environment: { FAKE_LLAMA_SERVER_START_MS: "2000" },
    });
    const answer = await program.ask(`say: ${words}`);
    const loading = await program.engineThat(({ progress }) => (progress ?? 0) > 0, name);
    expect(loading).toMatchObject({ state: "starting", phase: "loading weights", model: "first" });
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    const ready = await program.engine(name);
    expect(ready).toMatchObject({ state: "ready", progress: null, model: "first", models: ["second"] });
    expect(ready.log_tail.join("\n")).toContain("loading model");
  });

  test("exits-at-once: it has failed, says why, and is tried again when asked to", async () => {
    using folder = new TestFolder();
    await using program = await start({ folder, scenarios: ["exits-at-once"] });
    const failed = await program.engineThat(({ state }) => state === "failed", name);
    expect(failed.problem).toContain("cannot load the model's file");
    expect(failed.actions).toEqual(["start"]);
    expect((await program.act("start", name)).status).toBe(200);
    await program.engineThat(({ state, restarts }) => state === "failed" && restarts > failed.restarts, name);
  });

  test("the llama engine behind it is loaded only when it cannot answer, and then answers", async () => {
    using folder = new TestFolder();
    const environment = {
      ENGINE: `${name},llama`,
      LLAMA_THREADS: "1",
      LLAMA_CONTEXT: "1024",
      LLAMA_GPU: "off",
    };
    await using program = await start({ folder, environment });
    await program.ready(name);
    expect(await program.engine("llama")).toMatchObject({ state: "stopped", problem: null });
    await program.act("stop", name);
    await program.engineThat(({ state }) => state === "stopped", name);
    const { error, text } = await (await program.ask("Hello?", { max_tokens: 4 })).whole();
    expect(error).toBeNull();
    expect(text).not.toBe("");
    expect(await program.engine("llama")).toMatchObject({ state: "ready", model: "first" });
  });

  test("no llama-server: what is missing is said with the next step", async () => {
    using folder = new TestFolder();
    await using program = await start({ folder, environment: { LLAMA_SERVER_COMMAND: "/nowhere/it" } });
    const failed = await program.engineThat(({ state }) => state === "failed", name);
    expect(failed.problem).toContain("there is no program /nowhere/it");
  });

  test("killed with -9 in mid-answer: it is started again, and the answer goes on with nothing doubled", async () => {
    using folder = new TestFolder();
    await using program = await start({ folder, paceMs: 10 });
    await program.ready(name);
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(8);
    process.kill(program.pidOf(name), "SIGKILL");
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect((await program.ready(name)).restarts).toBe(1);
  });

  test("the server killed with -9: it stays warm meanwhile, and the answer goes on", async () => {
    using folder = new TestFolder();
    await using program = await start({ folder, paceMs: 10 });
    await program.ready(name);
    const pid = program.pidOf(name);
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(8);
    process.kill(program.pidOf("server"), "SIGKILL");
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect(program.pidOf(name)).toBe(pid);
  });

  test("the orchestrator killed with -9: nobody is left behind, and the next start finishes the answer", async () => {
    using folder = new TestFolder();
    const first = await start({ folder, paceMs: 10 });
    await first.ready(name);
    const pids = [first.pidOf("server"), first.pidOf(name)];
    const answer = await first.ask(`say: ${words}`);
    await answer.tokens(8);
    first.program.kill("SIGKILL");
    await first.program.ended();
    await Promise.all(pids.map(isGone));
    await using second = await start({ folder, environment: { PORT: new URL(first.url).port } });
    expect(second.url).toBe(first.url);
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
  });

  test("is given another model by hand: the running answer is finished first", async () => {
    using folder = new TestFolder();
    await using program = await start({ folder, paceMs: 10 });
    await program.ready(name);
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(3);
    expect((await load(program, "second")).status).toBe(200);
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect(await (await program.ask("say: next")).whole()).toMatchObject({ text: "next" });
    expect(await program.ready(name)).toMatchObject({ model: "second" });
    expect((await load(program, "third")).status).toBe(404);
  });

  test("is given the model that a request names, and gives it back to the next that names another", async () => {
    using folder = new TestFolder();
    await using program = await start({ folder, paceMs: 10 });
    await program.ready(name);
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(3);
    const second = program.ask("say: by the second", { model: "second" });
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect(await (await second).whole()).toMatchObject({ text: "by the second", error: null });
    expect(await program.engine(name)).toMatchObject({ model: "second" });
    const first = await program.ask("say: by the first", { model: "first" });
    expect(await first.whole()).toMatchObject({ text: "by the first", error: null });
    expect(await program.engine(name)).toMatchObject({ model: "first" });
  });

  test("stopped and started again by hand, it ends with its orchestrator", async () => {
    using folder = new TestFolder();
    const program = await start({ folder });
    await program.ready(name);
    const pid = program.pidOf(name);
    await program.act("stop", name);
    await program.engineThat(({ state }) => state === "stopped", name);
    await isGone(pid);
    await program.act("start", name);
    await program.ready(name);
    const next = program.pidOf(name);
    await program.stop();
    await isGone(next);
  });
});

const load = (program: Orchestrated, model: string) =>
  fetch(`${program.url}/api/engines/${name}/load`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model }),
  });
