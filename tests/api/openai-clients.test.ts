/** The programs that people write against OpenAI's interface, with the libraries that they use, the real server and a real model. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool as langchainTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { APICallError, embedMany, generateText, Output, streamText, tool } from "ai";
import OpenAI, { APIUserAbortError, BadRequestError, NotFoundError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import { type RealServer, startRealServer } from "../real-server.ts";

// Where an answer's words or length matter it is greedy: by chance a model of this size says anything, or nothing.

const Order = z.object({
  pair: z.string().max(8),
  side: z.enum(["buy", "sell"]),
  lots: z.number(),
});
const priceOf = { name: "get_price", description: "The price of a currency pair." };
const PriceOf = z.object({ pair: z.string().max(8) });
const question = "Order two lots of EURUSD.";
const embeddingModel = "all-minilm-l6-v2";

let server: RealServer;
let baseURL: string;
beforeAll(async () => {
  server = await startRealServer();
  baseURL = `${server.url}/v1`;
});
afterAll(() => server[Symbol.asyncDispose]());

const thrownBy = (asking: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(asking).then(
    () => null,
    (error: unknown) => error,
  );
/** With this one token is drawn again and again, and never an end: an answer goes on until somebody stops it. */
const endless = { logit_bias: { 260: 100 } };
const stoppedAnswers = async (): Promise<number> =>
  Number(
    /^assistant_answers_total\{outcome="stopped"\} (\d+)$/m.exec(
      await (await fetch(`${server.url}/metrics`)).text(),
    )?.[1],
  );
/** That none is unfinished any more, and that one did not come to its own end. */
async function expectStopped(leave: () => Promise<void>): Promise<void> {
  const before = await stoppedAnswers();
  await leave();
  while ((await unfinished()) > 0) await Bun.sleep(50);
  expect(await stoppedAnswers()).toBe(before + 1);
}

const unfinished = async (): Promise<number> =>
  (await (await fetch(`${server.url}/health`)).json()).answers.unfinished;

describe("OpenAI's package for JavaScript", () => {
  test("streams, calls a tool, keeps to a schema, embeds, and tells its errors", async () => {
    const openai = new OpenAI({ baseURL, apiKey: "local", maxRetries: 0 });
    const stream = openai.chat.completions.stream({
      model: "auto",
      messages: [{ role: "user", content: "What is gold?" }],
      max_tokens: 12,
      temperature: 0,
      stream_options: { include_usage: true },
    });
    const completion = await stream.finalChatCompletion();
    expect(completion.choices[0]?.message.content).not.toBe("");
    expect(completion.usage?.completion_tokens).toBe(12);

    const parsed = await openai.responses.create({
      model: "auto",
      input: question,
      max_output_tokens: 200,
      temperature: 0,
      text: { format: { type: "json_schema", name: "order", schema: z.toJSONSchema(Order), strict: true } },
    });
    expect(() => Order.parse(JSON.parse(parsed.output_text))).not.toThrow();

    const called = await openai.chat.completions.create({
      model: "auto",
      messages: [{ role: "user", content: "What does EURUSD cost?" }],
      max_tokens: 120,
      temperature: 0,
      tools: [{ type: "function", function: { ...priceOf, parameters: z.toJSONSchema(PriceOf) } }],
      tool_choice: { type: "function", function: { name: "get_price" } },
      parallel_tool_calls: false,
    });
    const [call] = called.choices[0]?.message.tool_calls ?? [];
    if (call?.type !== "function") throw new Error("No tool was called.");
    expect(call.function.name).toBe("get_price");
    expect(() => PriceOf.parse(JSON.parse(call.function.arguments))).not.toThrow();
    expect(called.choices[0]?.finish_reason).toBe("tool_calls");

    const { data } = await openai.embeddings.create({ model: embeddingModel, input: ["gold", "silver"] });
    expect(data.map(({ embedding }) => embedding.length)).toEqual([384, 384]);

    const messages = [{ role: "user" as const, content: "What is gold?" }];
    const errors = await Promise.all([
      thrownBy(openai.chat.completions.create({ model: "auto", messages, temperature: 9 })),
      thrownBy(openai.chat.completions.create({ model: "nothing", messages })),
    ]);
    expect(errors[0]).toBeInstanceOf(BadRequestError);
    expect(errors[0]).toMatchObject({ param: "temperature", type: "invalid_request_error" });
    expect(errors[1]).toBeInstanceOf(NotFoundError);
    expect(errors[1]).toMatchObject({ message: expect.stringContaining("Known models") });
  });

  test("an abort ends the answer, and the slot is free", async () => {
    const openai = new OpenAI({ baseURL, apiKey: "local", maxRetries: 0 });
    await expectStopped(async () => {
      const stream = openai.chat.completions.stream({
        model: "auto",
        messages: [{ role: "user", content: "Tell me all about gold." }],
        temperature: 0,
        ...endless,
      });
      const reading = (async () => {
        for await (const chunk of stream) if (chunk.choices[0]?.delta.content) stream.abort();
      })();
      await expect(reading).rejects.toBeInstanceOf(APIUserAbortError);
    });
  });
});

describe("What OpenAI's package does by itself, which failed once", () => {
  const client = () => new OpenAI({ baseURL, apiKey: "local", maxRetries: 0 });
  const messages = [{ role: "user" as const, content: question }];

  test("a strict schema with limits, instructions alone, n, a list of prompts, hosted tools, and the request's id", async () => {
    const openai = client();
    const { completions } = openai.chat;
    const Limited = z.object({ pair: z.string().max(8), lots: z.int().positive().max(100) });
    const parsed = await completions.parse({
      model: "gpt-4o-mini",
      messages,
      max_tokens: 200,
      temperature: 0,
      response_format: zodResponseFormat(Limited, "order"),
    });
    expect(parsed.choices[0]?.message.parsed?.lots).toBeGreaterThan(0);
    expect(parsed._request_id).toStartWith("req_");
    const alone = await completions.create({
      model: "gpt-4o",
      messages: [{ role: "system", content: "Say hi." }],
      max_tokens: 8,
    });
    expect(alone.choices[0]?.message.content).not.toBe("");
    const two = await completions.create({ model: "o4-mini", messages, max_tokens: 4, n: 2 });
    expect(two.choices.map(({ index }) => index)).toEqual([0, 1]);
    const listed = await openai.completions.create({ model: "gpt-4o", prompt: ["a", "b"], max_tokens: 3 });
    expect(listed.choices).toHaveLength(2);
    const mixed = await openai.responses.create({
      model: "gpt-4.1",
      input: "Hi",
      max_output_tokens: 8,
      tools: [{ type: "web_search" }],
    });
    expect(mixed.output_text).not.toBe("");
    const many = await openai.embeddings.create({ model: "text-embedding-3-small", input: ["a", "b", "c"] });
    expect(many.data).toHaveLength(3);
  });

  test("an abort of a response's stream ends the answer: it was written to its end", async () => {
    const openai = client();
    await expectStopped(async () => {
      const left = new AbortController();
      const stream = await openai.responses.create(
        { model: "auto", input: "Tell me all about gold.", stream: true, temperature: 0 },
        { signal: left.signal },
      );
      let pieces = 0;
      for await (const { type } of stream)
        if (type === "response.output_text.delta" && ++pieces === 2) left.abort();
    });
  });
});

describe("Vercel's AI SDK", () => {
  const provider = () => createOpenAICompatible({ name: "local", baseURL, apiKey: "local" });

  test("generates and streams text with its usage", async () => {
    const model = provider().chatModel("auto");
    const { text, usage } = await generateText({
      model,
      prompt: "What is gold?",
      maxOutputTokens: 8,
      temperature: 0,
    });
    expect(text).not.toBe("");
    expect(usage.outputTokens).toBe(8);
    const streamed = streamText({ model, prompt: "What is gold?", maxOutputTokens: 8, temperature: 0 });
    const pieces = await Array.fromAsync(streamed.textStream);
    expect(pieces.length).toBeGreaterThan(1);
    expect(await streamed.finishReason).toBe("length");
  });

  test("gets an object of a schema", async () => {
    const structured = createOpenAICompatible({
      name: "local",
      baseURL,
      apiKey: "local",
      supportsStructuredOutputs: true,
    });
    const { output } = await generateText({
      model: structured.chatModel("auto"),
      output: Output.object({ schema: Order }),
      prompt: question,
      maxOutputTokens: 200,
      temperature: 0,
    });
    expect(["buy", "sell"]).toContain(output.side);
  });

  test("has a tool called, and hands its result to the next turn", async () => {
    const asked: string[] = [];
    const { toolCalls, toolResults } = await generateText({
      model: provider().chatModel("auto"),
      prompt: "What does EURUSD cost?",
      maxOutputTokens: 120,
      temperature: 0,
      toolChoice: { type: "tool", toolName: "get_price" },
      tools: {
        get_price: tool({
          description: priceOf.description,
          inputSchema: PriceOf,
          execute: async ({ pair }) => {
            asked.push(pair);
            return 1.0843;
          },
        }),
      },
    });
    expect(toolCalls.length).toBeGreaterThan(0);
    expect(asked).toHaveLength(toolCalls.length);
    expect(toolResults[0]?.output).toBe(1.0843);
  });

  test("embeds, and throws its own error with our sentence", async () => {
    const model = provider().embeddingModel(embeddingModel);
    const { embeddings } = await embedMany({ model, values: ["gold", "silver"] });
    expect(embeddings.map(({ length }) => length)).toEqual([384, 384]);
    const refused = generateText({ model: provider().chatModel("nothing"), prompt: "Hello?", maxRetries: 0 });
    const error = await refused.catch((cause: unknown) => cause);
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: 404, message: expect.stringContaining("Known models") });
  });

  test("an abort ends the answer, and the slot is free", async () => {
    const left = new AbortController();
    await expectStopped(async () => {
      const { textStream } = streamText({
        model: provider().chatModel("auto"),
        prompt: "Tell me all about gold.",
        temperature: 0,
        // It is sent as it is.
        providerOptions: { local: endless },
        abortSignal: left.signal,
        onError: () => {},
      });
      let pieces = 0;
      // The SDK ends the text where it was left, without throwing.
      for await (const _ of textStream) if (++pieces === 3) left.abort();
      expect(pieces).toBeGreaterThanOrEqual(3);
    });
  });
});

describe("LangChain for JavaScript", () => {
  const chat = (fields: Partial<ConstructorParameters<typeof ChatOpenAI>[0]> = {}) =>
    new ChatOpenAI({
      model: "auto",
      apiKey: "local",
      maxTokens: 120,
      temperature: 0,
      maxRetries: 0,
      ...fields,
      configuration: { baseURL },
    });

  test("invokes and streams", async () => {
    const whole = await chat({ maxTokens: 8 }).invoke("What is gold?");
    expect(whole.content).not.toBe("");
    expect(whole).toMatchObject({ usage_metadata: { output_tokens: 8 } });
    const pieces = await Array.fromAsync(await chat({ maxTokens: 8 }).stream("What is gold?"));
    expect(pieces.length).toBeGreaterThan(2);
  });

  test("gets structured output, by a schema and by a function", async () => {
    for (const method of ["jsonSchema", "functionCalling"] as const) {
      const order = await chat({ maxTokens: 200 })
        .withStructuredOutput(Order, { name: "order", method })
        .invoke(question);
      expect(["buy", "sell"]).toContain(order.side);
    }
  });

  test("calls a tool, and takes its result", async () => {
    const getPrice = langchainTool(async () => "1.0843", { ...priceOf, schema: PriceOf });
    const model = chat().bindTools([getPrice], { tool_choice: "get_price", parallel_tool_calls: false });
    const asked = new HumanMessage("What does EURUSD cost?");
    const called = await model.invoke([asked]);
    const [call] = called.tool_calls ?? [];
    if (call?.id === undefined) throw new Error("No tool was called.");
    expect(call.name).toBe("get_price");
    const result = new ToolMessage({
      content: String(await getPrice.invoke(PriceOf.parse(call.args))),
      tool_call_id: call.id,
    });
    const answer = await chat({ maxTokens: 20 }).invoke([asked, called, result]);
    expect(answer.content).not.toBe("");
  });

  test("throws an error with our sentence", async () => {
    const error = await thrownBy(chat({ model: "nothing" }).invoke("What is gold?"));
    expect(error).toMatchObject({ status: 404, message: expect.stringContaining("Known models") });
  });

  test("an abort ends the answer, and the slot is free", async () => {
    const left = new AbortController();
    const model = chat({ maxTokens: 2000, modelKwargs: endless });
    await expectStopped(async () => {
      let pieces = 0;
      const reading = (async () => {
        for await (const _ of await model.stream("Tell me all about gold.", { signal: left.signal }))
          if (++pieces === 3) left.abort();
      })();
      expect(await thrownBy(reading)).toMatchObject({ name: expect.stringMatching(/Abort/) });
      expect(pieces).toBe(3);
    });
  });

  test("embeds", async () => {
    const embeddings = new OpenAIEmbeddings({
      model: embeddingModel,
      apiKey: "local",
      configuration: { baseURL },
    });
    expect(await embeddings.embedQuery("gold")).toHaveLength(384);
  });
});
