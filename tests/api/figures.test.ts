/** Every figure of an answer is classified, wherever the answer is read. */
import { describe, expect, test } from "bun:test";
import type { AskDesk } from "../../src/generations/answer-writer.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { growth } from "../finance/facts/growth.ts";

const { facts } = growth();
const card = "**9.86 %** growth a year\n\n";
const askDesk: AskDesk = async (question) =>
  question.includes("CAGR") ? { facts, card, wantsProse: true } : null;
const question = "What is the CAGR from 10,000 to 16,000 in 5 years?";
const prose = "So 10,000 grew by 9.86 % a year. Gold stood at 2,150 then.";

interface Figure {
  readonly text: string;
  readonly class: string;
  readonly start: number;
  readonly end: number;
  readonly fact?: string;
}
interface Reply {
  readonly response: string;
  readonly facts: readonly { readonly id: string; readonly value: string }[];
  readonly figures: readonly Figure[];
  readonly conversation_id: string;
  readonly generation_id: string;
}

const open = (answer = prose) =>
  openAnsweringApp({ askDesk, engines: [new ScriptedEngine({ script: () => ({ answer }) })] });
const post = (url: string, body: object) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const chat = async (url: string, body: object): Promise<Reply> => (await post(`${url}/chat`, body)).json();
const classesOf = (figures: readonly Figure[]) => figures.map(({ text, class: kind }) => `${text} ${kind}`);

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
  readonly facts?: Reply["facts"];
  readonly figures?: readonly Figure[];
}
const chunksOf = async (response: Response): Promise<Chunk[]> =>
  (await response.text())
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice("data: ".length)));

describe("The figures of an answer", () => {
  test("are computed, quoted, or unsupported, with their places in the text", async () => {
    await using app = open();
    const reply = await chat(app.url, { message: question });
    expect(reply.response).toBe(card + prose);
    expect(reply.facts).toMatchObject([{ id: facts[0].id, value: "9.86" }]);
    expect(classesOf(reply.figures)).toEqual([
      "9.86 % computed",
      "10,000 quoted",
      "9.86 % computed",
      "2,150 unsupported",
    ]);
    for (const { text, start, end } of reply.figures) expect(reply.response.slice(start, end)).toBe(text);
    expect(reply.figures[0]?.fact).toBe(facts[0].id);
  });

  test("come in the stream: facts before the text, figures in the last chunk, choices never empty", async () => {
    await using app = open();
    const chunks = await chunksOf(await post(`${app.url}/chat/stream`, { message: question }));
    for (const { choices } of chunks) expect(choices).toHaveLength(1);
    const factsAt = chunks.findIndex(({ facts }) => facts !== undefined);
    const textAt = chunks.findIndex(({ choices }) => (choices[0]?.delta.content ?? "") !== "");
    expect(factsAt).toBeGreaterThan(0);
    expect(factsAt).toBeLessThan(textAt);
    expect(classesOf(chunks.at(-1)?.figures ?? [])).toContain("2,150 unsupported");
    expect(chunks.filter(({ figures }) => figures !== undefined)).toHaveLength(1);
  });

  test("that a model invented are no source for its next answer", async () => {
    await using app = open("Gold stood at 2,150.");
    const first = await chat(app.url, { message: "Where is gold?" });
    expect(classesOf(first.figures)).toEqual(["2,150 unsupported"]);
    const second = await chat(app.url, { message: "Say it again.", conversation_id: first.conversation_id });
    expect(classesOf(second.figures)).toEqual(["2,150 unsupported"]);
    const quoting = { message: "You said 2,150?", conversation_id: first.conversation_id };
    expect(classesOf((await chat(app.url, quoting)).figures)).toEqual(["2,150 quoted"]);
  });

  test("are the same when the answer is read again, from every cursor, and in a copy", async () => {
    await using app = open();
    const reply = await chat(app.url, { message: question });
    const events = `${app.url}/generations/${reply.generation_id}/events`;
    const whole = await chunksOf(await fetch(events));
    for (let after = 0; after < whole.length - 1; after++) {
      const again = await chunksOf(await fetch(`${events}?after=${after}`));
      expect(again.at(-1)?.figures).toEqual([...reply.figures]);
    }
    const message = app.store.messages.lastOfPath(reply.conversation_id);
    const copied: { readonly id: string } = await (
      await post(`${app.url}/api/conversations/${reply.conversation_id}/fork`, { message_id: message?.id })
    ).json();
    const copy = app.store.messages.lastOfPath(copied.id);
    const generation = app.store.generations.forMessage(copy?.id ?? "");
    const ofCopy = await chunksOf(await fetch(`${app.url}/generations/${generation?.id}/events`));
    expect(classesOf(ofCopy.at(-1)?.figures ?? [])).toEqual(classesOf(reply.figures));
  });

  test("are marked in a Markdown export, with their sources", async () => {
    await using app = open();
    const { conversation_id: id } = await chat(app.url, { message: question });
    const text = await (await fetch(`${app.url}/api/conversations/${id}/export?format=markdown`)).text();
    expect(text).toContain("Gold stood at 2,150 [?] then.");
    expect(text).toContain("grew by 9.86 % a year");
    expect(text).toContain("*4 figures: 2 computed, 1 quoted, 1 unchecked.*");
    expect(text).toContain(`- Growth a year: 9.86 % = (16000 ÷ 10000)^(1 ÷ 5) − 1 (cagr 1, ${facts[0].id})`);
  });

  test("come at the end over a WebSocket, and the facts before the text", async () => {
    await using app = open();
    const messages: { readonly type: string; readonly figures?: Figure[]; readonly facts?: unknown[] }[] = [];
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/chat/stream`);
    const done = Promise.withResolvers<void>();
    socket.onopen = () => socket.send(JSON.stringify({ message: question }));
    socket.onmessage = ({ data }) => {
      messages.push(JSON.parse(String(data)));
      if (messages.at(-1)?.type === "done") done.resolve();
    };
    await done.promise;
    socket.close();
    const types = messages.map(({ type }) => type);
    expect(types.indexOf("facts")).toBeLessThan(types.indexOf("token"));
    expect(types).toContain("facts");
    expect(classesOf(messages.at(-1)?.figures ?? [])).toContain("2,150 unsupported");
  });

  test("of clients of /v1 are left alone", async () => {
    await using app = open();
    const response = await post(`${app.url}/v1/chat/completions`, {
      model: "auto",
      messages: [{ role: "user", content: question }],
    });
    const reply: { readonly choices: readonly { readonly message: { readonly content: string } }[] } =
      await response.json();
    expect(reply.choices[0]?.message.content).toBe(prose);
    expect(reply).not.toHaveProperty("figures");
  });
});
