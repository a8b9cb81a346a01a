/** Projects by REST: what is of one holds in its conversations, and nowhere else. */
import { afterEach, describe, expect, test } from "bun:test";
import { rememberExchange } from "../../src/memory/remember-exchange.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const apps: AnsweringApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app[Symbol.asyncDispose]();
});

/** An app that remembers exchanges. */
function open(): AnsweringApp {
  const script = () => ({ answer: "The excess is 500 euros [1]." });
  const app = openAnsweringApp({ engines: [new ScriptedEngine({ contextSize: 4_000, script })] });
  app.generations.events.subscribe((event) => {
    if (event.type !== "exchanged") return;
    return rememberExchange(app.memory, { ...event.exchange, ownerId: event.ownerId }).then(() => {});
  });
  apps.push(app);
  return app;
}

async function send(app: AnsweringApp, method: string, path: string, body?: object) {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(app.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers }),
  });
  return { status: reply.status, json: await reply.json() };
}

const made = async (app: AnsweringApp, fields: object = {}): Promise<string> =>
  (await send(app, "POST", "/api/projects", { name: "House", ...fields })).json.id;

async function document(app: AnsweringApp, name: string, body: string): Promise<string> {
  const reply = await fetch(`${app.url}/documents?name=${name}`, { method: "POST", body });
  await app.documents.pending();
  return (await reply.json()).id;
}

async function ask(app: AnsweringApp, message: string, more: object = {}) {
  const { json } = await send(app, "POST", "/chat", { message, memory_context: 3, max_tokens: 100, ...more });
  await app.generations.idle();
  return json as { conversation_id: string; generation_id: string; memory_used: number };
}

const receiptOf = (app: AnsweringApp, { generation_id }: { generation_id: string }) =>
  app.store.generations.get(generation_id)?.receipt;
const instructions = "Amounts are in kilwa shillings.";
const policy = "The excess of the household policy is 500 euros for each claim. Water damage is insured.";
const excess = "How high is the excess of a claim?";

describe("a conversation of a project", () => {
  test("is told its instructions, between the owner's and its own, and the receipt names it", async () => {
    const app = open();
    const id = await made(app, { instructions });
    const asked = await ask(app, "What is a bond?", { project_id: id });
    await send(app, "PATCH", `/api/conversations/${asked.conversation_id}`, { instructions: "Be brief." });
    const again = await ask(app, "And a share?", { conversation_id: asked.conversation_id });
    const receipt = receiptOf(app, again);
    const { from = 0, to = 0 } = receipt?.project ?? {};
    expect(receipt?.project).toMatchObject({ id, name: "House" });
    expect(receipt?.systemPrompt.slice(from, to)).toEndWith(instructions);
    expect(receipt?.systemPrompt.slice(to)).toEndWith("Be brief.");
    const [elsewhere] = [receiptOf(app, await ask(app, "What is a bond?"))];
    expect(elsewhere?.project).toBeUndefined();
    expect(elsewhere?.systemPrompt).not.toContain(instructions);
    // A change holds from the next question on.
    await send(app, "PATCH", `/api/projects/${id}`, { instructions: "" });
    const without = await ask(app, "And a fund?", { conversation_id: asked.conversation_id });
    expect(receiptOf(app, without)?.systemPrompt).not.toContain("kilwa");
  });

  test("is asked about its documents, which no other conversation sees; what they do not answer is asked all the same", async () => {
    const app = open();
    const [id, other] = [await made(app), await made(app, { name: "Car" })];
    const documentId = await document(app, "policy.txt", policy);
    expect(
      (await send(app, "POST", `/api/projects/${id}/documents`, { documents: [documentId] })).json,
    ).toMatchObject([{ id: documentId }]);
    // One document in several projects.
    await send(app, "POST", `/api/projects/${other}/documents`, { documents: [documentId] });
    await send(app, "DELETE", `/api/projects/${other}/documents/${documentId}`);
    const inside = await ask(app, excess, { project_id: id });
    expect(receiptOf(app, inside)?.passages).toMatchObject([{ documentId, number: 1 }]);
    expect(receiptOf(app, await ask(app, excess))?.passages).toBeUndefined();
    expect(receiptOf(app, await ask(app, excess, { project_id: other }))?.passages).toBeUndefined();
    // What stands in a document cannot have anything computed.
    expect(receiptOf(app, inside)?.tools).toBeUndefined();
    const aside = await ask(app, "Who was Ada Lovelace?", { conversation_id: inside.conversation_id });
    expect(app.store.generations.get(aside.generation_id)?.writers[0]?.engine).not.toBe("desk");
    expect((await send(app, "GET", `/api/projects/${id}`)).json).toMatchObject({
      ...{ documents: 1, conversations: 1 },
    });
  });

  test("has memories of its own, and those of no project only where that is wished", async () => {
    const app = open();
    const [id, other] = [await made(app), await made(app, { name: "Car" })];
    await send(app, "POST", "/memorize", { key: "budget of the kitchen", value: "4,000 euros at most" });
    await send(app, "POST", `/api/projects/${id}/memories`, {
      ...{ key: "price of the house", value: "410,000 euros with the garden" },
    });
    const used = async (message: string, more: object) => {
      const { generation_id } = await ask(app, message, more);
      return receiptOf(app, { generation_id })?.memories.map(({ key }) => key) ?? [];
    };
    const priced = "What was the price of my house with the garden?";
    expect(await used(priced, { project_id: id })).toContain("price of the house");
    expect(await used(priced, { project_id: other })).not.toContain("price of the house");
    expect(await used(priced, {})).not.toContain("price of the house");
    const budget = "What is the budget of my kitchen?";
    expect(await used(budget, { project_id: id })).toContain("budget of the kitchen");
    await send(app, "PATCH", `/api/projects/${id}`, { uses_general_memory: false });
    expect(await used(budget, { project_id: id })).not.toContain("budget of the kitchen");
    // A search is as outside of all projects, unless it names one.
    const found = async (query: string) =>
      (await send(app, "GET", `/memories/search?q=${encodeURIComponent(priced)}${query}`)).json as object[];
    expect(await found("")).not.toContainEqual(expect.objectContaining({ key: "price of the house" }));
    expect(await found(`&project_id=${id}`)).toContainEqual(
      expect.objectContaining({ key: "price of the house" }),
    );
  });

  test("a subject of a project is another than the same one elsewhere, and holds in the project", async () => {
    const app = open();
    const id = await made(app);
    await send(app, "POST", "/memorize", { key: "highest risk of a trade", value: "1% of the account" });
    await send(app, "POST", `/api/projects/${id}/memories`, {
      ...{ key: "highest risk of a trade", value: "3% of the account" },
    });
    const question = "What is the highest risk of my trade?";
    const told = async (more: object) =>
      receiptOf(app, await ask(app, question, more))?.memories.flatMap(({ kind, value }) =>
        kind === undefined ? [value] : [],
      );
    expect(await told({})).toEqual(["1% of the account"]);
    expect(await told({ project_id: id })).toEqual(["3% of the account"]);
  });

  test("moved, it takes along what was remembered of it", async () => {
    const app = open();
    const id = await made(app);
    const first = await ask(app, "What is the lending value of the quarry?");
    const path = `/api/conversations/${first.conversation_id}`;
    const inProject = async () => (await send(app, "GET", `/api/projects/${id}/memories`)).json;
    expect(await inProject()).toEqual([]);
    expect((await send(app, "PATCH", path, { project_id: id })).json).toMatchObject({ project_id: id });
    expect(await inProject()).toMatchObject([{ key: "What is the lending value of the quarry?" }]);
    expect((await send(app, "GET", `/api/conversations?project_id=${id}`)).json.conversations).toHaveLength(
      1,
    );
    await send(app, "PATCH", path, { project_id: null });
    expect(await inProject()).toEqual([]);
    expect((await send(app, "PATCH", path, { project_id: "nowhere" })).status).toBe(404);
    const both = { message: "x", conversation_id: first.conversation_id, project_id: id };
    expect((await send(app, "POST", "/chat", both)).status).toBe(422);
    expect((await send(app, "POST", "/chat", { message: "x", project_id: "nowhere" })).status).toBe(404);
  });
});

describe("a project that is deleted", () => {
  async function filled(app: AnsweringApp) {
    const id = await made(app, { instructions });
    await send(app, "POST", `/api/projects/${id}/memories`, { key: "notary", value: "Dr. Zanzibar" });
    const quoting = await ask(app, "Who is my notary?", { project_id: id });
    return { id, quoting };
  }
  const everything = (
    app: AnsweringApp,
    { generation_id, conversation_id }: Awaited<ReturnType<typeof ask>>,
  ) =>
    JSON.stringify([
      receiptOf(app, { generation_id }),
      app.store.messages.all(conversation_id).flatMap(({ promptContext: told }) => told || []),
    ]);

  test("leaves its conversations, which are of none then, and comes back as it was", async () => {
    const app = open();
    const { id, quoting } = await filled(app);
    const before = everything(app, quoting);
    expect(before).toContain("Zanzibar");
    const { undo } = (await send(app, "DELETE", `/api/projects/${id}`)).json;
    expect((await send(app, "GET", `/api/projects/${id}`)).status).toBe(404);
    expect(everything(app, quoting)).not.toContain("Zanzibar");
    const later = await ask(app, "And who else?", { conversation_id: quoting.conversation_id });
    expect(receiptOf(app, later)?.project).toBeUndefined();
    expect(receiptOf(app, later)?.systemPrompt).not.toContain("kilwa");
    expect((await send(app, "POST", undo)).json).toMatchObject({ id, name: "House" });
    expect(everything(app, quoting)).toBe(before);
    const again = await ask(app, "And who else?", { conversation_id: quoting.conversation_id });
    expect(receiptOf(app, again)?.project?.name).toBe("House");
  });

  test("takes its conversations along where that is said, and brings back those alone", async () => {
    const app = open();
    const { id, quoting } = await filled(app);
    const gone = await ask(app, "What is a lien?", { project_id: id });
    app.store.conversations.update(gone.conversation_id, { deletedAt: 1 });
    await send(app, "DELETE", `/api/projects/${id}?conversations=delete`);
    expect(app.store.conversations.get(quoting.conversation_id)).toBeUndefined();
    await send(app, "POST", `/api/projects/${id}/restore`);
    expect(app.store.conversations.get(quoting.conversation_id)?.projectId).toBe(id);
    expect(app.store.conversations.get(gone.conversation_id)).toBeUndefined();
  });

  test("for good, it is in no table: neither its instructions nor what was remembered in it", async () => {
    const app = open();
    const { id, quoting } = await filled(app);
    await send(app, "PATCH", `/api/projects/${id}`, { instructions: "Amounts are in lamu pounds." });
    await ask(app, "And who else?", { conversation_id: quoting.conversation_id });
    expect((await send(app, "DELETE", `/api/projects/${id}?permanent=true`)).json.undo).toBeNull();
    expect((await send(app, "POST", `/api/projects/${id}/restore`)).status).toBe(404);
    while (!app.store.space.emptyLog()) await Bun.sleep(1);
    const bytes = await Bun.file(`${app.dataDir}/assistant.db`).bytes();
    for (const word of ["kilwa", "lamu pounds", "Zanzibar"])
      expect([word, Buffer.from(bytes).includes(word)]).toEqual([word, false]);
    expect(receiptOf(app, quoting)?.project).toMatchObject({ id, name: "" });
    expect(receiptOf(app, quoting)?.systemPrompt).toStartWith("You");
    expect(app.store.conversations.get(quoting.conversation_id)?.projectId).toBeNull();
  });
});

test("an archive of everything brings projects with what points at them, and the same file adds nothing", async () => {
  const from = open();
  const id = await made(from, { instructions, uses_general_memory: false });
  const documentId = await document(from, "policy.txt", policy);
  await send(from, "POST", `/api/projects/${id}/documents`, { documents: [documentId] });
  await send(from, "POST", `/api/projects/${id}/memories`, { key: "notary", value: "Dr. Zanzibar" });
  const asked = await ask(from, excess, { project_id: id });
  const archive = await (await fetch(`${from.url}/api/export`)).text();
  const one = await (
    await fetch(`${from.url}/api/conversations/${asked.conversation_id}/export?format=json`)
  ).text();
  expect(JSON.parse(one)).not.toHaveProperty("projects");
  const to = open();
  const bring = async () =>
    (await fetch(`${to.url}/api/conversations/import`, { method: "POST", body: archive })).json();
  expect(await bring()).toMatchObject({ projects: 1, documents: 1, refused: [] });
  expect((await send(to, "GET", "/api/projects")).json.projects).toMatchObject([
    { id, name: "House", instructions, uses_general_memory: false, conversations: 1, documents: 1 },
  ]);
  expect((await send(to, "GET", `/api/projects/${id}/memories`)).json).toContainEqual(
    expect.objectContaining({ key: "notary" }),
  );
  expect(await bring()).toMatchObject({ projects: 0, imported: [], memories: 0, refused: [] });
});

test("a project that is not as it must be is refused, and the same key makes one", async () => {
  const app = open();
  for (const body of [{}, { name: "  " }, { name: "x".repeat(101) }, { name: "A", instructions: 4 }])
    expect((await send(app, "POST", "/api/projects", body)).status).toBe(422);
  const headers = { "content-type": "application/json", "idempotency-key": "once" };
  const post = async (name: string) =>
    fetch(`${app.url}/api/projects`, { method: "POST", headers, body: JSON.stringify({ name }) });
  const [first, again] = [await (await post("Once")).json(), await (await post("Once")).json()];
  expect(again.id).toBe(first.id);
  expect((await post("Twice")).status).toBe(422);
  expect((await send(app, "GET", "/api/projects")).json.projects).toHaveLength(1);
});
