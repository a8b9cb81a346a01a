/** Requests as no browser sends them, written to the socket by hand. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { type GuardedApp, openGuardedApp } from "./guarded-app.ts";

let app: GuardedApp;
beforeAll(async () => {
  app = await openGuardedApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** All that comes back until the connection is closed. */
function sent(text: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let reply = "";
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1", () => socket.write(text));
  socket.setEncoding("utf8");
  socket.on("data", (piece) => {
    reply += piece;
  });
  socket.on("close", () => resolve(reply));
  socket.on("error", reject);
  return promise;
}

test("A Host that makes no address is refused in a sentence: it was answered with a page that showed the source", async () => {
  const before = app.logLines.length;
  for (const host of ["localhost:99999", "evil@localhost:80", "127.0.0.1/health?:1", "127.0.0.1/health#:1"])
    for (const path of ["/login", "/api/status", "/v1/models", "/assets/css/base.css"]) {
      const reply = await sent(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([host, path, reply.split("\r\n")[0]]).toEqual([host, path, "HTTP/1.1 400 Bad Request"]);
      expect(reply.toLowerCase()).toContain("content-security-policy");
      expect(reply).not.toContain("src/");
      expect(reply.length).toBeLessThan(2000);
    }
  expect(app.logLines.length).toBe(before);
});

test("What the address line says of the host changes nothing: the Host header counts", async () => {
  const { host } = new URL(app.url);
  const asked = (target: string, own: string) =>
    sent(`GET ${target} HTTP/1.1\r\nHost: ${own}\r\nConnection: close\r\n\r\n`);
  expect(await asked("http://evil.example/health", host)).toStartWith("HTTP/1.1 200");
  expect(await asked(`http://${host}/health`, "evil.example")).toStartWith("HTTP/1.1 403");
  for (const target of ["/health/../api/status", "/assets/../users", `http://${host}/login/../audit`])
    expect(await asked(target, host)).toStartWith("HTTP/1.1 401");
  const twice = `GET /health HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
  expect(await sent(twice)).toStartWith("HTTP/1.1 403");
});

test("A body whose end can be read in two ways is refused, and the connection with it", async () => {
  const { host } = new URL(app.url);
  const head = `POST /login HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${app.url}\r\n`;
  for (const body of [
    "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
    "Content-Length: 6\r\nContent-Length: 5\r\n\r\nabcdef",
    "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "Content-Length: +3\r\n\r\nabc",
  ])
    expect([body, (await sent(head + body)).slice(0, 12)]).toEqual([body, "HTTP/1.1 400"]);
});

test("What is private is kept in no cache, in whatever form it is told", async () => {
  const headers = app.headers("admin's session");
  for (const path of [
    "/",
    "/account",
    "/api/conversations",
    "/memories",
    "/api/status",
    "/v1/models",
    "/nothing",
  ])
    expect([path, (await fetch(app.url + path, { headers })).headers.get("cache-control")]).toEqual([
      path,
      "no-store",
    ]);
  const asset = (await (await fetch(`${app.url}/login`)).text()).match(/\/assets\/[^"]+/)?.[0] ?? "";
  expect((await fetch(app.url + asset)).headers.get("cache-control")).toContain("immutable");
});

test("A page of the same host without TLS is another site, where TLS is spoken: it could send forms", async () => {
  const PUBLIC_ORIGIN = "https://assistant.example";
  await using open = await openGuardedApp({ settings: { PUBLIC_ORIGIN } });
  const status = async (host: string, origin: string) => {
    const headers = { host, origin, "content-type": "application/x-www-form-urlencoded" };
    return (await fetch(`${open.url}/login`, { method: "POST", headers, body: "name=x&password=y" })).status;
  };
  expect(await status("assistant.example", PUBLIC_ORIGIN)).toBe(401);
  expect(await status("assistant.example", "http://assistant.example")).toBe(403);
  // On the machine itself it is still reached as it is.
  const { host } = new URL(open.url);
  expect(await status(host, open.url)).toBe(401);
});
