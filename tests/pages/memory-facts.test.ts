/** What the page of memories shows of facts, as a browser without scripts uses it. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const memorize = (key: string, value: string, rest: object = {}) =>
  app.memory.memorize({ ownerId: null, key, value, category: "general", ...rest });
const page = async (query = "") => (await fetch(`${app.url}/memory${query}`)).text();
const send = async (path: string, form: URLSearchParams | FormData) => {
  const reply = await fetch(`${app.url}/memory/${path}`, {
    method: "POST",
    body: form,
    headers: { origin: app.url },
    redirect: "manual",
  });
  expect(reply.status).toBe(303);
  return reply.headers.get("location")?.replace("/memory", "") ?? "";
};
const fields = (form: Record<string, string>) => new URLSearchParams(form);

test("a new value takes the place of the old one, and each shows the other", async () => {
  app = openAnsweringApp();
  const { id } = await memorize("rent", "The flat costs 900 euros");
  const form = { do: "supersede", key: "rent", value: "The flat costs 950 euros", category: "general" };
  const to = await send(id, fields(form));
  const old = await page(`?id=${id}`);
  expect(old).toContain("No longer used. It was replaced by:");
  expect(old).toContain("The flat costs 950 euros");
  const now = await page(`?id=${to.replace("#m-", "")}`);
  expect(now).toContain("Earlier values");
  expect(now).not.toContain("No longer used");
});

test("a contradiction is shown on both, and one of them is chosen, or both are right", async () => {
  app = openAnsweringApp();
  const rule = "Never risk more than 1.25% of the account on one trade";
  const one = await memorize("risk rule", rule);
  const other = await memorize("trade risk", "Never risk more than 2% of the account on one trade");
  await app.memory.pending();
  expect((await page()).match(/This may contradict:/g)).toHaveLength(2);
  expect((await page("?kind=contradiction")).match(/<li id="m-/g)).toHaveLength(2);
  await send(other.id, fields({ do: "prefer", other: one.id }));
  expect(await page()).not.toContain("This may contradict:");
  expect(app.memory.isCurrent(one.id)).toBe(false);
  const third = await memorize("account risk", "Never risk more than 3% of the account on one trade");
  await app.memory.pending();
  await send(third.id, fields({ do: "settle", other: other.id }));
  expect(await page()).not.toContain("This may contradict:");
});

test("the list is filtered by kind and category", async () => {
  app = openAnsweringApp();
  await memorize("rent", "fact of rent");
  await memorize("broker", "fact of broker", { category: "accounts" });
  await memorize("asked", "Question: Why?\nAnswer: what was answered", {
    kind: "exchange",
    category: "conversation",
  });
  expect(await page("?kind=fact")).not.toContain("what was answered");
  expect(await page("?kind=exchange")).not.toContain("fact of rent");
  const accounts = await page("?category=accounts");
  expect(accounts).toContain("fact of broker");
  expect(accounts).not.toContain("fact of rent");
  expect(await page("?kind=contradiction")).toContain("No memory is of this kind.");
});

test("a file is imported and undone, several are forgotten and brought back", async () => {
  app = openAnsweringApp();
  const form = new FormData();
  form.set("file", new File(["key,value\nrent,900 euros\nbroker,Northwind\n,nothing"], "mine.csv"));
  const imported = await send("import", form);
  expect(await page(imported)).toContain("Imported: 2. Not readable: 1.");
  const undone = await send(
    "undo",
    fields({ imported: new URLSearchParams(imported).get("imported") ?? "" }),
  );
  expect(app.memory.newest(null, 9)).toEqual([]);
  expect(await page(undone)).toContain('action="/memory/undo"');
  await send("undo", fields({ moment: new URLSearchParams(undone).get("undo_moment") ?? "" }));
  const ids = app.memory.newest(null, 9).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  const forgotten = await send("forget", new URLSearchParams(ids.map((id) => ["id[]", id])));
  expect(app.memory.newest(null, 9)).toEqual([]);
  expect(await page(forgotten)).toContain("Forgotten.");
});

test("one that was not relevant comes less readily, until that is taken back; the reply takes the place of its row", async () => {
  app = openAnsweringApp();
  const { id } = await memorize("rent", "The flat costs 900 euros");
  const act = async (word: string) => {
    const reply = await fetch(`${app.url}/memory/${id}`, {
      method: "POST",
      body: fields({ do: word }),
      headers: { origin: app.url, "hx-request": "true" },
    });
    return reply.text();
  };
  const score = async () => {
    const asked = { ownerId: null, signal: new AbortController().signal };
    return (await app.memory.recall("What is my rent?", 3, asked))[0]?.score ?? 0;
  };
  const before = await score();
  expect(await act("dismiss")).toContain('value="relevant"');
  expect(await score()).toBeLessThan(before);
  await act("relevant");
  expect(await score()).toBe(before);
});
