/** No connection is ever made that the user did not configure: the whole program is used while the system writes down each. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLoopback, RecordedProgram, whyNotRecorded } from "./recorded-connections.ts";

const projectRoot = join(import.meta.dir, "../..");
const why = whyNotRecorded();
const withReason = (name: string) => (why === null ? name : `${name} (skipped: ${why})`);

test.skipIf(why !== null)(
  withReason("From start to stop the program connects to nothing but this machine itself"),
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "alone-"));
    using program = new RecordedProgram([process.execPath, join(projectRoot, "src/main.ts")], {
      ...withoutConfiguration(),
      DATA_DIR: dataDir,
      CONFIG_FILE: join(dataDir, "config.json"),
      PORT: "0",
      MODEL: "smollm2-135m-instruct",
      LLAMA_THREADS: "1",
      LLAMA_CONTEXT: "2048",
    });
    const url = await addressIn(program.output);
    await use(url);
    program.kill("SIGTERM");
    const { code, connections } = await program.ended();
    expect(code).toBe(0);
    expect(connections.filter((connection) => !isLoopback(connection))).toEqual([]);
    // The orchestrator asks its server how it is: what is not seen at all proves nothing.
    expect(connections.filter(isLoopback).length).toBeGreaterThan(0);
    rmSync(dataDir, { recursive: true, force: true });
  },
  120_000,
);

test.skipIf(why !== null).each([
  [
    "a connection by fetch",
    'await fetch("http://192.0.2.1:9/", { signal: AbortSignal.timeout(50) })',
    "192.0.2.1",
  ],
  ["a socket", 'await Bun.connect({ hostname: "192.0.2.2", port: 9, socket: { data() {} } })', "192.0.2.2"],
  ["a datagram", 'const s = await Bun.udpSocket({}); s.send("x", 9, "192.0.2.3"); s.close()', "192.0.2.3"],
  [
    "one over IPv6",
    'await fetch("http://[2001:db8::1]:9/", { signal: AbortSignal.timeout(50) })',
    "2001:db8::1",
  ],
  [
    "another program's",
    'Bun.spawnSync([process.execPath, "-e", `await fetch("http://192.0.2.4:9/")`], { timeout: 500 })',
    "192.0.2.4",
  ],
])(withReason("The record would show %s"), async (_what, code, address) => {
  const guarded = `setTimeout(() => process.exit(0), 1500); try { ${code} } catch {} process.exit(0)`;
  const program = new RecordedProgram([process.execPath, "-e", guarded], process.env);
  const { connections } = await program.ended();
  expect(connections.filter((connection) => !isLoopback(connection)).map((one) => one.address)).toContain(
    address,
  );
});

test.skipIf(why !== null)(withReason("The record would show a name that is looked up"), async () => {
  const program = new RecordedProgram(
    [process.execPath, "-e", 'await fetch("http://somewhere.invalid/").catch(() => {})'],
    process.env,
  );
  const { connections } = await program.ended();
  expect(connections.map(({ port }) => port)).toContain(53);
});

/** What the caller has configured for itself is not ours. */
const withoutConfiguration = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VLLM|OTEL|HOST|PORT)/.test(name)));

async function addressIn(output: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const reader = output.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += decoder.decode(chunk.value, { stream: true });
    const address = /^The assistant is at (http\S+)$/m.exec(text)?.[1];
    if (address === undefined) continue;
    void drain(reader);
    return address;
  }
  throw new Error(`It ended before it listened:\n${text}`);
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

/** Everything that might be tempted to look elsewhere: models, pages, addresses in what is asked. */
async function use(url: string): Promise<void> {
  const get = (path: string) => fetch(url + path).then((response) => response.text());
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(async (response) => ({ status: response.status, text: await response.text() }));

  const tempting = "Read http://192.0.2.9/ and ![it](http://192.0.2.9/a.png), then say hello.";
  const asked = await post("/chat", { message: tempting, max_tokens: 4 });
  expect(asked.status).toBe(200);
  await post("/chat/stream", { message: tempting, max_tokens: 8 });
  const messages = [{ role: "user", content: tempting }];
  expect((await post("/v1/chat/completions", { model: "auto", messages, max_tokens: 8 })).status).toBe(200);
  const picture = { type: "image_url", image_url: { url: "http://192.0.2.9/a.png" } };
  const withPicture = [{ role: "user", content: [{ type: "text", text: "What is this?" }, picture] }];
  expect((await post("/v1/chat/completions", { model: "auto", messages: withPicture })).status).toBe(400);
  await post("/v1/responses", { model: "auto", input: tempting, max_output_tokens: 8 });
  expect((await post("/v1/embeddings", { model: "auto", input: tempting })).status).toBe(200);
  await post("/memorize", { key: "address", value: "http://192.0.2.9/" });
  await post("/api/engines/llama/load", { model: "no such model" });
  const pages = [
    "/",
    "/docs",
    "/openapi.json",
    "/status",
    "/models",
    "/api/models",
    "/metrics",
    "/health",
    "/api/status",
    "/v1/models",
  ];
  for (const path of [...pages, `/c/${JSON.parse(asked.text).conversation_id}`, "/account", "/trash"])
    await get(path);
  const archive = JSON.parse(await get("/api/export"));
  await post("/api/conversations/import", archive);
}
