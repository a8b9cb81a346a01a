/** The server is killed with -9 in the middle of a batch: it goes on with it, and asks nothing twice. */
import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import OpenAI, { toFile } from "openai";
import { startHeldUpstream } from "./held-upstream.ts";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";

const clientOf = ({ url }: ServerUnderTest) =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: "any", maxRetries: 0 });

test("A batch outlives a kill -9", async () => {
  using upstream = startHeldUpstream();
  const dataDir = newDataFolder();
  const options = { dataDir, environment: { ENGINE: "vllm", VLLM_URL: upstream.url, MODEL: "held" } };
  try {
    let server = await ServerUnderTest.start(options);
    const before = clientOf(server);
    const lines = ["one", "two"].map((content) => ({
      ...{ custom_id: content, method: "POST", url: "/v1/chat/completions" },
      body: { messages: [{ role: "user", content }] },
    }));
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const file = await before.files.create({
      purpose: "batch",
      file: await toFile(Buffer.from(text), "a.jsonl"),
    });
    const asked = {
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    } as const;
    const { id } = await before.batches.create(asked);
    const unfinished = async (): Promise<number> =>
      (await (await fetch(`${server.url}/health`)).json()).answers.unfinished;
    while ((await unfinished()) === 0) await Bun.sleep(20);
    await server.kill();

    server = await ServerUnderTest.start(options);
    expect(await unfinished()).toBeGreaterThan(0);
    upstream.goOn();
    const after = clientOf(server);
    let batch = await after.batches.retrieve(id);
    while (batch.status !== "completed") {
      await Bun.sleep(20);
      batch = await after.batches.retrieve(id);
    }
    expect(batch.request_counts).toEqual({ total: 2, completed: 2, failed: 0 });
    const output = await (await after.files.content(batch.output_file_id ?? "")).text();
    expect(
      output
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line))
        .map(({ custom_id: name, response }) => [name, response.body.choices[0].message.content]),
    ).toEqual([
      ["one", "Well, yes."],
      ["two", "Well, yes."],
    ]);
    await server.kill();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
