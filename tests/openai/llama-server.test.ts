/**
 * What the tests of llama.cpp's own server ask of the addresses that both have, in our words, on our small model. Its tests
 * look for words of its own tiny model: here the same behaviour is looked at without those words.
 * @see https://github.com/ggml-org/llama.cpp/tree/master/tools/server/tests/unit
 *
 * Not tested, with the reason:
 * - addresses of its own (/completion, /tokenize, /detokenize, /infill, /slots, /props, /apply-template) and /v1/messages have
 *   their tests in tests/llama-cpp and tests/anthropic, as /rerank has, its streams in kept-streams.test.ts; there is no
 *   /lora-adapters;
 * - what it tells there alone (`__verbose`, `post_sampling_probs`) has no effect, and `truncated` is never true;
 * - ids and texts mixed within one prompt, and texts as keys of logit_bias: OpenAI's interface has neither; both are refused with
 *   their place;
 * - errors of the type `exceed_context_size_error`: here they have OpenAI's code, context_length_exceeded, and the numbers in words;
 * - `content: null` in the first chunk, a fingerprint that begins with "b": OpenAI's have "" and fp_;
 * - embeddings of an empty text and of objects, and `pooling`: OpenAI's interface refuses the first, has no others;
 * - progress and timings in events of /v1/responses: its own addition; X-Ignored-Fields names them;
 * - two answers in a row at a conversation's end, which it refuses: OpenAI's interface takes them, and so does this one;
 * - start options (context shift, speculative decoding, LoRA, routers, sleep, slots saved to files, checkpoints): other programs.
 */
import { afterAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { openSmallModel, smallModelPath } from "../fakes/small-model.ts";
import { failureOf } from "./failure-of.ts";

const engine = openSmallModel({ parallel: 2, contextSize: 512 });
const app = openAnsweringApp({ engines: [engine] });
const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
afterAll(() => app[Symbol.asyncDispose]());

const tokenizer = await (await engine.library()).loadModel({ modelPath: smallModelPath, vocabOnly: true });
afterAll(() => tokenizer.dispose());

const messages = [
  { role: "system" as const, content: "Book" },
  { role: "user" as const, content: "What is the best book" },
];
const model = "auto";

async function post(address: string, body: object) {
  const reply = await fetch(`${app.url}/v1/${address}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: reply.status, body: await reply.json() };
}
const chat = (body: object) => post("chat/completions", { messages, ...body });

describe("test_chat_completion.py", () => {
  test("a conversation is answered, its tokens are counted, without a model's name too", async () => {
    const { status, body } = await chat({ max_tokens: 8 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      system_fingerprint: expect.stringMatching(/^fp_/),
      usage: { completion_tokens: 8, prompt_tokens: expect.any(Number) },
      choices: [{ message: { role: "assistant" }, finish_reason: "length" }],
    });
  });

  test("two texts of one message are read as one below the other", async () => {
    const parts = [
      { type: "text", text: "What is" },
      { type: "text", text: "the best book" },
    ];
    const asParts = await chat({ messages: [{ role: "user", content: parts }], max_tokens: 1 });
    const asText = await chat({
      messages: [{ role: "user", content: "What is\nthe best book" }],
      max_tokens: 1,
    });
    expect(asParts.body.usage.prompt_tokens).toBe(asText.body.usage.prompt_tokens);
  });

  test("chunks have one id, the first the role, the last the reason and no text", async () => {
    const stream = await openai.chat.completions.create({ model, messages, max_tokens: 8, stream: true });
    const chunks = await Array.fromAsync(stream);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    const choices = chunks.map(({ choices: [choice] }) => choice);
    expect(choices.filter((choice) => choice?.delta.role !== undefined)).toHaveLength(1);
    expect(choices[0]?.delta.role).toBe("assistant");
    expect(choices.at(-1)).toMatchObject({ finish_reason: "length" });
    expect(choices.at(-1)?.delta).not.toHaveProperty("content");
  });

  for (const [format, kept] of [
    [{ type: "json_object", schema: { const: "42" } }, /^"42"$/],
    [{ type: "json_object", schema: { items: [{ type: "integer" }] } }, /^/],
    [{ type: "json_schema", json_schema: { schema: { const: "foooooo" } } }, /^"foooooo"$/],
    [{ type: "json_object" }, /^\{/],
  ] as const)
    test(`the form ${JSON.stringify(format)} is held`, async () => {
      const { status, body } = await chat({ response_format: format, max_tokens: 10 });
      expect(status).toBe(200);
      expect(body.choices[0].message.content).toMatch(kept);
    });
  for (const format of [
    { type: "sound" },
    { type: "json_object", schema: 123 },
    { type: "json_object", schema: { type: 123 } },
    { type: "json_object", schema: { type: "hiccup" } },
  ])
    test(`the form ${JSON.stringify(format)} is refused`, async () => {
      const { status, body } = await chat({ response_format: format, max_tokens: 4 });
      expect(status).toBe(400);
      expect(body.error.message).not.toBeEmpty();
    });

  test("json_schema and grammar stand beside the messages", async () => {
    const asSchema = await chat({ json_schema: { const: "42" }, max_tokens: 6 });
    expect(asSchema.body.choices[0].message.content).toBe('"42"');
    const asGrammar = await chat({ grammar: 'root ::= "a"{5,5}', max_tokens: 6 });
    expect(asGrammar.body.choices[0].message.content).toBe("aaaaa");
  });

  test("properties that are not required may be left out, and required ones may not", async () => {
    const schema = {
      type: "object",
      properties: { b: { const: 2 }, a: { const: 1 }, c: { const: 3 } },
      required: ["a"],
      additionalProperties: false,
    };
    const seen = new Set<string>();
    for (let seed = 0; seed < 6; seed++) {
      const { body } = await chat({ json_schema: schema, temperature: 2, seed, max_tokens: 60 });
      const answer = JSON.parse(body.choices[0].message.content);
      expect(answer).toMatchObject({ a: 1 });
      seen.add(Object.keys(answer).toSorted().join());
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  for (const wrong of [
    null,
    "string",
    [123],
    [{}],
    [{ role: 123 }],
    [{ role: "system", content: 123 }],
    [{ role: "system", content: "test" }, {}],
  ])
    test(`messages ${JSON.stringify(wrong)} are refused`, async () => {
      expect((await chat({ messages: wrong })).status).toBe(400);
    });

  test("log-probabilities add up to the text", async () => {
    const asked = { model, messages, temperature: 0, max_tokens: 5, logprobs: true, top_logprobs: 10 };
    const { choices } = await openai.chat.completions.create(asked);
    const told = choices[0]?.logprobs?.content ?? [];
    expect(told.map(({ token }) => token).join("")).toBe(choices[0]?.message.content ?? "?");
    for (const { logprob, bytes, top_logprobs } of told) {
      expect(logprob).toBeLessThanOrEqual(0);
      expect(bytes).not.toBeNull();
      expect(top_logprobs).toHaveLength(10);
    }
  });

  test("tokens with a bias of -100 are not written", async () => {
    const exclude = ["the", "The", "to", "a", "is", "and", "you", "it", "of", "I"];
    const ids = exclude.flatMap((word) => [...tokenizer.tokenize(word), ...tokenizer.tokenize(` ${word}`)]);
    const logit_bias = Object.fromEntries(ids.map((id) => [String(id), -100]));
    const { choices } = await openai.chat.completions.create({
      model,
      messages,
      temperature: 0,
      max_tokens: 40,
      logit_bias,
    });
    const words = (choices[0]?.message.content ?? "").split(/\s+/);
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter((word) => exclude.includes(word))).toEqual([]);
  });

  test("a prompt beyond the context is refused with its size, streamed too", async () => {
    const long = Array.from({ length: 100 }, () => messages).flat();
    for (const stream of [false, true]) {
      const failed = await failureOf(openai.chat.completions.create({ model, messages: long, stream }));
      expect(failed).toMatchObject({
        status: 400,
        code: "context_length_exceeded",
        message: expect.stringMatching(/takes \d+ tokens, but the model holds 512/),
      });
    }
  });

  test("return_progress tells what was read of the prompt: from what the cache has to all of it", async () => {
    const content = "This is another test of it. ".repeat(40);
    const progress = async () => {
      const reply = await fetch(`${app.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          messages: [{ role: "user", content }],
          max_tokens: 2,
          stream: true,
          return_progress: true,
        }),
      });
      expect(reply.headers.get("x-ignored-fields")).toBeNull();
      const chunks = (await reply.text()).split("\n").filter((line) => line.startsWith("data: {"));
      return chunks.flatMap((line) => JSON.parse(line.slice(6)).prompt_progress ?? []);
    };
    const fresh = await progress();
    expect(fresh[0].processed).toBe(fresh[0].cache);
    expect(fresh.at(-1)?.processed).toBe(fresh.at(-1)?.total);
    const processed = fresh.map((each) => each.processed);
    expect(processed).toEqual([...new Set(processed)].toSorted((one, other) => one - other));
    const again = await progress();
    expect(again[0].cache).toBeGreaterThan(0);
    expect(again[0].processed).toBe(again[0].cache);
  });

  test("two choices are two answers", async () => {
    const { body } = await chat({ n: 2, max_tokens: 4 });
    expect(body.choices.map(({ index }: { index: number }) => index)).toEqual([0, 1]);
  });
});

describe("test_completion.py", () => {
  const prompt = "I believe the meaning of life is";

  test("streamed or whole, the text is the same, and the seed decides about it", async () => {
    const asked = { model, prompt, max_tokens: 8, seed: 42, temperature: 1 };
    const whole = await openai.completions.create(asked);
    expect(whole.system_fingerprint).toMatch(/^fp_/);
    const chunks = await Array.fromAsync(await openai.completions.create({ ...asked, stream: true }));
    expect(chunks.map(({ choices: [choice] }) => choice?.text).join("")).toBe(whole.choices[0]?.text ?? "?");
    const texts = new Set<string>();
    for (const seed of [1, 2, 3])
      texts.add((await openai.completions.create({ ...asked, seed })).choices[0]?.text ?? "");
    expect(texts.size).toBe(3);
  });

  test("ids of tokens, lists of them, and texts beside them give the same", async () => {
    const ids: number[] = [...tokenizer.tokenize(prompt)];
    const { choices } = await openai.completions.create({
      ...{ model, max_tokens: 6, temperature: 0 },
      prompt: [ids, ids, prompt] as never,
    });
    expect(choices).toHaveLength(3);
    expect(new Set(choices.map(({ text }) => text)).size).toBe(1);
  });

  test("a prompt that the context does not hold is refused", async () => {
    const failed = await failureOf(openai.completions.create({ model, prompt: prompt.repeat(100) }));
    expect(failed).toMatchObject({ status: 400, code: "context_length_exceeded" });
  });

  test("a program that has left leaves the slot", async () => {
    const leave = new AbortController();
    const stream = await openai.completions.create(
      { model, prompt, max_tokens: -1, stream: true },
      { signal: leave.signal },
    );
    for await (const _ of stream) leave.abort();
    await app.generations.idle();
    expect(engine.status().busySlots).toBe(0);
  });
});

describe("test_compat_oai_responses.py", () => {
  for (const [format, kept] of [
    [{ type: "json_schema", name: "test", schema: { const: "foooooo" } }, /^"foooooo"$/],
    [{ type: "json_object" }, /^\{/],
    [{ type: "text" }, /^/],
  ] as const)
    test(`the form ${JSON.stringify(format)}`, async () => {
      const { status, body } = await post("responses", {
        input: "Write an example",
        max_output_tokens: 10,
        text: { format },
      });
      expect(status).toBe(200);
      expect(body.output[0].content[0].text).toMatch(kept);
    });

  test("a form without its schema is refused", async () => {
    const format = { type: "json_schema", name: "test" };
    expect((await post("responses", { input: "x", text: { format } })).status).toBe(400);
  });

  test("events name the response and its message", async () => {
    const stream = await openai.responses.create({
      model,
      input: messages,
      max_output_tokens: 8,
      stream: true,
    });
    let text = "";
    let last: OpenAI.Responses.Response | null = null;
    for await (const event of stream) {
      if ("item_id" in event) expect(event.item_id).toStartWith("msg_");
      if (event.type === "response.output_text.delta") text += event.delta;
      if (event.type === "response.incomplete") last = event.response;
    }
    expect(last?.id).toStartWith("resp_");
    expect(last?.output[0]).toMatchObject({ type: "message", content: [{ text }] });
  });
});

describe("test_tool_call.py", () => {
  const tool = (name: string, parameters: object) => ({
    type: "function" as const,
    function: { name, description: "", parameters: { ...parameters } },
  });
  const success = { type: "object", properties: { success: { const: true } }, required: ["success"] };
  const code = { type: "object", properties: { code: { type: "string" } }, required: ["code"] };
  for (const stream of [false, true])
    for (const [name, parameters, key] of [
      ["test", success, "success"],
      ["python", code, "code"],
    ] as const)
      test(`a tool that must be called is, with arguments of its schema: ${name}${stream ? ", streamed" : ""}`, async () => {
        const asked = {
          ...{ model, messages, max_tokens: 160, temperature: 0 },
          tools: [tool(name, parameters)],
          tool_choice: "required" as const,
          parallel_tool_calls: false,
        };
        const completion = stream
          ? await openai.chat.completions.stream(asked).finalChatCompletion()
          : await openai.chat.completions.create(asked);
        const [choice] = completion.choices;
        const call = choice?.message.tool_calls?.[0];
        if (call?.type !== "function") throw new Error("no call of a function");
        expect(call.function.name).toBe(name);
        if (choice?.finish_reason === "tool_calls")
          expect(JSON.parse(call.function.arguments)).toHaveProperty(key);
        else expect(choice?.finish_reason).toBe("length");
      });

  test("without a tool, with an empty list, or with none chosen nothing is called", async () => {
    for (const body of [{}, { tools: [] }, { tools: [tool("test", success)], tool_choice: "none" }]) {
      const { body: reply } = await chat({ ...body, max_tokens: 12 });
      expect(reply.choices[0].message.tool_calls).toBeUndefined();
    }
  });
});
