/** Bodies of 20 MB and lists without end held everybody up for up to 0.3 s: what nobody can use is refused before it costs anything. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const engine = new ScriptedEngine();
const app = openAnsweringApp({ engines: [engine] });
afterAll(() => app[Symbol.asyncDispose]());

async function asked(address: string, body: object) {
  const reply = await fetch(`${app.url}/v1/${address}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "phi3", ...body }),
  });
  return { status: reply.status, error: (await reply.json()).error };
}
beforeAll(async () => {
  await asked("chat/completions", { messages: [{ role: "user", content: "x" }] });
});

const said = Array.from({ length: 4_999 }, (_, index) => ({
  role: index % 2 === 0 ? "user" : "assistant",
  content: "A sentence about bonds and what they pay. ".repeat(95),
}));

test("messages that no model's context holds are refused before anything is stored", async () => {
  const before = engine.requests.length;
  for (const [address, body] of [
    ["chat/completions", { messages: said }],
    ["responses", { input: said }],
  ] as const) {
    const { status, error } = await asked(address, body);
    expect({ status, code: error.code }).toEqual({ status: 400, code: "context_length_exceeded" });
    expect(error.message).toMatch(/no model holds more than 4194304/);
    expect(error.generation_id).toBeUndefined();
  }
  expect(engine.requests).toHaveLength(before);
});

test("an object of endless fields is refused as such, whatever the field is", async () => {
  const endless = Object.fromEntries(Array.from({ length: 100_000 }, (_, id) => [String(id), 1]));
  for (const body of [{ logit_bias: endless }, { metadata: endless }, { nobody_knows: { a: [endless] } }]) {
    const { status, error } = await asked("chat/completions", {
      messages: [{ role: "user", content: "x" }],
      ...body,
    });
    expect({ status, limit: error.limit }).toEqual({ status: 400, limit: "fields" });
    expect(error.message).toContain("more than 10000 fields");
  }
});

test("a large body that is refused has its field named, as a small one", async () => {
  const { status, error } = await asked("chat/completions", { messages: said.slice(0, 100), temperature: 3 });
  expect({ status, param: error.param }).toEqual({ status: 400, param: "temperature" });
});
