/** The real server where others can reach it: refused without a user, by TLS, behind a proxy; and who sends slowly. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { Accounts } from "../../src/accounts/accounts.ts";
import { createClientAddress } from "../../src/http/client-address.ts";
import { readTlsFiles } from "../../src/server/tls-files.ts";
import { openStore } from "../../src/store/database.ts";
import { ask } from "../fakes/answering.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { held, words } from "../generations/read-answer.ts";
import { startRealServer } from "../real-server.ts";
import { silent, temporaryFolder } from "../store/temporary-store.ts";
import { openGuardedApp } from "./guarded-app.ts";

const folder = temporaryFolder();
const certificate = join(folder.path, "cert.pem");
const key = join(folder.path, "key.pem");
beforeAll(async () => {
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout ${key} -out ${certificate}`;
  const made = Bun.spawn(["openssl", ...words.split(" ")], { stderr: "pipe" });
  if ((await made.exited) !== 0) throw new Error(await new Response(made.stderr).text());
});
afterAll(() => rmSync(folder.path, { recursive: true, force: true }));

const refusal = (environment: Record<string, string>, dataDir: string) =>
  startRealServer({ environment, dataDir, whileLoading: true }).then(
    async (server) => {
      await server.kill();
      return "started";
    },
    (error: Error) => error.message,
  );

async function withUser(dataDir: string, name = "anna"): Promise<string> {
  using store = openStore({ dataDir, log: silent });
  const accounts = new Accounts({ store, log: silent });
  const user = await accounts.users.add(
    { name: "", address: "" },
    { name, password: "correct horse battery", role: "admin" },
  );
  return accounts.keys.create({ name: "", address: "" }, user, "test", ["chat", "admin"]).secret;
}

describe("A server that others can reach", () => {
  test("refuses to start while there is no user, and says what to do", async () => {
    using data = temporaryFolder();
    for (const environment of [
      { HOST: "0.0.0.0" },
      { HOST: "::" },
      { PUBLIC_ORIGIN: "https://assistant.example" },
      { ALLOWED_HOSTS: "assistant.lan" },
      { TRUSTED_PROXIES: "127.0.0.1" },
    ])
      expect(await refusal(environment, data.path)).toContain('"bun run users add NAME --admin"');
  }, 60_000);

  test("starts with one, speaks TLS with the certificate that it was given, and lets in who has a key", async () => {
    using data = temporaryFolder();
    const secret = await withUser(data.path);
    await using server = await startRealServer({
      environment: { HOST: "0.0.0.0", TLS_CERT: certificate, TLS_KEY: key },
      dataDir: data.path,
      whileLoading: true,
    });
    expect(server.url).toStartWith("https://0.0.0.0:");
    const url = server.url.replace("0.0.0.0", "127.0.0.1");
    const tls = { ca: await Bun.file(certificate).text() };
    const asked = await fetch(`${url}/memories`, { headers: { authorization: `Bearer ${secret}` }, tls });
    expect([asked.status, await asked.json()]).toEqual([200, []]);
    expect((await fetch(`${url}/memories`, { tls })).status).toBe(401);
    expect(await (await fetch(`${url}/health`, { tls })).json()).toEqual({ status: expect.any(String) });
    expect(fetch(`${url}/health`)).rejects.toThrow();
    const page = await fetch(`${url}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: url, "content-type": "application/x-www-form-urlencoded" },
      body: "name=anna&password=correct+horse+battery",
      tls,
    });
    expect(page.headers.get("set-cookie")).toMatch(/^__Host-session-\d+=.*; Secure$/);
    for (const [host, status] of [
      ["evil.example", 403],
      ["127.0.0.1", 200],
      [hostname(), 200],
    ] as const)
      expect((await fetch(`${url}/health`, { headers: { host }, tls })).status).toBe(status);
  }, 60_000);

  test("recalls to each user what that user has told it, by the wiring of the real server", async () => {
    using data = temporaryFolder();
    const anna = await withUser(data.path);
    const ben = await withUser(data.path, "ben");
    await using server = await startRealServer({ dataDir: data.path });
    const post = async (path: string, key: string, body: unknown) => {
      const reply = await fetch(server.url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(reply.status).toBe(200);
      return reply.json();
    };
    await post("/memorize", anna, { key: "favourite metal", value: "Palladium" });
    const asked = { message: "What is my favourite metal?", max_tokens: 3, memory_context: 5 };
    expect((await post("/chat", ben, asked)).memory_used).toBe(0);
    expect((await post("/chat", anna, asked)).memory_used).toBe(1);
    // Each exchange is remembered for who had it, and the other's is not recalled.
    const memories = async (key: string) => {
      const reply = await fetch(`${server.url}/memories`, { headers: { authorization: `Bearer ${key}` } });
      return (await reply.json()).length;
    };
    // An exchange is remembered just after its answer has ended.
    while ((await memories(anna)) + (await memories(ben)) < 3) await Bun.sleep(20);
    expect([await memories(anna), await memories(ben)]).toEqual([2, 1]);
  }, 120_000);

  test("a certificate that is none, or of another key, is refused by its name", async () => {
    const files = { certificate, key };
    expect(readTlsFiles(files).validUntil).toBeGreaterThan(Date.now());
    expect(() => readTlsFiles({ certificate: key, key })).toThrow("TLS_CERT");
    expect(() => readTlsFiles({ certificate, key: certificate })).toThrow("TLS_KEY");
    expect(() => readTlsFiles({ certificate, key: join(folder.path, "none.pem") })).toThrow("cannot be read");
    const { generateKeyPairSync } = await import("node:crypto");
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const other = join(folder.path, "other.pem");
    await Bun.write(other, privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(() => readTlsFiles({ certificate, key: other })).toThrow("not the key of the certificate");
  });
});

describe("Behind a proxy", () => {
  test("the name that it shows is taken, cookies are for TLS, and its X-Forwarded-For is what the log tells", async () => {
    const settings = { PUBLIC_ORIGIN: "https://assistant.example", TRUSTED_PROXIES: "127.0.0.1" };
    await using app = await openGuardedApp({ settings });
    const login = (headers: Record<string, string>) =>
      fetch(`${app.url}/login`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: "name=ben&password=wrong+wrong+wrong",
      });
    const proxied = { host: "assistant.example", origin: "https://assistant.example" };
    expect((await login({ ...proxied, "x-forwarded-for": "6.6.6.6, 203.0.113.7" })).status).toBe(401);
    expect((await login({ ...proxied, host: "other.example" })).status).toBe(403);
    expect((await login({ ...proxied, origin: "https://other.example" })).status).toBe(403);
    expect(app.store.audit.list(1)).toMatchObject([{ action: "login-failed", address: "203.0.113.7" }]);
  });

  test("an address is what our own proxies have seen, and nothing that stands before it", () => {
    const addressOf = createClientAddress(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
    const of = (peer: string, forwarded?: string) =>
      addressOf(
        new Request(
          "http://localhost/",
          forwarded === undefined ? {} : { headers: { "x-forwarded-for": forwarded } },
        ),
        peer,
      );
    expect(of("203.0.113.9", "1.2.3.4")).toBe("203.0.113.9");
    expect(of("127.0.0.1")).toBe("127.0.0.1");
    expect(of("127.0.0.1", "1.2.3.4")).toBe("1.2.3.4");
    expect(of("127.0.0.1", "6.6.6.6, 1.2.3.4, 10.1.1.1")).toBe("1.2.3.4");
    expect(of("::ffff:127.0.0.1", "1.2.3.4:5678")).toBe("1.2.3.4");
    expect(of("127.0.0.1", "[2001:db8::1]:443")).toBe("2001:db8::1");
    expect(of("127.0.0.1", "unknown")).toBe("127.0.0.1");
    expect(of("fd00::5", "1.2.3.4")).toBe("1.2.3.4");
  });
});

test("Who dribbles headers or a body is cut off; who reads a stream in which nothing happens is not", async () => {
  const { engine, go } = held(words(10), 5);
  await using app = openAnsweringApp({ engines: [engine], idleSeconds: 3 });
  const { id } = await app.generations.ask(ask("Tell me."));
  const quiet = await fetch(`${app.url}/generations/${id}/events`);
  const text = quiet.text();
  const dribble = (beginning: string) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const began = Date.now();
    const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
    const timer = setInterval(() => socket.write("a"), 500);
    socket.on("connect", () => socket.write(beginning));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(timer);
      resolve(Date.now() - began);
    });
    return promise;
  };
  const cut = await Promise.all([
    dribble("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "),
    dribble(
      "POST /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n",
    ),
    dribble("POST /api/conversations/import HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000\r\n\r\n"),
  ]);
  for (const milliseconds of cut) expect(milliseconds).toBeLessThan(20_000);
  go();
  expect(await text).toContain("[DONE]");
}, 60_000);

describe("JSON that no client of ours sends", () => {
  test("is refused: nested deep, with __proto__, or none at all", async () => {
    await using app = openAnsweringApp();
    const send = async (body: string) => {
      const reply = await fetch(`${app.url}/chat`, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body,
      });
      return [reply.status, (await reply.json()).error?.message ?? "taken"];
    };
    const nested = (depth: number) => `{"message": "x", "deep": ${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(await send(nested(20))).toEqual([200, "taken"]);
    for (const depth of [64, 10_000, 400_000])
      expect((await send(nested(depth)))[1]).toMatch(/nested more than 64|not valid JSON/);
    for (const name of ["__proto__", "\\u005f_proto__"])
      expect(await send(`{"message": "x", "a": {"${name}": {"isAdmin": true}}}`)).toEqual([
        422,
        'The request has a key "__proto__".',
      ]);
    expect((await send("{"))[1]).toContain("not valid JSON");
  });
});
