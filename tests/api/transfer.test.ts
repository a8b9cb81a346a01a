import { describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { createTransferRoutes, importPath } from "../../src/api/transfer.ts";
import { ConversationLibrary, type LibraryChange } from "../../src/conversations/library.ts";
import { createDocuments } from "../../src/documents/documents.ts";
import { createApiErrors } from "../../src/http/api-errors.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { wordsOf } from "../../src/memory/search-terms.ts";
import { calendarOf } from "../../src/pages/calendar.ts";
import type { Store } from "../../src/store/database.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { archive, archived } from "../conversations/transfer/archived.ts";
import { createInMemoryChat } from "../fakes/in-memory-chat.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { conversation } from "../store/rows.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const time = Date.UTC(2026, 1, 3);

function serve(store: Store, largestImport = 50_000) {
  const changes: LibraryChange[] = [];
  const library = new ConversationLibrary({ store, stopAnswers: () => {}, searchTerms: wordsOf });
  library.onChange((change) => changes.push(change));
  const chat = createInMemoryChat();
  const memory = createMemory({ store, embedder: null, log: silent });
  const generations = {
    ...chat.generations,
    askBoth: async () => [],
    writers: () => [],
    answerNow: () => false,
    stopWhenAbandoned: () => {},
    outcome: () => null,
    async *follow() {},
  };
  const preferences = preferencesFor(store);
  const { thread } = chat.conversations;
  const queue = chat.questionQueue;
  const documents = createDocuments({ store, embedder: null, log: silent });
  const deps = { store, library, memory, documents, generations, queue, preferences, thread };
  const workspace = new Workspace(deps, null);
  const app = new Elysia({ serve: { reusePort: false, maxRequestBodySize: 1_000_000 } })
    .use(createApiErrors(silent))
    .use(
      createTransferRoutes({
        workspaceOf: () => workspace,
        document: { style: () => "p{margin:0}", datesOf: () => calendarOf("UTC") },
        now: () => time,
        largestImport,
      }),
    )
    .listen({ port: 0, hostname: "127.0.0.1" });
  const address = `http://127.0.0.1:${app.server?.port}`;
  return {
    changes,
    get: (path: string, init?: RequestInit) => fetch(address + path, init),
    send: (body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}) =>
      fetch(address + importPath, { method: "POST", body, headers }),
    [Symbol.asyncDispose]: () => app.stop(true).then(() => undefined),
  };
}

const file = (...conversations: readonly unknown[]) => JSON.stringify(archive(conversations));

/** Sent in chunks, without its length. */
const streamOf = (text: string) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < text.length; at += 10_000)
        controller.enqueue(new TextEncoder().encode(text.slice(at, at + 10_000)));
      controller.close();
    },
  });

describe("POST /api/conversations/import", () => {
  test("takes a file as the body or in a form, with its length or without, and tells of what is new", async () => {
    using store = temporaryStore();
    await using server = serve(store);
    const form = new FormData();
    form.set("file", new File([file(archived(), archived({}, "d"))], "export.json"));
    const bodies = [file(archived({}, "e")), form, streamOf(file(archived({}, "f"), archived()))];
    const replies: unknown[] = [];
    for (const body of bodies) replies.push(await (await server.send(body)).json());
    const nothing = { skipped: [], refused: [], memories: 0, presets: 0, documents: 0, projects: 0 };
    expect(replies).toEqual([
      { ...nothing, imported: ["e"] },
      { ...nothing, imported: ["c", "d"] },
      { ...nothing, imported: ["f"], skipped: ["c"] },
    ]);
    expect(server.changes).toEqual(
      ["e", "c", "d", "f"].map((conversationId) => ({ conversationId, of: "list" })),
    );
  });

  test("refuses with our form of an error what is no export, and what holds no file", async () => {
    using store = temporaryStore();
    await using server = serve(store);
    const form = new FormData();
    form.set("file", "only a text");
    const broken = { "content-type": "multipart/form-data; boundary=x" };
    const replies = [
      await server.send("{"),
      await server.send('{"a": 1}', { "content-type": "application/json" }),
      await server.send(""),
      await server.send(form),
      await server.send("no form", broken),
    ];
    for (const reply of replies) {
      expect(reply.status).toBe(422);
      expect(await reply.json()).toMatchObject({
        error: { code: "invalid_request", type: "invalid_request_error", message: expect.any(String) },
      });
    }
    expect(store.wholeConversations.ids(null)).toEqual([]);
  });

  test("refuses with 413 what is too large, whether or not its length is told", async () => {
    using store = temporaryStore();
    await using server = serve(store);
    const large = file(archived({ title: "x".repeat(50_000) }));
    const form = new FormData();
    form.set("file", new File([large], "export.json"));
    for (const body of [large, form, streamOf(large), streamOf(large.repeat(5))]) {
      const reply = await server.send(body);
      expect(reply.status).toBe(413);
      expect(await reply.json()).toMatchObject({ error: { code: "too_large", largest_bytes: 50_000 } });
    }
  });
});

describe("GET /api/conversations/:id/export", () => {
  test("gives Markdown unless told, or JSON that can be imported, under a name that the server makes", async () => {
    using store = temporaryStore();
    using other = temporaryStore();
    await using server = serve(store);
    await using otherServer = serve(other);
    await server.send(file(archived({ title: 'Größe "x"\r\nset-cookie: a/../b' })));
    const markdown = await server.get("/api/conversations/c/export");
    expect(markdown.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(markdown.headers.get("content-disposition")).toBe(
      'attachment; filename="gro-e-x-set-cookie-a-b-2026-02-03.md"',
    );
    expect(await markdown.text()).toContain("Yes.");
    const json = await server.get("/api/conversations/c/export?format=json");
    expect(json.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await (await otherServer.send(await json.text())).json()).toMatchObject({ imported: ["c"] });
    expect(other.wholeConversations.read("c")).toEqual(store.wholeConversations.read("c"));
  });

  test("gives a document that stands alone, in the language of the request", async () => {
    using store = temporaryStore();
    await using server = serve(store);
    await server.send(file(archived({ title: "Größe" })));
    const reply = await server.get("/api/conversations/c/export?format=html");
    expect(reply.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toBe('attachment; filename="gro-e-2026-02-03.html"');
    const html = await reply.text();
    expect(html).toContain("<title>Größe</title>");
    expect(html).toContain("<style>p{margin:0}</style>");
    expect(html).toContain('<p dir="auto">Yes.</p>');
    expect((await server.get("/api/conversations/nobody/export?format=html")).status).toBe(404);
  });

  test("refuses another format with 422, and an unknown conversation with 404", async () => {
    using store = temporaryStore();
    await using server = serve(store);
    await server.send(file(archived({ title: "金" })));
    const wrong = await server.get("/api/conversations/c/export?format=pdf");
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({
      error: { message: "format must be markdown or html or json." },
    });
    expect((await server.get("/api/conversations/nobody/export")).status).toBe(404);
    const named = await server.get("/api/conversations/c/export");
    expect(named.headers.get("content-disposition")).toContain('"conversation-2026-02-03.md"');
  });
});

describe("GET /api/export", () => {
  test("streams everything, and can be imported elsewhere", async () => {
    using store = temporaryStore();
    using other = temporaryStore();
    await using server = serve(store);
    await using otherServer = serve(other, 1_000_000);
    const ids = Array.from({ length: 40 }, (_, index) => `n${String(index).padStart(2, "0")}`);
    await server.send(file(...ids.map((id) => archived({}, id))));
    const reply = await server.get("/api/export");
    expect(reply.headers.get("content-disposition")).toBe('attachment; filename="assistant-2026-02-03.json"');
    expect(await (await otherServer.send(await reply.text())).json()).toMatchObject({ imported: ids });
  });

  test("leaves nothing open behind a reader that goes away", async () => {
    using store = temporaryStore();
    const closed = Promise.withResolvers<void>();
    await using server = serve({
      ...store,
      openSnapshot() {
        const reading = store.openSnapshot();
        return {
          ...reading,
          [Symbol.dispose]() {
            reading[Symbol.dispose]();
            closed.resolve();
          },
        };
      },
    });
    store.transaction(() => {
      for (let index = 0; index < 3_000; index++)
        store.conversations.insert(conversation({ id: `n${index}`, title: "x".repeat(10_000) }));
    });
    const reader = new AbortController();
    const reply = await server.get("/api/export", { signal: reader.signal });
    await reply.body?.getReader().read();
    reader.abort();
    await closed.promise;
  });
});
