import { describe, expect, test } from "bun:test";
import { mostShown } from "../../src/pages/rendered-texts.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { hereMs, leastBlock, processorMs } from "../loop-blocks.ts";

const kB = 1024;
const filled = (text: string, length: number) =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);
const prose = "The *quick* brown **fox** jumps over `lazy` dogs and [links](https://a.example/b).\n\n";

/** The app with a conversation of `turns` answers, each of which says `text`. */
function openWith(text: string, turns: number) {
  const app = openAnsweringApp();
  const id = addConversation(app.store, { turns });
  for (const { id: messageId, role } of app.store.messages.path(id))
    if (role === "assistant") app.store.messages.setContent(messageId, `${messageId}\n\n${text}`);
  const open = async (path = `/c/${id}`) => await (await fetch(app.url + path)).text();
  return { app, id, open, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

/** @returns the page and the processor time that it took, in milliseconds */
async function measured(open: () => Promise<string>) {
  const before = processorMs();
  const html = await open();
  return { html, took: processorMs() - before };
}

describe("A page of long answers", () => {
  test("is made in slices: the event loop turns all the while", async () => {
    // Rendered at once, ten answers of 100 kB each keep everybody waiting for a second or more.
    // What is stored for it is no part of what is measured.
    await using opened = new AsyncDisposableStack();
    const runs = [0, 1, 2].map(() => opened.use(openWith(filled(prose, 100 * kB), 10)));
    let whole = 0;
    const block = await leastBlock(
      () => Math.max(hereMs(50), whole / 8),
      async (index) => {
        const { took } = await measured(runs[index]?.open ?? (() => Promise.reject(new Error("no run"))));
        whole = Math.max(whole, took);
      },
    );
    expect(block).toBeLessThan(Math.max(hereMs(50), whole / 8));
  });

  test("is not rendered again when it is opened again", async () => {
    await using pages = openWith(filled(prose, 100 * kB), 5);
    const first = await measured(pages.open);
    const again = await measured(pages.open);
    expect(again.html.match(/<strong>fox/g)?.length).toBe(first.html.match(/<strong>fox/g)?.length);
    expect(again.took).toBeLessThan(first.took / 2);
  });

  test("shows the beginning of the longest, and a link to all of it as plain text", async () => {
    await using pages = openWith(filled(prose, 2 * mostShown), 1);
    const html = await pages.open();
    expect(html.length).toBeLessThan(4 * mostShown);
    const [, link = ""] = /href="(\/messages\/[^"]+\/text)">Show all as plain text/.exec(html) ?? [];
    const whole = await fetch(pages.app.url + link);
    expect(whole.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const answer = pages.app.store.messages.path(pages.id).at(-1);
    expect(await whole.text()).toBe(answer?.content ?? "");
  });

  test("shows each of many long answers, the newest of them most", async () => {
    await using pages = openWith(filled(prose, 150 * kB), 20);
    const html = await pages.open();
    expect(html.match(/<article id="answer-/g)).toHaveLength(20);
    expect(html.length).toBeLessThan(5_000_000);
    const lengths = html
      .split('<article id="answer-')
      .slice(1)
      .map(({ length }) => length);
    expect(lengths.at(-1)).toBeGreaterThan(10 * (lengths[0] ?? 0));
  });

  test("cuts a long question too, between two lines or characters", async () => {
    await using pages = openWith("short", 1);
    const question = pages.app.store.messages.path(pages.id)[0]?.id ?? "";
    pages.app.store.messages.setContent(question, "📈".repeat(mostShown));
    const html = await pages.open();
    expect(html).toContain(`href="/messages/${question}/text"`);
    expect(html.isWellFormed()).toBe(true);
    expect(html).not.toContain("\ufffd");
    expect(html.length).toBeLessThan(2 * mostShown);
  });

  test("says in its stream no more at once either: an open block of any kind is read in slices", async () => {
    await using opened = new AsyncDisposableStack();
    const runs = [0, 1, 2].map(() => opened.use(openWith(filled("[", 100 * kB), 1)));
    let whole = 0;
    const block = await leastBlock(
      () => Math.max(hereMs(50), whole / 2),
      async (index) => {
        const { took } = await measured(runs[index]?.open ?? (() => Promise.reject(new Error("no run"))));
        whole = Math.max(whole, took);
      },
    );
    expect(block).toBeLessThan(Math.max(hereMs(50), whole / 2));
  });
});
