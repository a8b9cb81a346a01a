/** The whole program with a real model: what a scripted engine cannot show. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readEventData } from "../read-event-data.ts";
import { type RealServer, startRealServer } from "../real-server.ts";

let server: RealServer;
beforeAll(async () => {
  server = await startRealServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const post = (url: string, body: unknown) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const ask = async (body: Record<string, unknown>) => (await post(`${server.url}/chat`, body)).json();

describe("With a real model", () => {
  test("/health tells the model, the threads and the layers on the graphics card", async () => {
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({
      status: "healthy",
      model: "smollm2-135m-instruct",
      engine: { name: "llama", slots: 4, threads: 1, gpu_layers: expect.any(Number), context_size: 2048 },
    });
  });

  test("phi3 is answered by the model that is there, which the answer names; an unknown name lists the known ones", async () => {
    expect((await ask({ message: "Hello?", model: "phi3", max_tokens: 4 })).model).toBe(
      "smollm2-135m-instruct",
    );
    const unknown = await post(`${server.url}/chat`, { message: "Hello?", model: "gpt-9" });
    expect(unknown.status).toBe(404);
    expect((await unknown.json()).error.message).toContain("smollm2-135m-instruct");
  });

  test("the next turn reads only what is new: the earlier ones come from the cache", async () => {
    const first = await ask({ message: "What is a share?", max_tokens: 16, memory_context: 0 });
    const { conversation_id } = first;
    const next = await ask({ message: "And a bond?", max_tokens: 4, memory_context: 0, conversation_id });
    const cached = next.usage.prompt_tokens_details.cached_tokens;
    expect(cached).toBeGreaterThan(first.usage.prompt_tokens);
    expect(next.usage.prompt_tokens - cached).toBeLessThan(25);
  });

  test("a finished exchange is recalled by a later, separate conversation, and not into its own", async () => {
    const first = await ask({
      message: "My emergency fund shall hold six months of rent. Is that sound?",
      max_tokens: 8,
      memory_context: 0,
    });
    const question = "How many months of rent shall my emergency fund hold?";
    // The exchange is stored after the answer's end: the reader of the answer may be faster.
    const stored = async () =>
      (await (await fetch(`${server.url}/memories?n=50`)).json()).some((memory: { value: string }) =>
        memory.value.includes("six months of rent"),
      );
    while (!(await stored())) await Bun.sleep(20);
    const { conversation_id } = first;
    // What other tests have said may be recalled, too: it depends on which of it is stored already.
    const recalled = async (answer: { readonly generation_id: string }): Promise<string> => {
      const made = await fetch(`${server.url}/api/generations/${answer.generation_id}`);
      return JSON.stringify((await made.json()).receipt.memories);
    };
    const same = await ask({ message: question, max_tokens: 4, memory_context: 3, conversation_id });
    expect(await recalled(same)).not.toContain("emergency fund");
    const other = await ask({ message: question, max_tokens: 4, memory_context: 3 });
    expect(await recalled(other)).toContain("emergency fund");
  });

  test("tokens come one by one while the answer is written, not at its end", async () => {
    const reply = await post(`${server.url}/chat/stream`, { message: "Explain inflation.", max_tokens: 40 });
    const id = reply.headers.get("x-generation-id") ?? "";
    let seen = 0;
    let unfinishedWhileReading = 0;
    if (reply.body === null) throw new Error("no body");
    for await (const data of readEventData(reply.body)) {
      if (data === "[DONE]") break;
      if (!JSON.parse(data).choices[0].delta.content) continue;
      seen += 1;
      if (seen !== 3 && seen !== 10) continue;
      const health = await (await fetch(`${server.url}/health`)).json();
      unfinishedWhileReading += health.answers.unfinished;
    }
    expect(seen).toBeGreaterThan(10);
    expect(unfinishedWhileReading).toBeGreaterThan(0);
    expect(id).not.toBe("");
  });

  test("the event loop goes on while eight questions are answered at once", async () => {
    const done = Promise.all(
      Array.from({ length: 8 }, (_, n) => ask({ message: `What is risk number ${n}?`, max_tokens: 16 })),
    );
    let finished = false;
    void done.then(() => {
      finished = true;
    });
    let answered = 0;
    while (!finished) {
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
      answered += 1;
      await Bun.sleep(5);
    }
    expect(answered).toBeGreaterThan(10);
    for (const answer of await done) expect(answer.response.length).toBeGreaterThan(0);
  });
});
