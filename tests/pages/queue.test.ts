/** The questions that wait, on the page: with htmx and as plain forms, over the real app. */
import { expect, test } from "bun:test";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { heldEngine } from "../fakes/held-engine.ts";

const htmx = { "hx-request": "true", "turns-shown": "1" };

async function opened() {
  const held = heldEngine();
  const app = openAnsweringApp({ engines: [held.engine] });
  const { id, conversationId } = await app.generations.ask(ask("one"));
  await held.reaches(1);
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = htmx) =>
    fetch(app.url + path, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
  const asking = (text: string, headers?: Record<string, string>) =>
    post("/ask", { text, conversation_id: conversationId, key: text }, headers);
  const page = async () => (await fetch(`${app.url}/c/${conversationId}`)).text();
  return { ...held, app, first: id, conversationId, post, asking, page };
}

/** Whose chip this is. */
const idOf = ({ queue }: AnsweringApp, conversationId: string, text: string) =>
  queue.list(conversationId).find(({ content }) => content === text)?.id ?? "none";
const chips = (html: string) =>
  [...html.matchAll(/<p class="text"[^>]*>(\w+)<\/p><details/g)].map(([, text]) => text);

test("A question that is sent while an answer is written becomes a chip, and the form is emptied, without an alarm", async () => {
  const { app, asking, page } = await opened();
  await using _ = app;
  const reply = await asking("two");
  const html = await reply.text();
  expect(reply.status).toBe(200);
  expect(html).toContain('hx-target="#queue"');
  expect(html).toContain('hx-target="#composer-fields"');
  expect(html).toContain("Your question is in the queue.");
  expect(html).not.toContain("composer-problem");
  await asking("three");
  expect(chips(await page())).toEqual(["two", "three"]);
});

test("Without scripts the form queues too, and the page's buttons are plain forms", async () => {
  const { app, asking, page, post, conversationId } = await opened();
  await using _ = app;
  const reply = await asking("two", {});
  expect([reply.status, reply.headers.get("location")]).toEqual([
    303,
    `/c/${conversationId}?stream=html#end`,
  ]);
  await asking("three", {});
  const [two, three] = ["two", "three"].map((text) => idOf(app, conversationId, text));
  const path = `/c/${conversationId}/queue`;
  expect(await page()).toContain(`action="${path}/${two}"`);
  const edited = await post(`${path}/${two}`, { do: "edit", text: "edited" }, {});
  expect([edited.status, edited.headers.get("location")]).toEqual([303, `/c/${conversationId}#end`]);
  expect((await post(`${path}/${three}`, { do: "remove" }, {})).status).toBe(303);
  expect(chips(await page())).toEqual(["edited"]);
  // A page that is older than the queue leads to what there is.
  expect((await post(`${path}/${three}`, { do: "remove" }, {})).status).toBe(303);
  const sent = await post(`${path}/${two}`, { do: "send" }, {});
  expect([sent.status, sent.headers.get("location")]).toEqual([303, `/c/${conversationId}?stream=html#end`]);
});

test("A chip is edited at its place, removed and sent by htmx, and what cannot be done says why", async () => {
  const { app, asking, post, conversationId, reaches, first } = await opened();
  await using _ = app;
  await asking("two");
  await asking("three");
  const two = `/c/${conversationId}/queue/${idOf(app, conversationId, "two")}`;
  const three = `/c/${conversationId}/queue/${idOf(app, conversationId, "three")}`;
  expect(chips(await (await post(two, { do: "edit", text: " edited " })).text())).toEqual([
    "edited",
    "three",
  ]);
  expect((await post(two, { do: "edit", text: " " })).status).toBe(422);
  expect(chips(await (await post(two, { do: "remove" })).text())).toEqual(["three"]);
  const gone = await post(two, { do: "edit", text: "too late" });
  expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining("not waiting any more")]);
  await post(three, { do: "send" });
  await reaches(2);
  expect(app.generations.get(first)?.state).toBe("stopped");
});

test("A sixth is refused with its text kept, and a double click queues one", async () => {
  const { app, asking, page } = await opened();
  await using _ = app;
  await Promise.all([asking("double"), asking("double")]);
  expect(chips(await page())).toEqual(["double"]);
  for (const text of ["two", "three", "four", "five"]) await asking(text);
  const sixth = await asking("six");
  expect([sixth.status, await sixth.text()]).toEqual([
    409,
    expect.stringContaining("5 questions are waiting"),
  ]);
});

test("After a Stop the page says that the queue is paused", async () => {
  const { app, asking, page, first } = await opened();
  await using _ = app;
  await asking("two");
  expect(await page()).not.toContain("The queue is paused.");
  app.generations.stop(first);
  await app.generations.idle();
  expect(await page()).toContain("The queue is paused.");
});
