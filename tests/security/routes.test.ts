/** Every route of the app times every credential: who gets in, who does not, and what whoever does not learns. */
import { afterAll, describe, expect, test } from "bun:test";
import type { User } from "../../src/store/schema.ts";
import {
  type Belongings,
  type Credential,
  known,
  openGuardedApp,
  secretWord,
  strangers,
} from "./guarded-app.ts";
import { upgradeReply } from "./opened-socket.ts";
import { callOf, classes, routeName, sockets } from "./routes.ts";

/** Opened at once: the tests are made from its routes. */
// All routes times all credentials are more requests than anybody may send in a minute.
const app = await openGuardedApp({ settings: { REQUESTS_PER_MINUTE: "100000" } });
afterAll(() => app[Symbol.asyncDispose]());

const routes = [...new Set(app.app.routes.filter(({ method }) => method !== "WS").map(routeName))];
const missing: Belongings = {
  conversationId: "01900000-0000-7000-8000-000000000001",
  questionId: "01900000-0000-7000-8000-000000000002",
  messageId: "01900000-0000-7000-8000-000000000003",
  generationId: "01900000-0000-7000-8000-000000000004",
  memoryId: "01900000-0000-7000-8000-000000000005",
  factId: "f00000000000000000000000f",
  fileId: "01900000-0000-7000-8000-000000000006",
  documentId: "01900000-0000-7000-8000-000000000016",
  requestFileId: "file-01900000000070008000000000000017",
  batchId: "batch_01900000000070008000000000000018",
  datasetId: "01900000-0000-7000-8000-000000000008",
  importId: "01900000-0000-7000-8000-000000000009",
  queuedId: "01900000-0000-7000-8000-000000000007",
  presetId: "01900000-0000-7000-8000-000000000008",
  proposalId: "01900000-0000-7000-8000-000000000010",
  projectId: "01900000-0000-7000-8000-000000000011",
};

/** What makes a generation a stored completion. */
const stored = { messages: [], completion: { metadata: {} } };
/** What makes a generation one of /v1/responses: nothing else has an address there. */
const storedResponse = {
  messages: [{ role: "user", content: `What about ${secretWord}?` }],
  response: { instructions: null, previous: null, metadata: {}, stored: true },
} as const;

interface Reply {
  readonly status: number;
  /** '' of a stream without an end. */
  readonly text: string;
  readonly headers: Headers;
}

async function send(route: string, things: Belongings, headers: Record<string, string>): Promise<Reply> {
  const { method, path, body } = callOf(route, things);
  const left = new AbortController();
  const response = await fetch(app.url + path, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    redirect: "manual",
    signal: left.signal,
    ...(body === undefined ? {} : { body }),
  });
  const isEndless = response.ok && /^\/(?:(?:status|models)\/)?live/.test(path);
  const text = isEndless ? "" : await response.text();
  left.abort();
  return { status: response.status, text, headers: response.headers };
}

/** With the ids and the moments taken out, in which two replies differ by themselves. */
const withoutIds = (text: string, things: Belongings) =>
  Object.values(things)
    .reduce((rest, id) => rest.replaceAll(id, "ID"), text)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");

const rowsOf = ({ conversationId }: Belongings) =>
  JSON.stringify([
    app.store.wholeConversations.read(conversationId),
    app.store.queuedQuestions.ofConversation(conversationId),
  ]);

const letIn = ({ status }: Reply) => status !== 401 && status !== 403;

test("Every route is named with what it needs", () => {
  expect(routes.filter((route) => classes[route] === undefined)).toEqual([]);
  expect(routes.length).toBeGreaterThan(60);
  expect(app.app.routes.flatMap(({ method, path }) => (method === "WS" ? [path] : []))).toEqual([...sockets]);
});

describe.each(routes)("%s", (route) => {
  const isRead = route.startsWith("GET ") || route.endsWith(" /mcp");
  const needs = classes[route] ?? "admin";
  const isOfResponse = route.includes("/v1/responses/");
  const give = (user: User): Belongings => {
    const things = app.give(user);
    if (isOfResponse) app.store.generations.update(things.generationId, { request: storedResponse });
    if (route.includes("/completions/"))
      app.store.generations.update(things.generationId, { request: stored });
    return things;
  };

  test("is closed to strangers, whatever they bring, and says nothing to them", async () => {
    if (needs === "open") return;
    const things = give(app.users.owner);
    const before = rowsOf(things);
    for (const credential of strangers) {
      const reply = await send(route, things, app.headers(credential));
      expect([credential, reply.status]).toEqual([credential, 401]);
      expect(reply.headers.get("www-authenticate")).toContain("Bearer");
      const { error } = JSON.parse(reply.text);
      // Ollama's errors are a sentence, and the code of llama.cpp's is the status.
      const said = typeof error === "string" ? error : error.code === 401 ? error.message : null;
      if (said !== null) expect(said).toMatch(/^(?:Please log in|This API key)/);
      else expect(["login_required", "invalid_api_key"]).toContain(error.code);
      expect(reply.text).not.toContain(secretWord);
    }
    expect(rowsOf(things)).toBe(before);
  });

  test("gives others nothing that is not theirs: what they get is what they would get if it were not there", async () => {
    const foreign: Credential[] = ["other's session", "other's key", "admin's session", "admin's key"];
    const things = give(app.users.owner);
    const before = rowsOf(things);
    for (const credential of foreign) {
      const reply = await send(route, things, app.headers(credential));
      if (needs === "own") {
        const none = await send(route, missing, app.headers(credential));
        expect([credential, reply.status, withoutIds(reply.text, things)]).toEqual([
          credential,
          none.status,
          withoutIds(none.text, missing),
        ]);
        if (none.status === 200) expect(route).toMatch(/\/html$|\/thread$/);
        else expect(none.status).toBe(404);
      }
      const isTheirOwn =
        credential.startsWith("admin") &&
        ["GET /memories", "GET /memories/export", "GET /memory", "GET /api/export"].includes(route);
      expect(reply.text.includes(secretWord)).toBe(isTheirOwn);
      // The owner's name, which other words hold too.
      if (needs !== "admin") expect(reply.text).not.toMatch(/\bben\b/);
    }
    expect(rowsOf(things)).toBe(before);
  });

  test("lets in whose it is, a key as far as it goes, and admins where the program is steered", async () => {
    for (const credential of known) {
      const ofOwner = credential.startsWith("owner");
      const things = ofOwner ? give(app.users.owner) : missing;
      const expected = (() => {
        if (needs === "open") return true;
        if (needs === "admin") return credential.startsWith("admin's");
        if (needs === "account") return credential.endsWith("session");
        if (credential === "owner's read key") return isRead;
        return credential !== "admin's key for steering";
      })();
      const reply = await send(route, things, app.headers(credential));
      expect([credential, letIn(reply), reply.status]).toEqual([credential, expected, reply.status]);
      if (expected && needs === "own" && ofOwner)
        expect([credential, reply.status === 404]).toEqual([credential, false]);
      expect(reply.status).not.toBe(500);
    }
    await app.generations.idle();
  });
});

describe.each(sockets)("WS %s", (path) => {
  test("is opened to no stranger, whatever they bring", async () => {
    for (const credential of strangers) {
      const { status, text } = await upgradeReply(app.url, path, app.headers(credential));
      expect([credential, status]).toEqual([credential, 401]);
      expect(text.toLowerCase()).toContain("www-authenticate: bearer");
    }
  });

  test("is opened to whoever may ask, and to no key that may only read or steer", async () => {
    for (const credential of known) {
      const { status } = await upgradeReply(app.url, path, app.headers(credential));
      const mayAsk = credential !== "owner's read key" && credential !== "admin's key for steering";
      expect([credential, status]).toEqual([credential, mayAsk ? 101 : 403]);
    }
  });

  test("tells nobody of what is not theirs: no answer, and no difference to one that is not there", async () => {
    const things = app.give(app.users.owner);
    const told = async (credential: Credential, generationId: string) => {
      // Bun's own takes headers; its type is the browsers'.
      const socket: WebSocket = Reflect.construct(WebSocket, [
        app.url.replace("http", "ws") + path,
        { headers: app.headers(credential) },
      ]);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      socket.onopen = () => socket.send(JSON.stringify({ generation_id: generationId, after: 0 }));
      socket.onmessage = ({ data }) => resolve(String(data));
      socket.onclose = ({ code }) => reject(new Error(`The socket was closed with ${code}.`));
      try {
        return await promise;
      } finally {
        socket.onclose = null;
        socket.close();
      }
    };
    for (const credential of ["other's session", "other's key", "admin's session", "admin's key"] as const) {
      const foreign = await told(credential, things.generationId);
      expect(JSON.parse(foreign)).toMatchObject({ type: "error", error: { code: "not_found" } });
      expect(withoutIds(foreign, things)).toBe(
        withoutIds(await told(credential, missing.generationId), missing),
      );
    }
    expect(JSON.parse(await told("owner's key", things.generationId))).toMatchObject({ type: "start" });
  });
});

test("A response that is deleted is in the audit log like whatever else is deleted", async () => {
  const things = app.give(app.users.owner);
  app.store.generations.update(things.generationId, { request: storedResponse });
  const reply = await send("DELETE /v1/responses/:id", things, app.headers("owner's key"));
  expect(reply.status).toBe(200);
  expect(app.store.audit.list(1)[0]).toMatchObject({
    actor: "ben",
    action: "message-deleted",
    target: things.messageId,
  });
});
