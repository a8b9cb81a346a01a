import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ChatMessage, GenerateRequest } from "../../../src/chat/engine.ts";
import { mostTokens } from "../../../src/engines/vllm/estimated-tokens.ts";
import { VllmClient } from "../../../src/engines/vllm/vllm-client.ts";
import { VllmEngine } from "../../../src/engines/vllm/vllm-engine.ts";
import { EngineFailedError, EngineUnavailableError, PromptTooLongError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { collect, describeEngine, never, request } from "../../contract/engine-contract.ts";
import type { Scenario } from "../../fakes/fake-vllm.ts";
import { type FakeVllm, startFakeVllm } from "../../fakes/fake-vllm-process.ts";

const engineAt = (baseUrl: string, silenceMs = 30_000) =>
  new VllmEngine({
    name: "vllm",
    client: new VllmClient({ baseUrl, apiKey: null, silenceMs }),
    slots: 4,
    launched: null,
    probeIntervalMs: 20,
    log: createLog("error", () => {}),
  });

let contractServer: FakeVllm;
beforeAll(async () => {
  contractServer = await startFakeVllm();
});
afterAll(() => contractServer[Symbol.asyncDispose]());
describeEngine("vLLM, against a fake one that speaks real HTTP", async () => engineAt(contractServer.url));

describe("A vLLM that misbehaves", () => {
  const broken: [Scenario, RegExp][] = [
    ["exits-in-mid-answer", /Can't reach vLLM|stopped in the middle/],
    ["ends-in-mid-answer", /stopped in the middle/],
    ["hangs-in-mid-answer", /silent for too long/],
    ["error-in-stream", /failed while it wrote/],
    ["malformed-frames", /cannot be read/],
  ];
  for (const [scenario, message] of broken) {
    test(`${scenario}: the answer fails with a named error after the tokens that came, and the slot is free`, async () => {
      await using fake = await startFakeVllm({ scenarios: [scenario] });
      await using engine = engineAt(fake.url, 300);
      const texts: string[] = [];
      const reading = (async () => {
        for await (const event of engine.generate(request("What is gold?"), never))
          if (event.type === "token") texts.push(event.text);
      })();
      const error = await reading.catch((cause: unknown) => cause);
      expect(error instanceof EngineFailedError || error instanceof EngineUnavailableError).toBe(true);
      expect(error).toMatchObject({ message: expect.stringMatching(message) });
      expect(texts).toHaveLength(5);
      expect(engine.status().busySlots).toBe(0);
    });
  }

  test("errors-500: it is refused before the first token", async () => {
    await using fake = await startFakeVllm();
    await using engine = engineAt(fake.url);
    await engine.ensureReady(never);
    await fake.setScenarios("errors-500");
    const error = await collect(engine.generate(request("What is gold?"), never)).catch(
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(EngineFailedError);
  });

  test("splits-frames: bytes one by one, CRLF and comments are the same answer", async () => {
    await using fake = await startFakeVllm();
    await using engine = engineAt(fake.url);
    const whole = await collect(engine.generate(request("What is gold?"), never));
    await fake.setScenarios("splits-frames");
    const split = await collect(engine.generate(request("What is gold?"), never));
    expect(split.text).toBe(whole.text);
    expect(split.text).toContain("金");
    expect(split.finish?.usage).toEqual(whole.finish?.usage);
  });

  test("no-tokenize: a server that cannot count is estimated, and still answers", async () => {
    await using fake = await startFakeVllm({ scenarios: ["no-tokenize"] });
    await using engine = engineAt(fake.url);
    expect(await engine.countTokens([{ role: "user", content: "What is gold?" }], never)).toBeGreaterThan(4);
    expect((await collect(engine.generate(request("What is gold?"), never))).finish?.reason).toBe("length");
  });

  test("a prompt that was counted when it was built is not counted once more to be answered", async () => {
    await using fake = await startFakeVllm();
    let counts = 0;
    using between = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (incoming) => {
        const { pathname } = new URL(incoming.url);
        if (pathname === "/tokenize") counts += 1;
        return fetch(new Request(`${fake.url}${pathname}`, incoming));
      },
    });
    await using engine = engineAt(`http://127.0.0.1:${between.port}`);
    const long = "gold ".repeat(700);
    const asked = request(long);
    const counted = await engine.countTokens(asked.messages, never);
    const { finish } = await collect(engine.generate(asked, never));
    expect(finish?.usage.promptTokens).toBe(counted);
    expect(counts).toBe(1);
    // Another prompt of the same words is counted for itself.
    await collect(engine.generate(request(long), never));
    expect(counts).toBe(2);
    // What surely fits is not counted at all, and its usage is the server's.
    const short = request("What is gold?");
    const estimated = await engine.countTokens(short.messages, never, 2_000);
    const answered = await collect(engine.generate(short, never));
    expect(counts).toBe(2);
    expect(answered.finish?.usage.promptTokens).toBe(await engine.countTokens(short.messages, never));
    expect(counts).toBe(3);
    expect(estimated).toBeLessThan(2_000);
  });

  test("what may not fit is counted: text of any script, tools, pictures", () => {
    const said = (content: string): ChatMessage => ({ role: "user", content });
    expect(mostTokens([said("金价是多少？")], [])).toBeGreaterThan(18);
    expect(mostTokens([{ ...said("See"), images: ["data:image/png;base64,AA=="] }], [])).toBeNull();
    const parts = [{ type: "image", url: "data:image/png;base64,AA==" } as const];
    expect(mostTokens([{ ...said("See"), parts }], [])).toBeNull();
    const add = { name: "add", description: "Adds.", parameters: { type: "object", properties: {} } };
    const written = JSON.stringify({ type: "function", function: add }, null, 4);
    expect(mostTokens([said("Hi")], [add])).toBeGreaterThan(written.length + 2);
    const calls = [{ id: "1", name: "add", arguments: `{"a":${"1".repeat(900)}}` }];
    expect(mostTokens([{ role: "assistant", content: "", toolCalls: calls }], [])).toBeGreaterThan(2_000);
  });

  test("tools, the choice among them and the answer's form are passed on, and calls come whole", async () => {
    await using fake = await startFakeVllm();
    await using engine = engineAt(fake.url);
    const schema = { type: "object", properties: { pair: { type: "string" } } };
    const { events, finish } = await collect(
      engine.generate(
        request(
          "What is the rate?",
          {},
          {
            messages: [
              { role: "user", content: "What is the rate?" },
              { role: "assistant", content: "", toolCalls: [{ id: "c", name: "rate", arguments: "{}" }] },
              { role: "tool", content: "1.08", toolCallId: "c" },
            ],
            tools: [{ name: "rate", parameters: schema }],
            toolChoice: { name: "rate" },
            format: { type: "json-schema", name: "rate", schema },
          },
        ),
        never,
      ),
    );
    const call = events.find((event) => event.type === "tool-call");
    expect(call).toMatchObject({ id: "call-1", name: "rate" });
    expect(JSON.parse(call?.arguments ?? "")).toEqual({
      tool_choice: { type: "function", function: { name: "rate" } },
      response_format: { type: "json_schema", json_schema: { name: "rate", schema } },
      messages: 3,
    });
    expect(finish?.reason).toBe("tool_calls");
    expect(events.at(-1)?.type).toBe("finish");
  });

  test("tools are counted as a part of the prompt, also where they are only estimated", async () => {
    for (const scenarios of [[], ["no-tokenize"]] as const) {
      await using fake = await startFakeVllm({ scenarios });
      await using engine = engineAt(fake.url);
      const description = "gold ".repeat(5_000);
      const asked = request("What is gold?", {}, { tools: [{ name: "price", description, parameters: {} }] });
      await expect(collect(engine.generate(asked, never))).rejects.toBeInstanceOf(PromptTooLongError);
    }
  });

  describe("An answer of a form, which vLLM holds from its own first token on", () => {
    const format = { type: "json" } as const;
    const answer = '{"side": "buy", "lots": 2}';
    const asked = request(`say: ${answer}`, {}, { format });

    test("is whole when it is taken up again: half an object is not followed by a whole one", async () => {
      await using fake = await startFakeVllm();
      await using engine = engineAt(fake.url);
      const whole = await collect(engine.generate(asked, never));
      expect(whole.text).toBe(answer);
      for (let cut = 1; cut <= answer.length; cut++) {
        const text = answer.slice(0, cut);
        const rest = await collect(engine.generate({ ...asked, continueFrom: { text } }, never));
        expect(text + rest.text).toBe(answer);
        expect(rest.finish?.usage).toEqual(whole.finish?.usage);
      }
    });

    test("fails when it is begun otherwise, or ends earlier, than before", async () => {
      await using fake = await startFakeVllm();
      await using engine = engineAt(fake.url);
      for (const text of ['{"lots": ', `${answer} `]) {
        const again = collect(engine.generate({ ...asked, continueFrom: { text } }, never));
        await expect(again).rejects.toThrow("began it otherwise");
      }
      expect(engine.status()).toMatchObject({ busySlots: 0, state: "ready" });
    });
  });

  test("a prompt without a template goes to the address for that, and its log-probabilities come back", async () => {
    await using fake = await startFakeVllm();
    await using engine = engineAt(fake.url);
    const asked = { ...request("", { maxTokens: 3, topLogprobs: 2 }), messages: [], prompt: "say: one two" };
    const { text, tokens } = await collect(engine.generate(asked, never));
    expect(text).toStartWith("one");
    expect(tokens[0]?.alternatives).toEqual([
      { text: tokens[0]?.text ?? "", logprob: -0.25 },
      { text: "other", logprob: -2 },
    ]);
  });

  test("a prompt without a template failed at a server that does not count tokens", async () => {
    await using fake = await startFakeVllm({ scenarios: ["no-tokenize"] });
    await using engine = engineAt(fake.url);
    const asked = { ...request("", { maxTokens: 2 }), messages: [], prompt: "say: one two" };
    expect((await collect(engine.generate(asked, never))).text).toBe("one two");
  });

  test("the tokens of a prompt are asked for by themselves, and ids are continued in ids", async () => {
    await using fake = await startFakeVllm();
    await using engine = engineAt(fake.url);
    const asked = { ...request("", { maxTokens: 2, topLogprobs: 1 }), messages: [], echo: true } as const;
    const told = async (prompt: string | readonly number[], rest: Partial<GenerateRequest> = {}) => {
      const { events, finish } = await collect(engine.generate({ ...asked, prompt, ...rest }, never));
      return { echoed: events.find((event) => event.type === "prompt-tokens")?.tokens, finish };
    };
    const alternatives = (text: string) => [
      { text, logprob: -0.5 },
      { text: "other", logprob: -2 },
    ];
    expect((await told("say: one")).echoed).toEqual([
      { text: "say:" },
      { text: " one", logprob: -0.5, alternatives: alternatives(" one") },
    ]);
    const { echoed } = await told([7, 8]);
    expect(echoed).toEqual([{ text: " 7" }, { text: " 8", logprob: -0.5, alternatives: alternatives(" 8") }]);
    // With max_tokens: 0 a vLLM itself is asked for nothing but the echo.
    const nothing = await told([7, 8], { sampling: { ...asked.sampling, maxTokens: 0 } });
    expect(nothing).toMatchObject({
      echoed: { length: 2 },
      finish: { reason: "length", usage: { promptTokens: 2, completionTokens: 0 } },
    });
    // An answer that is resumed has told its prompt.
    const resumed = await told([7, 8], { continueFrom: { text: "Gold is" } });
    expect(resumed).toMatchObject({ echoed: undefined, finish: { reason: "length" } });
    await fake.setScenarios("no-tokenize");
    await expect(told([7, 8], { continueFrom: { text: "Go" } })).rejects.toMatchObject({
      code: "unsupported",
      facts: { param: "prompt" },
    });
  });

  test("a Stop reaches it: it writes nothing more", async () => {
    await using fake = await startFakeVllm({ paceMs: 5 });
    await using engine = engineAt(fake.url);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const event of engine.generate(request("Go on.", { maxTokens: 900 }), stop.signal))
        if (event.type === "token") stop.abort(new Error("stopped"));
    })();
    expect(await reading.catch((cause: unknown) => cause)).toMatchObject({ message: "stopped" });
    while ((await fake.running()) > 0) await Bun.sleep(5);
  });

  test("one that is gone is ejected, and readmitted when it is back", async () => {
    const first = await startFakeVllm();
    const port = Number(new URL(first.url).port);
    await using engine = engineAt(first.url);
    await engine.ensureReady(never);
    await first.kill();
    while (engine.status().state !== "failed") await Bun.sleep(5);
    expect(engine.status().problem).toContain("Can't reach vLLM");
    const error = await engine.ensureReady(never).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(EngineUnavailableError);
    await using _second = await startFakeVllm({ port });
    while (engine.status().state !== "ready") await Bun.sleep(5);
  });

  test("a wrong key is said to be wrong", async () => {
    const guarded = Bun.serve({
      port: 0,
      fetch: () => Response.json({ error: "Unauthorized" }, { status: 401 }),
    });
    await using engine = engineAt(`http://127.0.0.1:${guarded.port}`);
    const error = await engine.ensureReady(never).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ message: expect.stringContaining("VLLM_API_KEY") });
    await guarded.stop(true);
  });
});
