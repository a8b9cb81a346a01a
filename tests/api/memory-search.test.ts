/** `GET /memories/search`: what bears on a question, as it is now or as it was. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { sendJson } from "./send-json.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: object) => sendJson(app.url, method, path, body);

const memorize = (key: string, value: string, category = "rules") =>
  send("POST", "/memorize", { key, value, category });
const search = (fields: Record<string, string>) =>
  send("GET", `/memories/search?${new URLSearchParams(fields)}`);

test("the best comes first, with what it is and where it is from; a newer value takes the place of the older", async () => {
  app = openAnsweringApp();
  await memorize("risk", "Never risk more than 1 percent on one trade");
  await memorize("holiday", "Ten days in Crete in June", "plans");
  const before = new Date().toISOString();
  await Bun.sleep(5);
  await memorize("risk", "Never risk more than 2 percent on one trade");
  const asked = { q: "How much may I risk on one trade?" };
  const { status, json } = await search(asked);
  expect(status).toBe(200);
  expect(json).toEqual([
    {
      ...{ id: expect.any(String), key: "risk", value: "Never risk more than 2 percent on one trade" },
      ...{ category: "rules", timestamp: expect.any(String), score: expect.any(Number) },
      ...{ kind: "fact", source: null },
    },
  ]);
  const then = await search({ ...asked, as_of: before });
  expect(then.json.map(({ value }: { value: string }) => value)).toEqual([
    "Never risk more than 1 percent on one trade",
  ]);
  expect((await search({ ...asked, as_of: "2001-01-01T00:00:00Z" })).json).toEqual([]);
  expect((await search({ q: "What is the capital of Mongolia?" })).json).toEqual([]);
});

test("an exchange says which conversation and message it is from", async () => {
  app = openAnsweringApp();
  await app.memory.memorize({
    ...{ ownerId: null, key: "What moves gold?", value: "Question: What moves gold?\nAnswer: Real rates." },
    ...{ category: "conversation", conversationId: "c1", messageId: "m1" },
  });
  const { json } = await search({ q: "What moves my gold?" });
  expect(json).toMatchObject([{ kind: "exchange", source: { conversation_id: "c1", message_id: "m1" } }]);
});

test.each([
  [{}, "q"],
  [{ q: "  " }, "q"],
  [{ q: "gold", n: "0" }, "n"],
  [{ q: "gold", n: "many" }, "n"],
  [{ q: "gold", as_of: "yesterday" }, "as_of"],
])("%o is refused by the field's name", async (fields, param) => {
  app = openAnsweringApp();
  const { status, json } = await search(fields);
  expect(status).toBe(422);
  expect(json.error.param).toBe(param);
});
