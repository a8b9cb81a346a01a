/** The pages of the chat say nothing in plain English to a reader of another language. */
import { afterEach, describe, expect, test } from "bun:test";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { heldEngine } from "../fakes/held-engine.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { untranslated } from "./untranslated.ts";

/** What users and models write in these tests: each word is one that no text of the program has. */
const written = ["zanzibar", "quokkas", "vixens", "xylo", "js", "scripted-model", "scripted", " ms"];
const answer = [
  "quokkas: 252, 12.5 %, `vixens 3`",
  "- [x] vixens\n- [ ] quokkas",
  "| zanzibar | quokkas |\n| --- | --- |\n| vixens | 1 |\n| zanzibar | 2 |",
  `\`\`\`js\nzanzibar = 1 + 2${" + 3".repeat(20)}\n\`\`\``,
].join("\n\n");

/** Of each token it says that it was a guess, and what else it might have been. */
class UnsureEngine extends ScriptedEngine {
  override async *generate(request: GenerateRequest, signal: AbortSignal) {
    for await (const event of super.generate(request, signal))
      yield event.type === "token" && request.sampling.topLogprobs !== null
        ? { ...event, logprob: Math.log(0.2), alternatives: [{ text: " ", logprob: Math.log(0.001) }] }
        : event;
  }
}

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

async function open(options: Parameters<typeof openAnsweringApp>[0] = {}) {
  app = openAnsweringApp({
    engines: [new UnsureEngine({ script: () => ({ answer }) })],
    ...options,
  });
  await fetch(`${app.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language: "en-XA" }),
  });
}

const get = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(app.url + path, { headers })).text();
const htmx = { "hx-request": "true" };
const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = htmx) =>
  fetch(app.url + path, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
const answered = async (text = "zanzibar?") => {
  const generation = await app.generations.ask(ask(text));
  await app.generations.idle();
  return generation;
};
/** What stands in a `noscript` is text to the walker: its tags are taken out. */
const plain = (html: string) => untranslated(html.replaceAll(/<\/?noscript>/g, ""), written);

describe("In a language other than English there is no English on", () => {
  test("a new chat, its palette, its commands and what is found", async () => {
    await open();
    addConversation(app.store, { title: "zanzibar" });
    expect(plain(await get("/"))).toEqual([]);
    for (const path of [
      "/palette",
      "/palette?q=zanzibar",
      "/commands",
      "/search?q=zanzibar",
      "/search?q=xylo",
    ])
      expect({ path, plain: plain(await get(path, htmx)) }).toEqual({ path, plain: [] });
    for (const text of ["/help", "/forget zanzibar", "/remember zanzibar", "/system zanzibar", "/hepl"]) {
      const html = await (await post("/ask", { text })).text();
      expect({ text, plain: plain(html) }).toEqual({ text, plain: [] });
    }
  });

  test("a conversation whose answer has ended, with figures, a table and a listing", async () => {
    await open();
    const { id, messageId, questionId, conversationId } = await answered();
    const html = await get(`/c/${conversationId}`);
    expect(html).toContain('data-table="chart"');
    expect(html).toContain('data-code="listing.js"');
    for (const path of [
      `/c/${conversationId}`,
      `/generations/${id}/receipt`,
      `/generations/${id}/tables/0/chart`,
      `/generations/${id}/tokens`,
      `/messages/${questionId}/edit`,
    ]) {
      expect({ path, plain: plain(await get(path)) }).toEqual({ path, plain: [] });
      expect({ path, plain: plain(await get(path, htmx)) }).toEqual({ path, plain: [] });
    }
    const notices = [
      await post("/ask", { text: "/export", conversation_id: conversationId }),
      await post(`/c/${conversationId}/change`, { archived: "1" }),
      await post(`/c/${conversationId}/change`, { instructions: "zanzibar" }),
      await post(
        `/messages/${messageId}`,
        { do: "delete" },
        {
          ...htmx,
          "turns-shown": "1",
          "hx-current-url": `${app.url}/c/${conversationId}`,
        },
      ),
    ];
    for (const reply of notices) expect(plain(await reply.text())).toEqual([]);
    expect(plain(await get(`/c/${conversationId}?undo=${messageId}`))).toEqual([]);
    await post(`/c/${conversationId}/delete`, {});
    expect(plain(await get(`/?deleted=${conversationId}`))).toEqual([]);
    expect(plain(await get(`/c/${conversationId}/thread`, htmx))).toEqual([]);
  });

  test("answers that think, that come to the length limit, and that fail", async () => {
    const error = new EngineFailedError("The model has crashed.");
    const scripts: Readonly<Record<string, Script>> = {
      "zanzibar?": { answer, reasoning: "zanzibar" },
      quokkas: { answer: "zanzibar ".repeat(400) },
      vixens: { answer: "zanzibar quokkas", failAt: { token: 1, error } },
      xylo: { answer, failAt: { token: 0, error } },
    };
    const script = ({ messages }: GenerateRequest) => scripts[messages.at(-1)?.content ?? ""] ?? { answer };
    await open({ engines: [new UnsureEngine({ script })] });
    const { conversationId } = await answered();
    for (const question of ["quokkas", "vixens", "xylo"]) {
      await app.generations.ask(ask(question, { conversationId }));
      await app.generations.idle();
    }
    const html = await get(`/c/${conversationId}`);
    expect(html.match(/class="failure"/g)).toHaveLength(2);
    expect(html).toContain('class="thought"');
    expect(plain(html)).toEqual([]);
  });

  test("the tokens of an answer, with what else the model might have written", async () => {
    await open();
    const { messageId, conversationId } = await answered();
    await post(`/messages/${messageId}`, { do: "measure" });
    await app.generations.idle();
    const measured = app.store.generations.ofConversation(conversationId).at(-1)?.id ?? "";
    const html = await get(`/generations/${measured}/tokens`);
    expect(html).toContain("token sure-3");
    expect(plain(html)).toEqual([]);
    expect(plain(await get(`/generations/${measured}/tokens`, htmx))).toEqual([]);
    expect(plain(await get(`/compare/${messageId}`))).toEqual([]);
  });

  test("an answer that is being written, and the questions that wait", async () => {
    const held = heldEngine();
    await open({ engines: [held.engine] });
    const { id, conversationId } = await app.generations.ask(ask("zanzibar?"));
    await held.reaches(1);
    expect(
      plain(await (await post("/ask", { text: "zanzibar", conversation_id: conversationId })).text()),
    ).toEqual([]);
    const html = await get(`/c/${conversationId}`);
    expect(html).toContain('class="queued"');
    expect(plain(html)).toEqual([]);
    const page = get(`/c/${conversationId}?stream=html`);
    const stopped = get(`/generations/${id}/html`);
    await post(`/generations/${id}/answer/stop`, {});
    held.letGo();
    const shown = (await stopped).replaceAll(/^event: .*\ndata: .*$|^id: .*$|^data: |^: ok$/gm, "");
    expect(plain(shown)).toEqual([]);
    expect(plain(await page)).toEqual([]);
    expect(plain(await get(`/c/${conversationId}`))).toEqual([]);
  });

  test("the list, and what was done with several conversations", async () => {
    await open();
    const id = addConversation(app.store, { title: "zanzibar" });
    expect(plain(await get("/conversations"))).toEqual([]);
    expect(plain(await get("/conversations?archived=1"))).toEqual([]);
    for (const action of ["archive", "unarchive", "move", "delete", "restore", "move-back"]) {
      const reply = await post("/conversations", { do: action, "id[]": id }, { origin: app.url });
      expect({ action, plain: plain(await reply.text()) }).toEqual({ action, plain: [] });
    }
  });

  test("several questions at once, and two answers side by side", async () => {
    await open();
    for (const path of ["/batches", "/compare"])
      expect({ path, plain: plain(await get(path)) }).toEqual({ path, plain: [] });
    await post("/batches", { id: "mine", questions: "zanzibar\nquokkas" });
    expect(plain(await get("/batches/mine"))).toEqual([]);
    await app.generations.idle();
    expect(plain(await get("/batches/mine"))).toEqual([]);
    expect(plain(await get("/batches"))).toEqual([]);
    const sides = {
      temperature_0: "0.7",
      memory_0: "on",
      temperature_1: "0.1",
      memory_1: "off",
      instructions_1: "vixens",
    };
    const sent = await post("/compare", { text: "zanzibar", key: "k", ...sides });
    const address = sent.headers.get("location") ?? "";
    expect(plain(await get(address))).toEqual([]);
    await app.generations.idle();
    expect(plain(await get(address))).toEqual([]);
  });

  test("a page or a note that says why nothing was done", async () => {
    await open();
    const { messageId, questionId } = await answered();
    for (const text of [
      "",
      " ",
      "/remember",
      "/forget",
      "/system",
      "/export",
      "/export pdf",
      "/xylo",
      "x".repeat(30_000),
    ]) {
      const html = await (await post("/ask", { text })).text();
      expect(html).toContain("⟦");
      expect({ text, plain: plain(html) }).toEqual({ text, plain: [] });
    }
    const replies = [
      await post("/ask", { text: "zanzibar", conversation_id: "gone" }),
      await post("/batches", { questions: "" }),
      await post("/batches", { questions: "[instrument] zanzibar" }),
      await post("/batches", { questions: "zanzibar\n".repeat(2000) }),
      await post("/compare", { text: "zanzibar", temperature_0: "9" }),
      await post(`/messages/${messageId}`, { do: "zanzibar" }),
      await post(`/messages/${questionId}/edit`, { text: "" }),
      await post("/conversations", { do: "move" }, { origin: app.url }),
    ];
    for (const reply of replies) expect([reply.url, plain(await reply.text())]).toEqual([reply.url, []]);
    for (const path of [
      "/c/gone",
      "/messages/gone/text",
      "/generations/gone/receipt",
      `/compare/${questionId}`,
    ])
      expect([path, plain(await get(path, { accept: "text/html" }))]).toEqual([path, []]);
  });
});
