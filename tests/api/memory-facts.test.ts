/** Facts by the API: what they say of themselves, files of them with undo, and what is said or picked in a chat. */
import { afterEach, expect, test } from "bun:test";
import { rememberInChat } from "../../src/workspace/remember-in-chat.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { sendJson } from "./send-json.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: object) => sendJson(app.url, method, path, body);

/** With what stands before the desk in the program. */
function remembering(): AnsweringApp {
  const opened: { app?: AnsweringApp } = {};
  opened.app = openAnsweringApp({
    askDesk: (question, asked) => {
      const { memory, store } = opened.app ?? app;
      return rememberInChat({ memory, store, desk: async () => null })(question, asked);
    },
  });
  return opened.app;
}

const say = async (message: string) => {
  const { json } = await send("POST", "/chat", { message });
  await app.generations.idle();
  return json as { response: string; conversation_id: string };
};

test("a fact says what it is, since when it holds, what has taken its place and what may contradict it", async () => {
  app = openAnsweringApp();
  await send("POST", "/memorize", { key: "risk rule", value: "Never risk more than 1.25% on one trade" });
  const [made] = (await send("GET", "/memories?n=1")).json;
  const changed = await send("PATCH", `/memories/${made.id}`, {
    valid_from: "2024-01-01T00:00:00Z",
    confidence: 0.5,
  });
  expect(changed.json).toMatchObject({
    ...{
      kind: "fact",
      source: null,
      valid_from: "2024-01-01T00:00:00.000Z",
      valid_to: null,
      confidence: 0.5,
    },
    ...{ is_current: true, superseded_by: null, contradicts: [] },
  });
  const other = await send("POST", "/memorize", {
    key: "trade risk",
    value: "Never risk more than 2% on one trade",
  });
  expect(other.status).toBe(200);
  await app.memory.pending();
  const [second] = (await send("GET", "/memories?n=1")).json;
  expect((await send("GET", `/memories/${made.id}`)).json.contradicts).toEqual([second.id]);
  await send("POST", `/memories/${made.id}/settle`, { other: second.id });
  expect((await send("GET", `/memories/${made.id}`)).json.contradicts).toEqual([]);
  const newer = await send("POST", `/memories/${made.id}/supersede`, {
    value: "Never risk more than 1% on one trade",
  });
  expect(newer.json).toMatchObject({ key: "risk rule", is_current: true });
  expect((await send("GET", `/memories/${made.id}`)).json).toMatchObject({
    ...{ is_current: false, superseded_by: newer.json.id },
  });
});

test("memories are exported and imported, an import is undone, and several are forgotten and restored together", async () => {
  app = openAnsweringApp();
  const entries = [
    { key: "goal", value: "A house" },
    { key: "broker", value: "Northwind", category: "accounts" },
  ];
  const post = (body: string, type: string) =>
    fetch(`${app.url}/memories/import`, { method: "POST", body, headers: { "content-type": type } });
  const imported = (await (await post(JSON.stringify(entries), "application/json")).json()) as { id: string };
  expect(imported).toMatchObject({ added: 2, known: 0, refused: [] });
  const csv = await (await fetch(`${app.url}/memories/export?format=csv`)).text();
  expect(csv).toContain("broker,Northwind,accounts,fact");
  expect(await (await post(csv, "text/csv")).json()).toMatchObject({ added: 2 });
  expect((await (await fetch(`${app.url}/memories/export`)).json()) as object[]).toHaveLength(4);
  const undone = await send("POST", "/memories/import/undo", { id: imported.id });
  expect(undone.json.forgotten).toBe(2);
  expect((await send("GET", "/memories")).json).toHaveLength(2);
  expect((await send("POST", "/memories/restore", { moment: undone.json.moment })).json).toEqual({
    restored: 2,
  });
  const ids = (await send("GET", "/memories")).json.map(({ id }: { id: string }) => id);
  expect((await send("POST", "/memories/forget", { ids })).json.forgotten).toBe(4);
  expect((await send("GET", "/memories")).json).toEqual([]);
  expect((await post("nothing", "text/csv")).status).toBe(422);
});

test("“remember that …” in a chat makes a fact with its source, once, and it goes with the conversation", async () => {
  app = remembering();
  const { response, conversation_id } = await say("Remember that my broker fee is 7 USD per lot.");
  expect(response).toContain("I will remember: My broker fee is 7 USD per lot.");
  const asked = { q: "What is my broker fee?" };
  const search = async () => (await send("GET", `/memories/search?${new URLSearchParams(asked)}`)).json;
  expect(await search()).toMatchObject([
    { key: "broker fee", kind: "fact", source: { kind: "said", conversation_id } },
  ]);
  await say("Merke dir, dass ich Gold handle");
  await say("What is a pip?");
  expect((await send("GET", "/memories")).json).toHaveLength(2);
  await say("Remember that my broker fee is 5 USD per lot.");
  expect((await search()).map(({ value }: { value: string }) => value)).toEqual([
    "My broker fee is 5 USD per lot.",
  ]);
  await send("DELETE", `/api/conversations/${conversation_id}`);
  expect((await send("GET", "/memories")).json).toHaveLength(2);
});

test("“Remember this” makes a fact of a question, and of an answer what was answered then", async () => {
  app = openAnsweringApp();
  const { conversation_id } = await say("I never hold a position overnight");
  const [question, answer] = app.store.messages.path(conversation_id);
  const remember = (id = "") =>
    fetch(`${app.url}/messages/${id}`, {
      method: "POST",
      body: new URLSearchParams({ do: "remember" }),
      headers: { origin: app.url },
      redirect: "manual",
    });
  for (const id of [question?.id, question?.id, answer?.id])
    expect((await remember(id)).headers.get("location")).toStartWith("/memory#m-");
  const rows = app.memory.newest(null, 9);
  expect(rows.map(({ kind, source }) => [kind, source])).toEqual([
    ["exchange", "picked"],
    ["fact", "picked"],
  ]);
  await app.memory.forget(null, rows[1]?.id ?? "");
  await remember(question?.id);
  expect(app.memory.newest(null, 9)).toHaveLength(2);
});
