import { describe, expect, test } from "bun:test";
import OpenAI, { APIError, BadRequestError, NotFoundError } from "openai";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError, UnsupportedRequestError } from "../../src/errors.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "./failure-of.ts";

interface Client extends AsyncDisposable {
  readonly openai: OpenAI;
  readonly engine: ScriptedEngine;
  readonly app: AnsweringApp;
}

function open(script?: (request: GenerateRequest) => Script): Client {
  const engine = new ScriptedEngine(script === undefined ? {} : { script });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { openai, engine, app, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const saying = (answer: string) => () => ({ answer });
const asked = { model: "phi3", messages: [{ role: "user" as const, content: "What is gold?" }] };

describe("POST /v1/chat/completions, by OpenAI's own client", () => {
  test("gives a whole completion with its usage", async () => {
    await using client = open(saying("A metal."));
    const completion = await client.openai.chat.completions.create(asked);
    expect(completion).toMatchObject({
      object: "chat.completion",
      model: "scripted-model",
      choices: [
        {
          index: 0,
          finish_reason: "stop",
          message: { role: "assistant", content: "A metal.", refusal: null },
        },
      ],
      usage: { completion_tokens: 2 },
    });
    expect(completion.usage?.total_tokens).toBe((completion.usage?.prompt_tokens ?? 0) + 2);
    expect(completion.id).toStartWith("chatcmpl-");
  });

  test("streams it: a role, the text, the reason, and the usage when it is wanted", async () => {
    await using client = open(saying("A metal that shines."));
    const stream = await client.openai.chat.completions.create({
      ...asked,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    expect(chunks[0]?.choices[0]?.delta).toMatchObject({ role: "assistant", content: "" });
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(
      "A metal that shines.",
    );
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  test("the role comes at once: a stream said nothing until the first token, however long the prompt took", async () => {
    const held = Promise.withResolvers<void>();
    await using client = open(() => ({ answer: "A metal.", pace: () => held.promise }));
    const stream = await client.openai.chat.completions.create({ ...asked, stream: true });
    const chunks = stream[Symbol.asyncIterator]();
    const first = (await chunks.next()).value;
    expect(first?.id).toStartWith("chatcmpl-");
    expect(first?.choices[0]?.delta).toMatchObject({ role: "assistant", content: "" });
    held.resolve();
    expect((await chunks.next()).value?.choices[0]?.delta.content).toBe("A");
  });

  test("how much of the prompt was read is told by comments, which clients pass over", async () => {
    const held = Promise.withResolvers<void>();
    await using client = open(() => ({ answer: "A metal.", pace: () => held.promise }));
    const reply = await fetch(`${client.app.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...asked, stream: true }),
    });
    const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes(": reading the prompt 100 %")) text += (await reader?.read())?.value ?? "";
    expect(text).toContain('"role":"assistant"');
    held.resolve();
    await reader?.cancel();
  });

  test("an error before the first token, when the stream has begun, is its last chunk", async () => {
    const held = Promise.withResolvers<void>();
    const error = new EngineFailedError("The model broke.");
    await using client = open(() => ({
      answer: "A metal.",
      pace: () => held.promise,
      failAt: { token: 0, error },
    }));
    const stream = await client.openai.chat.completions.create({ ...asked, stream: true });
    const chunks = stream[Symbol.asyncIterator]();
    expect((await chunks.next()).value?.choices[0]?.delta.role).toBe("assistant");
    held.resolve();
    expect(await failureOf(chunks.next())).toBeInstanceOf(APIError);
  });

  test("without include_usage no chunk is without a choice", async () => {
    await using client = open();
    const chunks = await Array.fromAsync(
      await client.openai.chat.completions.create({ ...asked, stream: true }),
    );
    expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
    expect(chunks.every((chunk) => !("usage" in chunk))).toBe(true);
  });

  test("hands the whole prompt to the engine as it is: no instructions, profile or memories of ours", async () => {
    await using client = open();
    await client.app.memory.memorize({
      key: "gold",
      value: "I like gold",
      category: "general",
      ownerId: null,
    });
    await client.openai.chat.completions.create({
      model: "phi3",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "developer", content: "Be kind." },
        {
          role: "user",
          content: [
            { type: "text", text: "What is " },
            { type: "text", text: "gold?" },
          ],
        },
        { role: "assistant", content: "A metal." },
        { role: "user", content: "And silver?" },
      ],
    });
    expect(client.engine.requests[0]?.messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "system", content: "Be kind." },
      {
        role: "user",
        content: "What is \ngold?",
        parts: [
          { type: "text", text: "What is " },
          { type: "text", text: "gold?" },
        ],
      },
      { role: "assistant", content: "A metal." },
      { role: "user", content: "And silver?" },
    ]);
  });

  test("hands on every wish for how tokens are chosen", async () => {
    await using client = open();
    await client.openai.chat.completions.create({
      ...asked,
      temperature: 0.1,
      top_p: 0.5,
      seed: -1,
      stop: ["\n"],
      max_completion_tokens: 7,
      presence_penalty: 0.5,
      frequency_penalty: -0.5,
      logit_bias: { 42: -100 },
      logprobs: true,
      top_logprobs: 2,
    });
    expect(client.engine.requests[0]?.sampling).toEqual({
      temperature: 0.1,
      topP: 0.5,
      seed: 4_294_967_295,
      stop: ["\n"],
      maxTokens: 7,
      presencePenalty: 0.5,
      frequencyPenalty: -0.5,
      logitBias: { 42: -100 },
      topLogprobs: 2,
    });
  });

  test("takes an empty stop string for none: it was refused", async () => {
    await using client = open();
    for (const stop of ["", [""], ["", "gold"], null])
      await client.openai.chat.completions.create({ ...asked, stop });
    expect(client.engine.requests.map(({ sampling }) => sampling.stop)).toEqual([[], [], ["gold"], []]);
  });

  test("tells log-probabilities, whole and streamed", async () => {
    await using client = open(saying("Gold — 金"));
    const wished = { ...asked, logprobs: true, top_logprobs: 1 };
    const whole = await client.openai.chat.completions.create(wished);
    const content = whole.choices[0]?.logprobs?.content ?? [];
    expect(content.map(({ token }) => token).join("")).toBe("Gold — 金");
    expect(content[0]).toMatchObject({ logprob: -0.5, top_logprobs: [{ token: "Gold", logprob: -0.5 }] });
    expect(content[0]?.bytes).toEqual([71, 111, 108, 100]);
    const chunks = await Array.fromAsync(
      await client.openai.chat.completions.create({ ...wished, stream: true }),
    );
    const streamed = chunks.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? []);
    expect(streamed).toEqual(content);
  });

  test("gives tool calls, whole and streamed, and takes their results", async () => {
    const call = { id: "call_1", name: "price", arguments: '{"pair":"EURUSD"}' };
    await using client = open(({ messages }) =>
      messages.at(-1)?.role === "tool" ? { answer: "It is 1.08." } : { answer: "", toolCalls: [call] },
    );
    const tools = [
      {
        type: "function" as const,
        function: { name: "price", description: "A price.", parameters: { type: "object" }, strict: true },
      },
    ];
    const wished = { ...asked, tools, tool_choice: "auto" as const, parallel_tool_calls: false };
    const first = await client.openai.chat.completions.create(wished);
    const message = first.choices[0]?.message;
    expect(first.choices[0]?.finish_reason).toBe("tool_calls");
    expect(message?.content).toBeNull();
    const { id, ...called } = call;
    expect(message?.tool_calls).toEqual([{ id, type: "function", function: called }]);
    expect(client.engine.requests[0]).toMatchObject({
      tools: [{ name: "price", description: "A price.", parameters: { type: "object" }, strict: true }],
      toolChoice: "auto",
      parallelToolCalls: false,
    });

    const stream = client.openai.chat.completions.stream(wished);
    expect((await stream.finalMessage()).tool_calls?.[0]).toMatchObject({ id, function: called });

    if (message === undefined) throw new Error("There is no message.");
    const second = await client.openai.chat.completions.create({
      ...wished,
      messages: [...asked.messages, message, { role: "tool", tool_call_id: id, content: "1.08" }],
    });
    expect(second.choices[0]?.message.content).toBe("It is 1.08.");
    expect(client.engine.requests.at(-1)?.messages.slice(1)).toEqual([
      { role: "assistant", content: "", toolCalls: [call] },
      { role: "tool", content: "1.08", toolCallId: "call_1" },
    ]);
  });

  test("a call is streamed while it is written, and adds up to the same as the whole answer", async () => {
    const calls = ["a", "b"].map((id) => ({
      id,
      name: "price",
      arguments: `{"pair":"EURUSD","of":"${id}"}`,
    }));
    await using client = open(() => ({ answer: "I look.", toolCalls: calls }));
    const tools = [{ type: "function" as const, function: { name: "price" } }];
    const whole = await client.openai.chat.completions.create({ ...asked, tools });
    const deltas = [];
    const stream = client.openai.chat.completions.stream({ ...asked, tools });
    for await (const chunk of stream) deltas.push(...(chunk.choices[0]?.delta.tool_calls ?? []));
    expect(deltas[0]).toEqual({
      index: 0,
      id: "a",
      type: "function",
      function: { name: "price", arguments: "" },
    });
    expect(deltas[1]).toEqual({ index: 0, function: { arguments: '{"pair"' } });
    expect(deltas.length).toBe(2 * (1 + Math.ceil(26 / 7)));
    expect((await stream.finalMessage()).tool_calls).toMatchObject(
      calls.map(({ id, ...called }) => ({ id, type: "function", function: called })),
    );
    expect(whole.choices[0]?.message.tool_calls).toEqual(
      calls.map(({ id, ...called }) => ({ id, type: "function", function: called })),
    );
  });

  test("a call is read over the socket piece by piece, then whole", async () => {
    const call = { id: "a", name: "price", arguments: '{"pair":"EURUSD"}' };
    await using client = open(() => ({ answer: "", toolCalls: [call] }));
    const { response } = await client.openai.chat.completions.create(asked).withResponse();
    const socket = new WebSocket(`${client.app.url.replace("http", "ws")}/chat/stream`);
    const told: unknown[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (/^tool_call/.test(message.type)) told.push(message);
      if (message.type === "done") resolve();
    };
    socket.onopen = () =>
      socket.send(JSON.stringify({ generation_id: response.headers.get("x-generation-id"), after: 0 }));
    await done;
    socket.close();
    expect(told).toEqual([
      { type: "tool_call_piece", piece: { id: "a", name: "price", arguments: "" }, cursor: 1 },
      { type: "tool_call_piece", piece: { id: "a", arguments: '{"pair"' }, cursor: 2 },
      { type: "tool_call_piece", piece: { id: "a", arguments: ':"EURUS' }, cursor: 3 },
      { type: "tool_call_piece", piece: { id: "a", arguments: 'D"}' }, cursor: 4 },
      { type: "tool_call", call, cursor: 5 },
    ]);
  });

  test("a call in the form from before tools is streamed in pieces, too", async () => {
    const call = { id: "a", name: "price", arguments: '{"pair":"EURUSD"}' };
    await using client = open(() => ({ answer: "", toolCalls: [call] }));
    const functions = [{ name: "price", parameters: {} }];
    const stream = await client.openai.chat.completions.create({ ...asked, functions, stream: true });
    const deltas = [];
    for await (const chunk of stream) {
      const delta = chunk.choices[0]?.delta.function_call;
      if (delta !== undefined) deltas.push(delta);
    }
    expect(deltas[0]).toEqual({ name: "price", arguments: "" });
    expect(deltas.slice(1).map((delta) => Object.keys(delta))).toEqual([
      ["arguments"],
      ["arguments"],
      ["arguments"],
    ]);
    expect(deltas.map((delta) => delta.arguments).join("")).toBe(call.arguments);
  });

  test("hands on the form that the answer must have", async () => {
    await using client = open(saying('{"a":1}'));
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const json_schema = { name: "a", schema, strict: true };
    await client.openai.chat.completions.create({
      ...asked,
      response_format: { type: "json_schema", json_schema },
    });
    await client.openai.chat.completions.create({ ...asked, response_format: { type: "json_object" } });
    await client.openai.chat.completions.create({ ...asked, response_format: { type: "text" } });
    expect(client.engine.requests.map(({ format }) => format)).toEqual([
      { type: "json-schema", name: "a", schema, strict: true },
      { type: "json" },
      undefined,
    ]);
  });

  test("hands on pictures that are sent along, and fetches none", async () => {
    await using client = open();
    const picture = (url: string) => ({
      ...asked,
      messages: [
        {
          role: "user" as const,
          content: [
            { type: "text" as const, text: "What is this?" },
            { type: "image_url" as const, image_url: { url } },
          ],
        },
      ],
    });
    const data = "data:image/png;base64,iVBORw0KGgo=";
    await client.openai.chat.completions.create(picture(data));
    expect(client.engine.requests[0]?.messages[0]).toEqual({
      role: "user",
      content: "What is this?",
      parts: [
        { type: "text", text: "What is this?" },
        { type: "image", url: data },
      ],
    });
    const elsewhere = client.openai.chat.completions.create(picture("https://example.com/a.png"));
    expect(await failureOf(elsewhere)).toMatchObject({
      message: expect.stringContaining("nothing is fetched"),
    });
  });

  test("hands on the parts of a message as they were sent: texts were glued, and pictures came behind them", async () => {
    await using client = open();
    const url = "data:image/png;base64,iVBORw0KGgo=";
    const shown = (detail: "low" | "high") => ({ type: "image_url" as const, image_url: { url, detail } });
    const said = (text: string) => ({ type: "text" as const, text });
    await client.openai.chat.completions.create({
      model: "phi3",
      messages: [
        { role: "system", content: [said("Be brief."), said("Be kind.")] },
        { role: "user", content: [shown("low"), said("first."), shown("high"), said("Second")] },
        { role: "assistant", content: [said("One picture.")] },
        { role: "user", content: [shown("low")] },
      ],
    });
    const image = (detail: "low" | "high") => ({ type: "image" as const, url, detail });
    const texts = [said("Be brief."), said("Be kind.")];
    expect(client.engine.requests[0]?.messages).toEqual([
      { role: "system", content: "Be brief.\nBe kind.", parts: texts },
      {
        role: "user",
        content: "first.\nSecond",
        parts: [image("low"), said("first."), image("high"), said("Second")],
      },
      { role: "assistant", content: "One picture." },
      { role: "user", content: "", parts: [image("low")] },
    ]);
  });

  test("answers where one message of the user says something, or shows a picture, and where there is no user", async () => {
    await using client = open(saying("Yes."));
    const url = "data:image/png;base64,AAAA";
    const histories = [
      [
        { role: "user", content: " " },
        { role: "user", content: "Gold?" },
      ],
      [
        { role: "user", content: "Gold?" },
        { role: "user", content: "" },
      ],
      [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
      [{ role: "system", content: "Greet." }],
    ];
    for (const messages of histories) {
      const reply = await fetch(`${client.app.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...asked, messages }),
      });
      expect([messages, reply.status]).toEqual([messages, 200]);
    }
  });

  test("takes a JPEG that is called image/jpg for what it is", async () => {
    await using client = open();
    const url = "data:image/jpg;base64,/9j/4AA=";
    await client.openai.chat.completions.create({
      model: "phi3",
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
    });
    expect(client.engine.requests[0]?.messages[0]?.parts).toEqual([
      { type: "image", url: "data:image/jpeg;base64,/9j/4AA=" },
    ]);
  });

  test("nothing of it enters the list of conversations, or the search, unless it is stored", async () => {
    await using client = open();
    await client.openai.chat.completions.create(asked);
    const listed = async () =>
      (await (await fetch(`${client.app.url}/api/conversations`)).json()).conversations;
    expect(await listed()).toEqual([]);
    await client.openai.chat.completions.create({
      ...asked,
      store: true,
      messages: [
        { role: "user", content: "Hello." },
        { role: "assistant", content: "Hello!" },
        { role: "user", content: "What is platinum?" },
      ],
    });
    const [kept, ...others] = await listed();
    expect(others).toEqual([]);
    expect(kept.title).toBe("What is platinum?");
    const { messages } = await (await fetch(`${client.app.url}/api/conversations/${kept.id}`)).json();
    expect(messages.map(({ role }: { role: string }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
    expect(client.app.remembered).toEqual([]);
  });

  test("a question that is stored with the calls and results that follow it is asked once", async () => {
    await using client = open(saying("It is 1.08."));
    const called = { id: "call_1", type: "function" as const, function: { name: "price", arguments: "{}" } };
    const { response } = await client.openai.chat.completions
      .create({
        model: "phi3",
        store: true,
        messages: [
          { role: "user", content: "Hello." },
          { role: "assistant", content: "Hello!" },
          { role: "user", content: "What does the euro cost?" },
          { role: "assistant", tool_calls: [called] },
          { role: "tool", tool_call_id: "call_1", content: "1.08" },
        ],
      })
      .withResponse();
    const kept = `${client.app.url}/api/conversations/${response.headers.get("x-conversation-id")}`;
    const { messages } = await (await fetch(kept)).json();
    expect(messages.map(({ content }: { content: string }) => content)).toEqual([
      "Hello.",
      "Hello!",
      "What does the euro cost?",
      "It is 1.08.",
    ]);
  });

  test("its answer is a generation: its events can be read again from any cursor", async () => {
    await using client = open(saying("A metal that shines."));
    const { response } = await client.openai.chat.completions.create(asked).withResponse();
    const id = response.headers.get("x-generation-id");
    const events = await (await fetch(`${client.app.url}/generations/${id}/events?after=2`)).text();
    expect(events).toContain(" that");
    expect(events).not.toContain('"A"');
  });

  test("calls are numbered from 0 where its events are read again, too, from whatever cursor", async () => {
    const calls = ["a", "b"].map((id) => ({ id, name: "price", arguments: "{}" }));
    await using client = open(() => ({ answer: "I look.", toolCalls: calls }));
    const { response } = await client.openai.chat.completions.create(asked).withResponse();
    const events = `${client.app.url}/generations/${response.headers.get("x-generation-id")}/events`;
    const indices = async (after: number) =>
      (await (await fetch(`${events}?after=${after}`)).text())
        .matchAll(/"tool_calls":\[\{"index":(\d+)/g)
        .map(([, index]) => Number(index))
        .toArray();
    // The name of each, then its arguments.
    expect(await indices(0)).toEqual([0, 0, 1, 1]);
    expect(await indices(2)).toEqual([0, 0, 1, 1]);
    expect(await indices(3)).toEqual([0, 1, 1]);
    expect(await indices(5)).toEqual([1]);
  });

  for (const stream of [true, false])
    test(`an answer whose reader has left is stopped, since nobody can come back to it (${stream ? "streamed" : "whole"})`, async () => {
      const reached = Promise.withResolvers<void>();
      const stopped = Promise.withResolvers<void>();
      await using client = open(() => ({
        answer: "word ".repeat(1_000),
        pace: (token, signal) => {
          if (token < 3) return Promise.resolve();
          reached.resolve();
          return new Promise((_, reject) =>
            signal.addEventListener("abort", () => {
              stopped.resolve();
              reject(signal.reason);
            }),
          );
        },
      }));
      const leaving = new AbortController();
      const asking = fetch(`${client.app.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...asked, stream }),
        signal: leaving.signal,
      });
      await reached.promise;
      leaving.abort();
      await asking.catch(() => {});
      await stopped.promise;
      await client.app.generations.idle();
      expect(client.app.generations.unfinished).toBe(0);
      expect(client.app.logLines.filter(({ level }) => level === "error")).toEqual([]);
    });
});

describe("What /v1/chat/completions refuses, and how", () => {
  const refusals: readonly [name: string, body: Record<string, unknown>, message: RegExp, param: string][] = [
    ["more answers than a request may have", { n: 9 }, /from 1 to 8/, "n"],
    ["a temperature out of range", { temperature: 3 }, /number from 0 to 2/, "temperature"],
    ["alternatives without log-probabilities", { top_logprobs: 2 }, /logprobs: true/, "top_logprobs"],
    ["too many alternatives", { logprobs: true, top_logprobs: 21 }, /from 0 to 20/, "top_logprobs"],
    ["a bias on a word", { logit_bias: { gold: 1 } }, /tokens by their ids/, "logit_bias"],
    [
      "biases without end",
      { logit_bias: Object.fromEntries(Array.from({ length: 1_025 }, (_, id) => [id, 1])) },
      /at most 1024/,
      "logit_bias",
    ],
    ["no messages", { messages: [] }, /list of 1/, "messages"],
    [
      "an unknown role",
      { messages: [{ role: "robot", content: "x" }] },
      /must be system/,
      "messages[0].role",
    ],
    ["a message without text", { messages: [{ role: "user" }] }, /is missing/, "messages[0].content"],
    [
      "sound",
      { messages: [{ role: "user", content: [{ type: "input_audio" }] }] },
      /text or image_url/,
      "messages[0].content[0].type",
    ],
    [
      "a picture that no user shows: no engine would be given it",
      {
        messages: [
          { role: "user", content: "What is this?" },
          { role: "tool", tool_call_id: "call_1", content: [{ type: "image_url", image_url: { url: "x" } }] },
        ],
      },
      /user's message alone/,
      "messages[1].content[0].type",
    ],
    [
      "a detail that nobody knows",
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "closest" } },
            ],
          },
        ],
      },
      /auto, low, high or original/,
      "messages[0].content[0].image_url.detail",
    ],
    [
      "a call that is no JSON",
      {
        messages: [
          {
            role: "assistant",
            tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{" } }],
          },
        ],
      },
      /must be JSON/,
      "messages[0].tool_calls[0].function.arguments",
    ],
    [
      "messages of the user that are all blank: they were answered",
      {
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "" },
          { role: "assistant", content: "Yes?" },
          { role: "user", content: " \n\u200b" },
        ],
      },
      /must not be empty/,
      "messages[3].content",
    ],
    [
      "parts that are all blank",
      { messages: [{ role: "user", content: [{ type: "text", text: " " }] }] },
      /must not be empty/,
      "messages[0].content",
    ],
    [
      "no part at all",
      { messages: [{ role: "user", content: [] }] },
      /must not be empty/,
      "messages[0].content",
    ],
    ["a choice of nothing", { tool_choice: "required" }, /there are no tools/, "tool_choice"],
    [
      "a choice of another tool",
      { tool_choice: { type: "function", function: { name: "f" } } },
      /not among the tools/,
      "tool_choice",
    ],
    ["an unknown form", { response_format: { type: "xml" } }, /json_schema/, "response_format.type"],
    [
      "a form without a schema",
      { response_format: { type: "json_schema" } },
      /is missing/,
      "response_format.json_schema.schema",
    ],
  ];
  for (const [name, body, message, param] of refusals)
    test(`${name}: 400 that names the field`, async () => {
      await using client = open();
      const reply = await fetch(`${client.app.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...asked, ...body }),
      });
      expect(reply.status).toBe(400);
      const { error } = await reply.json();
      expect(error).toMatchObject({ type: "invalid_request_error", param, code: "invalid_value" });
      expect(error.message).toMatch(message);
      expect(client.engine.requests).toEqual([]);
    });

  test("an unknown model is OpenAI's NotFoundError, a bad field its BadRequestError", async () => {
    await using client = open();
    const { completions } = client.openai.chat;
    expect(await failureOf(completions.create({ ...asked, n: 9 }))).toBeInstanceOf(BadRequestError);
    expect(await failureOf(client.openai.models.retrieve("nothing"))).toBeInstanceOf(NotFoundError);
  });

  test("a key that was sent with another request is refused: the answer would be to something else", async () => {
    await using client = open(({ messages }) => ({ answer: `To ${messages.at(-1)?.content}` }));
    const options = { headers: { "Idempotency-Key": "k" } };
    const ask = (content: string, rest: object = {}) =>
      client.openai.chat.completions.create(
        { model: "phi3", messages: [{ role: "user", content }], tools, ...rest },
        options,
      );
    const tools = [{ type: "function" as const, function: { name: "price" } }];
    const first = await ask("Sell.");
    expect(await ask("Sell.")).toEqual(first);
    const reused = { status: 400, code: "idempotency_key_reused" };
    expect(await failureOf(ask("Buy."))).toMatchObject(reused);
    expect(await failureOf(ask("Sell.", { temperature: 0 }))).toMatchObject(reused);
    expect(await failureOf(ask("Sell.", { tools: [] }))).toMatchObject(reused);
    const elsewhere = client.openai.responses.create({ model: "phi3", input: "Sell." }, options);
    expect(await failureOf(elsewhere)).toMatchObject(reused);
    expect(client.engine.requests).toHaveLength(1);
  });

  test("unknown fields are passed over", async () => {
    await using client = open();
    const unknown: object = { reasoning_effort: "low", service_tier: "auto", made_up: [1] };
    const completion = await client.openai.chat.completions.create({ ...asked, ...unknown });
    expect(completion.choices).toHaveLength(1);
  });

  test("a prompt that is too long has OpenAI's code for it", async () => {
    await using client = open();
    const content = "gold ".repeat(6_000);
    const refused = client.openai.chat.completions.create({
      ...asked,
      messages: [{ role: "user", content }],
    });
    expect(await failureOf(refused)).toMatchObject({ status: 400, code: "context_length_exceeded" });
  });

  test("whoever waits for a whole answer while the program is stopped is told so: it is no defect", async () => {
    const reached = Promise.withResolvers<void>();
    await using client = open(() => ({
      answer: "one two three",
      pace: (token, signal) => {
        if (token < 2) return Promise.resolve();
        reached.resolve();
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    }));
    const refused = failureOf(client.openai.chat.completions.create(asked));
    await reached.promise;
    await client.app.generations[Symbol.asyncDispose]();
    expect(await refused).toMatchObject({ status: 503, code: "shutting_down" });
    expect(client.app.logLines.filter(({ level }) => level === "error")).toEqual([]);
  });

  test("what no engine can do is 400 with the engine's reason and the field (it named none), whole and streamed", async () => {
    const error = new UnsupportedRequestError("This model cannot see pictures.", { param: "messages" });
    await using client = open(() => ({ answer: "x", failAt: { token: 0, error } }));
    const refusal = { status: 400, code: "unsupported", param: "messages" };
    for (const stream of [false, true]) {
      const refused = client.openai.chat.completions.create({ ...asked, stream });
      expect(await failureOf(refused)).toMatchObject(refusal);
      const response = client.openai.responses.create({ model: "phi3", input: "Gold?", stream });
      expect(await failureOf(response)).toMatchObject({ ...refusal, param: "input" });
    }
  });

  test("pictures that no engine could see are not kept for a month, and the same request is asked anew", async () => {
    const error = new UnsupportedRequestError("This model cannot see pictures.");
    await using client = open(() => ({ answer: "x", failAt: { token: 0, error } }));
    const url = `data:image/png;base64,${"A".repeat(300_000)}`;
    const body = {
      model: "phi3",
      messages: [
        {
          role: "user" as const,
          content: [
            { type: "image_url" as const, image_url: { url } },
            { type: "text" as const, text: "What is this?" },
          ],
        },
      ],
    };
    for (const _ of [1, 2]) {
      const asking = client.openai.chat.completions.create(body, { headers: { "Idempotency-Key": "k" } });
      expect(await failureOf(asking)).toMatchObject({ status: 400, code: "unsupported" });
    }
    const ids = new Set(client.engine.requests.map(({ generationId }) => generationId));
    expect(ids.size).toBe(2);
    for (const id of ids) {
      const { request } = client.app.store.generations.get(id) ?? {};
      expect(JSON.stringify(request).length).toBeLessThan(1_000);
      expect(request?.messages[0]?.parts?.[1]).toEqual({ type: "text", text: "What is this?" });
    }
  });

  test("an engine that fails in mid-answer: the stream tells it as an error, and the client throws", async () => {
    await using client = open(() => ({
      answer: "one two three four",
      failAt: { token: 2, error: new EngineFailedError("The model stopped.") },
    }));
    const texts: string[] = [];
    const reading = (async () => {
      const stream = await client.openai.chat.completions.create({ ...asked, stream: true });
      for await (const chunk of stream) texts.push(chunk.choices[0]?.delta.content ?? "");
    })();
    await expect(reading).rejects.toBeInstanceOf(APIError);
    expect(texts.join("")).toBe("one two");
  });
});
