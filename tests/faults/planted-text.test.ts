/**
 * Marks planted by every way that text has into a real server, and removed by every way of deleting: afterwards no file of
 * the data folder holds one, while the server runs and after its stop (C9). Snapshots are dated copies, and are left out.
 */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RealServer, startRealServer } from "../real-server.ts";
import { startEchoingUpstream } from "./echoing-upstream.ts";
import { marksIn } from "./erased-text.ts";

const monthMs = 31 * 24 * 3_600_000;
const password = "correct horse battery staple";

class Program {
  /** Every mark that was planted. */
  readonly marks: string[] = [];
  key = "";
  cookie = "";

  constructor(
    readonly dataDir: string,
    public server: RealServer,
  ) {}

  /** A word that nothing else holds. */
  mark(kind: string): string {
    const mark = `xq${kind}${Bun.randomUUIDv7().replaceAll("-", "").slice(-10)}zv`;
    this.marks.push(mark);
    return mark;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(this.server.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(this.key === "" ? {} : { authorization: `Bearer ${this.key}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** As a browser sends a form. */
  async form(path: string, fields: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(this.server.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { origin: this.server.url, accept: "text/html", cookie: this.cookie },
      body: new URLSearchParams(fields),
    });
    expect([path, response.status]).toEqual([path, 303]);
    return response;
  }

  /** The marks that some file holds. */
  planted(): string[] {
    const found = new Set(marksIn(this.dataDir, this.marks).map((hit) => hit.split(": ").at(-1)));
    return this.marks.filter((mark) => found.has(mark));
  }

  async untilGone(): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (this.planted().length > 0 && performance.now() < deadline) await Bun.sleep(100);
    expect(marksIn(this.dataDir, this.marks)).toEqual([]);
  }

  /** What a person and a program say in one conversation. @returns its id */
  async converse(): Promise<string> {
    const asked = await this.send(
      "POST",
      "/chat",
      { message: `Say ${this.mark("chat")}.`, memory_context: 3 },
      { "idempotency-key": this.mark("key") },
    );
    const id: string = asked.conversation_id;
    const at = `/api/conversations/${id}`;
    const say = (message: string) => this.send("POST", `${at}/messages`, { message, memory_context: 3 });
    const { messages } = await this.send("GET", at);
    const [question, answer] = messages;
    await this.send("POST", `${at}/messages/${question.id}/edit`, {
      message: `Rather ${this.mark("edit")}.`,
    });
    const shown = await this.send("GET", at);
    await this.send("POST", `${at}/messages/${shown.messages.at(-1).id}/regenerate`, {});
    // More than the model holds: a summary stands for the first of it.
    for (let turn = 0; turn < 8; turn++)
      await say(`Turn ${turn}: ${this.mark("long")}. ${"And so on. ".repeat(25)}`);
    await this.untilStored("SELECT 1 FROM summaries");
    const copy = await this.send("POST", `${at}/fork`, { message_id: answer.id });
    await this.send("PATCH", `/api/conversations/${copy.id}`, {
      title: this.mark("title"),
      folder: this.mark("folder"),
    });
    const last = (await this.send("GET", at)).messages.at(-1);
    await this.send("DELETE", `${at}/messages/${last.id}`);
    await this.send("DELETE", `/api/conversations/${copy.id}`);
    return id;
  }

  /** The first value of the first row. */
  stored(query: string): unknown {
    using database = new Database(join(this.dataDir, "assistant.db"), { readonly: true });
    return database.query(query).values().flat()[0];
  }

  async untilStored(query: string): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (this.stored(query) === undefined && performance.now() < deadline) await Bun.sleep(50);
    expect([query, this.stored(query)]).not.toEqual([query, undefined]);
  }

  async importFile(): Promise<string> {
    const said = (sender: string, uuid: string) => ({
      ...{ uuid, sender, created_at: "2025-11-01T10:00:00Z" },
      text: `${sender} ${this.mark("import")}`,
      content: [],
    });
    const report = await this.send("POST", "/api/conversations/import", [
      {
        uuid: Bun.randomUUIDv7(),
        name: this.mark("name"),
        created_at: "2025-11-01T10:00:00Z",
        chat_messages: [said("human", "m1"), said("assistant", "m2")],
      },
    ]);
    return report.imported[0];
  }

  async memorize(): Promise<string> {
    const value = `The value ${this.mark("value")}.`;
    await this.send("POST", "/memorize", {
      key: this.mark("memory"),
      value,
      category: this.mark("category"),
    });
    const [memory] = await this.send("GET", "/memories?n=1");
    return memory.id;
  }

  /** A document that is read, and asked about. @returns its id */
  async addDocument(): Promise<string> {
    const word = this.mark("passage");
    const form = new FormData();
    const text = `# About ${this.mark("heading")}\n\nNobody may find ${word} in the files.\n`;
    form.append("file", new File([text], `${this.mark("document")}.md`));
    const headers = this.key === "" ? {} : { authorization: `Bearer ${this.key}` };
    const reply = await fetch(`${this.server.url}/documents`, { method: "POST", body: form, headers });
    const { id } = await reply.json();
    const { response } = await this.send("POST", "/chat", {
      message: `What of ${word} in the files?`,
      documents: [id],
      memory_context: 0,
    });
    // The engine says what it was told: the passage was in the prompt.
    expect(response).toContain(word);
    return id;
  }

  /** A project with instructions and a memory, of which both were in a prompt. @returns its id */
  async makeProject(): Promise<string> {
    const project = { name: this.mark("project"), instructions: `Be ${this.mark("shared")}.` };
    const { id } = await this.send("POST", "/api/projects", project);
    const at = `/api/projects/${id}`;
    const key = `notary ${this.mark("subject")}`;
    await this.send("POST", `${at}/memories`, { key, value: `Dr. ${this.mark("own")}` });
    await this.send("POST", "/chat", { message: "Who is my notary?", project_id: id, memory_context: 3 });
    await this.send("PATCH", at, { instructions: `Be ${this.mark("later")}.` });
    return id;
  }

  /** @returns a response, and a completion with the conversation that it is kept in */
  async askAsProgram(): Promise<{ response: string; completion: string }> {
    const response = await this.send("POST", "/v1/responses", {
      instructions: `Be ${this.mark("instructions")}.`,
      input: `Repeat ${this.mark("response")}.`,
      metadata: { note: this.mark("metadata") },
    });
    const completion = await this.send("POST", "/v1/chat/completions", {
      messages: [
        { role: "system", content: `Be ${this.mark("system")}.` },
        { role: "user", content: `Repeat ${this.mark("completion")}.` },
      ],
      store: true,
      metadata: { note: this.mark("metadata") },
    });
    return { response: response.id, completion: completion.id };
  }

  /** What was deleted was deleted a month ago. */
  age(): void {
    using database = new Database(join(this.dataDir, "assistant.db"));
    const earlier = (table: string, column: string) =>
      database.run(`UPDATE ${table} SET ${column} = ${column} - ${monthMs} WHERE ${column} IS NOT NULL`);
    for (const table of ["conversations", "messages", "memories", "documents", "projects"])
      earlier(table, "deletedAt");
    earlier("memories", "withdrawnAt");
    // A program's requests are kept for a month after their last use.
    earlier("conversations", "updatedAt");
  }

  async users(...words: string[]): Promise<string> {
    const child = Bun.spawn([process.execPath, "src/cli/users.ts", ...words], {
      cwd: join(import.meta.dir, "../.."),
      env: { ...process.env, DATA_DIR: this.dataDir },
      stdio: [Buffer.from(`${password}\n`), "pipe", "ignore"],
    });
    const [code, output] = await Promise.all([child.exited, new Response(child.stdout).text()]);
    expect([words[0], code]).toEqual([words[0], 0]);
    return output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.kill();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

test("planted text is in no file after every way of deleting (C9)", async () => {
  using upstream = startEchoingUpstream();
  const dataDir = mkdtempSync(join(tmpdir(), "planted-"));
  const start = () =>
    startRealServer({ dataDir, environment: { ENGINE: "vllm", VLLM_URL: upstream.url, LOG_LEVEL: "debug" } });
  const logged: string[] = [];
  await using program = new Program(dataDir, await start());
  const restart = async () => {
    logged.push(...program.server.lines);
    expect(await program.server.stop()).toBe(0);
    return start();
  };

  // Erased at once, by every button and address that erases.
  const memory = await program.memorize();
  const conversation = await program.converse();
  const imported = await program.importFile();
  const { response, completion } = await program.askAsProgram();
  const document = await program.addDocument();
  const project = await program.makeProject();
  // Everything is on the disk: this test can fail.
  expect(program.planted()).toEqual(program.marks);
  await program.send("DELETE", `/memories/${memory}?permanent=true`);
  await program.send("DELETE", `/documents/${document}?permanent=true`);
  await program.send("DELETE", `/api/projects/${project}?permanent=true`);
  await program.send("DELETE", `/v1/responses/${response}`);
  await program.send("DELETE", `/v1/chat/completions/${completion}`);
  for (const { id } of (await program.send("GET", "/api/conversations")).conversations)
    await program.send("DELETE", `/api/conversations/${id}`);
  await program.form(`/c/${conversation}/erase`);
  await program.form(`/c/${imported}/erase`);
  await program.form("/trash/empty");
  await program.untilGone();

  // Deleted, and purged a month later.
  const forgotten = await program.memorize();
  await program.converse();
  await program.importFile();
  await program.askAsProgram();
  const removed = await program.addDocument();
  const removedProject = await program.makeProject();
  expect(program.planted().length).toBeGreaterThan(10);
  await program.send("DELETE", `/memories/${forgotten}`);
  await program.send("DELETE", `/documents/${removed}`);
  await program.send("DELETE", `/api/projects/${removedProject}`);
  for (const { id } of (await program.send("GET", "/api/conversations")).conversations)
    await program.send("DELETE", `/api/conversations/${id}`);
  program.age();
  program.server = await restart();
  await program.untilGone();

  // Users are deleted with everything, by the page and in a terminal beside the server.
  await program.users("add", "anna");
  for (const name of ["ben", "carol"]) {
    await program.users("add", name);
    program.key = /lfa[\w-]+/.exec(await program.users("key", name, "laptop"))?.[0] ?? "";
    await program.memorize();
    await program.converse();
    await program.importFile();
    await program.askAsProgram();
    await program.addDocument();
    await program.makeProject();
  }
  program.key = "";
  expect(program.planted().length).toBeGreaterThan(20);
  await program.users("delete", "ben", "--yes");
  const entered = await program.form("/login", { name: "anna", password });
  program.cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const carol = program.stored("SELECT id FROM users WHERE name = 'carol'");
  await program.form(`/users/${carol}`, { do: "delete", confirm: "carol" });
  await program.untilGone();

  logged.push(...program.server.lines);
  expect(await program.server.stop()).toBe(0);
  expect(marksIn(dataDir, program.marks)).toEqual([]);
  const told = logged.filter((line) => program.marks.some((mark) => line.includes(mark)));
  expect(told).toEqual([]);
}, 240_000);
