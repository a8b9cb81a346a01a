/** Programs in JavaScript, each by its library. Model names are those of the libraries' own documents. */
import assert from "node:assert/strict";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import Anthropic, { NotFoundError as AnthropicNotFound } from "@anthropic-ai/sdk";
import { betaZodTool } from "@anthropic-ai/sdk/helpers/beta/zod";
import { ChatAnthropic } from "@langchain/anthropic";
import { ChatOllama, OllamaEmbeddings } from "@langchain/ollama";
import { ChatOpenAI } from "@langchain/openai";
import { OpenAI as LlamaIndexOpenAi, OpenAIEmbedding } from "@llamaindex/openai";
import {
  Agent,
  tool as agentsTool,
  OpenAIChatCompletionsModel,
  OpenAIResponsesModel,
  run as runAgent,
  setTracingDisabled,
} from "@openai/agents";
import { APICallError, embed, generateText, isStepCount, Output, streamText, tool } from "ai";
import { createAgent, tool as langchainTool } from "langchain";
import { Ollama } from "ollama";
import { createOllama } from "ollama-ai-provider-v2";
import OpenAI, { NotFoundError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import { Program, run } from "./checks.mjs";

setTracingDisabled(true);
const apiKey = "local";
const claude = "claude-opus-5";
const llama = "llama3.2";
const Order = z.object({ pair: z.enum(["EURUSD", "XAUUSD"]), lots: z.number().int() });
const Price = z.object({ pair: z.string() });
const description = "The price of a currency pair.";
const priceSchema = { type: "object", properties: { pair: { type: "string" } }, required: ["pair"] };
const priceFunction = { name: "get_price", description, parameters: priceSchema };

class OpenAiPackage extends Program {
  #openai = new OpenAI({ baseURL: `${this.url}/v1`, apiKey, maxRetries: 0 });
  #asked = (content) => ({
    ...{ model: this.model, max_tokens: this.mostTokens, temperature: 0 },
    messages: [{ role: "user", content }],
  });

  async ask(question) {
    const { choices } = await this.#openai.chat.completions.create(this.#asked(question));
    return choices[0].message.content;
  }

  async *stream(question) {
    const chunks = await this.#openai.chat.completions.create({ ...this.#asked(question), stream: true });
    try {
      for await (const { choices } of chunks) if (choices[0]?.delta.content) yield choices[0].delta.content;
    } finally {
      chunks.controller.abort();
    }
  }

  async useTool(question, execute) {
    const runner = this.#openai.chat.completions.runTools({
      ...this.#asked(question),
      tools: [{ type: "function", function: { ...priceFunction, parse: JSON.parse, function: execute } }],
    });
    return await runner.finalContent();
  }

  async order(question) {
    const { choices } = await this.#openai.chat.completions.parse({
      ...this.#asked(question),
      response_format: zodResponseFormat(Order, "order"),
    });
    return choices[0].message.parsed;
  }

  refuses = (error) => error instanceof NotFoundError;
}

class AnthropicPackage extends Program {
  static model = claude;
  #anthropic = new Anthropic({ baseURL: this.url, apiKey, maxRetries: 0 });
  #asked = (content) => ({
    ...{ model: this.model, max_tokens: this.mostTokens, temperature: 0 },
    messages: [{ role: "user", content }],
  });

  async ask(question) {
    return (await this.#anthropic.messages.create(this.#asked(question))).content[0].text;
  }

  async *stream(question) {
    const stream = this.#anthropic.messages.stream(this.#asked(question));
    // It rejects when it is left.
    stream.done().catch(() => {});
    for await (const { type, delta } of stream)
      if (type === "content_block_delta" && delta.type === "text_delta") yield delta.text;
  }

  async useTool(question, run) {
    const runner = this.#anthropic.beta.messages.toolRunner({
      ...this.#asked(question),
      tools: [betaZodTool({ name: "get_price", description, inputSchema: Price, run })],
    });
    return (await runner.runUntilDone()).content[0].text;
  }

  async order(question) {
    const { zodOutputFormat } = await import("@anthropic-ai/sdk/helpers/zod");
    const asked = { ...this.#asked(question), output_config: { format: zodOutputFormat(Order) } };
    return (await this.#anthropic.messages.parse(asked)).parsed_output;
  }

  refuses = (error) => error instanceof AnthropicNotFound;
}

class OllamaPackage extends Program {
  static model = llama;
  #ollama = new Ollama({ host: this.url });
  #chat = (messages, more = {}) =>
    this.#ollama.chat({
      ...{ model: this.model, messages, options: { num_predict: this.mostTokens, temperature: 0 } },
      ...more,
    });

  async ask(content) {
    return (await this.#chat([{ role: "user", content }])).message.content;
  }

  async *stream(content) {
    const parts = await this.#chat([{ role: "user", content }], { stream: true });
    try {
      for await (const { message } of parts) if (message.content) yield message.content;
    } finally {
      parts.abort();
    }
  }

  async useTool(content, execute) {
    const tools = [{ type: "function", function: priceFunction }];
    const messages = [{ role: "user", content }];
    const { message } = await this.#chat(messages, { tools });
    messages.push(message);
    for (const { function: called } of message.tool_calls)
      messages.push({ role: "tool", tool_name: called.name, content: execute(called.arguments) });
    return (await this.#chat(messages, { tools })).message.content;
  }

  async order(content) {
    const { message } = await this.#chat([{ role: "user", content }], { format: z.toJSONSchema(Order) });
    return Order.parse(JSON.parse(message.content));
  }

  refuses = (error) => error.name === "ResponseError" && error.status_code === 404;
}

class AiSdk extends Program {
  #asked = (prompt) => ({
    ...{ model: this.ofLibrary(), prompt, maxOutputTokens: this.mostTokens, temperature: 0, maxRetries: 0 },
    // Its provider for Ollama sends the two before to where Ollama does not look for them.
    providerOptions: { ollama: { options: { num_predict: this.mostTokens, temperature: 0 } } },
  });

  async ask(prompt) {
    return (await generateText(this.#asked(prompt))).text;
  }

  async *stream(prompt) {
    const left = new AbortController();
    const { textStream } = streamText({ ...this.#asked(prompt), abortSignal: left.signal });
    try {
      yield* textStream;
    } finally {
      left.abort();
    }
  }

  async useTool(prompt, execute) {
    const get_price = tool({ description, inputSchema: Price, execute });
    const asked = { ...this.#asked(prompt), tools: { get_price }, stopWhen: isStepCount(4) };
    return (await generateText(asked)).text;
  }

  async order(prompt) {
    return (await generateText({ ...this.#asked(prompt), output: Output.object({ schema: Order }) })).output;
  }

  refuses = (error) => APICallError.isInstance(error) && error.statusCode === 404;
}

class AiSdkCompatible extends AiSdk {
  ofLibrary = () =>
    createOpenAICompatible({
      ...{ name: "local", baseURL: `${this.url}/v1`, apiKey, supportsStructuredOutputs: true },
    }).chatModel(this.model);
}
class AiSdkOpenAiChat extends AiSdk {
  ofLibrary = () => createOpenAI({ baseURL: `${this.url}/v1`, apiKey }).chat(this.model);
}
class AiSdkOpenAiResponses extends AiSdk {
  #openai = createOpenAI({ baseURL: `${this.url}/v1`, apiKey });
  ofLibrary = () => this.#openai(this.model);

  async others() {
    const completion = { model: this.#openai.completion("gpt-3.5-turbo-instruct"), maxOutputTokens: 5 };
    assert.notEqual((await generateText({ ...completion, prompt: "Gold is" })).text, "");
    const vector = { model: this.#openai.embedding("text-embedding-3-small"), value: "gold" };
    assert.equal((await embed(vector)).embedding.length, 384);
  }
}
class AiSdkAnthropic extends AiSdk {
  static model = claude;
  ofLibrary = () => createAnthropic({ baseURL: `${this.url}/v1`, apiKey })(this.model);
}
class AiSdkOllama extends AiSdk {
  static model = llama;
  ofLibrary = () => createOllama({ baseURL: `${this.url}/api` })(this.model);
}

class LangChain extends Program {
  async ask(question) {
    return (await this.ofLibrary().invoke(question)).text;
  }

  async *stream(question) {
    const left = new AbortController();
    try {
      for await (const { text } of await this.ofLibrary().stream(question, { signal: left.signal }))
        if (text !== "") yield text;
    } finally {
      left.abort();
    }
  }

  async useTool(content, execute) {
    const tools = [
      langchainTool(async (given) => execute(given), {
        ...{ name: "get_price", description },
        schema: Price,
      }),
    ];
    const agent = createAgent({ model: this.ofLibrary(), tools });
    return (await agent.invoke({ messages: [{ role: "user", content }] })).messages.at(-1).text;
  }

  async order(question) {
    return await this.ofLibrary().withStructuredOutput(Order, { name: "order" }).invoke(question);
  }

  refuses = (error) => (error.status ?? error.status_code) === 404;
}

class LangChainOpenAi extends LangChain {
  ofLibrary = () =>
    new ChatOpenAI({
      ...{ model: this.model, apiKey, maxTokens: this.mostTokens, temperature: 0, maxRetries: 0 },
      configuration: { baseURL: `${this.url}/v1` },
    });
}
class LangChainAnthropic extends LangChain {
  static model = claude;
  ofLibrary = () =>
    new ChatAnthropic({
      ...{ model: this.model, apiKey, anthropicApiUrl: this.url, maxTokens: this.mostTokens, maxRetries: 0 },
    });
}
class LangChainOllama extends LangChain {
  static model = llama;
  ofLibrary = () =>
    new ChatOllama({
      ...{ model: this.model, baseUrl: this.url, numPredict: this.mostTokens, temperature: 0, maxRetries: 0 },
    });

  async others() {
    const vectors = new OllamaEmbeddings({ model: "nomic-embed-text", baseUrl: this.url });
    assert.equal((await vectors.embedQuery("gold")).length, 384);
  }
}

/** An answer that is cut is an error to this library. */
class OpenAiAgents extends Program {
  #client = new OpenAI({ baseURL: `${this.url}/v1`, apiKey, maxRetries: 0 });
  #agent = (more = {}) =>
    new Agent({
      ...{ name: "Trader", model: this.ofLibrary(this.#client) },
      modelSettings: { maxTokens: Math.max(200, this.mostTokens), temperature: 0 },
      ...more,
    });

  async ask(question) {
    return (await runAgent(this.#agent(), question)).finalOutput;
  }

  async *stream(question) {
    const left = new AbortController();
    const said = await runAgent(this.#agent(), question, { stream: true, signal: left.signal });
    said.completed.catch(() => {});
    try {
      yield* said.toTextStream();
    } finally {
      left.abort();
    }
  }

  async useTool(question, execute) {
    const tools = [agentsTool({ ...{ name: "get_price", description }, parameters: Price, execute })];
    return (await runAgent(this.#agent({ tools }), question)).finalOutput;
  }

  async order(question) {
    return (await runAgent(this.#agent({ outputType: Order }), question)).finalOutput;
  }

  refuses = (error) => error instanceof NotFoundError;
}
class OpenAiAgentsChat extends OpenAiAgents {
  ofLibrary = (client) => new OpenAIChatCompletionsModel(client, this.model);
}
class OpenAiAgentsResponses extends OpenAiAgents {
  ofLibrary = (client) => new OpenAIResponsesModel(client, this.model);
}

/** It is no longer developed; what it does of tools and schemas is OpenAI's package below it. */
class LlamaIndex extends Program {
  static without = ["abort"];
  #llm = new LlamaIndexOpenAi({
    ...{ model: this.model, apiKey, baseURL: `${this.url}/v1`, temperature: 0 },
    maxTokens: this.mostTokens,
  });

  async ask(content) {
    return (await this.#llm.chat({ messages: [{ role: "user", content }] })).message.content;
  }

  async *stream(content) {
    const pieces = await this.#llm.chat({ messages: [{ role: "user", content }], stream: true });
    for await (const { delta } of pieces) if (delta !== "") yield delta;
  }

  async others() {
    assert.notEqual((await this.#llm.complete({ prompt: "Gold is" })).text, "");
    const named = { model: "text-embedding-3-small", apiKey, baseURL: `${this.url}/v1` };
    assert.equal((await new OpenAIEmbedding(named).getTextEmbedding("gold")).length, 384);
  }

  refuses = (error) => error.status === 404;
}

await run({
  openai_js: OpenAiPackage,
  anthropic_js: AnthropicPackage,
  ollama_js: OllamaPackage,
  openai_agents_js_chat: OpenAiAgentsChat,
  openai_agents_js_responses: OpenAiAgentsResponses,
  llamaindex_js: LlamaIndex,
  ai_compatible: AiSdkCompatible,
  ai_openai_chat: AiSdkOpenAiChat,
  ai_openai_responses: AiSdkOpenAiResponses,
  ai_anthropic: AiSdkAnthropic,
  ai_ollama: AiSdkOllama,
  langchain_js_openai: LangChainOpenAi,
  langchain_js_anthropic: LangChainAnthropic,
  langchain_js_ollama: LangChainOllama,
});
