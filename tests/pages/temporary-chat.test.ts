/** A temporary chat by plain forms: begun, asked in, kept, and begun by a command. */
import { expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });

test("A temporary chat is begun by a link, says what it is, is in no list, and is kept with one click", async () => {
  await using app = openAnsweringApp();
  expect(await (await fetch(`${app.url}/`)).text()).toContain('href="/?temporary=1"');
  const welcome = await (await fetch(`${app.url}/?temporary=1`)).text();
  expect(welcome).toContain('name="temporary" value="1"');
  expect(welcome).toContain("It is in no list and no search");
  const asked = await post(`${app.url}/ask`, { text: "A secret plan", key: "k1", temporary: "1" });
  const address = new URL(asked.headers.get("location") ?? "", app.url);
  const page = await (await fetch(`${app.url}${address.pathname}`)).text();
  expect(page).toContain("Keep it");
  const list = async () => await (await fetch(`${app.url}/list`)).text();
  expect(await list()).not.toContain("A secret plan");
  await post(`${app.url}${address.pathname}/change`, { temporary: "" });
  expect(await list()).toContain("A secret plan");
  expect(await (await fetch(`${app.url}${address.pathname}`)).text()).not.toContain("Keep it");
});

test("A question that is refused stays one of a temporary chat", async () => {
  await using app = openAnsweringApp();
  const refused = await post(`${app.url}/ask`, { text: "x".repeat(20_001), key: "k1", temporary: "1" });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('name="temporary" value="1"');
});

test("/temp begins one, with what follows as its draft", async () => {
  await using app = openAnsweringApp();
  const plain = await post(`${app.url}/ask`, { text: "/temp What is gold?", key: "k1" });
  expect(plain.headers.get("location")).toBe("/?temporary=1&draft=What+is+gold%3F");
  const byHtmx = await post(`${app.url}/ask`, { text: "/temp", key: "k2" }, { "hx-request": "true" });
  expect(byHtmx.headers.get("hx-redirect")).toBe("/?temporary=1");
});
