import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { ChatEvent, ToolCallEvent } from "../../../src/chat/chat-event.ts";
import type { AnswerFormat, ChatMessage, Continuation, Tool } from "../../../src/chat/engine.ts";
import { LlamaEngine } from "../../../src/engines/llama/llama-engine.ts";
import { InvalidRequestError, UnsupportedRequestError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";

const order: AnswerFormat = {
  type: "json-schema",
  name: "order",
  schema: {
    type: "object",
    properties: {
      pair: { type: "string", maxLength: 8 },
      side: { enum: ["buy", "sell"] },
      lots: { type: "number" },
      tags: { type: "array", items: { type: "string", maxLength: 5 }, maxItems: 2 },
    },
    required: ["pair", "side", "lots", "tags"],
  },
};

const tools: readonly Tool[] = [
  {
    name: "get_price",
    description: "The current price of a currency pair.",
    parameters: {
      type: "object",
      properties: { pair: { type: "string", maxLength: 8 }, side: { enum: ["bid", "ask"] } },
    },
  },
  { name: "get_time", parameters: {} },
];

describe("What holds an answer of the llama engine", () => {
  let engine: LlamaEngine;
  beforeAll(async () => {
    engine = new LlamaEngine({
      threads: 1,
      parallel: 4,
      contextSize: 2048,
      gpu: false,
      resolveModel: async () => ({
        id: "smollm2-135m-instruct",
        path: join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
      }),
      log: createLog("error"),
    });
    await engine.ensureReady(never);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const answered = async (...args: Parameters<typeof request>) =>
    collect(engine.generate(request(...args), never));
  const callsOf = ({ events }: { readonly events: readonly { readonly type: string }[] }) =>
    events.filter((event): event is ToolCallEvent => event.type === "tool-call");

  for (const seed of [1, 2, 3])
    test(`a schema's answer parses, and is of the schema (seed ${seed})`, async () => {
      const { text, finish } = await answered(
        "Order two lots of EURUSD.",
        { seed, temperature: 1.5, maxTokens: 200 },
        { format: order },
      );
      expect(finish?.reason).toBe("stop");
      const parsed = JSON.parse(text);
      expect(Object.keys(parsed)).toEqual(["pair", "side", "lots", "tags"]);
      expect(["buy", "sell"]).toContain(parsed.side);
      expect(typeof parsed.lots).toBe("number");
    });

  test("JSON without a schema parses", async () => {
    const { text, finish } = await answered(
      "Say hello in JSON.",
      { maxTokens: 300 },
      { format: { type: "json" } },
    );
    if (finish?.reason === "stop") expect(() => JSON.parse(text)).not.toThrow();
    expect(text.trimStart()).toStartWith("{");
  });

  test("an answer that is held to a schema goes on as if it had never been cut", async () => {
    const asked = request("Order two lots of EURUSD.", { maxTokens: 200 }, { format: order });
    const whole = await collect(engine.generate(asked, never));
    for (const cut of [1, 7, whole.tokens.length - 1]) {
      const before = whole.tokens.slice(0, cut);
      const text = before.map((token) => token.text).join("");
      const ids = before.flatMap((token) => token.ids);
      const modelHash = engine.status().modelHash ?? "";
      const after = await collect(
        engine.generate({ ...asked, continueFrom: { text, tokens: { modelHash, ids } } }, never),
      );
      expect(text + after.text).toBe(whole.text);
      expect(after.finish?.usage).toMatchObject({
        promptTokens: whole.finish?.usage.promptTokens ?? -1,
        completionTokens: whole.finish?.usage.completionTokens ?? -1,
      });
    }
  });

  test("log-probabilities come with tokens that a grammar allowed, too", async () => {
    const { tokens } = await answered("Order.", { topLogprobs: 2, maxTokens: 6 }, { format: order });
    for (const token of tokens) {
      expect(token.logprob).toBeLessThanOrEqual(0);
      expect(token.alternatives?.length).toBeLessThanOrEqual(2);
    }
  });

  test("a tool that the choice names is called once, with arguments of its schema", async () => {
    const answer = await answered(
      "What does the euro cost?",
      { maxTokens: 200 },
      { tools, toolChoice: { name: "get_price" } },
    );
    expect(answer.finish?.reason).toBe("tool_calls");
    const [call, ...more] = callsOf(answer);
    expect(more).toEqual([]);
    expect(call?.name).toBe("get_price");
    const given = JSON.parse(call?.arguments ?? "");
    expect(Object.keys(given)).toEqual(["pair", "side"]);
    expect(["bid", "ask"]).toContain(given.side);
    expect(answer.text).toBe("");
    expect(call?.id).toMatch(/^call_/);
  });

  for (const [name, parameters] of [
    ["an object without properties", { type: "object", properties: {} }],
    ["an object of which nothing more is said", { type: "object" }],
    ["a list of no properties", { properties: {}, required: [] }],
    ["nothing at all", {}],
  ] as const)
    test(`a tool that takes no arguments gets none (${name}): the model invented some`, async () => {
      const answer = await answered(
        "What is the price of EURUSD in London at noon?",
        { maxTokens: 120, temperature: 1 },
        { tools: [{ name: "get_price", parameters }], toolChoice: { name: "get_price" } },
      );
      const [call] = callsOf(answer);
      expect(JSON.parse(call?.arguments ?? "")).toEqual({});
    });

  test("several tools may be called at once, and each call parses", async () => {
    const answer = await answered(
      "What does the euro cost, and what time is it?",
      { maxTokens: 900, temperature: 1 },
      { tools, toolChoice: "required" },
    );
    const calls = callsOf(answer);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThanOrEqual(8);
    for (const { name, arguments: given } of calls) {
      expect(["get_price", "get_time"]).toContain(name);
      expect(() => JSON.parse(given)).not.toThrow();
    }
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  });

  test("a model that opens a call by itself is held to the tools, and what it said before stays text", async () => {
    const looked = (pair: string, price: string): ChatMessage[] => [
      { role: "user", content: `Price of ${pair}?` },
      {
        role: "assistant",
        content: "I look it up.",
        toolCalls: [{ id: pair, name: "get_price", arguments: `{"pair":"${pair}"}` }],
      },
      { role: "tool", content: price, toolCallId: pair },
      { role: "assistant", content: `It is ${price}.` },
    ];
    const [priceOf] = tools;
    if (priceOf === undefined) throw new Error("There are no tools.");
    const messages: ChatMessage[] = [
      ...looked("EURUSD", "1.08"),
      ...looked("GBPUSD", "1.26"),
      ...looked("USDJPY", "151"),
      { role: "user", content: "Price of XAUUSD?" },
    ];
    const asked = request("", { maxTokens: 90, temperature: 0 }, { tools: [priceOf] });
    const answer = await collect(engine.generate({ ...asked, messages }, never));
    expect(answer.text.trim()).toBe("I look it up.");
    const [call] = callsOf(answer);
    expect(call?.name).toBe("get_price");
    expect(JSON.parse(call?.arguments ?? "")).toMatchObject({ pair: "XAUUSD" });
    expect(answer.finish?.reason).toBe("tool_calls");
  });

  test("an answer that may be a form or calls is one of them, and the form after the call's result", async () => {
    const [priceOf] = tools;
    if (priceOf === undefined) throw new Error("There are no tools.");
    const looked = (pair: string, price: number): ChatMessage[] => [
      { role: "user", content: `Price of ${pair}?` },
      {
        role: "assistant",
        content: "",
        toolCalls: [{ id: pair, name: "get_price", arguments: `{"pair": "${pair}"}` }],
      },
      { role: "tool", content: `${price}`, toolCallId: pair },
      { role: "assistant", content: `{"pair": "${pair}", "price": ${price}}` },
    ];
    const schema = {
      type: "object",
      properties: { pair: { type: "string", maxLength: 20 }, price: { type: "number" } },
      required: ["pair", "price"],
    };
    const format: AnswerFormat = { type: "json-schema", name: "price", schema };
    const before = [...looked("EURUSD", 1.08), ...looked("GBPUSD", 1.26), ...looked("USDJPY", 151)];
    const question: ChatMessage = { role: "user", content: "Price of XAUUSD?" };
    const asked = request("", { maxTokens: 90, temperature: 0 }, { tools: [priceOf], format });
    const first = await collect(engine.generate({ ...asked, messages: [...before, question] }, never));
    const [call] = callsOf(first);
    if (call === undefined) throw new Error(`No tool was called: ${first.text}`);
    expect(JSON.parse(call.arguments)).toMatchObject({ pair: "XAUUSD" });
    expect([first.text, first.finish?.reason]).toEqual(["", "tool_calls"]);

    const messages: ChatMessage[] = [
      ...before,
      question,
      { role: "assistant", content: "", toolCalls: [call] },
      { role: "tool", content: "2400", toolCallId: call.id },
    ];
    const answer = await collect(engine.generate({ ...asked, messages }, never));
    expect(callsOf(answer)).toEqual([]);
    expect(JSON.parse(answer.text)).toMatchObject({ pair: "XAUUSD", price: 2400 });
    const text = answer.text.slice(0, 12);
    const rest = await collect(engine.generate({ ...asked, messages, continueFrom: { text } }, never));
    expect(JSON.parse(text + rest.text)).toMatchObject({ price: 2400 });
  });

  for (const seed of [1, 2, 3, 4])
    test(`whatever comes of a form or calls parses (seed ${seed})`, async () => {
      const format: AnswerFormat = seed % 2 === 0 ? { type: "json" } : order;
      const sampled = { seed, temperature: 1.5, maxTokens: 300 };
      const answer = await answered("Order two lots of EURUSD.", sampled, { tools, format });
      if (answer.finish?.reason === "length") return;
      const calls = callsOf(answer);
      expect(calls.length > 0).toBe(answer.finish?.reason === "tool_calls");
      for (const { arguments: given } of calls) expect(typeof JSON.parse(given)).toBe("object");
      if (calls.length === 0) expect(typeof JSON.parse(answer.text)).toBe("object");
      else expect(answer.text).toBe("");
    });

  test("a model that writes its thoughts first tells them as reasoning, and says the rest", async () => {
    const example = (question: string, answer: string): ChatMessage[] => [
      { role: "user", content: question },
      { role: "assistant", content: `<think>\nThe user asks: ${question}\n</think>\n\n${answer}` },
    ];
    const messages: ChatMessage[] = [
      ...example("Is gold a metal?", "Yes."),
      ...example("Is silver a metal?", "Yes."),
      ...example("Is paper a metal?", "No."),
      { role: "user", content: "Is copper a metal?" },
    ];
    const asked = request("", { maxTokens: 60, temperature: 0 });
    const thoughtOf = (events: readonly ChatEvent[]) =>
      events.flatMap((event) => (event.type === "reasoning" ? [{ text: event.text, ids: event.ids }] : []));
    const joined = (pieces: readonly { readonly text: string }[]) => pieces.map(({ text }) => text).join("");
    const { events, tokens, text } = await collect(engine.generate({ ...asked, messages }, never));
    const thought = thoughtOf(events);
    expect(joined(thought)).toContain("copper");
    expect(text).toMatch(/^(?:Yes|No)\./);

    // Paused in its thought it goes on with it, and after its first word with its text.
    const modelHash = engine.status().modelHash ?? "none";
    const goOn = async (known: number, spoken: number) => {
      const said = tokens.slice(0, spoken);
      const continueFrom: Continuation = {
        text: joined(said),
        thought: thought.slice(0, known),
        tokens: { modelHash, ids: said.flatMap(({ ids }) => ids) },
      };
      const rest = await collect(engine.generate({ ...asked, messages, continueFrom }, never));
      return [joined(thoughtOf(rest.events)), rest.text];
    };
    for (const known of [1, 4, thought.length])
      expect(await goOn(known, 0)).toEqual([joined(thought.slice(known)), text]);
    expect(await goOn(thought.length, 1)).toEqual(["", joined(tokens.slice(1))]);

    // Where the prompt ends with the mark that opens a thought, as some templates do, the thought is no text.
    const opened = [...messages, { role: "assistant" as const, content: "<think>\n" }];
    const other = await collect(engine.generate({ ...asked, messages: opened }, never));
    expect(joined(thoughtOf(other.events))).toContain("copper");
    expect(other.text).toMatch(/^(?:Yes|No)\./);
  });

  test("tools that may not be called are not called", async () => {
    const answer = await answered("Hello?", { maxTokens: 12 }, { tools, toolChoice: "none" });
    expect(callsOf(answer)).toEqual([]);
    expect(answer.text).not.toBe("");
  });

  test("a tool's result is read in the next turn", async () => {
    const call = { id: "call_1", name: "get_price", arguments: '{"pair":"EURUSD"}' };
    const asked = request("Price?", { maxTokens: 8 }, { tools });
    const messages = [
      ...asked.messages,
      { role: "assistant" as const, content: "", toolCalls: [call] },
      { role: "tool" as const, content: "1.0843", toolCallId: "call_1" },
    ];
    const without = await collect(engine.generate(asked, never));
    const answer = await collect(engine.generate({ ...asked, messages }, never));
    expect(answer.finish?.usage.promptTokens).toBeGreaterThan((without.finish?.usage.promptTokens ?? 0) + 20);
  });

  test("a prompt without a template is gone on with as it is", async () => {
    const asked = {
      ...request("", { maxTokens: 8, temperature: 0 }),
      messages: [],
      prompt: "One, two, three,",
    };
    const { text, finish } = await collect(engine.generate(asked, never));
    expect(text).toContain("four");
    expect(finish?.usage.promptTokens).toBeLessThan(12);
  });

  test("a bias decides, and a penalty keeps a token from coming again and again", async () => {
    const [plain] = (await answered("What is gold?", { temperature: 0, maxTokens: 1 })).ids;
    if (plain === undefined) throw new Error("Nothing was drawn.");
    const banned = await answered("What is gold?", {
      temperature: 0,
      maxTokens: 1,
      logitBias: { [plain]: -100 },
    });
    expect(banned.ids).not.toEqual([plain]);
    const wanted = await answered("What is gold?", { temperature: 0, maxTokens: 3, logitBias: { 260: 100 } });
    expect(wanted.ids).toEqual([260, 260, 260]);
    const punished = await answered("What is gold?", {
      temperature: 0,
      maxTokens: 40,
      logitBias: { 260: 15 },
      frequencyPenalty: 2,
      presencePenalty: 2,
    });
    const favoured = await answered("What is gold?", {
      temperature: 0,
      maxTokens: 40,
      logitBias: { 260: 15 },
    });
    const count = (ids: readonly number[]) => ids.filter((id) => id === 260).length;
    expect(count(punished.ids)).toBeLessThan(count(favoured.ids));
  });

  test("a bias on a token beyond the vocabulary had no effect: it is refused, with the id and the size", async () => {
    const failure = await answered("What is gold?", { maxTokens: 1, logitBias: { 260: 1, 49152: 5 } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(UnsupportedRequestError);
    expect(failure).toMatchObject({
      status: 400,
      facts: { param: "logit_bias" },
      message: expect.stringMatching(/token 49152\b.*\b49152 tokens/),
    });
    await answered("What is gold?", { maxTokens: 1, logitBias: { 49151: 5 } });
  });

  test("an end that is banned never comes: its bias was passed over", async () => {
    const asked = ["What is gold? Answer in one word.", { temperature: 0, maxTokens: 80 }] as const;
    const { finish } = await answered(...asked);
    expect(finish?.reason).toBe("stop");
    const banned = await answered(asked[0], { ...asked[1], logitBias: { 0: -100, 2: -100 } });
    expect([banned.finish?.reason, banned.finish?.usage.completionTokens]).toEqual(["length", 80]);
    // What is held to a form ends with it all the same.
    const held = await answered(
      asked[0],
      { temperature: 0, maxTokens: 200, logitBias: { 0: -100, 2: -100 } },
      { format: order },
    );
    expect(held.finish?.reason).toBe("stop");
    expect(JSON.parse(held.text)).toHaveProperty("side");
  });

  test("limits of values are held: a strict schema with a pattern and a minimum was refused", async () => {
    const schema = {
      type: "object",
      properties: {
        pair: { type: "string", pattern: "^[A-Z]{6}$" },
        lots: { type: "integer", minimum: 1, maximum: 50 },
      },
    };
    for (const seed of [1, 2, 3]) {
      const { text } = await answered(
        "Which pair?",
        { seed, temperature: 1.5, maxTokens: 200 },
        { format: { type: "json-schema", name: "x", schema, strict: true } },
      );
      const { pair, lots } = JSON.parse(text);
      expect(pair).toMatch(/^[A-Z]{6}$/);
      expect(lots).toBeGreaterThanOrEqual(1);
      expect(lots).toBeLessThanOrEqual(50);
    }
  });

  test("an answer that breaks what no grammar can hold is never given as valid: it fails, with its text", async () => {
    const schema = { type: "array", items: { const: 1 }, minItems: 2, maxItems: 3, uniqueItems: true };
    const format = { type: "json-schema", name: "x", schema } as const;
    const events: ChatEvent[] = [];
    const asked = { ...request("Hello?", { maxTokens: 200 }), format: { ...format, strict: true } };
    const failed = (async () => {
      for await (const event of engine.generate(asked, never)) events.push(event);
    })();
    await expect(failed).rejects.toMatchObject({ code: "schema_not_met" });
    expect(events.filter(({ type }) => type === "token").length).toBeGreaterThan(2);
    const loose = await answered("Hello?", { maxTokens: 200 }, { format });
    expect(loose.finish?.reason).toBe("stop");
  });

  test("pictures, and a tool that is not offered, are refused with what to do", async () => {
    const seen = { role: "user", content: "What is this?", images: ["data:image/png;base64,AAAA"] } as const;
    const asked = request("What is this?");
    const pictured = collect(engine.generate({ ...asked, messages: [seen] }, never));
    await expect(pictured).rejects.toBeInstanceOf(UnsupportedRequestError);
    const named = answered("Hello?", {}, { tools, toolChoice: { name: "nothing" } });
    await expect(named).rejects.toBeInstanceOf(InvalidRequestError);
    expect(engine.status().busySlots).toBe(0);
  });
});
