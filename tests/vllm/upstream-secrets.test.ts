/** A password or a key in VLLM_URL reaches the upstream and nobody else: no page, no reply, no measure, no log. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "../../src/errors.ts";
import { baseUrls } from "../../src/settings/parsers.ts";
import { upstreamAddress } from "../../src/upstream/upstream-address.ts";
import { startRealServer } from "../real-server.ts";

const secrets = /hunter2|treasure|dXNlcjpodW50ZXIy/;

/** Only the models: what an engine is asked before it is ready. */
function startUpstream() {
  const seen: { authorization: string | null; search: string }[] = [];
  const server = Bun.serve({
    port: 0,
    fetch(request) {
      const { pathname, search } = new URL(request.url);
      seen.push({ authorization: request.headers.get("authorization"), search });
      if (pathname === "/v1/models") return Response.json({ data: [{ id: "phi3", max_model_len: 2048 }] });
      return pathname === "/health" ? new Response() : new Response("not here", { status: 404 });
    },
  });
  return { seen, server, [Symbol.dispose]: () => void server.stop(true) };
}

const secretUrl = (port: number | undefined) => `http://user:hunter2@127.0.0.1:${port}/v1?key=treasure`;

test("without logins the address is shown without user, password and query, also when it is lost", async () => {
  using upstream = startUpstream();
  const { port } = upstream.server;
  await using server = await startRealServer({
    environment: { ENGINE: "vllm", VLLM_URL: secretUrl(port), LOG_LEVEL: "debug" },
  });
  const look = async () => {
    const bodies = await Promise.all(
      ["/health", "/api/status", "/status", "/metrics", "/", "/v1/models"].map(async (path) =>
        (await fetch(`${server.url}${path}`)).text(),
      ),
    );
    const asked = await fetch(`${server.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: "Hello" }),
    });
    return [...bodies, await asked.text(), ...server.lines].join("\n");
  };
  expect(upstream.seen[0]).toEqual({
    authorization: `Basic ${Buffer.from("user:hunter2").toString("base64")}`,
    search: "?key=treasure",
  });
  expect((await (await fetch(`${server.url}/health`)).json()).engine.url).toBe(`http://127.0.0.1:${port}`);
  expect(await look()).not.toMatch(secrets);
  await upstream.server.stop(true);
  const lost = async () => (await (await fetch(`${server.url}/health`)).json()).engine.state === "failed";
  for (const until = performance.now() + 20_000; !(await lost()) && performance.now() < until; )
    await Bun.sleep(25);
  expect(await lost()).toBe(true);
  expect(await look()).not.toMatch(secrets);
});

test("with logins a member is not told the address at all, and an admin is", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "secrets-"));
  const users = (words: string[], input = "") => {
    const { stdout, exitCode } = Bun.spawnSync([process.execPath, "src/cli/users.ts", ...words], {
      cwd: join(import.meta.dir, "../.."),
      env: { ...process.env, DATA_DIR: dataDir },
      stdin: Buffer.from(input),
    });
    expect(exitCode).toBe(0);
    return stdout.toString().trim();
  };
  users(["add", "ada", "--admin"], "a long enough password\n");
  users(["add", "bob"], "another long enough one\n");
  const [admin, member] = [
    users(["key", "ada", "k", "--scope", "admin"]),
    users(["key", "bob", "k", "--scope", "read"]),
  ];
  using upstream = startUpstream();
  const { port } = upstream.server;
  await using server = await startRealServer({
    dataDir,
    environment: { ENGINE: "vllm", VLLM_URL: secretUrl(port) },
    whileLoading: true,
  });
  const health = async (key: string) =>
    (await fetch(`${server.url}/health`, { headers: { authorization: `Bearer ${key}` } })).text();
  const untilReady = performance.now() + 20_000;
  while (!(await health(admin)).includes('"ready"') && performance.now() < untilReady) await Bun.sleep(25);
  expect(await health(admin)).toContain(`"url":"http://127.0.0.1:${port}"`);
  expect(await health(admin)).not.toMatch(secrets);
  expect(await health(member)).not.toContain(`127.0.0.1:${port}`);
  await server[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

test("an address that cannot be used is refused without what is secret in it", () => {
  for (const wrong of [
    "htp://user:hunter2@host/v1?key=treasure",
    "user:hunter2@host",
    "//user:hun/ter2@host",
  ])
    try {
      baseUrls(wrong, "VLLM_URL");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      expect(String(error)).not.toMatch(/hunter2|hun\/|ter2|treasure|user/);
    }
});

test("an address is taken apart as it was meant", () => {
  expect(baseUrls("http://a:1/v1/, http://u:p@b/proxy/v1?key=x", "VLLM_URL")).toEqual([
    "http://a:1",
    "http://u:p@b/proxy?key=x",
  ]);
  expect(upstreamAddress("http://a:1")).toEqual({ base: "http://a:1", search: "", authorization: null });
  expect(upstreamAddress("https://u:%40p@b/proxy?key=x")).toEqual({
    base: "https://b/proxy",
    search: "?key=x",
    authorization: `Basic ${Buffer.from("u:@p").toString("base64")}`,
  });
});
