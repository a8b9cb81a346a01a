import { expect, test } from "bun:test";
import OpenAI, { BadRequestError } from "openai";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "./failure-of.ts";

test("the tokens of a request are counted, with its instructions and tools, and nothing is asked", async () => {
  const engine = new ScriptedEngine();
  await using app = openAnsweringApp({ engines: [engine] });
  await engine.ensureReady(AbortSignal.timeout(1000));
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  const count = async (more: object) => {
    const { input_tokens: tokens } = await openai.responses.inputTokens.count({
      ...{ model: "auto", input: "What is gold?", ...more },
    });
    return tokens;
  };
  const bare = await count({});
  expect(bare).toBeGreaterThan(0);
  expect(await count({ instructions: "Be brief, be right." })).toBeGreaterThan(bare);
  const tool = { type: "function", name: "get_price", parameters: { type: "object" }, strict: false };
  expect(await count({ tools: [tool] })).toBeGreaterThan(bare);
  const chat = await fetch(`${app.url}/v1/chat/completions/input_tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "auto", messages: [{ role: "user", content: "What is gold?" }] }),
  });
  expect(await chat.json()).toEqual({ object: "response.input_tokens", input_tokens: bare });
  expect(engine.requests).toHaveLength(0);
});

test("moderation is refused in words", async () => {
  await using app = openAnsweringApp();
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  const refused = await failureOf(openai.moderations.create({ input: "secret" }));
  expect(refused).toBeInstanceOf(BadRequestError);
  expect(String(refused)).toContain("No model here judges texts");
  expect(String(refused)).not.toContain("secret");
});
