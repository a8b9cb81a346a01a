/** The server is killed with -9 in the middle of a stream: its reader goes on from the byte where it was. */
import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { CountingReader } from "../openai/counting-reader.ts";
import { startHeldUpstream } from "./held-upstream.ts";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";

test("A stream of llama.cpp's interface outlives a kill -9, to the byte", async () => {
  using upstream = startHeldUpstream();
  const dataDir = newDataFolder();
  const options = { dataDir, environment: { ENGINE: "vllm", VLLM_URL: upstream.url, MODEL: "held" } };
  try {
    let server = await ServerUnderTest.start(options);
    const before = new CountingReader(server.url, "chat");
    const lost = before.ask(
      { messages: [{ role: "user", content: "Is it?" }], return_progress: true, timings_per_token: true },
      ({ answer }) => answer === "Well, ",
    );
    await lost;
    expect(before.isWhole).toBe(false);
    await server.kill();
    upstream.goOn();

    server = await ServerUnderTest.start(options);
    const after = new CountingReader(server.url, "chat");
    after.text = before.text;
    expect(await after.readOn()).toBe(200);
    expect(after.isWhole).toBe(true);
    expect(after.answer).toBe("Well, yes.");
    const fresh = new CountingReader(server.url, "chat");
    await fresh.readOn();
    expect(fresh.answer).toBe("Well, yes.");
    expect(fresh.bytes).toBe(after.bytes);
    await server[Symbol.asyncDispose]();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
