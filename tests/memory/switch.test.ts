/** The switch of remembering: by the page, by the API, for each owner, and what it does. */
import { afterEach, expect, test } from "bun:test";
import { createMemory } from "../../src/memory/memory.ts";
import { rememberExchange } from "../../src/memory/remember-exchange.ts";
import { Preferences } from "../../src/preferences/preferences.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

let app: AnsweringApp | null = null;
afterEach(async () => {
  await app?.[Symbol.asyncDispose]();
  app = null;
});

function opened(): AnsweringApp {
  const open = openAnsweringApp();
  open.generations.events.subscribe(async (event) => {
    if (event.type === "exchanged")
      await rememberExchange(open.memory, { ...event.exchange, ownerId: event.ownerId });
  });
  app = open;
  return open;
}
const send = (url: string, method: string, body: unknown) =>
  fetch(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

test("off: finished answers are not remembered, and what is remembered already stays; on: they are again", async () => {
  const { url, generations, memory } = opened();
  const ask = async (message: string) => {
    expect((await send(`${url}/chat`, "POST", { message })).status).toBe(200);
    await generations.idle();
  };
  const keys = () => memory.newest(null, 10).map(({ key }) => key);
  await ask("What is first?");
  expect(await (await fetch(`${url}/api/memory`)).json()).toEqual({ remember_exchanges: true });
  const off = await send(`${url}/api/memory`, "PATCH", { remember_exchanges: false });
  expect(await off.json()).toEqual({ remember_exchanges: false });
  await ask("What is second?");
  await send(`${url}/memorize`, "POST", { key: "fact", value: "It stands." });
  expect(keys()).toEqual(["fact", "What is first?"]);
  await send(`${url}/api/memory`, "PATCH", { remember_exchanges: true });
  await ask("What is third?");
  expect(keys()).toEqual(["What is third?", "fact", "What is first?"]);
  expect((await send(`${url}/api/memory`, "PATCH", {})).status).toBe(422);
});

test("the page has the switch, says what it does, and works without scripts", async () => {
  const { url } = opened();
  const page = async () => (await fetch(`${url}/memory`)).text();
  const press = (remember: string) =>
    fetch(`${url}/memory`, {
      method: "POST",
      headers: { origin: url },
      body: new URLSearchParams({ remember }),
      redirect: "manual",
    });
  expect(await page()).toMatch(/role="switch"[^>]*aria-checked="true"[^>]*value="off"/);
  const pressed = await press("off");
  expect([pressed.status, pressed.headers.get("location")]).toEqual([303, "/memory"]);
  expect(await page()).toMatch(/role="switch"[^>]*aria-checked="false"[^>]*value="on"/);
  expect(await page()).toContain("Finished answers are not remembered.");
  expect((await press("maybe")).status).toBe(422);
  await press("on");
  expect(await page()).toContain("Each finished answer is remembered");
});

test("each owner has a choice of their own, which goes with them", async () => {
  using store = temporaryStore();
  const defaults = readSettings({}, "/nonexistent").personal;
  const values = { ...defaults.values, remember_exchanges: false };
  const preferences = new Preferences({ store, defaults: { ...defaults, values } });
  const remembers = (owner: string | null) => preferences.of(owner).remember_exchanges;
  const remember = (owner: string | null) => preferences.ofOwner(owner).change({ remember_exchanges: true });
  await using memory = createMemory({ store, embedder: null, log: silent, remembers });
  const user = (id: string) => ({ id, name: id, passwordHash: "", role: "admin" as const, createdAt: 1 });
  store.users.insert(user("anna"));
  store.users.insert(user("ben"));
  expect(memory.remembersExchanges("anna")).toBe(false);
  await remember("anna");
  await remember("anna");
  await remember(null);
  expect(["anna", "ben", null].map((owner) => memory.remembersExchanges(owner))).toEqual([true, false, true]);
  store.users.adopt("ben");
  expect(["ben", null].map((owner) => memory.remembersExchanges(owner))).toEqual([true, false]);
  store.users.remove("anna");
  expect(memory.remembersExchanges("anna")).toBe(false);
});
