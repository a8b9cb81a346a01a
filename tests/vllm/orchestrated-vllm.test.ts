/** What becomes of questions and answers when the vLLM that we launched is slow, dies, or never comes up. */
import { describe, expect, test } from "bun:test";
import { identifyProcess } from "../../src/process/process-identity.ts";
import { scriptTokens } from "../fakes/scripted-engine.ts";
import { until } from "../process/started-program.ts";
import { Orchestrated } from "./orchestrated.ts";

const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(" ");
const isGone = (pid: number) =>
  until(
    () => identifyProcess(pid),
    (found) => found === null,
  );

describe("A vLLM that we launch", () => {
  test("slow-start: its progress is seen, and a question that is asked meanwhile is answered", async () => {
    await using program = await Orchestrated.start({
      scenarios: ["slow-start"],
      environment: { FAKE_VLLM_START_MS: "3000" },
    });
    const answer = await program.ask(`say: ${words}`);
    const loading = await program.engineThat(({ progress }) => (progress ?? 0) > 0);
    expect(loading).toMatchObject({
      state: "starting",
      phase: expect.any(String),
      actions: ["stop", "restart"],
    });
    const html = await fetch(`${program.url}/generations/${answer.id}/html`);
    let shown = "";
    const decoder = new TextDecoder();
    const reader = html.body?.getReader();
    while (!shown.includes("The model is loading, ")) shown += decoder.decode((await reader?.read())?.value);
    await reader?.cancel();
    expect(await answer.whole()).toMatchObject({ text: words, finishReason: "stop" });
    expect(await program.engine()).toMatchObject({ state: "ready", progress: null, model: "fake" });
  });

  test("exits-at-once: it has failed, says why, shows its log, and is tried again when asked to", async () => {
    await using program = await Orchestrated.start({ scenarios: ["exits-at-once"] });
    const failed = await program.engineThat(({ state }) => state === "failed");
    expect(failed.problem).toContain("crashed too often");
    expect(failed.log_tail.join("\n")).toContain("Engine core initialization failed");
    expect(failed.actions).toEqual(["start"]);
    await expect(program.ask("Hello?")).rejects.toThrow("crashed too often");

    expect((await program.act("start")).status).toBe(200);
    await program.engineThat(({ state, restarts }) => state === "failed" && restarts > failed.restarts);
    expect((await program.act("stop")).status).toBe(422);
  });

  test("never-healthy: the start is given up at its deadline", async () => {
    await using program = await Orchestrated.start({
      scenarios: ["never-healthy"],
      environment: { VLLM_START_SECONDS: "1" },
    });
    const failed = await program.engineThat(({ state }) => state === "failed");
    expect(failed.problem).toContain("was not ready within 1 seconds");
  });

  test("killed with -9 in mid-answer: it is started again, and the answer goes on with nothing doubled", async () => {
    await using program = await Orchestrated.start({ paceMs: 10 });
    await program.ready();
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(8);
    process.kill(program.pidOf("vllm"), "SIGKILL");
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect((await program.ready()).restarts).toBe(1);
  });

  test("exits-in-mid-answer, each time: after the second the answer is interrupted, with its text kept", async () => {
    await using program = await Orchestrated.start({ scenarios: ["exits-in-mid-answer"] });
    await program.ready();
    const { text, error } = await (await program.ask(`say: ${words}`)).whole();
    expect(error).not.toBeNull();
    expect(text).toBe(scriptTokens(words).slice(0, 10).join(""));
  });

  test("floods-stderr: it answers all the same, and its log is bounded", async () => {
    await using program = await Orchestrated.start({ scenarios: ["floods-stderr"] });
    await program.ready();
    expect(await (await program.ask(`say: ${words}`)).whole()).toMatchObject({ text: words });
    expect((await program.engine()).log_tail.length).toBeLessThanOrEqual(30);
  });

  test("port taken: it is said by whom, and the stranger is not asked anything", async () => {
    let asked = 0;
    using stranger = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => {
        asked += 1;
        return Response.json({ data: [{ id: "stranger" }] });
      },
    });
    await using program = await Orchestrated.start({ environment: { VLLM_PORT: String(stranger.port) } });
    const failed = await program.engineThat(({ state }) => state === "failed");
    expect(failed.problem).toContain(`Port ${stranger.port}`);
    expect(failed.problem).toContain(`process ${process.pid}`);
    expect(failed.problem).toContain("VLLM_URL");
    expect(asked).toBe(0);
  });

  test("no vLLM: what is missing is said with the next step, and the page stays up", async () => {
    await using program = await Orchestrated.start({ environment: { VLLM_COMMAND: "/nowhere/vllm" } });
    const failed = await program.engineThat(({ state }) => state === "failed");
    expect(failed.problem).toContain("there is no program /nowhere/vllm");
    expect((await fetch(program.url)).status).toBe(200);
  });

  test("stopped and started again by hand", async () => {
    await using program = await Orchestrated.start();
    await program.ready();
    const pid = program.pidOf("vllm");
    expect((await program.act("stop")).status).toBe(200);
    expect(await program.engineThat(({ state }) => state === "stopped")).toMatchObject({
      actions: ["start"],
    });
    await isGone(pid);
    await program.act("start");
    await program.ready();
    expect(await (await program.ask(`say: ${words}`)).whole()).toMatchObject({ text: words });
  });

  test("is given another model: the running answer is finished first", async () => {
    await using program = await Orchestrated.start({ paceMs: 10 });
    const { models } = await program.ready();
    expect(models).toContain("qwen2.5-0.5b-instruct-q4");
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(3);
    const loading = await fetch(`${program.url}/api/engines/vllm/load`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "qwen2.5-0.5b-instruct-q4" }),
    });
    expect(loading.status).toBe(200);
    const next = program.ask("say: next", { model: "auto" });
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect(await (await next).whole()).toMatchObject({ text: "next" });
    expect(await program.ready()).toMatchObject({ model: "qwen2.5-0.5b-instruct-q4" });
  });

  test("stopped while another model waits for the running answer, it stays stopped (the load started it again)", async () => {
    await using program = await Orchestrated.start({ paceMs: 10 });
    await program.ready();
    const pid = program.pidOf("vllm");
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(3);
    await load(program, "qwen2.5-0.5b-instruct-q4");
    expect((await program.act("stop")).status).toBe(200);
    expect((await answer.whole()).error).not.toBeNull();
    await isGone(pid);
    const stopped = await program.engineThat(({ state }) => state === "stopped");
    expect(stopped.details.note).toBe(
      "qwen2.5-0.5b-instruct-q4 was not loaded: vllm was stopped before that.",
    );
    expect(stopped.model).toBe("fake");
  });

  test("a load that a stop overtakes is told in the log, and is no error", async () => {
    await using program = await Orchestrated.start({
      scenarios: ["slow-start"],
      environment: { FAKE_VLLM_START_MS: "700" },
    });
    await program.ready();
    await load(program, "qwen2.5-0.5b-instruct-q4");
    await program.engineThat(({ state }) => state === "starting");
    expect((await program.act("stop")).status).toBe(200);
    const line = await program.program.line((text) => text.includes('"event":"load-superseded"'));
    expect(JSON.parse(line)).toMatchObject({ level: "info", model: expect.any(String) });
    expect(program.program.lines.filter((text) => text.includes('"level":"error"'))).toEqual([]);
  });
});

const load = (program: Orchestrated, model: string) =>
  fetch(`${program.url}/api/engines/vllm/load`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model }),
  });

describe("When a part of the program is killed with -9", () => {
  test("the server comes back while vLLM stays warm, and the answer goes on", async () => {
    await using program = await Orchestrated.start({ paceMs: 10 });
    await program.ready();
    const vllm = program.pidOf("vllm");
    const answer = await program.ask(`say: ${words}`);
    await answer.tokens(8);
    process.kill(program.pidOf("server"), "SIGKILL");
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    expect(program.pidOf("vllm")).toBe(vllm);
  });

  test("the orchestrator leaves nobody behind, and the next start finishes the answer", async () => {
    const first = await Orchestrated.start({ paceMs: 10 });
    using folder = first.folder;
    await first.ready();
    const pids = [first.pidOf("server"), first.pidOf("vllm")];
    const answer = await first.ask(`say: ${words}`);
    await answer.tokens(8);
    first.program.kill("SIGKILL");
    await Promise.all(pids.map(isGone));
    await using second = await Orchestrated.start({ folder, environment: { PORT: new URL(first.url).port } });
    expect(second.url).toBe(first.url);
    expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
  });
});
