/**
 * What programs in JavaScript do with the libraries that people use, each a function named as in suite.ts; they take the base
 * URL. It is copied into the folder that holds its libraries. Model names are those of the libraries' own documents.
 */
import assert from "node:assert/strict";

const [program, baseURL] = process.argv.slice(2);
const apiKey = "local";
const question = "What is gold?";
const small = "gpt-4o-mini";

const programs = {
  /** Agents of OpenAI, on the Responses interface as they are, and on chat completions. */
  async agents_js() {
    const { Agent, run, setDefaultOpenAIClient, setOpenAIAPI, setTracingDisabled, tool } = await import(
      "@openai/agents"
    );
    const { default: OpenAI } = await import("openai");
    const { z } = await import("zod");
    setTracingDisabled(true);
    setDefaultOpenAIClient(new OpenAI({ baseURL, apiKey }));
    const asked = [];
    const price = tool({
      name: "get_price",
      description: "The price of a currency pair.",
      parameters: z.object({ pair: z.string().max(8) }),
      execute: ({ pair }) => {
        asked.push(pair);
        return "1.0842";
      },
    });
    for (const api of ["responses", "chat_completions"]) {
      setOpenAIAPI(api);
      // An answer that is cut is an error to this library: it must come to its own end.
      const settings = { maxTokens: 200, temperature: 0 };
      const plain = new Agent({ name: "Trader", model: small, modelSettings: settings });
      const said = await run(plain, "What is the capital of France?");
      assert.ok(String(said.finalOutput).length > 0, api);
      const streamed = await run(plain, "What is the capital of France?", { stream: true });
      let text = "";
      for await (const piece of streamed.toTextStream()) text += piece;
      await streamed.completed;
      assert.ok(text.length > 0, `${api}, streamed`);
      const calling = new Agent({
        name: "Trader",
        model: small,
        tools: [price],
        // The model need not say anything about what came back.
        toolUseBehavior: "stop_on_first_tool",
        modelSettings: { ...settings, toolChoice: "required", parallelToolCalls: false },
      });
      const called = await run(calling, "What does EURUSD cost?");
      assert.equal(called.finalOutput, "1.0842");
      const typed = new Agent({
        name: "Trader",
        model: small,
        modelSettings: settings,
        outputType: z.object({ side: z.enum(["buy", "sell"]), lots: z.number().int().min(1).max(9) }),
      });
      const order = await run(typed, "Buy two lots.");
      assert.match(order.finalOutput.side, /^(?:buy|sell)$/);
    }
    assert.equal(asked.length, 2);
  },

  /** Vercel's AI SDK with its own package for OpenAI, which speaks the Responses interface. */
  async ai_openai() {
    const { createOpenAI } = await import("@ai-sdk/openai");
    const { embed, generateText, Output, streamText, tool } = await import("ai");
    const { z } = await import("zod");
    const openai = createOpenAI({ baseURL, apiKey });
    for (const model of [openai(small), openai.chat(small)]) {
      const short = { model, maxOutputTokens: 60, temperature: 0 };
      const said = await generateText({ ...short, prompt: question });
      assert.ok(said.text.length > 0);
      assert.ok(said.usage.outputTokens > 0);
      let text = "";
      for await (const piece of streamText({ ...short, prompt: question }).textStream) text += piece;
      assert.ok(text.length > 0);
      const order = await generateText({
        ...short,
        prompt: "Buy two lots.",
        output: Output.object({ schema: z.object({ side: z.enum(["buy", "sell"]) }) }),
      });
      assert.match(order.output.side, /^(?:buy|sell)$/);
      const called = await generateText({
        ...short,
        prompt: "What does EURUSD cost?",
        tools: { get_price: tool({ inputSchema: z.object({ pair: z.string().max(8) }) }) },
        toolChoice: "required",
      });
      assert.equal(called.toolCalls[0].toolName, "get_price");
    }
    const text = await generateText({
      model: openai.completion("gpt-3.5-turbo-instruct"),
      prompt: "Gold is",
      maxOutputTokens: 5,
    });
    assert.ok(text.text.length > 0);
    const { embedding } = await embed({
      model: openai.embedding("text-embedding-3-small"),
      value: question,
    });
    assert.equal(embedding.length, 384);
    // The Stop button of an interface.
    const leave = new AbortController();
    const endless = streamText({ model: openai(small), prompt: question, abortSignal: leave.signal });
    for await (const _ of endless.textStream) leave.abort();
  },

  /** LlamaIndex in JavaScript: chat, a stream, a tool, vectors. */
  async llamaindex_js() {
    const { OpenAI, OpenAIEmbedding } = await import("@llamaindex/openai");
    const llm = new OpenAI({ model: small, apiKey, baseURL, temperature: 0, maxTokens: 60 });
    const messages = [{ role: "user", content: question }];
    const said = await llm.chat({ messages });
    assert.ok(String(said.message.content).length > 0);
    let text = "";
    for await (const { delta } of await llm.chat({ messages, stream: true })) text += delta;
    assert.ok(text.length > 0);
    const completed = await llm.complete({ prompt: question });
    assert.ok(completed.text.length > 0);
    const vectors = new OpenAIEmbedding({ model: "text-embedding-3-small", apiKey, baseURL });
    assert.equal((await vectors.getTextEmbedding(question)).length, 384);
  },
};

const chosen = programs[program];
assert.ok(chosen, `There is no ${program}.`);
await chosen();
process.exit(0);
