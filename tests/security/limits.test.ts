/** What one user may have at once and over time, and what is said when it is more. */
import { describe, expect, test } from "bun:test";
import { UnauthenticatedError } from "../../src/accounts/account-errors.ts";
import { UsageLimits } from "../../src/accounts/usage-limits.ts";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { readThread } from "../../src/store/thread.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { ask } from "../fakes/answering.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, words } from "../generations/read-answer.ts";
import { type Credential, type GuardedApp, openGuardedApp } from "./guarded-app.ts";

const question = (app: GuardedApp, credential: Credential) =>
  fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { ...app.headers(credential), "content-type": "application/json" },
    body: JSON.stringify({ message: "What is gold?" }),
  });

test("Requests are counted by user: beyond the limit 429 says which one and when to come back, and others are let in", async () => {
  await using app = await openGuardedApp({ settings: { REQUESTS_PER_MINUTE: "10" } });
  const session = app.headers("owner's session");
  const read = (headers: Record<string, string>) => fetch(`${app.url}/memories`, { headers });
  const replies: Response[] = [];
  for (let count = 0; count < 12; count++) replies.push(await read(session));
  expect(replies.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429, 429]);
  expect(replies[0]?.headers.get("ratelimit-policy")).toBe('"requests";q=10;w=60, "tokens";q=1000000;w=60');
  expect(replies[0]?.headers.get("ratelimit")).toMatch(/^"requests";r=9;t=\d+, "tokens";r=1000000;t=0$/);
  expect(replies[9]?.headers.get("ratelimit")).toMatch(/^"requests";r=0;t=\d+, "tokens";r=1000000;t=0$/);
  const seconds = Number(replies[10]?.headers.get("retry-after"));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(replies[10]?.headers.get("ratelimit")).toBe(`"requests";r=0;t=${seconds}`);
  expect(await replies[10]?.json()).toMatchObject({
    error: { code: "rate_limited", type: "rate_limit_error", limit: "requests", retry_after: seconds },
  });
  // Another login of the same user is the same user; anybody else is another one.
  expect((await read(app.headers("owner's session"))).status).toBe(429);
  expect((await read(app.headers("other's session"))).status).toBe(200);
  app.clock.now += seconds * 1000;
  expect((await read(session)).status).toBe(200);
});

test("All keys of a user are held to one limit: with five keys a user sent five times as much", async () => {
  await using app = await openGuardedApp({ settings: { REQUESTS_PER_MINUTE: "10" } });
  const nobody = { name: "", address: "" };
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) {
    const { secret } = app.accounts.keys.create(nobody, app.users.owner, `key ${count}`, ["chat"]);
    for (let times = 0; times < 4; times++) {
      const headers = { authorization: `Bearer ${secret}` };
      statuses.push((await fetch(`${app.url}/v1/models`, { headers })).status);
    }
  }
  expect(statuses).toEqual([...Array(10).fill(200), ...Array(10).fill(429)]);
  expect((await fetch(`${app.url}/memories`, { headers: app.headers("owner's session") })).status).toBe(429);
  expect((await fetch(`${app.url}/memories`, { headers: app.headers("other's key") })).status).toBe(200);
});

test("Strangers are counted by their address, which a proxy may tell only when it is one of ours", async () => {
  const from = async (settings: Record<string, string>) => {
    await using app = await openGuardedApp({ settings: { REQUESTS_PER_MINUTE: "10", ...settings } });
    const statuses: number[] = [];
    for (let count = 0; count < 12; count++) {
      const headers = { "x-forwarded-for": `10.0.0.${count}` };
      const reply = await fetch(`${app.url}/health`, { headers });
      expect(reply.headers.get("ratelimit-policy")).toBe('"requests";q=10;w=60');
      statuses.push(reply.status);
    }
    return statuses.filter((status) => status === 429).length;
  };
  expect(await from({})).toBe(2);
  expect(await from({ TRUSTED_PROXIES: "127.0.0.1" })).toBe(0);
});

test("A user has so many answers at once; another one is not kept from asking", async () => {
  const { engine } = held(words(30), 5, { slots: 8 });
  await using app = await openGuardedApp({ engines: [engine], settings: { ANSWERS_PER_USER: "2" } });
  const left = new AbortController();
  const stream = (credential: Credential) =>
    fetch(`${app.url}/chat/stream`, {
      method: "POST",
      headers: { ...app.headers(credential), "content-type": "application/json" },
      body: JSON.stringify({ message: "What is gold?" }),
      signal: left.signal,
    });
  const all = await Promise.all([stream("owner's key"), stream("owner's key"), stream("owner's key")]);
  expect(all.map(({ status }) => status).toSorted()).toEqual([200, 200, 429]);
  const refused = all.find(({ status }) => status === 429);
  expect(await refused?.json()).toMatchObject({ error: { limit: "answers_at_once" } });
  expect((await stream("other's key")).status).toBe(200);
  left.abort();
});

test("A user reads so many streams at once, and one that has been left makes room for another", async () => {
  const { engine } = held(words(30), 5, { slots: 8 });
  await using app = await openGuardedApp({ engines: [engine], settings: { STREAMS_PER_USER: "2" } });
  const { id } = await app.generations.ask(ask("Tell me.", { ownerId: app.users.owner.id }));
  const open = async () => {
    const left = new AbortController();
    const reply = await fetch(`${app.url}/generations/${id}/events`, {
      headers: app.headers("owner's key"),
      signal: left.signal,
    });
    return { reply, leave: () => left.abort() };
  };
  const [first, second, third] = [await open(), await open(), await open()];
  expect([first, second, third].map(({ reply }) => reply.status)).toEqual([200, 200, 429]);
  expect(await third.reply.json()).toMatchObject({ error: { limit: "streams_at_once" } });
  first.leave();
  let again = await open();
  // That a reader has left is told to the server a moment later.
  while (again.reply.status === 429) again = await open();
  expect(again.reply.status).toBe(200);
  second.leave();
  again.leave();
});

test("When all together read as many streams as may be read, 503 says so to whoever comes next", async () => {
  const { engine } = held(words(30), 5, { slots: 8 });
  await using app = await openGuardedApp({ engines: [engine], settings: { STREAMS_IN_ALL: "1" } });
  const left = new AbortController();
  const open = async (credential: Credential, ownerId: string) => {
    const { id } = await app.generations.ask(ask("Tell me.", { ownerId }));
    return fetch(`${app.url}/generations/${id}/events`, {
      headers: app.headers(credential),
      signal: left.signal,
    });
  };
  expect((await open("owner's key", app.users.owner.id)).status).toBe(200);
  const refused = await open("other's key", app.users.other.id);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: "overloaded", limit: "streams_in_all" } });
  left.abort();
});

test("Who has used the tokens of a minute waits until they have flowed back", async () => {
  const engine = new ScriptedEngine({ script: () => ({ answer: words(150) }) });
  await using app = await openGuardedApp({ engines: [engine], settings: { TOKENS_PER_MINUTE: "100" } });
  expect((await question(app, "owner's key")).status).toBe(200);
  await app.generations.idle();
  const refused = await question(app, "owner's session");
  expect(refused.status).toBe(429);
  // It told of requests alone, of which nearly all were left.
  expect(refused.headers.get("ratelimit")).toBe(`"tokens";r=0;t=${refused.headers.get("retry-after")}`);
  expect(refused.headers.get("ratelimit-policy")).toBe('"requests";q=1200;w=60, "tokens";q=100;w=60');
  expect(await refused.json()).toMatchObject({ error: { limit: "tokens" } });
  expect((await question(app, "other's key")).status).toBe(200);
  app.clock.now += Number(refused.headers.get("retry-after")) * 1000;
  expect((await question(app, "owner's key")).status).toBe(200);
});

test("Whoever uses this machine without a login is held to nothing of it", async () => {
  const settings = {
    REQUESTS_PER_MINUTE: "10",
    ANSWERS_PER_USER: "1",
    STREAMS_PER_USER: "1",
    TOKENS_PER_MINUTE: "100",
  };
  await using app = openAnsweringApp({
    engines: [new ScriptedEngine({ slots: 50 })],
    settings,
    queueLimit: 50,
  });
  const replies = await Promise.all(
    Array.from({ length: 30 }, () =>
      fetch(`${app.url}/chat`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ message: "What is gold?" }),
      }),
    ),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  expect(replies[0]?.headers.get("ratelimit")).toBeNull();
});

describe("A login that has ended", () => {
  test("ends the streams and the sockets that it had opened, at the next token", async () => {
    const { engine, go } = held(words(30), 10);
    await using app = openAnsweringApp({ engines: [engine] });
    const { store, generations, queue, memory, documents } = app;
    const user = await app.accounts.users.add(
      { name: "", address: "" },
      { name: "anna", password: "correct horse battery", role: "admin" },
    );
    const library = new ConversationLibrary({ store, stopAnswers: () => {}, searchTerms: () => [] });
    const limits = new UsageLimits(readSettings({}, "/nonexistent").limits);
    const deps = {
      store,
      generations,
      queue,
      library,
      memory,
      documents,
      limits,
      preferences: preferencesFor(store),
      thread: (id: string) => readThread(store, id),
    };
    let isKnown = true;
    const workspace = new Workspace(deps, user.id, { isStillKnown: () => isKnown, lookAgainMs: 0 });
    const { id } = await workspace.generations.ask(ask("Tell me."));
    const reading = workspace.generations.follow(id, 0, new AbortController().signal);
    let read = 0;
    let thrown: unknown = null;
    try {
      for await (const update of reading) {
        if (update.type === "tokens") read += update.tokens.length;
        if (read === 0) continue;
        isKnown = false;
        go();
      }
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnauthenticatedError);
    expect(read).toBeLessThan(30);
    expect(workspace.generations.ask(ask("And then?"))).rejects.toThrow("Please log in");
    await generations.idle();
  });

  test("is told nothing more by the live channel nor by the live status", async () => {
    await using app = await openGuardedApp();
    const open = async (path: string, credential: Credential) => {
      const reply = await fetch(app.url + path, { headers: app.headers(credential) });
      expect(reply.status).toBe(200);
      return reply;
    };
    const status = await open("/status/live", "admin's session");
    const live = await open("/live", "owner's session");
    const own = await open("/live", "other's session");
    const { owner, other, admin } = app.users;
    for (const user of [admin, owner]) app.accounts.sessions.endAll(user.id);
    app.tell(app.give(owner).conversationId);
    app.tell(app.give(other).conversationId);
    // Both end by themselves; the other's tells of the other's conversation, and goes on.
    expect(await live.text()).not.toContain("event: list");
    expect(await status.text()).toContain("data:");
    let told = "";
    const reader = own.body?.getReader();
    while (!told.includes("event: list")) told += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    expect(told).toContain("event: list");
  }, 30_000);
});

test("A body that is too large is refused with the limit's name before it is read", async () => {
  await using app = await openGuardedApp();
  const reply = await fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { ...app.headers("owner's key"), "content-type": "application/json" },
    body: JSON.stringify({ message: "x".repeat(2_000_000) }),
  });
  expect(reply.status).toBe(413);
  expect(await reply.json()).toMatchObject({ error: { limit: "body", largest_bytes: 1_048_576 } });
});
