/** The server is killed with -9 while questions wait: they are there after it, and are asked in their order. */
import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { startHeldUpstream } from "./held-upstream.ts";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";

const post = (url: string, body: object) =>
  fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

test("What waits outlives a kill -9, and follows the answer that is resumed", async () => {
  using upstream = startHeldUpstream();
  const dataDir = newDataFolder();
  const options = { dataDir, environment: { ENGINE: "vllm", VLLM_URL: upstream.url, MODEL: "held" } };
  try {
    let server = await ServerUnderTest.start(options);
    const first = await post(server.url, { message: "one", model: "auto" });
    const conversation_id = first.headers.get("x-conversation-id") ?? "";
    const ids: string[] = [];
    for (const message of ["two", "three"]) {
      const { headers } = await post(server.url, { message, model: "auto", conversation_id, queue: true });
      expect(headers.get("x-queue-place")).toBe(String(ids.length + 1));
      ids.push(headers.get("x-generation-id") ?? "");
    }
    await server.kill();
    server = await ServerUnderTest.start(options);
    const read = async (path: string) => (await fetch(server.url + path)).json();
    const queue = await read(`/api/conversations/${conversation_id}/queue`);
    expect(queue.questions).toMatchObject([
      { id: ids[0], message: "two", paused: false },
      { id: ids[1], message: "three", paused: false },
    ]);
    const last = fetch(`${server.url}/generations/${ids[1]}/events`);
    upstream.goOn();
    expect(await (await last).text()).toEndWith("data: [DONE]\n\n");
    const { messages } = await read(`/api/conversations/${conversation_id}`);
    expect(messages.map(({ content }: { readonly content: string }) => content)).toEqual([
      ...["one", "Well, yes."],
      ...["two", "Well, yes."],
      ...["three", "Well, yes."],
    ]);
    await server.kill();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
