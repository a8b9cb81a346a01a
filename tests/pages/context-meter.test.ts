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
