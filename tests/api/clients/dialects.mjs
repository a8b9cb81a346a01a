/**
 * What programs of Anthropic's and Ollama's interfaces in JavaScript do, each a function named as in suite.ts; they take the base
 * URL with /v1. It is copied into the folder that holds its libraries.
 */
import assert from "node:assert/strict";

const [program, v1] = process.argv.slice(2);
const baseURL = v1.replace(/\/v1$/, "");
const apiKey = "local";
const question = "What is gold?";
const claude = "claude-opus-5";
const llama = "llama3.2";

/** A model of Vercel's SDK: whole, streamed, and a tool that is called. */
async function tryModel(model) {
  const { generateText, streamText, tool } = await import("ai");
  const { z } = await import("zod");
  const { text, usage } = await generateText({ model, prompt: question, maxOutputTokens: 8 });
  assert.ok(text.length > 0);
  assert.ok(usage.outputTokens > 0);
  const streamed = streamText({ model, prompt: question, maxOutputTokens: 8 });
  let pieces = 0;
  for await (const _ of streamed.textStream) pieces += 1;
  assert.ok(pieces > 1);
  const get_price = tool({
    description: "The price of a currency pair.",
    inputSchema: z.object({ pair: z.string().max(8) }),
  });
  const { finishReason } = await generateText({
    ...{ model, prompt: "What does EURUSD cost?", maxOutputTokens: 60, tools: { get_price } },
  });
  assert.ok(finishReason);
}

const programs = {
  async ai_anthropic() {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    await tryModel(createAnthropic({ baseURL: v1, apiKey })(claude));
  },
  async ai_ollama() {
    const { createOllama } = await import("ollama-ai-provider-v2");
    await tryModel(createOllama({ baseURL: `${baseURL}/api` })(llama));
  },
  async langchain_js_anthropic() {
    const { ChatAnthropic } = await import("@langchain/anthropic");
    const chat = new ChatAnthropic({
      ...{ model: claude, apiKey, anthropicApiUrl: baseURL, maxTokens: 8, maxRetries: 0 },
    });
    assert.ok(String((await chat.invoke(question)).content).length > 0);
    let pieces = 0;
    for await (const _ of await chat.stream(question)) pieces += 1;
    assert.ok(pieces > 2);
  },
  async langchain_js_ollama() {
    const { ChatOllama, OllamaEmbeddings } = await import("@langchain/ollama");
    const chat = new ChatOllama({ model: llama, baseUrl: baseURL, numPredict: 8, maxRetries: 0 });
    assert.ok(String((await chat.invoke(question)).content).length > 0);
    let pieces = 0;
    for await (const _ of await chat.stream(question)) pieces += 1;
    assert.ok(pieces > 2);
    const vectors = new OllamaEmbeddings({ model: "nomic-embed-text", baseUrl: baseURL });
    assert.equal((await vectors.embedQuery(question)).length, 384);
  },
};

const chosen = programs[program];
assert.ok(chosen, `There is no ${program}.`);
await chosen();
process.exit(0);
