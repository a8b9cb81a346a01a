/** What stays open: live pages, sockets, files that are read slowly or sent slowly, and what is left to whom. */
import { expect, test } from "bun:test";
import { connect } from "node:net";
import { UnauthenticatedError } from "../../src/accounts/account-errors.ts";
import { UsageLimits } from "../../src/accounts/usage-limits.ts";
import { auditFile } from "../../src/api/audit.ts";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { readThread } from "../../src/store/thread.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { type Credential, type GuardedApp, openGuardedApp } from "./guarded-app.ts";

const two = { settings: { STREAMS_PER_USER: "2" } };

async function opened(app: GuardedApp, path: string, credential: Credential) {
  const left = new AbortController();
  const reply = await fetch(app.url + path, { headers: app.headers(credential), signal: left.signal });
  return { status: reply.status, reply, leave: () => left.abort() };
}

for (const [path, credential] of [
  ["/live", "owner's session"],
  ["/status/live", "admin's session"],
  ["/models/live", "admin's session"],
] as const)
  test(`A user keeps so many streams of ${path} open as are allowed: they were not counted`, async () => {
    await using app = await openGuardedApp(two);
    const all = [await opened(app, path, credential), await opened(app, path, credential)];
    const refused = await opened(app, path, credential);
    expect([...all.map(({ status }) => status), refused.status]).toEqual([200, 200, 429]);
    expect(await refused.reply.json()).toMatchObject({ error: { limit: "streams_at_once" } });
    all[0]?.leave();
    let again = await opened(app, path, credential);
    // That a reader has left is told to the server a moment later.
    while (again.status === 429) again = await opened(app, path, credential);
    expect(again.status).toBe(200);
    for (const { leave } of [...all, again]) leave();
  });

test("A user keeps so many sockets open as are allowed: they were not counted", async () => {
  await using app = await openGuardedApp(two);
  const socket = () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    // Bun's takes headers, of which the types of browsers know nothing.
    const made: WebSocket = Reflect.construct(WebSocket, [
      `${app.url.replace("http", "ws")}/chat/stream`,
      { headers: { ...app.headers("owner's session"), origin: app.url } },
    ]);
    // The server closes one that is too many as soon as it is open: what answers a ping is there to stay.
    made.onopen = () => made.send('{"type":"ping"}');
    made.onmessage = () => resolve("stays");
    made.onclose = ({ code }) => resolve(`closed ${code}`);
    return { made, outcome: promise };
  };
  const [first, second] = [socket(), socket()];
  expect([await first.outcome, await second.outcome]).toEqual(["stays", "stays"]);
  expect(await socket().outcome).toBe("closed 1013");
  first.made.close();
  let again = socket();
  while ((await again.outcome) !== "stays") again = socket();
  second.made.close();
  again.made.close();
});

test("A login that has ended gets nothing more over a socket, which is closed, and who waits for an answer is told of it: it was told that the program was being stopped", async () => {
  const engine = new ScriptedEngine({
    slots: 4,
    script: () => ({ answer: "word ".repeat(10_000), pace: () => Bun.sleep(20) }),
  });
  await using app = openAnsweringApp({ engines: [engine] });
  const nobody = { name: "", address: "" };
  const user = await app.accounts.users.add(nobody, {
    name: "anna",
    password: "correct horse battery",
    role: "member",
  });
  const { secret, key } = app.accounts.keys.create(nobody, user, "a key", ["chat"]);
  const authorization = `Bearer ${secret}`;
  const messages: { type: string; error?: { code: string } }[] = [];
  const [begun, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()];
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${app.url.replace("http", "ws")}/chat/stream`,
    { headers: { authorization } },
  ]);
  socket.onopen = () => socket.send(JSON.stringify({ message: "Hello?", max_tokens: 10_000 }));
  socket.onmessage = ({ data }) => {
    messages.push(JSON.parse(data));
    begun.resolve();
  };
  socket.onclose = ({ code }) => closed.resolve(code);
  await begun.promise;
  const whole = fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ message: "Hello?", max_tokens: 10_000 }),
  });
  while (app.generations.unfinished < 2) await Bun.sleep(5);
  app.accounts.keys.revoke(nobody, user.id, key.id);
  expect(await closed.promise).toBe(1008);
  expect(messages.at(-1)).toMatchObject({ type: "error", error: { code: "login_required" } });
  expect((await whole).status).toBe(401);
  expect(app.logLines.filter(({ level }) => level === "error")).toEqual([]);
}, 30_000);

test("A login that has ended gets no more of a file that it takes slowly, and files are counted: neither was", async () => {
  await using app = await openGuardedApp();
  const { store, generations, queue, memory, documents, users } = app;
  for (let index = 0; index < 3; index++) app.give(users.owner);
  const library = new ConversationLibrary({ store, stopAnswers: () => {}, searchTerms: () => [] });
  const limits = new UsageLimits(readSettings({ STREAMS_PER_USER: "1" }, "/nonexistent").limits);
  const thread = (id: string) => readThread(store, id);
  const deps = {
    store,
    generations,
    queue,
    library,
    memory,
    documents,
    limits,
    thread,
    preferences: preferencesFor(store),
  };
  let isKnown = true;
  const workspace = new Workspace(deps, users.owner.id, {
    isStillKnown: () => isKnown,
    lookAgainMs: 0,
  });
  const file = workspace.transfer.exportAll(1);
  expect(() => workspace.transfer.exportAll(1)).toThrow("1 streams at once");
  expect(file.pieces.next().done).toBe(false);
  isKnown = false;
  expect(() => file.pieces.next()).toThrow(UnauthenticatedError);
  file[Symbol.dispose]();
  workspace.transfer.exportAll(1)[Symbol.dispose]();
});

test("A user imports one file at a time, each of which is held in memory: many filled it", async () => {
  await using app = await openGuardedApp();
  const { host, port } = new URL(app.url);
  const { authorization = "" } = app.headers("owner's key");
  const begun = Promise.withResolvers<void>();
  const slow = connect(Number(port), "127.0.0.1", () =>
    slow.write(
      `POST /api/conversations/import HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[`,
      () => begun.resolve(),
    ),
  );
  await begun.promise;
  const importing = (credential: Credential) =>
    fetch(`${app.url}/api/conversations/import`, {
      method: "POST",
      headers: app.headers(credential),
      body: "[]",
    });
  let second = await importing("owner's key");
  // The slow one may not have come in yet.
  while (second.status === 200) second = await importing("owner's key");
  expect([second.status, await second.json()]).toMatchObject([429, { error: { limit: "imports_at_once" } }]);
  expect((await importing("other's key")).status).toBe(200);
  slow.destroy();
  while (second.status === 429) second = await importing("owner's key");
  expect(second.status).toBe(200);
});

test("An admin who is none any more is told nothing more by a status page that was left open", async () => {
  await using app = await openGuardedApp();
  const { admin, owner } = app.users;
  const { reply } = await opened(app, "/status/live", "admin's session");
  expect(reply.status).toBe(200);
  app.accounts.users.setRole({ name: "", address: "" }, owner.id, "admin");
  app.accounts.users.setRole({ name: "", address: "" }, admin.id, "member");
  // It ends by itself.
  expect(await reply.text()).toContain("data:");
}, 15_000);

test("A word that is part of every object is a choice like any other unknown one: it was a defect", async () => {
  await using app = await openGuardedApp();
  for (const word of ["constructor", "__proto__", "toString"]) {
    for (const path of [`/account?done=${word}`, `/users?done=${word}`]) {
      const reply = await fetch(app.url + path, { headers: app.headers("admin's session") });
      expect([path, reply.status]).toEqual([path, 200]);
    }
    const key = await fetch(`${app.url}/account/keys`, {
      method: "POST",
      headers: app.headers("owner's session"),
      body: new URLSearchParams({ name: "mine", scope: word }),
    });
    expect([word, key.status]).toEqual([word, 422]);
  }
});

test("An admin whose login has ended gets no more of an audit log that is taken slowly: all of it came", async () => {
  await using app = await openGuardedApp();
  for (let index = 0; index < 300; index++)
    app.store.audit.add({ at: 1, actor: "anna", action: "login-succeeded", target: "", address: "" });
  let isKnown = true;
  const file = auditFile(app.store.audit, () => isKnown);
  let entries = 0;
  expect(() => {
    for (const _ of file) {
      entries++;
      isKnown = false;
    }
  }).toThrow(UnauthenticatedError);
  expect(entries).toBeLessThan(200);
  expect(JSON.parse([...auditFile(app.store.audit, () => true)].join("")).length).toBeGreaterThan(300);
});
