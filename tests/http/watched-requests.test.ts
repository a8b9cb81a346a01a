/** What /metrics of the real app tells of real requests: routes by their patterns, streams by their ends, and no secret. */
import { afterEach, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { routePatterns } from "../../src/http/route-patterns.ts";
import { watchedRequests } from "../../src/http/watched-requests.ts";
import { eventStreamResponse } from "../../src/sse/event-stream.ts";
import { HttpStatistics } from "../../src/telemetry/http-statistics.ts";
import { type Family, parseMetrics } from "../api/metrics-format.ts";
import { type GuardedApp, openGuardedApp, secretWord } from "../security/guarded-app.ts";

let app: GuardedApp | null = null;
afterEach(async () => {
  await app?.[Symbol.asyncDispose]();
  app = null;
});

async function metrics(opened: GuardedApp): Promise<{ text: string; families: Map<string, Family> }> {
  const response = await fetch(`${opened.url}/metrics`, { headers: opened.headers("admin's key") });
  const text = await response.text();
  return { text, families: parseMetrics(text) };
}

test("Every request is counted under its route, whoever refuses it, and no address, name or word stands in it", async () => {
  app = await openGuardedApp();
  const { url, headers } = app;
  const { conversationId } = app.give(app.users.owner);
  const get = (path: string, credential: Parameters<typeof headers>[0]) =>
    fetch(url + path, { headers: headers(credential) }).then((response) => response.text());
  await get(`/api/conversations/${conversationId}`, "owner's key");
  await get(`/api/conversations/${conversationId}?q=${secretWord}`, "none");
  await get(`/api/conversations/${secretWord}`, "other's key");
  await get(`/${secretWord}`, "owner's key");
  await fetch(`${url}/chat`, {
    method: "POST",
    headers: { ...headers("owner's key"), "content-type": "application/json" },
    body: JSON.stringify({ message: secretWord }),
  }).then((response) => response.text());
  const { text, families } = await metrics(app);
  const requests = families.get("assistant_http_requests_total")?.samples;
  const conversation = 'method="GET",route="/api/conversations/:id"';
  expect(requests?.get(`{${conversation},status="2xx"}`)).toBe(1);
  expect(requests?.get(`{${conversation},status="4xx"}`)).toBe(2);
  expect(requests?.get('{method="GET",route="none",status="4xx"}')).toBe(1);
  expect(requests?.get('{method="POST",route="/chat",status="2xx"}')).toBe(1);
  for (const hidden of [secretWord, conversationId, "anna", "ben", ...app.secrets])
    expect(text.includes(hidden)).toBe(false);
});

test("Streams are counted while they are open, and by how they ended", async () => {
  app = await openGuardedApp();
  const { url, headers } = app;
  const opened = new AbortController();
  const live = await fetch(`${url}/live`, { headers: headers("owner's session"), signal: opened.signal });
  const reader = live.body?.getReader();
  await reader?.read();
  const open = async (expected: number) => {
    for (;;) {
      if (app === null) throw new Error("The app is closed.");
      const { families } = await metrics(app);
      if (families.get("assistant_streams_open")?.samples.get('{kind="events"}') === expected)
        return families;
    }
  };
  await open(1);
  opened.abort();
  const families = await open(0);
  expect(families.get("assistant_streams_ended_total")?.samples.get('{kind="events",reason="left"}')).toBe(1);
  const asked = await fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { ...headers("owner's key"), "content-type": "application/json" },
    body: JSON.stringify({ message: "Hello?" }),
  });
  await asked.text();
  const after = await open(0);
  expect(after.get("assistant_streams_ended_total")?.samples.get('{kind="events",reason="done"}')).toBe(1);
});

test("Sockets are counted while they are open", async () => {
  app = await openGuardedApp();
  const headers = app.headers("owner's key");
  // Bun's own WebSocket takes headers; the type of browsers does not know that.
  const socket = Reflect.construct(WebSocket, [`${app.url.replace("http", "ws")}/chat/stream`, { headers }]);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const open = async () => {
    if (app === null) throw new Error("The app is closed.");
    return (await metrics(app)).families.get("assistant_streams_open")?.samples.get('{kind="socket"}');
  };
  while ((await open()) !== 1);
  socket.close();
  while ((await open()) !== 0);
});

test("An address belongs to the pattern that the router would choose", () => {
  const paths = [
    "/",
    "/c/:id",
    "/c/:id/thread",
    "/api/conversations/:id",
    "/api/conversations/import",
    "/v1/models/*",
    "/v1/models",
    "/generations/:id/answer",
    "/generations/:id/answer/stop",
    "/openapi.json",
  ];
  const { patternOf } = routePatterns(paths.map((path) => ({ method: "GET", path })));
  for (const [path, pattern] of [
    ["/", "/"],
    ["/c/1", "/c/:id"],
    ["/c/1/", "/c/:id"],
    ["/c/1/thread", "/c/:id/thread"],
    ["/c/1/nothing", "none"],
    ["/api/conversations/import", "/api/conversations/import"],
    ["/api/conversations/x", "/api/conversations/:id"],
    ["/v1/models/a/b", "/v1/models/*"],
    ["/v1/models", "/v1/models"],
    ["/generations/1/answer/stop", "/generations/:id/answer/stop"],
    ["/openapiXjson", "none"],
  ] as const)
    expect([path, patternOf(path)]).toEqual([path, pattern]);
});

test("An address knows the methods of the pattern that fits it best", () => {
  const { methodsAt } = routePatterns([
    { method: "GET", path: "/api/conversations/:id" },
    { method: "DELETE", path: "/api/conversations/:id" },
    { method: "POST", path: "/api/conversations/import" },
    { method: "WS", path: "/chat/stream" },
    { method: "POST", path: "/chat/stream" },
  ]);
  expect(methodsAt("/api/conversations/1")).toEqual(["DELETE", "GET", "HEAD"]);
  expect(methodsAt("/api/conversations/import")).toEqual(["POST"]);
  expect(methodsAt("/chat/stream/")).toEqual(["POST"]);
  expect(methodsAt("/nothing")).toEqual([]);
});

test("What an address does not know is refused with what it knows; an address that is not there is not", async () => {
  app = await openGuardedApp();
  const headers = app.headers("admin's key");
  for (const [method, path, allow] of [
    ["PUT", "/chat", "POST"],
    ["POST", "/health", "GET, HEAD"],
    ["DELETE", "/v1/models/x", "GET, HEAD"],
    ["GET", "/api/conversations/1/restore", "POST"],
  ] as const) {
    const reply = await fetch(app.url + path, { method, headers });
    expect([path, reply.status, reply.headers.get("allow")]).toEqual([path, 405, allow]);
    expect((await reply.json()).error.code).toBe("method_not_allowed");
  }
  expect((await fetch(`${app.url}/nothing`, { method: "PUT", headers })).status).toBe(404);
});

test("A reader that reads nothing is not only dropped: its connection is closed", async () => {
  const closed = Promise.withResolvers<void>();
  const frames = async function* () {
    for (;;) yield `data: ${"x".repeat(60_000)}\n\n`;
  };
  const server = new Elysia();
  server
    .wrap(
      watchedRequests({
        patterns: () => routePatterns(server.routes),
        statistics: new HttpStatistics(),
        tracer: null,
        close: (request) => server.server?.timeout(request, 1),
      }),
    )
    .get("/", ({ request, server: own }) => {
      own?.timeout(request, 0);
      request.signal.addEventListener("abort", () => closed.resolve(), { once: true });
      return eventStreamResponse(frames(), request, { stallMs: 200 });
    })
    .listen({ port: 0, hostname: "127.0.0.1" });
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port: server.server?.port ?? 0,
    socket: { data: (own) => own.pause(), error() {} },
  });
  socket.write("GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
  await closed.promise;
  socket.terminate();
  await server.server?.stop(true);
});
