/** Many questions in one request, over the real app. */
import { describe, expect, spyOn, test } from "bun:test";
import { UsageLimits } from "../../src/accounts/usage-limits.ts";
import { ask } from "../fakes/answering.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, words } from "../generations/read-answer.ts";
import { openGuardedApp } from "../security/guarded-app.ts";

interface Line {
  readonly index: number;
  readonly response?: string;
  readonly generation_id?: string;
  readonly error?: { readonly code: string };
}

async function batch(url: string, requests: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/batch`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ requests }),
  });
  return response;
}
const linesOf = async (response: Response): Promise<Line[]> =>
  (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("each question is answered once, as many at once as there are slots, and a failure is a line of its own", async () => {
  let running = 0;
  let most = 0;
  const engine = new ScriptedEngine({
    slots: 3,
    script: ({ messages }) => ({
      answer: `Answer to ${messages.at(-1)?.content}`,
      pace: async (token) => {
        if (token === 0) most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        if (token === 2) running -= 1;
      },
    }),
  });
  await using app = openAnsweringApp({ engines: [engine], queueLimit: 0 });
  const requests = Array.from({ length: 12 }, (_, index) => ({
    message: `question${index}`,
    memory_context: 0,
  }));
  const lines = await linesOf(
    await batch(app.url, [...requests, { message: "x", conversation_id: "nobody" }]),
  );
  expect(lines).toHaveLength(13);
  for (const { index, response, error } of lines)
    if (index < 12) expect(response).toBe(`Answer to question${index}`);
    else expect(error?.code).toBe("not_found");
  expect(most).toBe(3);
});

test("the same key gives the same answers, and what is out of form is refused as a whole", async () => {
  await using app = openAnsweringApp();
  const requests = [{ message: "one" }, { message: "two" }];
  const ids = async () =>
    (await linesOf(await batch(app.url, requests, { "idempotency-key": "b" })))
      .toSorted((a, b) => a.index - b.index)
      .map((line) => line.generation_id);
  expect(await ids()).toEqual(await ids());
  expect((await batch(app.url, [])).status).toBe(422);
  expect((await batch(app.url, [{ message: "one", temperature: 9 }])).status).toBe(422);
});

describe("With a login", () => {
  const twenty = Array.from({ length: 20 }, (_, index) => ({ message: `question${index}` }));

  test("no more is asked at once than one may have, and all are answered: what was beyond came back as rate_limited", async () => {
    const engine = new ScriptedEngine({ slots: 16, script: () => ({ answer: "It is a metal." }) });
    await using app = await openGuardedApp({ engines: [engine], settings: { ANSWERS_PER_USER: "4" } });
    const lines = await linesOf(await batch(app.url, twenty, app.headers("owner's key")));
    expect(lines.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(lines.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([...twenty.keys()]);
  });

  /** An answer of the owner's takes all that they may have until it is let go. */
  async function heldUp() {
    const { engine, reached, go } = held(words(8), 3, { slots: 8 });
    const app = await openGuardedApp({ engines: [engine], settings: { ANSWERS_PER_USER: "1" } });
    await app.generations.ask(ask("Tell me.", { ownerId: app.users.owner.id }));
    await reached;
    const looked = Promise.withResolvers<void>();
    const { answersLeft } = UsageLimits.prototype;
    const spy = spyOn(UsageLimits.prototype, "answersLeft").mockImplementation(function (
      this: UsageLimits,
      ...facts
    ) {
      looked.resolve();
      return answersLeft.apply(this, facts);
    });
    const end = async () => {
      spy.mockRestore();
      await app[Symbol.asyncDispose]();
    };
    return { app, engine, go, looked: looked.promise, [Symbol.asyncDispose]: end };
  }

  test("it waits while other answers of theirs take all that they may have", async () => {
    await using busy = await heldUp();
    const { app, go, looked } = busy;
    const waiting = batch(app.url, twenty.slice(0, 3), app.headers("owner's key"));
    await looked;
    go();
    expect((await linesOf(await waiting)).map(({ index, error }) => [index, error])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ]);
  });

  test("a reader that leaves while it waits has nothing asked", async () => {
    await using busy = await heldUp();
    const { app, engine, go, looked } = busy;
    const left = new AbortController();
    const reading = fetch(`${app.url}/api/batch`, {
      method: "POST",
      headers: { "content-type": "application/json", ...app.headers("owner's key") },
      body: JSON.stringify({ requests: twenty }),
      signal: left.signal,
    }).catch(() => null);
    await looked;
    left.abort();
    await reading;
    const streams = async () =>
      (await fetch(`${app.url}/metrics`, { headers: app.headers("admin's key") })).text();
    while (!(await streams()).includes('assistant_streams_open{kind="pieces"} 0')) await Bun.sleep(5);
    go();
    await app.generations.idle();
    expect(engine.requests).toHaveLength(1);
  });
});
