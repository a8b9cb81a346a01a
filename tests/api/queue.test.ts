/** Questions that wait for the answer before them, as programs ask them: over the real app, store and generations. */
import { describe, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { heldEngine } from "../fakes/held-engine.ts";

async function opened() {
  const held = heldEngine();
  const app = openAnsweringApp({ engines: [held.engine] });
  const first = await stream(app, { message: "one" });
  const conversationId = first.headers.get("x-conversation-id") ?? "";
  await held.reaches(1);
  const path = `/api/conversations/${conversationId}/queue`;
  return { ...held, app, first, conversationId, path };
}

const send = (app: AnsweringApp, method: string, path: string, body?: unknown) =>
  fetch(app.url + path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
const stream = (app: AnsweringApp, body: object) => send(app, "POST", "/chat/stream", body);
const waiting = async (app: AnsweringApp, path: string) => {
  const { questions } = await (await send(app, "GET", path)).json();
  return questions.map(({ message }: { readonly message: string }) => message);
};
const said = ({ store }: AnsweringApp, conversationId: string) =>
  store.messages
    .path(conversationId)
    .filter(({ role }) => role === "user")
    .map(({ content }) => content);

function resultOf<T>(steps: Generator<void, T, undefined>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe("A question with queue: true", () => {
  test("gives its conversation the documents that it names", async () => {
    const { app, conversationId: conversation_id, goOn, letGo } = await opened();
    await using _ = app;
    const bytes = new TextEncoder().encode("The premium is 240 euros a year.");
    const limits = { largest: 1_000, mostStored: 1_000 };
    const { id } = await app.documents.add(null, { name: "policy.txt", bytes }, limits);
    const message = "Who invented the steam engine?";
    const reply = send(app, "POST", "/chat", { message, conversation_id, queue: true, documents: [id] });
    while (app.store.documents.ofConversation(conversation_id).length === 0) await Bun.sleep(1);
    goOn();
    letGo();
    expect((await (await reply).json()).response).toContain("I found nothing in `policy.txt`");
  });

  test("waits, says its place, and streams its answer in its turn; without it 409 stays", async () => {
    const { app, conversationId: conversation_id, goOn, letGo, path } = await opened();
    await using _ = app;
    expect((await stream(app, { message: "two", conversation_id })).status).toBe(409);
    const streamed = await stream(app, { message: "two", conversation_id, queue: true });
    expect(streamed.headers.get("x-queue-place")).toBe("1");
    const whole = send(app, "POST", "/chat", { message: "three", conversation_id, queue: true });
    while ((await waiting(app, path)).length < 2) await Bun.sleep(1);
    goOn();
    letGo();
    const text = await streamed.text();
    expect(text).toContain(": queued 1\n");
    expect(text).toContain('"content":" two"');
    expect(text).toEndWith("data: [DONE]\n\n");
    expect(text).toContain(`"id":"${streamed.headers.get("x-generation-id")}"`);
    const reply = await whole;
    expect(reply.headers.get("x-queue-place")).toBe("2");
    expect(await reply.json()).toMatchObject({
      response: "Of three more",
      generation_id: reply.headers.get("x-generation-id"),
    });
    expect(said(app, conversation_id)).toEqual(["one", "two", "three"]);
  });

  test("is asked at once where nothing is written, and refused where it would not be at the end", async () => {
    const { app, conversationId: conversation_id, letGo } = await opened();
    await using _ = app;
    letGo();
    await app.generations.idle();
    const asked = await send(app, "POST", "/chat", { message: "two", conversation_id, queue: true });
    expect(asked.headers.get("x-queue-place")).toBeNull();
    expect((await asked.json()).response).toBe("Of two more");
    const body = { message: "three", queue: true, parent_id: null };
    const elsewhere = await send(app, "POST", `/api/conversations/${conversation_id}/messages`, body);
    expect([elsewhere.status, (await elsewhere.json()).error.param]).toEqual([422, "queue"]);
  });

  test("that is removed ends its stream with an error, and one that is stopped is removed", async () => {
    const { app, conversationId: conversation_id, path } = await opened();
    await using _ = app;
    const two = await stream(app, { message: "two", conversation_id, queue: true });
    const three = await stream(app, { message: "three", conversation_id, queue: true });
    const id = two.headers.get("x-generation-id");
    expect((await send(app, "DELETE", `${path}/${id}`)).status).toBe(200);
    const text = await two.text();
    expect(text).toContain('"error":{"message":"This question is not waiting any more.');
    expect(text).toEndWith("data: [DONE]\n\n");
    await send(app, "POST", `/generations/${three.headers.get("x-generation-id")}/stop`);
    expect(await three.text()).toContain('"error"');
    expect(await waiting(app, path)).toEqual([]);
    expect((await send(app, "DELETE", `${path}/${id}`)).status).toBe(404);
  });

  test("can be read by its id from another connection, before it is asked", async () => {
    const { app, conversationId: conversation_id, letGo } = await opened();
    await using _ = app;
    const two = await stream(app, { message: "two", conversation_id, queue: true });
    const again = await send(app, "GET", `/generations/${two.headers.get("x-generation-id")}/events`);
    letGo();
    const withoutComments = (text: string) => text.replaceAll(/^:.*\n+/gm, "");
    expect(withoutComments(await again.text())).toBe(withoutComments(await two.text()));
  });

  test("over a socket says that it waits, and answers in its turn", async () => {
    const { app, conversationId: conversation_id, letGo } = await opened();
    await using _ = app;
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/chat/stream`);
    const types: string[] = [];
    const done = Promise.withResolvers<void>();
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(String(data));
      if (types.at(-1) !== type && type !== "progress") types.push(type);
      if (type === "queued") letGo();
      if (type === "done" || type === "error") done.resolve();
    };
    socket.onopen = () => socket.send(JSON.stringify({ message: "two", conversation_id, queue: true }));
    await done.promise;
    socket.close();
    expect(types).toEqual(["queued", "start", "token", "done"]);
  });

  test("keeps its files while it waits, and is asked with them", async () => {
    const { app, conversationId: conversation_id, letGo } = await opened();
    await using _ = app;
    const { store } = app;
    const contentId = resultOf(store.contents.write(Buffer.from("Gold is heavy."), 1)).id;
    const file = { id: "notes", ownerId: null, contentId, name: "notes.txt", text: "Gold is heavy." };
    const rest = { kind: "text", mediaType: "text/plain", size: 14, isCut: false, createdAt: 1 } as const;
    store.files.insert({ ...file, ...rest });
    const two = await stream(app, { message: "two", conversation_id, queue: true, files: ["notes"] });
    expect(store.files.removeUnused("notes")).toBe(false);
    letGo();
    await two.text();
    const asked = app.generations.get(two.headers.get("x-generation-id") ?? "")?.questionId ?? "";
    expect(store.files.ofMessages([asked]).get(asked)).toMatchObject([{ id: "notes" }]);
    const strange = { message: "three", conversation_id, queue: true, files: ["nobody's"] };
    expect((await stream(app, strange)).status).toBe(404);
  });

  test("of a batch waits for the one before it in the same conversation", async () => {
    const { app, conversationId: conversation_id, letGo } = await opened();
    await using _ = app;
    const requests = ["two", "three"].map((message) => ({ message, conversation_id, queue: true }));
    const batch = send(app, "POST", "/api/batch", { requests });
    while (app.queue.list(conversation_id).length < 2) await Bun.sleep(1);
    letGo();
    const lines = (await (await batch).text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).response)).toEqual(["Of two more", "Of three more"]);
  });
});

describe("The queue of a conversation", () => {
  test("is listed, edited and sent: the answer before is stopped", async () => {
    const { app, conversationId, path, first, reaches } = await opened();
    await using _ = app;
    for (const message of ["two", "three"])
      await stream(app, { message, conversation_id: conversationId, queue: true });
    const { questions } = await (await send(app, "GET", path)).json();
    expect(questions).toMatchObject([
      { message: "two", paused: false },
      { message: "three", paused: false },
    ]);
    const edited = await send(app, "PATCH", `${path}/${questions[0].id}`, { message: "two and a half" });
    expect(await edited.json()).toMatchObject({ id: questions[0].id, message: "two and a half" });
    expect((await send(app, "PATCH", `${path}/${questions[0].id}`, { message: " " })).status).toBe(422);
    const sent = await (await send(app, "POST", `${path}/${questions[1].id}/send`)).json();
    expect(sent).toEqual({
      success: true,
      generation_id: questions[1].id,
      events: `/generations/${questions[1].id}/events`,
    });
    await reaches(2);
    expect(app.generations.get(first.headers.get("x-generation-id") ?? "")?.state).toBe("stopped");
    expect(await waiting(app, path)).toEqual(["two and a half"]);
  });

  test("takes five, and refuses a sixth", async () => {
    const { app, conversationId: conversation_id } = await opened();
    await using _ = app;
    for (let count = 0; count < 5; count++)
      await stream(app, { message: `more ${count}`, conversation_id, queue: true });
    const sixth = await stream(app, { message: "too many", conversation_id, queue: true });
    expect([sixth.status, (await sixth.json()).error.code]).toEqual([409, "too_many_queued"]);
  });

  test("goes with its conversation into the trash, and comes back with it", async () => {
    const { app, conversationId, path } = await opened();
    await using _ = app;
    const two = await stream(app, { message: "two", conversation_id: conversationId, queue: true });
    await send(app, "DELETE", `/api/conversations/${conversationId}`);
    expect((await send(app, "GET", path)).status).toBe(404);
    await app.generations.idle();
    await send(app, "POST", `/api/conversations/${conversationId}/restore`);
    expect(await (await send(app, "GET", path)).json()).toMatchObject({
      questions: [{ id: two.headers.get("x-generation-id"), message: "two", paused: true }],
    });
  });
});
