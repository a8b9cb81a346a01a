/** What a model proposes to remember: found in the background, asked, and never in the way of an answer. */
import { afterEach, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { type AnsweringApp, type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp;
let engine: ScriptedEngine;
afterEach(() => app[Symbol.asyncDispose]());

const rule = "I never risk more than 1.25% on one trade.";
const question = `${rule} What is gold?`;
const isProposing = ({ generationId }: GenerateRequest) => generationId.startsWith("proposal:");
const choosing = (...remember: readonly object[]) => JSON.stringify({ remember });
const theRule = choosing({ sentence: rule, about: "risk on one trade" });

function open(
  script: (request: GenerateRequest) => Script = () => ({ answer: theRule }),
  options: AnsweringAppOptions = {},
) {
  engine = new ScriptedEngine({
    ...{ slots: 4 },
    script: (request) => (isProposing(request) ? script(request) : { answer: "Gold is a metal." }),
  });
  app = openAnsweringApp({ engines: [engine], proposes: true, ...options });
}

const json = async (path: string, init?: RequestInit) => (await fetch(app.url + path, init)).json();
const post = (path: string, body: object = {}) =>
  json(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const page = async (path: string) =>
  (await fetch(app.url + path, { headers: { accept: "text/html" } })).text();
const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
const ask = async (message = question, more: object = {}) => {
  const reply = await post("/chat", { message, max_tokens: 50, ...more });
  await app.generations.idle();
  await app.proposals?.idle();
  return reply;
};
const open_ = () => json("/memories/proposals");
const remembered = async () => (await json("/memories?n=10")).map(({ value }: { value: string }) => value);
const set = (proposals: string) =>
  json("/api/settings", {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ proposals }),
  });

describe("a sentence that states something lasting", () => {
  test("is proposed with its source, and remembered when it is accepted, as it is or edited", async () => {
    open();
    const { conversation_id: conversationId } = await ask();
    const [proposal] = await open_();
    expect(proposal).toMatchObject({
      sentence: rule,
      key: "risk on one trade",
      state: "open",
      memory_id: null,
    });
    expect(proposal.conversation_id).toBe(conversationId);
    expect(app.store.messages.get(proposal.message_id)?.content).toContain(proposal.sentence);
    expect(await remembered()).toEqual([]);
    const memory = await post(`/memories/proposals/${proposal.id}/accept`, { value: `${rule} Ever.` });
    expect(memory).toMatchObject({
      ...{ key: "risk on one trade", value: `${rule} Ever.`, kind: "fact" },
      source: { kind: "said", conversation_id: conversationId, message_id: proposal.message_id },
    });
    expect(await open_()).toEqual([]);
    // Accepted once more it is the same.
    expect(await post(`/memories/proposals/${proposal.id}/accept`)).toMatchObject({ id: memory.id });
    // It says nothing of its own any more: what is forgotten is gone.
    expect(app.store.proposals.get(proposal.id)).toMatchObject({ sentence: "", key: "", state: "accepted" });
  });

  test("that was refused does not come back, also when it is said again; the refusal can be taken back", async () => {
    open();
    await ask();
    const [{ id }] = await open_();
    expect(await post(`/memories/proposals/${id}/refuse`)).toMatchObject({ state: "refused" });
    await ask();
    expect(await open_()).toEqual([]);
    expect(await remembered()).toEqual([]);
    expect(await post(`/memories/proposals/${id}/restore`)).toMatchObject({ state: "open" });
    expect(await open_()).toHaveLength(1);
  });

  test("is remembered at once where its user wants that, and nobody looks for it where they want none", async () => {
    open();
    await set("off");
    await ask();
    expect(engine.requests.filter(isProposing)).toEqual([]);
    await set("automatic");
    await ask();
    expect(await remembered()).toEqual([rule]);
    expect(await open_()).toEqual([]);
    await ask();
    expect(await remembered()).toEqual([rule]);
  });

  test("is proposed only as it stands in the message of the user", async () => {
    open(() => ({
      answer: choosing(
        { sentence: "I never risk more than 2% on one trade.", about: "risk" },
        { sentence: "Gold is a metal.", about: "gold" },
      ),
    }));
    await ask();
    expect(engine.requests.filter(isProposing)).toHaveLength(1);
    expect(await open_()).toEqual([]);
  });

  test("is not looked for where nobody states anything, nor in a temporary chat, nor when it is known", async () => {
    open();
    await ask("What is gold?");
    await ask(question, { temporary: true });
    expect(engine.requests.filter(isProposing)).toEqual([]);
    await post("/memorize", { key: "risk on one trade", value: rule });
    await ask();
    expect(await open_()).toEqual([]);
  });

  test("goes with its conversation, and of a refused one nothing but a hash is left in the files", async () => {
    open(({ messages }) => ({
      answer: messages[1]?.content.includes("Zanzibar")
        ? choosing({ sentence: "I always buy Zanzibar bonds.", about: "Zanzibar bonds" })
        : choosing({ sentence: "I never buy Quetzal shares.", about: "Quetzal shares" }),
    }));
    const first = await ask("I always buy Zanzibar bonds. What is gold?");
    const second = await ask("I never buy Quetzal shares. What is gold?");
    const [quetzal] = await open_();
    expect(quetzal.sentence).toBe("I never buy Quetzal shares.");
    await post(`/memories/proposals/${quetzal.id}/refuse`);
    for (const { conversation_id: id } of [first, second]) {
      await fetch(`${app.url}/api/conversations/${id}`, { method: "DELETE" });
      expect(await open_()).toEqual([]);
      app.store.conversations.erase(id);
    }
    app.store.space.emptyLog();
    for (const name of readdirSync(app.dataDir).filter((each) => each.startsWith("assistant.db"))) {
      const bytes = readFileSync(join(app.dataDir, name));
      expect([name, bytes.includes("Zanzibar"), bytes.includes("Quetzal")]).toEqual([name, false, false]);
    }
    await ask("I never buy Quetzal shares. What is gold?");
    expect(await open_()).toEqual([]);
  });
});

describe("looking for it", () => {
  test("ends when an answer comes, which does not wait for it, and begins again afterwards", async () => {
    const begun = Promise.withResolvers<void>();
    let times = 0;
    open(() =>
      times++ > 0
        ? { answer: theRule }
        : {
            answer: theRule,
            pace: (_token, signal) =>
              new Promise<void>((_, reject) => {
                begun.resolve();
                signal.addEventListener("abort", () => reject(signal.reason), { once: true });
              }),
          },
    );
    await post("/chat", { message: question, max_tokens: 50 });
    await begun.promise;
    // The first one is cut by this answer, or this answer would never let it end.
    expect(await post("/chat", { message: "What is silver?", max_tokens: 50 })).toMatchObject({
      response: "Gold is a metal.",
    });
    await until(async () => (await open_()).length === 1);
    expect(times).toBe(2);
  });

  test("goes on after the program has died, but not for ever with one that ends it", async () => {
    open(undefined, { proposes: false });
    await ask();
    const [{ id: messageId } = { id: "" }] = app.store.messages.path(
      app.store.wholeConversations.ids(null)[0] ?? "",
    );
    const { dataDir } = app;
    app.store.proposals.toRead(messageId, null, 1);
    const again = openAnsweringApp({ engines: [engine], proposes: true, dataDir });
    const before = app;
    app = again;
    // A new program knows no engine yet: an answer makes it ready.
    await ask("What is silver?");
    await until(async () => (await open_()).length === 1);
    expect(app.store.proposals.nextToRead()).toBeUndefined();
    const asked = engine.requests.filter(isProposing).length;
    app.store.proposals.toRead(messageId, null, 1);
    app.store.proposals.setAttempts(messageId, 2);
    app.proposals?.wake();
    await app.proposals?.idle();
    expect(app.store.proposals.nextToRead()).toBeUndefined();
    expect(engine.requests.filter(isProposing)).toHaveLength(asked);
    await before[Symbol.asyncDispose]();
  });
});

describe("on the pages", () => {
  test("it is a chip below its message: accepted or refused there, in place or without scripts", async () => {
    open();
    const { conversation_id: id } = await ask();
    const [proposal] = await open_();
    const at = `/memory/proposals/${proposal.id}`;
    expect((await page(`/c/${id}`)).includes(`action="${at}"`)).toBe(true);
    const refused = await submit(at, { do: "refuse" }, { "HX-Request": "true" });
    expect(await refused.text()).toContain("Not remembered.");
    expect((await page(`/c/${id}`)).includes(at)).toBe(false);
    await submit(at, { do: "restore" });
    const accepted = await submit(at, { do: "accept" }, { "HX-Request": "true" });
    expect(await accepted.text()).toContain("Remembered from this message");
    expect(await remembered()).toEqual([rule]);
    expect((await page(`/c/${id}`)).includes("Remembered from this message")).toBe(true);
    const [{ id: memoryId } = { id: "" }] = app.store.memories.newest(null, 1);
    await fetch(`${app.url}/memories/${memoryId}`, { method: "DELETE" });
    expect((await page(`/c/${id}`)).includes("Remembered from this message")).toBe(false);
  });

  test("it stands on the page of memories, where it can be edited", async () => {
    open();
    await ask();
    const [proposal] = await open_();
    const shown = await page("/memory");
    expect(shown.includes(`id="p-${proposal.id}"`)).toBe(true);
    expect(shown.includes(`/c/${proposal.conversation_id}?at=${proposal.message_id}`)).toBe(true);
    const said = { do: "accept", key: "risk", value: "I risk 1.25% at most." };
    const reply = await submit(`/memory/proposals/${proposal.id}`, said);
    expect([reply.status, reply.headers.get("location")?.startsWith("/memory#m-")]).toEqual([303, true]);
    expect(await remembered()).toEqual(["I risk 1.25% at most."]);
    expect((await page("/memory")).includes("Proposed to be remembered")).toBe(false);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("It never came to that.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
