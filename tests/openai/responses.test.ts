import { expect, test } from "bun:test";
import OpenAI from "openai";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "./failure-of.ts";

function open(script: (request: GenerateRequest) => Script = () => ({ answer: "A metal." })) {
  const engine = new ScriptedEngine({ script });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { app, engine, openai, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const asked = { model: "phi3", input: "What is gold?" };
const call = { id: "call_1", name: "price", arguments: '{"pair":"XAUUSD"}' };
const tool = {
  type: "function" as const,
  name: "price",
  description: "A price.",
  parameters: { type: "object" },
  strict: true,
};

test("a response is whole, with its text, its usage and what was asked", async () => {
  await using client = open();
  const response = await client.openai.responses.create({
    ...asked,
    instructions: "Be brief.",
    temperature: 0.2,
    metadata: { desk: "fx" },
  });
  expect(response).toMatchObject({
    object: "response",
    status: "completed",
    model: "scripted-model",
    output_text: "A metal.",
    instructions: "Be brief.",
    temperature: 0.2,
    metadata: { desk: "fx" },
    max_output_tokens: null,
    error: null,
    usage: { output_tokens: 2 },
  });
  expect(response.output[0]).toMatchObject({ type: "message", role: "assistant", status: "completed" });
  expect(client.engine.requests[0]?.messages).toEqual([
    { role: "system", content: "Be brief." },
    { role: "user", content: "What is gold?" },
  ]);
});

test("one goes on from another, with instructions of its own, and two may go on from the same", async () => {
  await using client = open(({ messages }) => ({ answer: `Answer ${messages.length}.` }));
  const first = await client.openai.responses.create({ ...asked, instructions: "Be brief." });
  const again = { model: "phi3", previous_response_id: first.id };
  const [second] = await Promise.all([
    client.openai.responses.create({ ...again, input: "And silver?", instructions: "Be long." }),
    client.openai.responses.create({ ...again, input: "And copper?" }),
  ]);
  expect(second.previous_response_id).toBe(first.id);
  const prompts = client.engine.requests
    .slice(1)
    .map(({ messages }) => messages.map(({ content }) => content));
  expect(prompts).toContainEqual(["Be long.", "What is gold?", "Answer 2.", "And silver?"]);
  expect(prompts).toContainEqual(["What is gold?", "Answer 2.", "And copper?"]);
});

test("its events are those that OpenAI's client puts together, numbered from 0 without a gap", async () => {
  await using client = open(() => ({ answer: "A metal.", toolCalls: [call] }));
  const stream = client.openai.responses.stream({ ...asked, tools: [tool] });
  const events = await Array.fromAsync(stream);
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
  expect(events.map(({ type }) => type)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.output_item.added",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.output_item.done",
    "response.completed",
  ]);
  const whole = await stream.finalResponse();
  expect(whole.output_text).toBe("A metal.");
  expect(whole.output[1]).toMatchObject({ type: "function_call", call_id: "call_1", name: "price" });
  const unstreamed = await client.openai.responses.create({ ...asked, tools: [tool] });
  expect(unstreamed.output[1]).toMatchObject({ call_id: "call_1", name: "price", arguments: call.arguments });
  const deltas = events.filter(({ type }) => type === "response.function_call_arguments.delta");
  expect(deltas.map((event) => ("delta" in event ? event.delta : "")).join("")).toBe(call.arguments);
});

test("a call in which the answer was stopped is incomplete, streamed and whole, and is no part of what follows", async () => {
  const reached = Promise.withResolvers<void>();
  await using client = open(({ messages }) =>
    messages.length > 1
      ? { answer: "Well." }
      : {
          answer: "",
          toolCalls: [call],
          pace: async (piece, signal) => {
            if (piece < 1) return;
            reached.resolve();
            await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
          },
        },
  );
  const begun = await client.openai.responses.create({ ...asked, tools: [tool], background: true });
  await reached.promise;
  const stopped = await client.openai.responses.cancel(begun.id);
  const cut = { type: "function_call", call_id: "call_1", arguments: '{"pair"', status: "incomplete" };
  expect(stopped.output).toMatchObject([cut]);
  const again = await client.openai.responses.retrieve(begun.id, { stream: true, starting_after: -1 });
  const events = await Array.fromAsync(again);
  const done = events.find(({ type }) => type === "response.output_item.done");
  expect(done).toMatchObject({ item: cut });
  await client.openai.responses.create({ ...asked, previous_response_id: begun.id });
  expect(client.engine.requests.at(-1)?.messages.some(({ toolCalls }) => toolCalls !== undefined)).toBe(
    false,
  );
});

test("what a model thinks is an item that OpenAI's client puts together: its part is opened and closed, too", async () => {
  await using client = open(() => ({ reasoning: "A coin.\n", answer: "A metal." }));
  const stream = client.openai.responses.stream(asked);
  const events = await Array.fromAsync(stream);
  expect(events.slice(2, 9).map(({ type }) => type)).toEqual([
    "response.output_item.added",
    "response.content_part.added",
    "response.reasoning_text.delta",
    "response.reasoning_text.delta",
    "response.reasoning_text.delta",
    "response.reasoning_text.done",
    "response.content_part.done",
  ]);
  const { output, output_text } = await stream.finalResponse();
  expect(output_text).toBe("A metal.");
  expect(output[0]).toMatchObject({ type: "reasoning", content: [{ text: "A coin.\n" }] });
});

test("the events can be read again from any of them, and are the same", async () => {
  await using client = open();
  const sent = await Array.fromAsync(await client.openai.responses.create({ ...asked, stream: true }));
  const [begun] = sent;
  if (begun?.type !== "response.created") throw new Error("The first event is another one.");
  const { id } = begun.response;
  for (const after of [-1, 3]) {
    const again = await client.openai.responses.retrieve(id, { stream: true, starting_after: after });
    expect(await Array.fromAsync(again)).toEqual(sent.slice(after + 1));
  }
});

test("a tool's result is taken, after its call or with it", async () => {
  await using client = open(({ messages }) =>
    messages.at(-1)?.role === "tool" ? { answer: "2,400." } : { answer: "", toolCalls: [call] },
  );
  const first = await client.openai.responses.create({ ...asked, tools: [tool], tool_choice: "required" });
  expect(first.output).toMatchObject([
    { type: "function_call", call_id: "call_1", arguments: call.arguments },
  ]);
  const result = { type: "function_call_output" as const, call_id: "call_1", output: "2400" };
  const after = await client.openai.responses.create({
    model: "phi3",
    previous_response_id: first.id,
    input: [result],
    tools: [tool],
  });
  expect(after.output_text).toBe("2,400.");
  await client.openai.responses.create({
    model: "phi3",
    input: [
      { role: "user", content: "What is gold?" },
      { ...call, type: "function_call", call_id: call.id },
      result,
    ],
    tools: [tool],
  });
  const [, second, third] = client.engine.requests;
  expect(third?.messages).toEqual(second?.messages ?? []);
  expect(second?.messages).toEqual([
    { role: "user", content: "What is gold?" },
    { role: "assistant", content: "", toolCalls: [call] },
    { role: "tool", content: "2400", toolCallId: "call_1" },
  ]);
});

const picture =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("what it was asked with is told by items, page by page, with what came before it", async () => {
  await using client = open(({ messages }) =>
    messages.length === 1 ? { answer: "Wait.", toolCalls: [call] } : { answer: "2,400." },
  );
  const { responses } = client.openai;
  const first = await responses.create({
    ...asked,
    tools: [tool],
    input: [
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is gold?" },
          { type: "input_image", image_url: picture, detail: "high" },
        ],
      },
    ],
  });
  const second = await responses.create({
    model: "phi3",
    previous_response_id: first.id,
    instructions: "Be brief.",
    input: [{ type: "function_call_output", call_id: "call_1", output: "2400" }],
  });
  const expected = [
    {
      type: "message",
      role: "user",
      content: [
        { type: "input_text", text: "What is gold?" },
        { type: "input_image", image_url: picture, detail: "high" },
      ],
    },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "Wait." }] },
    { type: "function_call", call_id: "call_1", name: "price", arguments: call.arguments },
    { type: "function_call_output", call_id: "call_1", output: "2400" },
  ];
  expect(await Array.fromAsync(responses.inputItems.list(second.id, { order: "asc" }))).toMatchObject(
    expected,
  );
  // The client asks for page after page.
  expect(await Array.fromAsync(responses.inputItems.list(second.id, { limit: 3 }))).toMatchObject(
    expected.toReversed(),
  );
  const page = await responses.inputItems.list(second.id, { limit: 3 });
  expect([page.data.length, page.has_more]).toEqual([3, true]);
  expect(await failureOf(responses.inputItems.list(second.id, { after: "item_nothing" }))).toMatchObject({
    status: 400,
    param: "after",
  });
});

test("an item may be named in place of being sent again, whatever it is", async () => {
  await using client = open(({ messages }) =>
    messages.length === 1
      ? { reasoning: "A coin.", answer: "Wait.", toolCalls: [call, { ...call, id: "call_2" }] }
      : { answer: "2,400." },
  );
  const { responses } = client.openai;
  const first = await responses.create({ ...asked, tools: [tool] });
  const [question] = await Array.fromAsync(responses.inputItems.list(first.id));
  const reference = (id = "") => ({ type: "item_reference" as const, id });
  await responses.create({
    model: "phi3",
    input: [
      reference(question?.id),
      ...first.output.map(({ id }) => reference(id)),
      { type: "function_call_output", call_id: "call_1", output: "2400" },
      { type: "function_call_output", call_id: "call_2", output: "2401" },
    ],
  });
  expect(client.engine.requests[1]?.messages).toEqual([
    { role: "user", content: "What is gold?" },
    { role: "assistant", content: "Wait.", toolCalls: [call, { ...call, id: "call_2" }] },
    { role: "tool", content: "2400", toolCallId: "call_1" },
    { role: "tool", content: "2401", toolCallId: "call_2" },
  ]);
  const hidden = await responses.create({ ...asked, store: false });
  for (const id of ["msg_nothing", "nothing", hidden.output[0]?.id, `${first.output[0]?.id}_9`])
    expect(
      await failureOf(
        responses.create({ model: "phi3", input: [reference(id), { role: "user", content: "?" }] }),
      ),
    ).toMatchObject({ status: 404, param: "input" });
});

test("the form of the answer is handed on, and told", async () => {
  await using client = open(() => ({ answer: '{"a":1}' }));
  const format = {
    type: "json_schema" as const,
    name: "a",
    schema: { type: "object", properties: { a: { type: "number" } } },
    strict: true,
  };
  const response = await client.openai.responses.create({ ...asked, text: { format } });
  expect(response.text?.format).toEqual(format);
  expect(client.engine.requests[0]?.format).toMatchObject({ type: "json-schema", name: "a", strict: true });
});

test("one that is cut by its limit is incomplete, and says why", async () => {
  await using client = open(() => ({ answer: "word ".repeat(50) }));
  const response = await client.openai.responses.create({ ...asked, max_output_tokens: 5 });
  expect(response).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: "max_output_tokens" },
    max_output_tokens: 5,
  });
  const events = await Array.fromAsync(
    await client.openai.responses.create({ ...asked, max_output_tokens: 5, stream: true }),
  );
  const done = events.find(({ type }) => type === "response.output_item.done");
  const last = events.at(-1);
  if (done?.type !== "response.output_item.done" || last?.type !== "response.incomplete")
    throw new Error("It ended otherwise.");
  // Its events called a message completed that was incomplete in the response.
  expect(done.item).toMatchObject({ status: "incomplete" });
  expect(last.response.output).toMatchObject([{ status: "incomplete" }]);
});

test("whoever a client asked for is told as it was sent, and stays the client's own word", async () => {
  await using client = open();
  const { id, user } = await client.openai.responses.create({
    ...asked,
    user: "desk 7",
    truncation: "disabled",
  });
  expect(user).toBe("desk 7");
  expect(await client.openai.responses.retrieve(id)).toMatchObject({ user, truncation: "disabled" });
  expect(await client.openai.responses.create(asked)).toMatchObject({ user: null });
});

test("one in the background is begun at once, read later, cancelled with its text, and deleted", async () => {
  const reached = Promise.withResolvers<void>();
  await using client = open(() => ({
    answer: "one two three four",
    pace: (token, signal) => {
      if (token < 2) return Promise.resolve();
      reached.resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
  }));
  const begun = await client.openai.responses.create({ ...asked, background: true });
  expect(begun).toMatchObject({ status: "queued", output: [], background: true });
  await reached.promise;
  expect(await client.openai.responses.retrieve(begun.id)).toMatchObject({ status: "in_progress" });
  const cancelled = await client.openai.responses.cancel(begun.id);
  expect(cancelled).toMatchObject({ status: "cancelled" });
  expect(cancelled.output[0]).toMatchObject({ content: [{ text: "one two" }] });
  await client.openai.responses.delete(begun.id);
  expect(await failureOf(client.openai.responses.retrieve(begun.id))).toMatchObject({ status: 404 });
});

/** Answers of more than one message are written as far as their second word, and go on when they may. */
function pausing() {
  const go = Promise.withResolvers<void>();
  const paused = Promise.withResolvers<void>();
  let waiting = 0;
  const client = open(({ messages }) => ({
    answer: "one two three four",
    pace: async (token, signal) => {
      if (messages.length === 1 || token < 2) return;
      const stopped = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => stopped.reject(signal.reason));
      waiting += 1;
      if (waiting === 2) paused.resolve();
      await Promise.race([go.promise, stopped.promise]);
    },
  }));
  return { client, go: go.resolve, paused: paused.promise };
}

test("one that is still being written is not gone on from: half of it would be taken for the whole", async () => {
  const { client, go, paused } = pausing();
  await using _ = client;
  const { responses } = client.openai;
  const first = await responses.create(asked);
  const after = { model: "phi3", previous_response_id: first.id, background: true };
  const [second] = await Promise.all(["a", "b"].map((input) => responses.create({ ...after, input })));
  await paused;
  const again = { ...asked, previous_response_id: second?.id ?? "" };
  expect(await failureOf(responses.create(again))).toMatchObject({ status: 409, code: "conversation_busy" });
  go();
  await client.app.generations.idle();
  expect(await responses.create(again)).toMatchObject({ status: "completed" });
  expect(client.engine.requests.at(-1)?.messages.map(({ content }) => content)).toContain(
    "one two three four",
  );
});

test("deleting one leaves those alone that are being written beside it", async () => {
  const { client, go, paused } = pausing();
  await using _ = client;
  const { responses } = client.openai;
  const first = await responses.create(asked);
  const after = { model: "phi3", previous_response_id: first.id, background: true };
  const [one, other] = await Promise.all(["a", "b"].map((input) => responses.create({ ...after, input })));
  await paused;
  await responses.delete(one?.id ?? "");
  while (client.app.generations.unfinished > 1) await Bun.sleep(1);
  go();
  await client.app.generations.idle();
  expect(await responses.retrieve(other?.id ?? "")).toMatchObject({ status: "completed" });
});

test("one whose reader gave up is stopped, whole or streamed (it kept its slot to its end), with its text under its id; one in the background goes on", async () => {
  const go = Promise.withResolvers<void>();
  const names = ["whole", "streamed", "background"] as const;
  const paused = new Map(names.map((name) => [name as string, Promise.withResolvers<void>()]));
  const stopped: string[] = [];
  await using client = open(({ messages }) => ({
    answer: "one two three four",
    pace: async (token, signal) => {
      if (token < 2) return;
      const name = messages.at(-1)?.content ?? "";
      const stop = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => {
        stopped.push(name);
        stop.reject(signal.reason);
      });
      paused.get(name)?.resolve();
      await Promise.race([go.promise, stop.promise]);
    },
  }));
  const { responses } = client.openai;
  const leave = async (input: (typeof names)[number]) => {
    const leaving = new AbortController();
    const body = { model: "phi3", input, stream: input !== "whole", background: input === "background" };
    const asking = responses.create(body, { signal: leaving.signal });
    if (body.stream) await asking;
    await paused.get(input)?.promise;
    leaving.abort();
    await failureOf(asking);
  };
  // The one that is to go on is left first: when the others are stopped, it would have been, too.
  await leave("background");
  await leave("streamed");
  await leave("whole");
  while (client.app.generations.unfinished > 1) await Bun.sleep(1);
  expect(stopped).toEqual(["streamed", "whole"]);
  go.resolve();
  await client.app.generations.idle();
  const ids = client.engine.requests.map(({ generationId }) => `resp_${generationId}`);
  const [background, streamed, whole] = await Promise.all(ids.map((id) => responses.retrieve(id)));
  expect(background).toMatchObject({ status: "completed", output_text: "one two three four" });
  expect(streamed).toMatchObject({ status: "cancelled", output_text: "one two" });
  expect(whole).toMatchObject({ status: "cancelled", output_text: "one two" });
}, 20_000);

test("a stream's reader that comes back in time reads on, and is the one that is waited for then", async () => {
  const steps = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  let isStopped = false;
  await using client = open(() => ({
    answer: "one two three four",
    pace: async (token, signal) => {
      const stop = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => {
        isStopped = true;
        stop.reject(signal.reason);
      });
      await Promise.race([steps[token]?.promise, stop.promise]);
    },
  }));
  const { responses } = client.openai;
  const first = new AbortController();
  const stream = await responses.create({ ...asked, stream: true }, { signal: first.signal });
  const { value: begun } = await stream[Symbol.asyncIterator]().next();
  if (begun?.type !== "response.created") throw new Error("The first event is another one.");
  first.abort();
  const second = new AbortController();
  const again = await responses.retrieve(
    begun.response.id,
    { stream: true, starting_after: 0 },
    { signal: second.signal },
  );
  const events = again[Symbol.asyncIterator]();
  expect((await events.next()).value).toMatchObject({ type: "response.in_progress", sequence_number: 1 });
  // Longer than the first one's leaving would be waited for.
  await Bun.sleep(3_500);
  expect(isStopped).toBe(false);
  steps[0]?.resolve();
  expect((await events.next()).value).toMatchObject({ type: "response.output_item.added" });
  second.abort();
  await client.app.generations.idle();
  expect(isStopped).toBe(true);
}, 20_000);

test("A stream said nothing before the first token, so that a client had no id to cancel it with", async () => {
  const held = Promise.withResolvers<void>();
  await using client = open(() => ({ answer: "A metal.", pace: () => held.promise }));
  const stream = await client.openai.responses.create({ ...asked, stream: true });
  const events = stream[Symbol.asyncIterator]();
  const created = (await events.next()).value;
  if (created?.type !== "response.created") throw new Error("The first event is another one.");
  expect(created.response).toMatchObject({ status: "in_progress", model: "scripted-model" });
  expect((await events.next()).value?.type).toBe("response.in_progress");
  const cancelling = client.openai.responses.cancel(created.response.id);
  while (client.app.generations.get(created.response.id.slice(5))?.state === "queued") await Bun.sleep(1);
  held.resolve();
  expect((await cancelling).id).toBe(created.response.id);
});

test("deleting one deletes it alone: what was gone on from it went with it, and the text of all of them stayed", async () => {
  await using client = open(({ messages }) => ({ answer: `Answer ${messages.length}.` }));
  const { responses } = client.openai;
  const first = await responses.create({ ...asked, input: "My secret?", instructions: "Discretion." });
  const after = (previous: string, input: string) => ({
    model: "phi3",
    previous_response_id: previous,
    input,
  });
  const second = await responses.create(after(first.id, "And silver?"));
  const third = await responses.create(after(second.id, "And copper?"));
  expect(await responses.delete(second.id)).toMatchObject({ id: second.id, deleted: true });
  const [question] = await Array.fromAsync(responses.inputItems.list(first.id));
  const itemOf = { type: "item_reference" as const, id: second.output[0]?.id ?? "" };
  const refused = await Promise.all(
    [
      responses.retrieve(second.id),
      responses.inputItems.list(second.id),
      responses.cancel(second.id),
      responses.delete(second.id),
      responses.create(after(second.id, "And now?")),
      responses.create({ model: "phi3", input: [itemOf] }),
    ].map((gone) => failureOf(gone)),
  );
  for (const refusal of refused) expect(refusal).toMatchObject({ status: 404 });
  expect(question).toMatchObject({ content: [{ text: "My secret?" }] });
  for (const kept of [first, third]) expect(await responses.retrieve(kept.id)).toEqual(kept);
  await responses.create(after(third.id, "And iron?"));
  expect(client.engine.requests.at(-1)?.messages.map(({ content }) => content)).toEqual([
    "My secret?",
    "Answer 2.",
    "And silver?",
    "Answer 3.",
    "And copper?",
    "Answer 5.",
    "And iron?",
  ]);
});

test("nothing of one that is deleted is left in the database", async () => {
  await using client = open(() => ({ answer: "A whispered answer." }));
  const { responses } = client.openai;
  const { id } = await responses.create({
    ...asked,
    input: "A whispered question?",
    instructions: "Whisper.",
  });
  const { store } = client.app;
  const conversationId = store.generations.get(id.slice(5))?.conversationId ?? "";
  const told = () => {
    const rows = [
      store.conversations.getAny(conversationId),
      store.messages.all(conversationId),
      store.generations.ofConversation(conversationId),
      store.tokenLog.read(id.slice(5)),
    ];
    return JSON.stringify(rows).match(/whisper/gi) ?? [];
  };
  expect(told().length).toBeGreaterThan(4);
  await responses.delete(id);
  expect(told()).toEqual([]);
});

test("deleting one of a conversation that is kept leaves the conversation in the list as it is", async () => {
  await using client = open();
  const { responses } = client.openai;
  const { id } = await responses.create({ ...asked, metadata: { conversation: "keep" } });
  await responses.delete(id);
  expect(await failureOf(responses.retrieve(id))).toMatchObject({ status: 404 });
  const { conversations } = await (await fetch(`${client.app.url}/api/conversations`)).json();
  const [{ id: conversation }] = conversations;
  const said = client.app.store.messages.all(conversation).map(({ content }) => content);
  expect(said).toEqual(["What is gold?", "A metal."]);
});

test("nothing of it enters the list unless metadata asks, and nobody comes back to what was not stored", async () => {
  await using client = open();
  const { id } = await client.openai.responses.create({ ...asked, store: false });
  expect(await failureOf(client.openai.responses.retrieve(id))).toMatchObject({ status: 404 });
  const listed = async () =>
    (await (await fetch(`${client.app.url}/api/conversations`)).json()).conversations;
  expect(await listed()).toEqual([]);
  await client.openai.responses.create({ ...asked, metadata: { conversation: "keep" } });
  expect(await listed()).toHaveLength(1);
});

const text = { type: "input_text", text: "What is gold?" };
const said = { role: "user", content: [text] };
const thought = { type: "reasoning", summary: [] };
const pictured = { type: "input_image", image_url: picture };
const elsewhere = { type: "input_image", image_url: "https://example.com/a.png" };
const callOf = (given: string) => ({
  type: "function_call",
  call_id: "call_1",
  name: "price",
  arguments: given,
});
const resultOf = (part: object) => ({ type: "function_call_output", call_id: "call_1", output: [part] });
const soundOf = (type: string) => ({ role: "user", content: [{ type }] });

for (const [name, body, param] of [
  ["a reference to nothing", { input: [{ type: "item_reference" }] }, "input[0].id"],
  ["a call without a name", { input: [{ type: "function_call", call_id: "a" }] }, "input[0]"],
  ["a call whose arguments are no JSON", { input: [said, callOf("{")] }, "input[1].arguments"],
  [
    "one that stands with another",
    { input: [said, callOf("{}"), thought, callOf("{")] },
    "input[3].arguments",
  ],
  [
    "a result of no call",
    { input: [said, { type: "function_call_output", output: "5" }] },
    "input[1].call_id",
  ],
  ["a picture in a tool's result", { input: [said, resultOf(pictured)] }, "input[1].output[0].type"],
  ["a message without content", { input: [thought, thought, { role: "user" }] }, "input[2].content"],
  ["a message of a tool", { input: [said, { role: "tool", content: "5" }] }, "input[1].role"],
  ["a part of another kind", { input: [thought, said, soundOf("input_audio")] }, "input[2].content[0].type"],
  ["a part that is none", { input: [said, { role: "user", content: [5] }] }, "input[1].content[0]"],
  [
    "a text that is none",
    { input: [{ role: "user", content: [{ ...text, text: 5 }] }] },
    "input[0].content[0].text",
  ],
  [
    "a picture elsewhere",
    { input: [said, { role: "user", content: [elsewhere] }] },
    "input[1].content[0].image_url",
  ],
  ["reasoning alone", { input: [thought] }, "input"],
  ["nothing at all", { input: "" }, "input"],
  ["blanks alone", { input: " \n\u200b" }, "input"],
  ["a message of blanks", { input: [{ role: "user", content: " \t" }] }, "input"],
  ["no item at all", { input: [] }, "input"],
  ["the background without a store", { background: true, store: false }, "background"],
  ["to leave out what is too long, which it passed over", { truncation: "auto" }, "truncation"],
  ["a conversation, of which nothing would be read", { conversation: "conv_1" }, "conversation"],
  ["a form without a schema", { text: { format: { type: "json_schema" } } }, "text.format.schema"],
] as const)
  test(`${name} is refused by its place`, async () => {
    await using client = open();
    const reply = await fetch(`${client.app.url}/v1/responses`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...asked, ...body }),
    });
    expect(reply.status).toBe(400);
    const { error } = await reply.json();
    expect(error).toMatchObject({ param, type: "invalid_request_error" });
    expect(error.message).toStartWith(param);
    // This interface has no messages: what is wrong with its input was said in the words of another.
    expect(error.message).not.toContain("messages");
  });

test("an earlier response that is not there is 404", async () => {
  await using client = open();
  const refused = client.openai.responses.create({ ...asked, previous_response_id: "resp_nothing" });
  expect(await failureOf(refused)).toMatchObject({ status: 404, param: "previous_response_id" });
});
