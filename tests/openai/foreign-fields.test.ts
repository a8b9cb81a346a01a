/** Fields, tools and items of other servers: they cost only themselves, and the reply names what had no effect. */
import { expect, test } from "bun:test";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";

function open(script: (request: GenerateRequest) => Script = () => ({ answer: "A metal." })) {
  const engine = new ScriptedEngine({ script });
  const app = openAnsweringApp({ engines: [engine] });
  const post = (path: string, body: unknown) =>
    fetch(`${app.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "phi3", ...Object(body) }),
    });
  return { engine, post, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}
const ignoredBy = (reply: Response) => reply.headers.get("x-ignored-fields");
const messages = [{ role: "user" as const, content: "What is gold?" }];
const price = { name: "price", parameters: { type: "object" } };
const chatTool = { type: "function", function: price };
const call = { id: "call_9", name: "price", arguments: '{"pair":"XAUUSD"}' };

test("One tool of another kind refused the whole request: it is passed over and named", async () => {
  await using client = open();
  const response = await client.post("/v1/responses", {
    input: "x",
    tools: [
      { type: "function", ...price },
      ...["web_search", "file_search", "code_interpreter", "mcp", "computer_use_preview"].map((type) => ({
        type,
        name: "f",
      })),
    ],
    tool_choice: { type: "web_search" },
  });
  expect(response.status).toBe(200);
  expect(ignoredBy(response)).toStartWith("tools[1].type=web_search, tools[2].type=file_search");
  expect(ignoredBy(response)).toEndWith("tool_choice.type=web_search");
  const completion = await client.post("/v1/chat/completions", {
    messages,
    tools: [{ type: "web_search", name: "web" }, chatTool],
    tool_choice: { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [chatTool] } },
  });
  expect(completion.status).toBe(200);
  expect(ignoredBy(completion)).toBe("tools[0].type=web_search, tool_choice.tools");
  const alone = await client.post("/v1/responses", {
    input: "x",
    tools: [{ type: "web_search" }],
    tool_choice: "required",
  });
  expect(alone.status).toBe(200);
  expect(client.engine.requests.map(({ tools }) => tools?.map(({ name }) => name))).toEqual([
    ["price"],
    ["price"],
    undefined,
  ]);
});

test("Items that other tools left in a history were refused: they are passed over, calls with a text are shown", async () => {
  await using client = open();
  const reply = await client.post("/v1/responses", {
    input: [
      { role: "user", content: "Patch it." },
      { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "gold" } },
      { type: "custom_tool_call", call_id: "c1", name: "patch", input: "+ line" },
      { type: "custom_tool_call_output", call_id: "c1", output: "done" },
      { type: "computer_call", call_id: "c2" },
      { role: "user", content: "And now?" },
    ],
  });
  expect(reply.status).toBe(200);
  expect(ignoredBy(reply)).toBe("input[1].type=web_search_call, input[4].type=computer_call");
  expect(client.engine.requests[0]?.messages).toEqual([
    { role: "user", content: "Patch it." },
    {
      role: "assistant",
      content: "",
      toolCalls: [{ id: "c1", name: "patch", arguments: '{"input":"+ line"}' }],
    },
    { role: "tool", content: "done", toolCallId: "c1" },
    { role: "user", content: "And now?" },
  ]);
});

test("Fields that had no effect were passed over in silence: the reply names them, streamed, too", async () => {
  await using client = open();
  for (const stream of [false, true]) {
    const reply = await client.post("/v1/chat/completions", {
      messages,
      stream,
      mirostat: 2,
      reasoning_effort: "high",
      user: "me",
      metadata: { a: "b" },
      service_tier: "auto",
      nothing: null,
      "odd\u00e9\r\nname": 1,
    });
    expect(reply.status).toBe(200);
    expect(ignoredBy(reply)).toBe("mirostat, reasoning_effort, odd???name");
    await reply.text();
  }
  const text = await client.post("/v1/completions", { prompt: "Gold is", dry_multiplier: 1 });
  expect(ignoredBy(text)).toBe("dry_multiplier");
  const response = await client.post("/v1/responses", { input: "x", prompt: { id: "pmpt_1" } });
  expect(ignoredBy(response)).toBe("prompt");
  const plain = await client.post("/v1/chat/completions", { messages });
  expect(ignoredBy(plain)).toBeNull();
});

test("A schema was not held where programs of llama.cpp, Together and vLLM put it", async () => {
  await using client = open(() => ({ answer: "{}" }));
  const schema = { type: "object", properties: { a: { const: "42" } } };
  for (const body of [
    { response_format: { type: "json_object", schema } },
    { response_format: { type: "json_schema", schema } },
    { json_schema: schema },
    { guided_json: schema },
    { guided_json: JSON.stringify(schema) },
  ]) {
    const reply = await client.post("/v1/chat/completions", { messages, ...body });
    expect(reply.status).toBe(200);
    expect(ignoredBy(reply)).toBeNull();
  }
  expect(client.engine.requests.map(({ format }) => format)).toEqual(
    Array.from({ length: 5 }, () => ({ type: "json-schema", name: "answer", schema })),
  );
  const refused = await client.post("/v1/chat/completions", { messages, guided_json: "no JSON" });
  expect((await refused.json()).error).toMatchObject({ param: "guided_json" });
});

test("functions and function_call were refused, and a history's calls of that time were dropped", async () => {
  await using client = open(() => ({ answer: "", toolCalls: [call] }));
  const asked = {
    messages: [
      ...messages,
      { role: "assistant", content: null, function_call: { name: "price", arguments: "{}" } },
      { role: "function", name: "price", content: "2400" },
    ],
    functions: [price],
  };
  const reply = await client.post("/v1/chat/completions", { ...asked, function_call: { name: "price" } });
  const { choices } = await reply.json();
  expect(choices[0]).toMatchObject({
    finish_reason: "function_call",
    message: { content: null, function_call: { name: "price", arguments: call.arguments } },
  });
  expect(choices[0].message).not.toHaveProperty("tool_calls");
  const streamed = await client.post("/v1/chat/completions", {
    ...asked,
    function_call: "auto",
    stream: true,
  });
  const text = await streamed.text();
  expect(text).toContain('"function_call":{"name":"price"');
  expect(text).toContain('"finish_reason":"function_call"');
  const [first, second] = client.engine.requests;
  expect(first?.messages).toEqual([
    ...messages,
    { role: "assistant", content: "", toolCalls: [{ id: "call_1", name: "price", arguments: "{}" }] },
    { role: "tool", content: "2400", toolCallId: "call_1" },
  ]);
  expect(first).toMatchObject({ toolChoice: { name: "price" }, parallelToolCalls: false });
  expect(second).toMatchObject({ toolChoice: "auto", tools: [{ name: "price" }] });
});

test("A response told nothing of what was asked: effort, verbosity, tier, keys; and gave no log-probabilities for include", async () => {
  await using client = open();
  const reply = await client.post("/v1/responses", {
    input: "x",
    reasoning: { effort: "high", summary: "auto" },
    text: { verbosity: "low" },
    service_tier: "flex",
    max_tool_calls: 3,
    prompt_cache_key: "k",
    safety_identifier: "s",
    include: ["message.output_text.logprobs"],
  });
  const told = await reply.json();
  expect(told).toMatchObject({
    reasoning: { effort: "high", summary: "auto" },
    text: { verbosity: "low", format: { type: "text" } },
    service_tier: "flex",
    max_tool_calls: 3,
    prompt_cache_key: "k",
    safety_identifier: "s",
    top_logprobs: 0,
  });
  expect(told.output[0].content[0].logprobs).toHaveLength(2);
  expect(ignoredBy(reply)).toBe("reasoning.effort, reasoning.summary, text.verbosity, max_tool_calls");
  const usual = await (await client.post("/v1/responses", { input: "x" })).json();
  expect(usual).toMatchObject({
    reasoning: { effort: null, summary: null },
    text: { verbosity: "medium" },
    service_tier: "default",
    max_tool_calls: null,
  });
});

test("timings_per_token, which llama.cpp's programs send, told nothing: the usage's chunk has the speeds", async () => {
  await using client = open();
  const asked = { messages, stream: true, stream_options: { include_usage: true } };
  const text = await (
    await client.post("/v1/chat/completions", { ...asked, timings_per_token: true })
  ).text();
  const last = JSON.parse(text.split("data: ").at(-2) ?? "");
  expect(last).toMatchObject({
    choices: [],
    timings: { predicted_n: 2, predicted_per_second: expect.any(Number) },
  });
  expect(await (await client.post("/v1/chat/completions", asked)).text()).not.toContain("timings");
});

test("A last message of the assistant is continued, as llama.cpp does; vLLM's fields that say otherwise are named", async () => {
  await using client = open(() => ({ answer: "Gold is a metal." }));
  const begun = [...messages, { role: "assistant", content: "Gold is" }];
  const asked = async (body: Record<string, unknown>) => {
    const reply = await client.post("/v1/chat/completions", body);
    return { reply: await reply.json(), ignored: ignoredBy(reply) };
  };
  expect(
    await asked({ messages: begun, continue_final_message: true, add_generation_prompt: false }),
  ).toMatchObject({ reply: { choices: [{ message: { content: " a metal." } }] }, ignored: null });
  expect(
    await asked({ messages: begun, continue_final_message: false, add_generation_prompt: true }),
  ).toMatchObject({ ignored: "continue_final_message=false, add_generation_prompt=true" });
  const anew = await asked({ messages, add_generation_prompt: true, continue_final_message: true });
  expect(anew).toMatchObject({
    reply: { choices: [{ message: { content: "Gold is a metal." } }] },
    ignored: "continue_final_message=true",
  });
});
