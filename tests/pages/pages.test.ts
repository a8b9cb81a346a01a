import { describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { ShutdownRequest } from "../../src/generations/generation-errors.ts";
import { createPages } from "../../src/pages/pages.tsx";
import { defaultFileLimits, filesOf } from "../../src/workspace/files.ts";
import { financeOf } from "../../src/workspace/finance.ts";
import { ratingsOf } from "../../src/workspace/ratings.ts";
import { ownDataOf } from "../../src/workspace/wipe.ts";
import { createInMemoryChat } from "../fakes/in-memory-chat.ts";
import { noMemories } from "../fakes/no-memories.ts";
import { noModels } from "../fakes/no-models.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { presetsIn } from "../fakes/presets-in.ts";
import { EventStreamParser } from "../sse/parse-event-stream.ts";

function startPages() {
  const chat = createInMemoryChat(1);
  const defects: unknown[] = [];
  const app = new Elysia().use(
    createPages(() => ({
      ...chat,
      memory: noMemories,
      modelChoice: noModels,
      finance: financeOf(chat.store, null),
      files: filesOf({ store: chat.store, limits: defaultFileLimits, seesPictures: () => true }, null),
      data: ownDataOf(chat, null),
      engineSummary: () => ({
        state: "ready",
        model: "demo",
        modelName: "Demo",
        tiny: false,
        problem: null,
        progress: null,
        phase: null,
        retryInSeconds: null,
        meanwhile: null,
      }),
      personal: preferencesFor(chat.store).ofOwner(null),
      presets: presetsIn(chat),
      ratings: ratingsOf(chat.store, chat, (change) => chat.library.tell(change)),
      storage: { state: () => ({ problem: null, isUrgent: false }), onChange: () => () => {} },
      asset: (name) => `/assets/${name}`,
      reportDefect: (error) => defects.push(error),
    })),
  );
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.handle(new Request(`http://localhost${path}`, { headers }));
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.handle(
      new Request(`http://localhost${path}`, { method: "POST", body: new URLSearchParams(fields), headers }),
    );
  return { chat, defects, get, post };
}

const htmx = { "hx-request": "true", "list-shown": "" };
/** What a tab that shows the end of a conversation tells of itself. */
const tabOf = (conversation: string, turns = 1) => ({
  ...htmx,
  "hx-current-url": `http://localhost/c/${conversation}`,
  "turns-shown": String(turns),
});

/** Asks, and gives the ids of what came to be. */
async function asked(pages: ReturnType<typeof startPages>, text: string) {
  const html = await (await pages.post("/ask", { text, key: crypto.randomUUID() }, htmx)).text();
  const id = /id="answer-([^"]+)"/.exec(html)?.[1] ?? "";
  return { id, conversation: pages.chat.generations.get(id)?.conversationId ?? "" };
}

describe("a question", () => {
  test("from a plain form leads to the page that writes its answer", async () => {
    const { post, get } = startPages();
    const reply = await post("/ask", { text: "hello" });
    expect(reply.status).toBe(303);
    const location = reply.headers.get("location") ?? "";
    expect(location).toMatch(/^\/c\/[\w-]+\?stream=html#end$/);
    const page = await (await get(location.replace("#end", ""))).text();
    expect(page).toStartWith("<!doctype html>");
    expect(page).toContain("How can I help?");
    expect(page).toEndWith("</html>");
  });

  test("from htmx is answered with the pieces that change, and with the conversation's address", async () => {
    const { post } = startPages();
    const reply = await post("/ask", { text: "hello" }, htmx);
    expect(reply.headers.get("hx-push-url")).toMatch(/^\/c\/[\w-]+$/);
    const html = await reply.text();
    for (const target of ["#thread", "#composer-fields", "#composer-note", "#conversation-list", "title"])
      expect(html).toContain(`hx-target="${target}"`);
  });

  test.each([
    ["empty", { text: "  " }, 422, "Write a question first."],
    ["too long", { text: "x".repeat(20_001) }, 422, "at most 20,000 characters"],
    ["for a conversation that is gone", { text: "hello", conversation_id: "none" }, 404, "no longer exists"],
    ["when too many wait", { text: "full" }, 503, "Try again in 5 seconds."],
  ] as const)("that is refused, %s, says why", async (_why, fields, status, sentence) => {
    const { post } = startPages();
    for (const headers of [htmx, {}]) {
      const reply = await post("/ask", fields, headers);
      expect(reply.status).toBe(status);
      expect(await reply.text()).toContain(sentence);
    }
    if (status === 503) expect((await post("/ask", fields, htmx)).headers.get("retry-after")).toBe("5");
  });

  test("that meets a defect shows nothing of it, and is reported", async () => {
    const { post, chat, defects } = startPages();
    const defect = new Error("secret of the inside");
    chat.generations.ask = () => Promise.reject(defect);
    const reply = await post("/ask", { text: "hello" }, htmx);
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toContain("secret");
    expect(defects).toEqual([defect]);
  });
});

describe("a page into which the answer is written", () => {
  test("says so when it ends before the answer does, and leads to the rest", async () => {
    const { chat, post, get } = startPages();
    const { follow } = chat.generations;
    chat.generations.follow = async function* (id, after, signal) {
      for await (const update of follow(id, after, signal)) {
        yield update;
        if (update.type === "tokens") throw new ShutdownRequest("The server is going down.");
      }
    };
    const location = (await post("/ask", { text: "long" })).headers.get("location") ?? "";
    const page = await (await get(location.replace("#end", ""))).text();
    expect(page).toContain(`</div><p class="note interrupted">`);
    expect(page).toContain(`<a href="${location}">Show the rest</a>`);
    expect(page).toEndWith("</html>");
  });

  test("says in mid-answer what keeps the next word away, and goes on in the same block", async () => {
    const { chat, post, get } = startPages();
    const told = Promise.withResolvers<void>();
    chat.generations.follow = async function* (id, after, signal) {
      yield { type: "waiting", position: 1 };
      yield { type: "tokens", from: 0, tokens: [{ text: "One <b>", ids: [] }], writer: null };
      yield { type: "loading", phase: null, progress: 0.4 };
      await told.promise;
      yield { type: "tokens", from: 1, tokens: [{ text: "two", ids: [] }], writer: null };
      throw new ShutdownRequest(`${id} ${after} ${signal.aborted}`);
    };
    const location = (await post("/ask", { text: "long" })).headers.get("location") ?? "";
    const reader = (await get(location.replace("#end", ""))).body?.getReader();
    const decoder = new TextDecoder();
    let page = "";
    for (;;) {
      const { value, done = true } = (await reader?.read()) ?? {};
      if (done) break;
      page += decoder.decode(value, { stream: true });
      if (page.includes("The model is loading")) told.resolve();
    }
    const plain = /<div class="plain">(.*?)<\/div>/s.exec(page)?.[1] ?? "";
    expect(plain).toStartWith("<wbr hidden><span>One &lt;b&gt;</span>");
    expect(plain).toContain("The model is loading, 40 %…");
    // What stands open would not be seen to supersede the news: written-answer.tsx.
    expect(plain).toEndWith("<wbr hidden><span>two</span>");
  });

  test("breaks off when its source breaks, which is reported", async () => {
    const { chat, post, get, defects } = startPages();
    const defect = new Error("the log cannot be read");
    chat.generations.follow = () => {
      throw defect;
    };
    const location = (await post("/ask", { text: "long" })).headers.get("location") ?? "";
    const reply = await get(location.replace("#end", ""));
    await expect(reply.text()).rejects.toBeUndefined();
    expect(defects).toEqual([defect]);
  });
});

describe("an answer", () => {
  test("is a stream that ends with one event to close on", async () => {
    const pages = startPages();
    const { id } = await asked(pages, "paragraphs");
    const reply = await pages.get(`/generations/${id}/html?after=0`);
    const { events } = new EventStreamParser().take(new Uint8Array(await reply.arrayBuffer()));
    expect(events.at(-1)).toMatchObject({ event: "end", data: "done" });
    expect(events.filter(({ event }) => event === "end")).toHaveLength(1);
    const ids = events.map((event) => Number(event.id));
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
  });

  test("goes on after Last-Event-ID, which counts for more than the address", async () => {
    const pages = startPages();
    const { id } = await asked(pages, "long");
    await pages.get(`/generations/${id}/answer?wait=1`);
    const { cursor } = pages.chat.generations.textSoFar(id);
    const read = async (headers: Record<string, string>) => {
      const reply = await pages.get(`/generations/${id}/html?after=0`, headers);
      return new EventStreamParser().take(new Uint8Array(await reply.arrayBuffer())).events;
    };
    // The end brings the last block whoever reads it.
    const hasText = ({ data }: { data: string }) =>
      data.includes(`tail-${id}`) && !data.includes("outerMorph");
    expect((await read({})).some(hasText)).toBe(true);
    const rest = await read({ "last-event-id": String(cursor) });
    expect(rest.some(hasText)).toBe(false);
    expect(rest.at(-1)?.event).toBe("end");
  });

  test("that does not exist ends its stream at once, so that no reader comes back for ever", async () => {
    const { get } = startPages();
    const reply = await get("/generations/none/html");
    expect(reply.status).toBe(200);
    const { events } = new EventStreamParser().take(new Uint8Array(await reply.arrayBuffer()));
    expect(events.at(-1)?.event).toBe("end");
  });

  test("can be had whole: at once as it stands, or when it has ended", async () => {
    const pages = startPages();
    const { id } = await asked(pages, "long");
    expect(await (await pages.get(`/generations/${id}/answer?wait=0`)).text()).toContain("streaming");
    const whole = await (await pages.get(`/generations/${id}/answer?wait=1`)).text();
    expect(whole).toContain("word159");
    expect(whole).toContain("Shown at once");
  });

  test("whose server is going down breaks off without an end, so that the reader comes back, and is no defect", async () => {
    const pages = startPages();
    const { id } = await asked(pages, "long");
    pages.chat.generations.follow = () => {
      throw new ShutdownRequest("The server is going down.");
    };
    await expect((await pages.get(`/generations/${id}/html`)).text()).rejects.toBeUndefined();
    expect((await pages.get(`/generations/${id}/answer?wait=1`)).status).toBe(200);
    expect(pages.defects).toEqual([]);
  });

  test("that is stopped has ended when the plain form's reply comes", async () => {
    const pages = startPages();
    const { id, conversation } = await asked(pages, "long");
    const reply = await pages.post(`/generations/${id}/answer/stop`, {});
    expect(reply.headers.get("location")).toBe(`/c/${conversation}#end`);
    expect(pages.chat.generations.get(id)?.state).toBe("stopped");
    expect((await pages.post(`/generations/${id}/answer/stop`, {}, htmx)).status).toBe(204);
  });

  test("that is asked again comes in the old one's place", async () => {
    const pages = startPages();
    const { id, conversation } = await asked(pages, "fail");
    await pages.get(`/generations/${id}/answer?wait=1`);
    const tab = tabOf(conversation);
    const html = await (await pages.post(`/generations/${id}/answer/retry`, {}, tab)).text();
    expect(html).toContain(`hx-target="#thread" hx-swap="innerHTML"`);
    expect(html).toContain("hx-sse:connect");
    expect(html).not.toContain(`answer-${id}`);
    const again = /id="answer-([^"]+)"/.exec(html)?.[1] ?? "";
    expect(await (await pages.get(`/generations/${again}/answer?wait=1`)).text()).toContain("2 of 2");
  });

  test("that is continued comes in its own place and streams on after the cursor of its end", async () => {
    const pages = startPages();
    const { id, conversation } = await asked(pages, "fail");
    await pages.get(`/generations/${id}/answer?wait=1`);
    const { cursor } = pages.chat.generations.textSoFar(id);
    const html = await (await pages.post(`/generations/${id}/answer/continue`, {}, htmx)).text();
    expect(html).toContain(`hx-target="#answer-${id}" hx-swap="outerHTML"`);
    expect(html).toContain(`hx-sse:connect="/generations/${id}/html?after=${cursor + 1}"`);
    const whole = await (await pages.get(`/generations/${id}/answer?wait=1`)).text();
    expect(whole).toContain("It goes well until the very end, as it should.");
    for (const [headers, status] of [
      [htmx, 422],
      [{}, 422],
    ] as const) {
      const reply = await pages.post(`/generations/${id}/answer/continue`, {}, headers);
      expect([reply.status, (await reply.text()).includes("This answer is complete.")]).toEqual([
        status,
        true,
      ]);
    }
    const again = await asked(pages, "cut");
    await pages.get(`/generations/${again.id}/answer?wait=1`);
    const plain = await pages.post(`/generations/${again.id}/answer/continue`, {});
    expect(plain.headers.get("location")).toBe(`/c/${again.conversation}?stream=html#end`);
    expect(conversation).not.toBe(again.conversation);
  });
});
