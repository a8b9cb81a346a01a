/** Streams of chat completions that are read on from any byte, as llama.cpp's interface reads them. */
import { describe, expect, test } from "bun:test";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { openGuardedApp } from "../security/guarded-app.ts";
import { CountingReader } from "./counting-reader.ts";

const question = { messages: [{ role: "user", content: "What is gold?" }] };
const answer = "Gold is a métal: 金, traded in ounces.";

const open = (script?: (request: GenerateRequest) => Script): AnsweringApp =>
  openAnsweringApp({ engines: [new ScriptedEngine(script === undefined ? {} : { script })] });

/** Holds an engine before its token with this index, until it is let go on or stopped. */
function heldAt(token: number) {
  const go = Promise.withResolvers<void>();
  return {
    goOn: go.resolve,
    pace: (index: number, signal: AbortSignal): Promise<void> => {
      if (index < token) return Promise.resolve();
      const stopped = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => stopped.resolve(), { once: true });
      return Promise.race([go.promise, stopped.promise]);
    },
  };
}

const wholeOf = async (app: AnsweringApp, name: string, from = 0) =>
  await (await fetch(`${app.url}/v1/stream?conv_id=${encodeURIComponent(name)}&from=${from}`)).text();
const lookUp = async (app: AnsweringApp, names: readonly string[], headers = {}) =>
  await (
    await fetch(`${app.url}/v1/streams/lookup`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ conversation_ids: names }),
    })
  ).json();

describe("GET /v1/stream", () => {
  test("goes on where a reader was, and the whole is to the byte what an unbroken reader has", async () => {
    const held = heldAt(4);
    await using app = open(() => ({ answer, pace: held.pace }));
    const reader = new CountingReader(app.url, "chat 1::org/model:Q8");
    const body = { ...question, timings_per_token: true, return_progress: true };
    expect(await reader.ask(body, ({ text }) => text.includes("métal"))).toBe(200);
    expect(reader.isWhole).toBe(false);
    const before = reader.text;
    held.goOn();
    expect(await reader.readOn()).toBe(200);
    expect(reader.isWhole).toBe(true);
    expect(reader.answer).toBe(answer);
    // What is told while the prompt is read is not in the log; it moves no byte.
    const again = await wholeOf(app, reader.name);
    expect(Buffer.byteLength(again)).toBe(reader.bytes);
    expect(again.endsWith(reader.text.slice(before.length))).toBe(true);
    expect(before).toContain('"prompt_progress"');
    expect(again).toContain('"timings":{"cache_n"');
  });

  test("reads from every byte what stands behind it", async () => {
    await using app = open(() => ({ answer }));
    const reader = new CountingReader(app.url, "every");
    await reader.ask({ ...question, stream_options: { include_usage: true } });
    const whole = Buffer.from(await wholeOf(app, "every"));
    expect(whole.toString()).toBe(reader.text);
    for (let from = 0; from <= whole.length + 1; from += 7) {
      const rest = await wholeOf(app, "every", from);
      expect(whole.toString().endsWith(rest)).toBe(true);
      expect(whole.length - from - Buffer.byteLength(rest)).toBeLessThan(3);
    }
  });

  test("an answer is written to its end without a reader: a page that is loaded anew finds it", async () => {
    const held = heldAt(0);
    await using app = open(() => ({ answer, pace: held.pace }));
    const reader = new CountingReader(app.url, "left");
    await reader.ask(question, ({ text }) => text.includes('"role"'));
    expect(await lookUp(app, ["left"])).toMatchObject([
      { conversation_id: "left", is_done: false, completed_at: 0 },
    ]);
    held.goOn();
    await app.generations.idle();
    const [session] = await lookUp(app, ["none", "left"]);
    const whole = await wholeOf(app, "left");
    expect(session).toMatchObject({ is_done: true, total_bytes: Buffer.byteLength(whole) });
    expect(whole).toContain("data: [DONE]");
  });

  test("a name has one answer: the next one stops it", async () => {
    const held = heldAt(0);
    let asked = 0;
    await using app = open(() =>
      asked++ === 0 ? { answer: "One two", pace: held.pace } : { answer: "Second." },
    );
    const first = new CountingReader(app.url, "same");
    const reading = first.ask(question);
    await first.begun;
    const second = new CountingReader(app.url, "same");
    await second.ask(question);
    await reading;
    expect(second.answer).toBe("Second.");
    expect(await wholeOf(app, "same")).toContain("Second.");
    expect(await lookUp(app, ["same"])).toHaveLength(1);
  });

  test("DELETE stops it and releases the name; once more is as good", async () => {
    const held = heldAt(0);
    await using app = open(() => ({ answer, pace: held.pace }));
    const reader = new CountingReader(app.url, "stopped");
    const reading = reader.ask(question);
    await reader.begun;
    const stop = () => fetch(`${app.url}/v1/stream?conv_id=stopped`, { method: "DELETE" });
    expect((await stop()).status).toBe(204);
    await reading;
    expect(app.generations.unfinished).toBe(0);
    expect((await stop()).status).toBe(204);
    const gone = await fetch(`${app.url}/v1/stream?conv_id=stopped`);
    expect([gone.status, (await gone.json()).error.code]).toEqual([404, "not_found"]);
  });

  test("a conversation is found with each of its models, and no other with a longer name", async () => {
    await using app = open(() => ({ answer }));
    for (const name of ["a", "a::one", "a::two/x", "a:", "ab::one"])
      await new CountingReader(app.url, name).ask(question);
    const found = await lookUp(app, ["a"]);
    expect(found.map(({ conversation_id: name }: { conversation_id: string }) => name)).toEqual([
      ...["a", "a::one", "a::two/x"],
    ]);
  });

  test("what fails before its first word leaves nothing behind", async () => {
    await using app = open(() => ({ answer, failAt: { token: 0, error: new EngineFailedError("Broken.") } }));
    const reader = new CountingReader(app.url, "broken");
    expect(await reader.ask(question)).toBe(502);
    expect(await lookUp(app, ["broken"])).toEqual([]);
  });

  test("what fails later is told by whoever reads on", async () => {
    await using app = open(() => ({ answer, failAt: { token: 3, error: new EngineFailedError("Broken.") } }));
    const reader = new CountingReader(app.url, "broken");
    await reader.ask(question);
    expect(reader.text).toContain('"error"');
    expect(await wholeOf(app, "broken")).toBe(reader.text);
  });

  test("refuses a name that is too long or would be another in an address, and bytes that are no number, in words", async () => {
    await using app = open();
    for (const name of ["x".repeat(513), "café"])
      expect(await new CountingReader(app.url, name).ask(question)).toBe(400);
    const wrong = await fetch(`${app.url}/v1/stream?conv_id=x&from=-1`);
    expect([wrong.status, (await wrong.json()).error.message]).toEqual([
      400,
      "from must be a number of bytes.",
    ]);
  });
});

test("nobody finds, reads or stops another's stream", async () => {
  await using app = await openGuardedApp({ engines: [new ScriptedEngine({ script: () => ({ answer }) })] });
  const own = new CountingReader(app.url, "mine", app.headers("owner's key"));
  await own.ask(question);
  expect(own.answer).toBe(answer);
  const others = new CountingReader(app.url, "mine", app.headers("other's key"));
  expect(await others.readOn()).toBe(404);
  expect(await lookUp(app, ["mine"], app.headers("other's key"))).toEqual([]);
  await fetch(`${app.url}/v1/stream?conv_id=mine`, { method: "DELETE", headers: app.headers("other's key") });
  expect(await lookUp(app, ["mine"], app.headers("owner's key"))).toHaveLength(1);
});
