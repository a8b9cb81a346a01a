/** Tools that take a text (type "custom") were passed over: they are called, whole and streamed, in both interfaces. */
import { afterAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { upstreamTool } from "../../src/engines/vllm/request-body.ts";
import { InputPieces, inputOf } from "../../src/openai/custom-tools.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { openSmallModel } from "../fakes/small-model.ts";

const input = '*** Begin "patch"\n+ a line\\with 金 and 📈\n*** End';
const call = { id: "call_1", name: "patch", arguments: JSON.stringify({ input }) };
const price = { id: "call_2", name: "price", arguments: '{"pair":"XAUUSD"}' };

function open(toolCalls: Script["toolCalls"] = [call, price]) {
  const engine = new ScriptedEngine({ script: () => ({ answer: "", ...(toolCalls ? { toolCalls } : {}) }) });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { app, engine, openai, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}
const messages = [{ role: "user" as const, content: "Patch it." }];
const custom = { name: "patch", description: "Applies a patch." };
const chatTools = [
  { type: "custom" as const, custom },
  { type: "function" as const, function: { name: "price", parameters: { type: "object" } } },
];
const offered = (request: GenerateRequest | undefined) => request?.tools?.[0];

describe("In /v1/chat/completions", () => {
  test("it is offered as a function with one text, and its calls have their own form", async () => {
    await using client = open();
    const { data, response } = await client.openai.chat.completions
      .create({
        model: "phi3",
        messages,
        tools: chatTools,
        tool_choice: { type: "custom", custom: { name: "patch" } },
      })
      .withResponse();
    expect(response.headers.get("x-ignored-fields")).toBeNull();
    expect(data.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: {
        tool_calls: [
          { id: "call_1", type: "custom", custom: { name: "patch", input } },
          { id: "call_2", type: "function", function: { name: "price", arguments: price.arguments } },
        ],
      },
    });
    expect(offered(client.engine.requests[0])).toMatchObject({
      name: "patch",
      description: "Applies a patch.",
      parameters: { properties: { input: { type: "string" } }, required: ["input"] },
    });
    expect(client.engine.requests[0]?.toolChoice).toEqual({ name: "patch" });
  });

  test("its text is streamed as it is written, without escapes", async () => {
    await using client = open();
    const stream = await client.openai.chat.completions.create({
      model: "phi3",
      messages,
      tools: chatTools,
      stream: true,
    });
    const pieces: Record<string, unknown>[] = [];
    for await (const { choices } of stream)
      for (const each of choices[0]?.delta.tool_calls ?? []) pieces.push({ ...each });
    expect(pieces[0]).toEqual({
      index: 0,
      id: "call_1",
      type: "custom",
      custom: { name: "patch", input: "" },
    });
    const texts = pieces.filter(({ index }) => index === 0).map((piece) => Object(piece.custom).input);
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.join("")).toBe(input);
    const others = pieces.filter(({ index }) => index === 1).map((piece) => Object(piece.function).arguments);
    expect(others.join("")).toBe(price.arguments);
  });
});

describe("In /v1/responses", () => {
  const tools = [
    {
      type: "custom" as const,
      ...custom,
      format: { type: "grammar" as const, syntax: "lark" as const, definition: "start: /x/" },
    },
  ];

  test("its calls are items of their own, whole and in events, and are shown again", async () => {
    await using client = open([call]);
    const asked = { model: "phi3", input: "Patch it.", tools };
    const { data: whole, response } = await client.openai.responses.create(asked).withResponse();
    // A grammar in Lark is no grammar here.
    expect(response.headers.get("x-ignored-fields")).toBe("tools[0].format=lark");
    const item = { type: "custom_tool_call", call_id: "call_1", name: "patch", input, status: "completed" };
    expect(whole.output).toMatchObject([{ id: expect.stringMatching(/^ctc_/), ...item }]);
    expect(whole.tools).toEqual([{ type: "custom", ...custom, format: tools[0]?.format }] as never);
    let text = "";
    let done = "";
    for await (const event of await client.openai.responses.create({ ...asked, stream: true })) {
      if (event.type === "response.custom_tool_call_input.delta") text += event.delta;
      if (event.type === "response.custom_tool_call_input.done") done = event.input;
      expect(event.type).not.toStartWith("response.function_call");
    }
    expect([text, done]).toEqual([input, input]);
    const next = await client.openai.responses.create({
      ...asked,
      previous_response_id: whole.id,
      input: [{ type: "custom_tool_call_output", call_id: "call_1", output: "done" }],
    });
    expect(client.engine.requests.at(-1)?.messages.slice(1)).toEqual([
      { role: "assistant", content: "", toolCalls: [call] },
      { role: "tool", content: "done", toolCallId: "call_1" },
    ]);
    const items = await client.openai.responses.inputItems.list(next.id, { order: "asc" });
    expect(items.data[1]).toMatchObject(item);
  });
});

test("a text that was cut is given as far as its characters are whole", () => {
  const json = JSON.stringify({ input: 'a"\\\n📈' }).replace("📈", "\\ud83d\\udcc8");
  for (let length = 0; length <= json.length; length++)
    expect('a"\\\n📈'.startsWith(inputOf(json.slice(0, length)))).toBe(true);
  const pieces = new InputPieces();
  expect([...json].map((letter) => pieces.push(letter)).join("")).toBe('a"\\\n📈');
  // Another server's model may write what it will.
  expect(inputOf('{"text":"x"}')).toBe('{"text":"x"}');
});

test("a vLLM gets a plain function", () => {
  const tool = { name: "patch", parameters: { type: "object" }, custom: {} };
  expect(upstreamTool(tool)).toEqual({
    type: "function",
    function: { name: "patch", parameters: { type: "object" } },
  });
});

describe("With a real model", () => {
  const engine = openSmallModel({ parallel: 1, contextSize: 1024 });
  const app = openAnsweringApp({ engines: [engine] });
  afterAll(() => app[Symbol.asyncDispose]());

  test("the text keeps to a regular expression", async () => {
    const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
    const grammar = { syntax: "regex" as const, definition: "(buy|sell) [0-9]{1,3} lots" };
    const { choices } = await openai.chat.completions.create({
      ...{ model: "auto", messages: [{ role: "user", content: "Buy gold." }], temperature: 2, seed: 3 },
      tools: [{ type: "custom", custom: { name: "order", format: { type: "grammar", grammar } } }],
      tool_choice: "required",
      parallel_tool_calls: false,
    });
    const [made] = choices[0]?.message.tool_calls ?? [];
    if (made?.type !== "custom") throw new Error("no call of a custom tool");
    expect(made.custom.name).toBe("order");
    expect(made.custom.input).toMatch(/^(?:buy|sell) [0-9]{1,3} lots$/);
  });
});
