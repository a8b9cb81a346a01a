import { describe, expect, test } from "bun:test";
import { addConversation, addTurns } from "../fakes/added-conversation.ts";
import { ask } from "../fakes/answering.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const hostile = `"><img src=x onerror=alert(1)><script>alert(1)</script>&amp;'`;

/** A real app with one conversation of two turns; the first question was asked with hostile text. */
async function openPages() {
  const app = openAnsweringApp();
  const first = await app.generations.ask(ask(`gold ${hostile}`));
  await app.generations.idle();
  const second = await app.generations.ask(ask("silver", { conversationId: first.conversationId }));
  await app.generations.idle();
  const id = first.conversationId;
  const tab = {
    "hx-request": "true",
    "hx-current-url": `${app.url}/c/${id}`,
    "turns-shown": "2",
    "list-shown": "",
  };
  const get = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(app.url + path, { headers })).text();
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(app.url + path, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
  const location = async (path: string, fields: Record<string, string>) =>
    (await post(path, fields)).headers.get("location") ?? "";
  const shown = () => app.store.messages.path(id).map(({ content }) => content);
  return {
    app,
    id,
    first,
    second,
    tab,
    get,
    post,
    location,
    shown,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** What a browser would make of hostile text that was not escaped: in an attribute's quotes a `<` is only text. */
function foreignIn(html: string): string[] {
  const foreign: string[] = [];
  new HTMLRewriter()
    .on("img", { element: () => void foreign.push("img") })
    .on("script:not([src])", { element: () => void foreign.push("script") })
    .transform(html);
  return foreign;
}

describe("A page's messages", () => {
  test("are asked in other words and shown again, by plain forms that lead to where the reader was", async () => {
    await using pages = await openPages();
    const { app, id, first, second, location, shown } = pages;
    expect(await location(`/messages/${second.questionId}/edit`, { text: "copper" })).toBe(
      `/c/${id}?stream=html#end`,
    );
    await app.generations.idle();
    expect(shown()[2]).toBe("copper");
    expect(await location(`/messages/${first.questionId}`, { show: second.questionId })).toBe(
      `/c/${id}?at=${second.questionId}#m-${second.questionId}`,
    );
    expect(shown()[2]).toBe("silver");
    const page = await pages.get(`/c/${id}`);
    expect(page).toContain("1 of 2");
  });

  test("are answered again and written once more beside the first answer", async () => {
    await using pages = await openPages();
    const { app, first, post, tab } = pages;
    for (const [deed, count] of [
      ["again", "2 of 2"],
      ["replay", "3 of 3"],
    ] as const) {
      const reply = await post(`/messages/${first.messageId}`, { do: deed }, tab);
      expect(await reply.text()).toContain(`hx-target="#thread" hx-swap="innerHTML"`);
      await app.generations.idle();
      expect(await pages.get(`/c/${pages.id}`)).toContain(count);
    }
  });

  test("are deleted with an Undo, and brought back by it", async () => {
    await using pages = await openPages();
    const { second, post, tab, shown, location, id } = pages;
    const html = await (await post(`/messages/${second.questionId}`, { do: "delete" }, tab)).text();
    expect(html).toContain("Undo");
    expect(html).not.toContain("silver");
    expect(shown()).toHaveLength(2);
    await post(`/messages/${second.questionId}`, { do: "restore" }, tab);
    expect(shown()).toHaveLength(4);
    const address = await location(`/messages/${second.questionId}`, { do: "delete" });
    expect(address).toContain(`undo=${second.questionId}`);
    expect(await pages.get(address.replace(/#.*/, ""))).toContain(`action="/messages/${second.questionId}"`);
    expect(await location(`/messages/${second.questionId}`, { do: "restore" })).toStartWith(`/c/${id}?at=`);
  });

  test("are copied up to one of them into a new chat", async () => {
    await using pages = await openPages();
    const copy = await pages.location(`/messages/${pages.first.messageId}`, { do: "fork" });
    expect(copy).toMatch(/^\/c\/[\w-]+#end$/);
    const page = await pages.get(copy.replace("#end", ""));
    expect(page.split('class="message user"')).toHaveLength(2);
  });

  test("are copied once by a button that is pressed twice, and each message by its own", async () => {
    await using pages = await openPages();
    const { first, second, location } = pages;
    const page = await pages.get(`/c/${pages.id}`);
    const key = /<form id="copy-form"[^>]*><input type="hidden" name="key" value="([^"]+)"/.exec(page)?.[1];
    if (key === undefined) throw new Error("The page has no form for copies.");
    expect(page).toContain(
      `form="copy-form" formaction="/messages/${first.messageId}" name="do" value="fork"`,
    );
    const copy = (of: string) => location(`/messages/${of}`, { do: "fork", key });
    const copies = await Promise.all([copy(first.messageId), copy(first.messageId)]);
    expect(new Set(copies).size).toBe(1);
    expect(await copy(second.messageId)).not.toBe(copies[0] ?? "");
    expect(await pages.get(`/c/${pages.id}`)).not.toContain(key);
  });

  test("that are not there, or are no questions, are refused with a sentence", async () => {
    await using pages = await openPages();
    const { first, post, tab } = pages;
    for (const [path, fields, status] of [
      ["/messages/none", { do: "delete" }, 404],
      [`/messages/${first.messageId}/edit`, { text: "x" }, 422],
      [`/messages/${first.questionId}`, { do: "again" }, 422],
      [`/messages/${first.questionId}`, { do: "nonsense" }, 422],
      [`/messages/${first.questionId}`, { show: "none" }, 404],
      [`/messages/${first.questionId}/edit`, { text: " " }, 422],
    ] as const)
      for (const headers of [tab, {}]) expect((await post(path, fields, headers)).status).toBe(status);
    expect((await fetch(`${pages.app.url}/messages/${first.messageId}/edit`)).status).toBe(422);
  });

  test("keep a tab that shows an earlier part where it is: it is led to what has changed", async () => {
    await using pages = await openPages();
    const { "turns-shown": _, ...past } = pages.tab;
    const reply = await pages.post(
      `/messages/${pages.first.messageId}`,
      { show: pages.first.messageId },
      past,
    );
    expect([reply.status, reply.headers.get("hx-redirect")]).toEqual([
      204,
      `/c/${pages.id}?at=${pages.first.messageId}#answer-${pages.first.id}`,
    ]);
  });
});

describe("How an answer was made", () => {
  test("is a part of the thread for htmx and a page otherwise, with what went into its prompt", async () => {
    await using pages = await openPages();
    const { second } = pages;
    for (const html of [
      await pages.get(`/generations/${second.id}/receipt`),
      await pages.get(`/generations/${second.id}/receipt`, pages.tab),
    ]) {
      for (const fact of ["You are a financial assistant.", "scripted-model", "Seed", "silver", "from token"])
        expect(html.includes(fact)).toBe(fact !== "from token");
      expect(html).toContain("Run again");
      expect(foreignIn(html)).toEqual([]);
    }
    expect((await fetch(`${pages.app.url}/generations/none/receipt`)).status).toBe(404);
  });

  test("shows the summary of what did not fit, of which messages it is and who wrote it, and what it leaves out", async () => {
    await using pages = await openPages();
    const { app, first, second, get } = pages;
    const receipt = app.store.generations.get(second.id)?.receipt;
    if (!receipt) throw new Error("No prompt was made.");
    const told = [first.questionId, first.messageId];
    const summary = { messageId: first.messageId, content: hostile, model: `demo ${hostile}` };
    app.store.generations.update(second.id, {
      receipt: {
        ...receipt,
        messageIds: [second.questionId],
        droppedMessageIds: [...told, "other"],
        summary,
      },
    });
    const html = await get(`/generations/${second.id}/receipt`, pages.tab);
    expect(html).toContain("Summary of 2 earlier messages");
    expect(html).toContain("Written by <span>demo ");
    expect(foreignIn(html)).toEqual([]);
    const [summarised = "", leftOut = ""] = html.split("Not sent");
    for (const id of told) expect(summarised).toContain(`?at=${id}`);
    expect(leftOut).toContain("?at=other");
    expect(leftOut).not.toContain(`?at=${first.messageId}`);
    expect(await get(`/generations/${first.id}/receipt`)).not.toContain("Summary of");
  });
});

describe("A conversation's page", () => {
  test("changes its name, place and folder, and shows hostile ones as text", async () => {
    await using pages = await openPages();
    const { id, post, tab, app } = pages;
    const reply = await post(`/c/${id}/change`, { title: hostile, folder: hostile }, tab);
    const html = await reply.text();
    expect(foreignIn(html)).toEqual([]);
    await post(`/c/${id}/change`, { pinned: "1" }, tab);
    expect(app.store.conversations.get(id)?.pinnedAt).not.toBeNull();
    await post(`/c/${id}/change`, { pinned: "", archived: "1" });
    expect(app.store.conversations.get(id)).toMatchObject({ pinnedAt: null });
    for (const path of [`/c/${id}`, "/conversations?archived=1", "/search?q=gold", "/"]) {
      const page = await pages.get(path);
      expect(foreignIn(page)).toEqual([]);
    }
    expect((await post(`/c/${id}/change`, { title: " " }, tab)).status).toBe(422);
    expect((await post("/c/none/change", { title: "x" }, tab)).status).toBe(404);
  });

  test("is deleted with an Undo, is found among the deleted ones, and comes back", async () => {
    await using pages = await openPages();
    const { id, location, get } = pages;
    const address = await location(`/c/${id}/delete`, {});
    expect(address).toBe(`/?deleted=${id}`);
    for (const path of [address, "/trash"]) {
      const page = await get(path);
      expect(page).toContain(`action="/c/${id}/restore"`);
      expect(foreignIn(page)).toEqual([]);
    }
    expect(await get(`/c/${id}/thread`, pages.tab)).toContain("This conversation was deleted.");
    expect((await fetch(`${pages.app.url}/generations/${pages.first.id}/receipt`)).status).toBe(404);
    expect(await location(`/c/${id}/restore`, {})).toBe(`/c/${id}#end`);
    expect(await get("/trash")).toContain("Trash is empty.");
  });

  test("shows its last twenty turns, earlier ones on demand, and those around a message", async () => {
    await using pages = await openPages();
    const { app, id, get } = pages;
    addTurns(app.store, id, 60);
    const turnsIn = (html: string) => html.split('class="message user"').length - 1;
    const page = await get(`/c/${id}`);
    expect(turnsIn(page)).toBe(20);
    const earlier = /hx-get="(\/c\/[^"]+earlier[^"]+)"/.exec(page)?.[1] ?? "";
    const more = await get(earlier, pages.tab);
    expect(turnsIn(more)).toBe(20);
    expect(more).toContain("This is question 39.");
    expect(more).not.toContain("This is question 40.");
    const around = await get(`/c/${id}?at=${pages.first.messageId}`);
    expect(around).toContain("silver");
    expect(around).toContain("Newest messages");
    expect((await fetch(`${app.url}/c/${id}/earlier?before=none`)).status).toBe(404);
  });
});

describe("The list of conversations", () => {
  test("marks what was found and nothing else", async () => {
    await using pages = await openPages();
    const html = await pages.get("/search?q=silver", pages.tab);
    expect(html).toContain("<mark>silver</mark>");
    expect(await pages.get("/search?q=nothinglikeit", pages.tab)).toContain("No results for");
    expect(foreignIn(await pages.get(`/search?q=${encodeURIComponent(hostile)}`))).toEqual([]);
    expect(await pages.get("/list?q=silver", pages.tab)).toContain("<mark>silver</mark>");
  });

  test("goes on from a cursor, and refuses one that no page gave", async () => {
    await using pages = await openPages();
    for (let index = 0; index < 45; index++)
      addConversation(pages.app.store, { title: `Old ${index}`, updatedAt: 1_000_000 - index, turns: 0 });
    const first = await pages.get("/list", pages.tab);
    expect(first.split('<a href="/c/').length - 1).toBe(40);
    const next = (/hx-get="(\/list[^"]+)"/.exec(first)?.[1] ?? "").replaceAll("&amp;", "&");
    const rest = await pages.get(next, pages.tab);
    expect(rest).toContain("Old 44");
    expect(rest).not.toContain('class="group"');
    // As many as the tab has already.
    expect(await pages.get("/list", { ...pages.tab, "items-shown": "46" })).toContain("Old 44");
    expect((await fetch(`${pages.app.url}/list?cursor=nonsense`)).status).toBe(422);
  });
});
