/** The page tells how full the context is while a question is typed. */
import { expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const small = () => new ScriptedEngine({ contextSize: 300, script: () => ({ answer: "Gold is a metal." }) });

async function openAsked() {
  const app = openAnsweringApp({ engines: [small()] });
  const reply = await fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: "What is gold?", max_tokens: 50 }),
  });
  const { conversation_id: id } = await reply.json();
  const told = async (fields: Record<string, string>) =>
    await (await fetch(`${app.url}/context`, { method: "POST", body: new URLSearchParams(fields) })).text();
  return { app, id, told };
}

test("The level is shown of a conversation, and of a long draft; of a new chat without a draft, and of a command, nothing is", async () => {
  const { app, id, told } = await openAsked();
  await using _app = app;
  expect(await told({ conversation_id: id, text: "" })).toMatch(/\d+ of 300 tokens/);
  expect(await told({ text: "What is silver?" })).toMatch(/\d+ of 300 tokens/);
  expect(await told({ text: "" })).toBe("");
  expect(await told({ text: "/help" })).toBe("");
  expect(await told({ conversation_id: "nobody's", text: "What is silver?" })).toBe("");
});

test("What does not fit is said before it is sent", async () => {
  const { app, id, told } = await openAsked();
  await using _app = app;
  expect(await told({ conversation_id: id, text: "gold ".repeat(500) })).toContain("This does not fit");
});

test("The share of documents is told, of a new chat and of one whose earlier questions have passages", async () => {
  const engine = new ScriptedEngine({
    contextSize: 4_000,
    script: () => ({ answer: "It is 500 euros [1]." }),
  });
  await using app = openAnsweringApp({ engines: [engine] });
  const text = "The excess of a claim is 500 euros. ".repeat(20);
  const added = await fetch(`${app.url}/documents?name=policy.txt`, { method: "POST", body: text });
  const { id: documents } = await added.json();
  await app.documents.pending();
  const told = async (fields: Record<string, string>) =>
    await (await fetch(`${app.url}/context`, { method: "POST", body: new URLSearchParams(fields) })).text();
  const shareIn = (html: string) => Number(/tokens, (\d+) for documents/.exec(html)?.[1]);
  const message = "How high is the excess of a claim?";
  const ask = async (more: object) =>
    await fetch(`${app.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message, max_tokens: 50, ...more }),
    });
  // Before its first answer the engine is not ready.
  await ask({});
  expect(shareIn(await told({ text: message, documents }))).toBe(Math.ceil((text.length - 1) / 4));
  const { conversation_id } = await (await ask({ documents: [documents] })).json();
  // The passages of the question before, with what marks them, and those of the next one.
  expect(shareIn(await told({ conversation_id, text: "And water?" }))).toBeGreaterThan(text.length / 2);
  expect(await told({ text: message })).not.toContain("for documents");
});
