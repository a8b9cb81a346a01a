/** vLLMs that somebody else runs: replicas that share the work, and llama that goes on where they end. */
import { describe, expect, test } from "bun:test";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { until } from "../process/started-program.ts";
import { startRealServer } from "../real-server.ts";
import { AnswerReading } from "./orchestrated.ts";

const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ");

interface Engine {
  readonly name: string;
  readonly state: string;
  readonly problem: string | null;
  readonly busy_slots: number;
  readonly actions: readonly string[];
}

const engines = async (url: string): Promise<readonly Engine[]> =>
  (await (await fetch(`${url}/api/status`)).json()).engines;
const engineThat = (url: string, name: string, fits: (engine: Engine) => boolean) =>
  until(
    async () => (await engines(url)).find((engine) => engine.name === name),
    (engine) => engine !== undefined && fits(engine),
  );

async function ask(url: string, message: string, rest: Readonly<Record<string, unknown>> = {}) {
  const response = await fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message, memory_context: 0, temperature: 0, ...rest }),
  });
  return new AnswerReading({ url }, response);
}

describe("Two replicas that somebody else runs", () => {
  test("share the work; one that dies in mid-answer is followed by the other, and readmitted when it is back", async () => {
    const first = await startFakeVllm({ paceMs: 10 });
    await using second = await startFakeVllm({ paceMs: 10 });
    await using server = await startRealServer({
      environment: { ENGINE: "vllm", VLLM_URL: `${first.url}/v1, ${second.url}/` },
    });
    for (const name of ["vllm-1", "vllm-2"])
      await engineThat(server.url, name, ({ state }) => state === "ready");
    expect((await engines(server.url)).map(({ actions }) => actions)).toEqual([[], []]);

    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(server.url, `say: ${words}`)));
    await Promise.all(answers.map((answer) => answer.tokens(5)));
    expect(await first.running()).toBe(2);
    expect(await second.running()).toBe(2);

    await first.kill();
    for (const answer of answers)
      expect(await answer.whole()).toEqual({ text: words, finishReason: "stop", error: null });
    const ejected = await engineThat(server.url, "vllm-1", ({ state }) => state === "failed");
    expect(ejected?.problem).toContain("Can't reach vLLM");

    await using _back = await startFakeVllm({ port: Number(new URL(first.url).port) });
    await engineThat(server.url, "vllm-1", ({ state }) => state === "ready");
  });

  test("are not steered from here, and llama says which model it lacks", async () => {
    await using vllm = await startFakeVllm();
    await using server = await startRealServer({
      environment: { ENGINE: "vllm,llama", VLLM_URL: vllm.url },
    });
    const load = async (engine: string, model: string) => {
      const reply = await fetch(`${server.url}/api/engines/${engine}/load`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model }),
      });
      return { status: reply.status, message: (await reply.json()).error.message };
    };
    expect(await load("vllm", "phi3")).toMatchObject({
      status: 422,
      message: expect.stringContaining("somebody else"),
    });
    expect(await load("llama", "nobody")).toMatchObject({
      status: 404,
      message: expect.stringContaining("Known models"),
    });
    expect(await load("llama", "phi3")).toMatchObject({
      status: 503,
      message: expect.stringContaining("models pull"),
    });
    expect((await load("other", "phi3")).status).toBe(404);
  });

  test("a replica that sends what cannot be read is followed by the other", async () => {
    await using sick = await startFakeVllm({ scenarios: ["malformed-frames"] });
    await using sound = await startFakeVllm();
    await using server = await startRealServer({
      environment: { ENGINE: "vllm", VLLM_URL: `${sick.url},${sound.url}` },
    });
    for (const name of ["vllm-1", "vllm-2"])
      await engineThat(server.url, name, ({ state }) => state === "ready");
    for (let n = 0; n < 2; n++)
      expect(await (await ask(server.url, `say: ${words}`)).whole()).toMatchObject({
        text: words,
        error: null,
      });
  });

  test("when none is left, the text so far is kept with a sentence", async () => {
    const only = await startFakeVllm({ scenarios: ["ends-in-mid-answer"] });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: only.url } });
    await engineThat(server.url, "vllm", ({ state }) => state === "ready");
    const { text, error } = await (await ask(server.url, `say: ${words}`)).whole();
    expect(text).toStartWith("word0 word1 word2 word3 word4");
    expect(error).toContain("stopped in the middle");
    await only.kill();
  });
});

describe("vLLM before llama", () => {
  test("a vLLM that dies in mid-answer is followed by llama, which goes on with the same text", async () => {
    const vllm = await startFakeVllm({ paceMs: 10 });
    await using server = await startRealServer({
      environment: { ENGINE: "vllm,llama", VLLM_URL: vllm.url },
    });
    await engineThat(server.url, "llama", ({ state }) => state === "ready");
    const answer = await ask(
      server.url,
      "say: The price of gold rises when real interest rates fall, because",
      {
        max_tokens: 40,
      },
    );
    await answer.tokens(6);
    await vllm.kill();
    const { text, error, finishReason } = await answer.whole();
    expect(error).toBeNull();
    expect(text).toStartWith("The price of gold rises when");
    expect(finishReason).toMatch(/stop|length/);
    const replay = await (await fetch(`${server.url}/generations/${answer.id}/events`)).text();
    expect(replay).toContain('"model":"fake-model"');
    expect(replay).toContain('"model":"smollm2-135m-instruct"');
  });

  test("ENGINE=llama,vllm asks llama first, and both are shown in that order", async () => {
    await using vllm = await startFakeVllm();
    await using server = await startRealServer({
      environment: { ENGINE: "llama,vllm", VLLM_URL: vllm.url },
    });
    expect((await engines(server.url)).map(({ name }) => name)).toEqual(["llama", "vllm"]);
    const answer = await ask(server.url, "Hello?", { max_tokens: 4 });
    await answer.whole();
    expect(await vllm.running()).toBe(0);
    expect(await (await fetch(`${server.url}/generations/${answer.id}/events`)).text()).not.toContain(
      "fake-model",
    );
  });
});
