/** Documents go along with an export: a citation opens at its place on another machine. */
import { afterEach, describe, expect, test } from "bun:test";
import { linesAt, pdfOf, wrapped } from "../documents/pdf-writer.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const apps: AnsweringApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app[Symbol.asyncDispose]();
});

const policy = Buffer.from(
  pdfOf([
    linesAt(wrapped("The premium of the household policy is 240 euros a year, due in January.", 70), 60, 80),
    linesAt(wrapped("The excess is 500 euros for each claim. Water damage is insured.", 70), 60, 80),
  ]),
);

function open(): AnsweringApp {
  const script = () => ({ answer: "The excess is 500 euros [2]." });
  const app = openAnsweringApp({ engines: [new ScriptedEngine({ contextSize: 4_000, script })] });
  apps.push(app);
  return app;
}

const json = async (reply: Response | Promise<Response>) => (await reply).json();
const text = async (app: AnsweringApp, path: string) =>
  (await fetch(app.url + path, { headers: { accept: "text/html" } })).text();
const add = (app: AnsweringApp, name: string, body: BodyInit) =>
  json(fetch(`${app.url}/documents?name=${name}`, { method: "POST", body }));
const documentsOf = (app: AnsweringApp) => json(fetch(`${app.url}/documents`));
const bringInto = (app: AnsweringApp, archive: string) =>
  json(fetch(`${app.url}/api/conversations/import`, { method: "POST", body: archive }));

const question = "How high is the excess of a claim?";
const ask = (app: AnsweringApp, more: object) =>
  json(
    fetch(`${app.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: question, max_tokens: 100, ...more }),
    }),
  );

/** A question about a policy that was answered, and a note that no conversation has. */
async function asked() {
  const from = open();
  const document = await add(from, "policy.pdf", policy);
  await add(from, "note.txt", "The safe is behind the picture.");
  await from.documents.pending();
  const { conversation_id: id } = await ask(from, { documents: [document.id] });
  return { from, id, documentId: document.id };
}

/** Whether the answer of a conversation links to the second passage of a document. */
const cites = async (app: AnsweringApp, id: string, documentId: string) =>
  (await text(app, `/c/${id}`)).includes(`href="/documents/${documentId}?passage=2#p-2"`);
const exportOf = async (app: AnsweringApp, path = "/api/export") => (await fetch(app.url + path)).text();

describe("an archive of everything", () => {
  test("brings documents with their files, passages and whatever points at them, and the same file adds nothing", async () => {
    const { from, id, documentId } = await asked();
    const archive = await exportOf(from);
    const to = open();
    expect(await bringInto(to, archive)).toMatchObject({ imported: [id], refused: [], documents: 2 });
    expect(await documentsOf(to)).toMatchObject([
      { name: "note.txt", state: "ready" },
      { id: documentId, name: "policy.pdf", state: "ready", pages: 2, passage_count: 2 },
    ]);
    const file = await fetch(`${to.url}/documents/${documentId}/file`);
    expect(Buffer.from(await file.arrayBuffer()).equals(policy)).toBe(true);
    // The citation of the answer, and where it leads.
    expect(await cites(to, id, documentId)).toBe(true);
    const opened = await text(to, `/documents/${documentId}?passage=2`);
    expect(/id="p-2"[\s\S]{0,100}The excess/.exec(opened)?.[0]).toContain("<mark>");
    expect(await json(fetch(`${to.url}/documents/search?q=excess+of+a+claim`))).toMatchObject([
      { number: 2 },
    ]);
    // It goes on being asked about.
    expect(await ask(to, { conversation_id: id })).toMatchObject({
      response: "The excess is 500 euros [2].",
    });

    const again = await bringInto(to, archive);
    expect(again).toMatchObject({ imported: [], skipped: [id], refused: [], documents: 0 });
    expect(await documentsOf(to)).toHaveLength(2);
    // Where it came from, it is known, too.
    expect(await bringInto(from, archive)).toMatchObject({ imported: [], skipped: [id], documents: 0 });
    const other = open();
    await bringInto(other, archive);
    const { exportedAt } = JSON.parse(archive);
    expect({ ...JSON.parse(await exportOf(other)), exportedAt }).toEqual(JSON.parse(archive));
  });

  test("points at the same file where it is here under another id, and brings a deleted one back", async () => {
    const { from, id } = await asked();
    const archive = await exportOf(from);
    const to = open();
    const { id: idHere } = await add(to, "policy.pdf", policy);
    await to.documents.pending();
    expect(await bringInto(to, archive)).toMatchObject({ imported: [id], documents: 1 });
    expect(await cites(to, id, idHere)).toBe(true);
    await fetch(`${to.url}/documents/${idHere}`, { method: "DELETE" });
    expect(await documentsOf(to)).toMatchObject([{ name: "note.txt" }]);
    expect(await bringInto(to, archive)).toMatchObject({ imported: [], skipped: [id], documents: 1 });
    expect(await documentsOf(to)).toMatchObject([{ id: idHere }, { name: "note.txt" }]);
  });

  test("says of each document why it is not taken, and the same file brings later what was missing", async () => {
    const { from, id, documentId } = await asked();
    const archive = JSON.parse(await exportOf(from));
    const damaged = structuredClone(archive);
    const [first, second] = damaged.documents;
    first.bytes[0][0] = Buffer.from("something else").toString("base64");
    second.passages[0].number = 7;
    const to = open();
    expect(await bringInto(to, JSON.stringify(damaged))).toMatchObject({
      imported: [id],
      documents: 0,
      refused: [
        { title: "policy.pdf", reason: expect.stringContaining("The bytes of policy.pdf are damaged") },
        { title: "note.txt", reason: "passages[0].number is not the next one." },
      ],
    });
    expect(await documentsOf(to)).toEqual([]);
    expect(await bringInto(to, JSON.stringify(archive))).toMatchObject({ skipped: [id], documents: 2 });
    expect(await cites(to, id, documentId)).toBe(true);
  });

  test("has nothing of a deleted document, and one that was not read is read where it arrives", async () => {
    const { from, id, documentId } = await asked();
    await fetch(`${from.url}/documents/${documentId}`, { method: "DELETE" });
    const archive = JSON.parse(await exportOf(from));
    expect(JSON.stringify(archive)).not.toContain("policy.pdf");
    expect(archive.conversations[0].documents).toBeUndefined();
    archive.documents[0].passages = [];
    const to = open();
    expect(await bringInto(to, JSON.stringify(archive))).toMatchObject({ imported: [id], documents: 1 });
    await to.documents.pending();
    expect(await documentsOf(to)).toMatchObject([{ name: "note.txt", state: "ready", passage_count: 1 }]);
  });
});

test("A conversation as JSON brings its own documents and no others; as Markdown it says what its numbers cite", async () => {
  const { from, id, documentId } = await asked();
  const archive = await exportOf(from, `/api/conversations/${id}/export?format=json`);
  expect(archive).not.toContain("note.txt");
  const to = open();
  expect(await bringInto(to, archive)).toMatchObject({ imported: [id], documents: 1 });
  expect(await cites(to, id, documentId)).toBe(true);
  const markdown = await exportOf(from, `/api/conversations/${id}/export?format=markdown`);
  expect(markdown).toContain("- [2] policy.pdf, page 2");
});
