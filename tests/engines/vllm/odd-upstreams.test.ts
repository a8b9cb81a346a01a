/** Servers that speak OpenAI's interface with manners of their own: strict ones, gateways, templates without a system message. */
import { describe, expect, test } from "bun:test";
import { VllmClient } from "../../../src/engines/vllm/vllm-client.ts";
import { VllmEngine } from "../../../src/engines/vllm/vllm-engine.ts";
import { UnsupportedRequestError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";

type Body = Record<string, unknown> & { messages: { role: string; content: string }[] };

/** @param refuse what it says to a request that it does not take; null: it answers with these events */
function upstream(
  events: readonly unknown[],
  refuse: (body: Body) => [number, unknown] | null = () => null,
  owner = "library",
) {
  const bodies: Body[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(asked) {
      const { pathname } = new URL(asked.url);
      if (pathname === "/v1/models") return Response.json({ data: [{ id: "llama3.2:3b", owned_by: owner }] });
      if (!pathname.includes("completions")) return Response.json({ error: "not found" }, { status: 404 });
      const body: Body = await asked.json();
      bodies.push(body);
      const refusal = refuse(body);
      if (refusal !== null) return Response.json(refusal[1], { status: refusal[0] });
      const text = events.map(
        (event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`,
      );
      return new Response(text.join(""), { headers: { "content-type": "text/event-stream" } });
    },
  });
  const engine = new VllmEngine({
    name: "vllm",
    client: new VllmClient({ baseUrl: `http://127.0.0.1:${server.port}`, apiKey: null }),
    slots: 4,
    launched: null,
    log: createLog("error", () => {}),
  });
  return {
    bodies,
    engine,
    ask: (rest = {}) => collect(engine.generate(request("What is gold?", {}, rest), never)),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await server.stop(true);
    },
  };
}

const piece = (content: string, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason }],
});
const whole = [piece("Hel"), piece("lo "), piece("wörld"), piece("", "stop"), "[DONE]"];

for (const [name, refusal] of [
  [
    "OpenAI's words",
    [400, { error: { message: "Unrecognized request argument supplied: return_token_ids" } }],
  ],
  [
    "Mistral's words",
    [422, { detail: [{ loc: ["body", "return_token_ids"], msg: "Extra inputs are not permitted" }] }],
  ],
] as [string, [number, unknown]][])
  test(`a strict server that refuses a field of ours, in ${name}, is asked again without it, and then no more with it`, async () => {
    await using server = upstream(whole, (body) => ("return_token_ids" in body ? refusal : null));
    expect((await server.ask()).text).toBe("Hello wörld");
    expect((await server.ask()).text).toBe("Hello wörld");
    expect(server.bodies.map((body) => "return_token_ids" in body)).toEqual([true, false, false]);
    expect(server.bodies.every((body) => !("stop" in body))).toBe(true);
  });

test("what a person asked for is not left out: its refusal is told, by the server's name", async () => {
  await using server = upstream(whole, () => [400, { error: { message: "tools are not supported" } }]);
  const tools = [{ name: "f", parameters: {} }];
  await expect(server.ask({ tools })).rejects.toMatchObject({
    code: "unsupported",
    message: "The model server cannot do this: tools are not supported",
  });
  expect(server.bodies).toHaveLength(1);
});

test("a server whose template knows no system message gets the instructions with the question", async () => {
  await using server = upstream(whole, ({ messages }) =>
    messages[0]?.role === "user"
      ? null
      : [400, { error: { message: "Only user and assistant roles are supported!" } }],
  );
  expect((await server.ask()).text).toBe("Hello wörld");
  expect(server.bodies.at(-1)?.messages).toMatchObject([
    { role: "user", content: "You are a financial assistant.\n\nWhat is gold?" },
  ]);
});

test("a reason of the end without [DONE] is an end, and so is [DONE] without a reason", async () => {
  await using noMark = upstream(whole.slice(0, -1));
  expect((await noMark.ask()).finish?.reason).toBe("stop");
  await using noReason = upstream([piece("Hello"), piece("", ""), "[DONE]"]);
  expect((await noReason.ask()).finish?.reason).toBe("stop");
});

test("a stream that ends with neither has been cut", async () => {
  await using server = upstream([piece("Hello")]);
  await expect(server.ask()).rejects.toMatchObject({
    code: "engine_failed",
    message: expect.stringContaining("The model server stopped in the middle"),
  });
});

test("an answer that is begun anew instead of continued is not told twice", async () => {
  await using server = upstream([piece("Hel"), piece("lo wö"), piece("rld, and more", "stop"), "[DONE]"]);
  const again = await server.ask({ continueFrom: { text: "Hello wörld" } });
  expect(again.text).toBe(", and more");
  const other = await server.ask({ continueFrom: { text: "Hello to" } });
  expect(other.text).toBe("Hello wörld, and more");
});

test("a prompt that is too long is told as one, in whatever words", async () => {
  await using server = upstream(whole, () => [
    400,
    { error: { message: "This model's maximum context length is 10 tokens", code: 400 } },
  ]);
  await expect(server.ask()).rejects.toMatchObject({ code: "prompt_too_long" });
});

test("an error in mid-stream is told in the server's own words", async () => {
  await using server = upstream([piece("Hel"), { error: { message: "CUDA out of memory" } }]);
  await expect(server.ask()).rejects.toMatchObject({
    message: "The model server failed while it wrote this answer: CUDA out of memory. Try again.",
  });
});

describe("A ban on digits is never dropped", () => {
  const counts = [
    { choices: [{ index: 0, delta: { content: "It is " }, finish_reason: null }] },
    { choices: [{ index: 0, delta: { content: "42" }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
    "[DONE]",
  ];
  const asked = request("Count.", {}, { withoutDigits: true });
  const failure = (engine: VllmEngine, texts: string[] = []) =>
    (async () => {
      for await (const event of engine.generate(asked, never))
        if (event.type === "token") texts.push(event.text);
    })().catch((cause: unknown) => cause);

  test("by a server that is no vLLM: it is not asked", async () => {
    await using server = upstream(counts);
    expect(await failure(server.engine)).toBeInstanceOf(UnsupportedRequestError);
    expect(server.bodies).toEqual([]);
  });

  test("by a vLLM that refuses the field: it is not asked without it", async () => {
    const refusal = { error: { message: "Extra inputs: structured_outputs", type: "BadRequestError" } };
    await using server = upstream(counts, () => [400, refusal], "vllm");
    expect(await failure(server.engine)).toBeInstanceOf(UnsupportedRequestError);
    expect(server.bodies).toHaveLength(1);
  });

  test("by a vLLM that ignores the field: no digit of it is shown", async () => {
    await using server = upstream(counts, undefined, "vllm");
    const texts: string[] = [];
    expect(await failure(server.engine, texts)).toBeInstanceOf(UnsupportedRequestError);
    expect(texts.join("")).toBe("It is ");
  });
});
