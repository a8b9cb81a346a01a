/** Files of questions, from the upload to the prompt and to their removal. */
import { afterEach, describe, expect, test } from "bun:test";
import { type AnsweringApp, type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const png = Buffer.from("\x89PNG\r\n\x1a\nrest", "latin1");
const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at} of it\n`).join("");

function open(options: AnsweringAppOptions & { contextSize?: number; answer?: string } = {}) {
  const { contextSize = 2_000, answer = "Yes.", ...rest } = options;
  const engine = new ScriptedEngine({ contextSize, script: () => ({ answer }) });
  app = openAnsweringApp({ engines: [engine], ...rest });
  return engine;
}

async function upload(name: string, content: BlobPart) {
  const form = new FormData();
  form.append("file", new File([content], name));
  const reply = await fetch(`${app.url}/files`, { method: "POST", body: form });
  return { status: reply.status, json: await reply.json() };
}

async function ask(message: string, files: readonly string[], more: object = {}) {
  const reply = await fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message, files, max_tokens: 100, ...more }),
  });
  return { status: reply.status, json: await reply.json() };
}

const receiptOf = (json: { generation_id: string }) =>
  app.store.generations.get(json.generation_id)?.receipt ?? null;
const remove = (id: string) => fetch(`${app.url}/files/${id}`, { method: "DELETE" });

describe("a file", () => {
  test("is uploaded, read and downloaded as it was", async () => {
    open();
    const { status, json } = await upload("Prämien.csv", "Day,Profit\n1,5\n");
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({
        name: "Prämien.csv",
        kind: "csv",
        media_type: "text/csv",
        size: 15,
        characters: 15,
        is_cut: false,
      }),
    ]);
    const reply = await fetch(`${app.url}/files/${json.id}`);
    expect(await reply.text()).toBe("Day,Profit\n1,5\n");
    expect(reply.headers.get("content-type")).toBe("application/octet-stream");
    expect(reply.headers.get("content-disposition")).toBe(
      `attachment; filename="Pr_mien.csv"; filename*=UTF-8''Pr%C3%A4mien.csv`,
    );
    expect(reply.headers.get("content-security-policy")).toContain("sandbox");
    expect(await (await fetch(`${app.url}/files/${json.id}/text`)).text()).toBe("Day,Profit\n1,5\n");
  });

  test("that is refused is told of to a script of a page in its reader's language, to a program in English", async () => {
    open();
    const refusal = async (headers: Record<string, string>) => {
      const form = new FormData();
      form.append("file", new File([""], "leer.txt"));
      const reply = await fetch(`${app.url}/files`, {
        method: "POST",
        body: form,
        headers: { "accept-language": "de-CH", ...headers },
      });
      return (await reply.json()).error.message;
    };
    expect(await refusal({ "hx-request": "true" })).toBe("leer.txt ist leer.");
    expect(await refusal({})).toBe("leer.txt is empty.");
  });

  test("whose text is a page is never shown as one; a picture is shown", async () => {
    open();
    const page = await upload("page.html", "<script>alert(1)</script>");
    const { headers } = await fetch(`${app.url}/files/${page.json.id}`);
    expect(headers.get("content-disposition")).toStartWith("attachment");
    expect(headers.get("content-type")).toBe("application/octet-stream");
    const picture = await upload("chart.png", png);
    const shown = await fetch(`${app.url}/files/${picture.json.id}`);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(shown.headers.get("content-disposition")).toStartWith("inline");
  });

  test.each([
    ["report.docx", "PK\x03\x04\0\0word/document.xml", "report.docx is no text"],
    ["empty.txt", "", "empty.txt is empty"],
    ["chart.png", "\xff\xd8\xff", "chart.png is a JPEG picture"],
  ])("%s is refused by name", async (name, content, reason) => {
    open();
    const { status, json } = await upload(name, Buffer.from(content, "latin1"));
    expect([status, json.error.message]).toEqual([422, expect.stringContaining(reason)]);
    expect(app.store.files.bytesOf(null)).toBe(0);
  });

  test("has limits: of one file, of all, and of a question", async () => {
    open({ settings: { FILE_MB: "1", FILES_MB: "2", FILES_PER_QUESTION: "1" } });
    const large = await upload("a.txt", "a".repeat(1_000_001));
    expect([large.status, large.json.error.message]).toEqual([413, expect.stringContaining("1 MB")]);
    const huge = await upload("a.txt", "a".repeat(1_200_000));
    expect([huge.status, huge.json.error.code]).toEqual([413, "too_large"]);
    const ids = [];
    for (const text of ["a", "b"]) ids.push((await upload("a.txt", text.repeat(900_000))).json.id);
    expect((await upload("a.txt", "c".repeat(900_000))).json.error.code).toBe("files_full");
    expect((await ask("Both?", ids)).json.error.message).toContain("at most 1 files");
  });

  test("is removed while no question has it, and with the question for good", async () => {
    open();
    const { id: unsent } = (await upload("a.txt", "hello")).json;
    expect((await remove(unsent)).status).toBe(200);
    expect((await fetch(`${app.url}/files/${unsent}`)).status).toBe(404);
    expect((await ask("What?", [unsent])).json.error.message).toContain("no such file");
    const { id } = (await upload("a.txt", "hello")).json;
    const { conversation_id } = (await ask("What?", [id])).json;
    expect((await remove(id)).status).toBe(422);
    app.store.conversations.erase(conversation_id);
    expect((await fetch(`${app.url}/files/${id}`)).status).toBe(404);
    expect(
      app.store.contents.byHash(new Bun.CryptoHasher("sha256").update("hello").digest("hex")),
    ).toBeUndefined();
  });
});

describe("a question with files", () => {
  test("has their text before it, and its receipt names them", async () => {
    const engine = open();
    const { id } = (await upload("a.txt", "The pip is 0.0001.")).json;
    const { json } = await ask("How large is a pip?", [id]);
    const said = engine.requests.at(-1)?.messages.at(-1)?.content ?? "";
    expect(said).toContain("--- File: a.txt ---\nThe pip is 0.0001.\n--- End of a.txt ---");
    expect(said).toEndWith("How large is a pip?");
    expect(receiptOf(json)?.files).toEqual([
      { id, name: "a.txt", kind: "text", readCharacters: 18, characters: 18 },
    ]);
  });

  test("has as much of them as fits, and says so; the next question has the same, to the letter", async () => {
    const engine = open({ contextSize: 1_000 });
    const long = (await upload("long.txt", lines(2_000))).json;
    const short = (await upload("short.txt", "Short.")).json;
    const { json } = await ask("What?", [long.id, short.id]);
    const [first, second] = receiptOf(json)?.files ?? [];
    expect(second).toMatchObject({ readCharacters: 6, characters: 6 });
    expect(first?.readCharacters).toBeWithin(200, 10_000);
    const said = engine.requests.at(-1)?.messages.at(-1)?.content ?? "";
    expect(said).toContain(`its first ${first?.readCharacters} of ${long.characters} characters`);
    expect(said).toContain(lines(2_000).slice(0, first?.readCharacters));
    const receipt = receiptOf(json);
    expect(receipt?.promptTokens ?? 0).toBeLessThanOrEqual(receipt?.budgetTokens ?? 0);
    await ask("And then?", [], { conversation_id: json.conversation_id });
    expect(engine.requests.at(-1)?.messages.at(1)?.content).toBe(said);
  });

  test("may quote their figures; of what did not fit it may not", async () => {
    open({ contextSize: 1_000, answer: "It was 1,234.50 first, and 98,765 last." });
    const text = `Profit 1,234.50\n${lines(2_000)}\nProfit 98,765\n`;
    const { id } = (await upload("a.txt", text)).json;
    const { json } = await ask("What was the profit?", [id]);
    const classes = json.figures.map(({ text, class: known }: { text: string; class: string }) => [
      text,
      known,
    ]);
    expect(classes).toEqual([
      ["1,234.50", "quoted"],
      ["98,765", "unsupported"],
    ]);
  });

  test("shows its pictures to the model, unless none that runs can see", async () => {
    const engine = open();
    const { id } = (await upload("chart.png", png)).json;
    await ask("What is on it?", [id]);
    expect(engine.requests.at(-1)?.messages.at(-1)?.parts).toEqual([
      { type: "text", text: "What is on it?" },
      { type: "image", url: `data:image/png;base64,${png.toString("base64")}` },
    ]);
    await app[Symbol.asyncDispose]();
    open({ seesPictures: false });
    const { status, json } = await upload("chart.png", png);
    expect([status, json.error.message]).toEqual([422, expect.stringContaining("cannot see pictures")]);
  });

  test("keeps them when it is edited and when it is copied, and exports name them", async () => {
    const engine = open();
    const { id } = (await upload("a.txt", "The pip is 0.0001.")).json;
    const { conversation_id, generation_id } = (await ask("How large is a pip?", [id])).json;
    const generation = app.store.generations.get(generation_id);
    const api = `${app.url}/api/conversations/${conversation_id}`;
    const post = (path: string, body: object) =>
      fetch(`${api}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await post(`/messages/${generation?.questionId}/edit`, { message: "How small is a pip?" });
    await app.generations.idle();
    expect(engine.requests.at(-1)?.messages.at(-1)?.content).toMatch(/0\.0001[\s\S]*How small is a pip\?$/);
    const copy = await (await post("/fork", { message_id: generation?.messageId })).json();
    expect(app.store.conversations.get(copy.id)).toBeDefined();
    app.store.conversations.erase(conversation_id);
    expect(await (await fetch(`${app.url}/files/${id}`)).text()).toBe("The pip is 0.0001.");
    const exported = (format: string) =>
      fetch(`${app.url}/api/conversations/${copy.id}/export?format=${format}`);
    expect(await (await exported("markdown")).text()).toContain("*Files: a.txt.*");
    const [archived] = (await (await exported("json")).json()).conversations;
    expect(archived.messages[0].files).toEqual([
      { name: "a.txt", kind: "text", mediaType: "text/plain", size: 18 },
    ]);
  });
});
