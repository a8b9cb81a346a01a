/** The chat as a real program in a real pseudo terminal, against the real app with a scripted model. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { answers } from "../fakes/scripted-answers.ts";
import { attacks } from "./hostile-text.ts";
import { openTerminalApp, type TerminalApp, TerminalFolder } from "./terminal-app.ts";
import { TypedProgram } from "./typed-program.ts";

/** What the editor draws before each line: the cursor at the line's beginning, and the prompt. */
const prompt = "> \u001b[3G";
const ctrlC = "\u0003";
const up = "\u001b[A";
const enter = "\r";

let app: TerminalApp;
let folder: TerminalFolder;
const disposables: AsyncDisposable[] = [];

beforeEach(() => {
  folder = new TerminalFolder();
});
afterEach(async () => {
  for (const disposable of disposables.splice(0).reverse()) await disposable[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function open(options: Parameters<typeof openTerminalApp>[0] = {}): void {
  app = openTerminalApp(options);
  disposables.push(app);
}

async function startChat(change: Readonly<Record<string, string>> = {}): Promise<TypedProgram> {
  const chat = new TypedProgram("src/terminal/chat.ts", [], folder.environment(app.port, change));
  disposables.push(chat);
  await chat.see(prompt);
  return chat;
}

describe("The chat", () => {
  test("shows an answer as it is written, goes on in the same conversation, and leaves", async () => {
    open();
    app.gate.holdAt(2);
    const chat = await startChat();
    chat.type(`hello${enter}`);
    await chat.see("Hello. How");
    expect(chat.all).not.toContain("help?");
    app.gate.open();
    await chat.see(" can I help?\r\n");
    await chat.see(prompt);
    chat.type(`trouble again${enter}`);
    await chat.see("ten years.");
    await chat.see(prompt);
    chat.type(`exit${enter}`);
    expect(await chat.ended()).toBe(0);
    const [conversation, ...others] = app.store.conversations.list(null, 10);
    expect(others).toEqual([]);
    expect(app.store.messages.path(conversation?.id ?? "")).toHaveLength(4);
  });

  test("toggles streaming by the word that the original knew, and shows whole answers then", async () => {
    open();
    const chat = await startChat();
    chat.type(`stream${enter}`);
    await chat.see("Streaming mode: OFF");
    app.gate.holdAt(3);
    chat.type(`hello${enter}`);
    await chat.see("Writing …");
    expect(chat.all).not.toContain("Hello");
    app.gate.open();
    await chat.see("Hello. How can I help?\r\n");
    chat.type(`stream${enter}`);
    await chat.see("Streaming mode: ON");
    expect(app.generations.unfinished).toBe(0);
  });

  test("Ctrl-C stops the answer alone; its text is kept, that is said, and /continue goes on", async () => {
    open();
    app.gate.holdAt(10);
    const chat = await startChat();
    chat.type(`long${enter}`);
    await chat.see("word9");
    chat.type(ctrlC);
    await chat.see("Stopped. The text so far is kept");
    await chat.see(prompt);
    const [conversation] = app.store.conversations.list(null, 10);
    const answer = app.store.messages.lastOfPath(conversation?.id ?? "");
    expect(answer?.content).toBe(answers.long?.split(" ").slice(0, 10).join(" "));
    app.gate.open();
    chat.type(`/continue${enter}`);
    expect(await chat.see("word159")).not.toContain("word9 ");
    await chat.see(prompt);
    expect(app.store.messages.lastOfPath(conversation?.id ?? "")?.content).toBe(answers.long ?? "");
  });

  test("/stop stops it, too, and what else is typed meanwhile is not lost", async () => {
    open();
    app.gate.holdAt(10);
    const chat = await startChat();
    chat.type(`long${enter}`);
    await chat.see("word9");
    chat.type(`hello there${enter}`);
    chat.type(`/stop${enter}`);
    chat.type("half a ");
    await chat.see("Stopped.");
    app.gate.open();
    await chat.see("> hello there\r\n");
    await chat.see("How can I help?\r\n");
    await chat.see("> half a ");
    chat.type(`line${enter}`);
    await chat.see("You said half.");
  });

  test("Ctrl-C at an empty prompt leaves at the second time, and empties a line before", async () => {
    open();
    const chat = await startChat();
    chat.type("half a line");
    await chat.see("half a line");
    chat.type(ctrlC);
    await chat.see(prompt);
    chat.type(ctrlC);
    await chat.see("Ctrl-C once more leaves");
    chat.type(`hello${enter}`);
    await chat.see("How can I help?");
    await chat.see(prompt);
    chat.type(ctrlC);
    await chat.see("Ctrl-C once more leaves");
    chat.type(ctrlC);
    expect(await chat.ended()).toBe(0);
  });

  test("keeps the history over runs, for nobody else to read", async () => {
    open();
    const first = await startChat();
    first.type(`hello to you${enter}`);
    await first.see("How can I help?");
    await first.see(prompt);
    first.type("\u0004");
    expect(await first.ended()).toBe(0);
    const file = join(folder.path, "data/terminal-history");
    expect(readFileSync(file, "utf8")).toBe("hello to you\n");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await startChat();
    second.type(up);
    await second.see("> hello to you");
    second.type(` more${enter}`);
    await second.see("How can I help?");
  });

  test("lists, opens and goes on with conversations, and follows an answer that is still written there", async () => {
    open();
    app.gate.holdAt(3);
    const message = { method: "POST", headers: { "content-type": "application/json" } };
    const ask = (text: string) =>
      fetch(`${app.url}/chat/stream`, { ...message, body: JSON.stringify({ message: text }) });
    const reply = await ask("long story");
    void reply.body?.cancel();
    const chat = await startChat();
    chat.type(`/list${enter}`);
    await chat.see("  1  ");
    await chat.see("long story");
    chat.type(`/open 2${enter}`);
    await chat.see("There is no number 2");
    chat.type(`/open 1${enter}`);
    await chat.see("word2");
    app.gate.open();
    await chat.see("word159");
    await chat.see(prompt);
    chat.type(`hello${enter}`);
    await chat.see("How can I help?");
    expect(app.store.conversations.list(null, 10)).toHaveLength(1);
    chat.type(`/new${enter}`);
    await chat.see(prompt);
    chat.type(`hello${enter}`);
    await chat.see("How can I help?");
    expect(app.store.conversations.list(null, 10)).toHaveLength(2);
  });

  test("remembers, names models, and says what it does not know", async () => {
    open();
    const chat = await startChat();
    chat.type(`/memory broker = Example Bank${enter}`);
    await chat.see('Remembered "broker".');
    chat.type(`/memory${enter}`);
    await chat.see("broker = Example Bank");
    chat.type(`/model${enter}`);
    await chat.see("scripted-model  (runs)");
    expect(await chat.see("phi3")).not.toContain("fake-embedder");
    chat.type(`/model nonsense${enter}`);
    await chat.see('There is no model "nonsense"');
    // It was taken, and then each question was refused.
    chat.type(`/model fake-embedder${enter}`);
    await chat.see("fake-embedder is an embedding model and cannot answer.");
    chat.type(`/model scripted-model${enter}`);
    await chat.see("Questions go to scripted-model from now on.");
    chat.type(`hello${enter}`);
    await chat.see("How can I help?");
    chat.type(`/nope${enter}`);
    await chat.see("There is no command /nope");
    chat.type(`/help${enter}`);
    await chat.see("/memory KEY = VALUE");
  });

  test("asks several pasted lines as one question", async () => {
    open();
    const chat = await startChat();
    chat.type("\u001b[200~hello\nto you\u001b[201~");
    await chat.see("hello⏎to you");
    chat.type(enter);
    await chat.see("How can I help?");
    const [conversation] = app.store.conversations.list(null, 10);
    expect(app.store.messages.path(conversation?.id ?? "")[0]?.content).toBe("hello\nto you");
  });

  test("shows the place in the queue, and how far the model is with loading", async () => {
    const ready = Promise.withResolvers<void>();
    open({ engine: { slots: 1, ready: () => ready.promise } });
    const first = await startChat();
    first.type(`hello${enter}`);
    await first.see("The model is loading");
    const second = await startChat();
    second.type(`hello${enter}`);
    await second.see("next in line");
    ready.resolve();
    await first.see("How can I help?");
    await second.see("How can I help?");
  });

  test("is told why an answer failed, with what was written until then", async () => {
    open({ failAt: 3 });
    const chat = await startChat();
    chat.type(`hello${enter}`);
    await chat.see("Hello. How can\r\n");
    await chat.see("Something went wrong.");
    await chat.see(prompt);
  });

  test("lets nothing that a model, a title or a memory says drive the terminal", async () => {
    const says = attacks.map((attack, index) => `<${index}${attack}${index}>`).join(" ");
    open({ says: { attack: says } });
    const shown = async (answer: string) => {
      const chat = await startChat({ NO_COLOR: "1" });
      chat.type(`${answer} now${enter}`);
      await chat.see(`${attacks.length - 1}>`);
      await chat.see(prompt);
      chat.type(`/list${enter}`);
      await chat.see(prompt);
      chat.type(`/open 1${enter}`);
      await chat.see(`${attacks.length - 1}>`);
      await chat.see(prompt);
      chat.type(`/memory${enter}`);
      await chat.see("key");
      await chat.see(prompt);
      chat.type(`exit${enter}`);
      await chat.ended();
      return chat.all;
    };
    for (const attack of attacks) {
      const body = JSON.stringify({ key: `${attack}key`, value: `${attack} value` });
      const headers = { "content-type": "application/json" };
      await fetch(`${app.url}/memorize`, { method: "POST", headers, body });
    }
    const all = await shown("attack");
    expect(all).toContain("<5]52;c;cm0gLXJmIH4=5>");
    // What the editor and the screen write themselves; nothing else may hold a control character.
    const own = /\[(?:\d*G|0?J|K|\?2004[hl])/y;
    for (const [index, sign] of [...all].entries()) {
      if (!/(?![\r\n])\p{Cc}/u.test(sign)) continue;
      expect(sign).toBe("\u001b");
      own.lastIndex = [...all].slice(0, index + 1).join("").length;
      expect(own.test(all)).toBe(true);
    }
    expect(all).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(all).not.toMatch(/[^\r\n]\r[^\r\n]/);
  });

  test("has colours, unless NO_COLOR says otherwise", async () => {
    open();
    const coloured = await startChat();
    expect(coloured.all).toContain("\u001b[2mConnected to");
    const plain = await startChat({ NO_COLOR: "1" });
    expect(plain.all).not.toContain("\u001b[2m");
  });

  test("ends with the terminal as it was when it is told to end, also in mid-answer, which goes on", async () => {
    open();
    const idle = await startChat();
    idle.kill("SIGTERM");
    expect(await idle.ended()).toBe(0);
    expect(idle.all).toEndWith("\u001b[?2004l");
    app.gate.holdAt(10);
    const busy = await startChat();
    busy.type(`long${enter}`);
    await busy.see("word9");
    busy.kill("SIGTERM");
    expect(await busy.ended()).toBe(0);
    expect(busy.all).toEndWith("\u001b[?2004l");
    app.gate.open();
    await app.generations.idle();
    expect(app.ended.map(({ state }) => state)).toEqual(["done"]);
  });
});
