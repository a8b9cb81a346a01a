/** Authentication from outside: forged and foreign requests, cookies, sockets and streams, and what is never told. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type GuardedApp, openGuardedApp, password, secretWord } from "./guarded-app.ts";
import { upgradeReply } from "./opened-socket.ts";
import { routeName, sockets } from "./routes.ts";

let app: GuardedApp;
beforeAll(async () => {
  app = await openGuardedApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const hostOf = (url: string) => new URL(url).host;
const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  redirect: "manual",
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    accept: "text/html",
    origin: app.url,
    ...headers,
  },
  body: new URLSearchParams(fields).toString(),
});
const logIn = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/login`, form({ name: "ben", password, ...fields }, headers));

const evil = [
  "evil.example",
  "evil.example:80",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "evil-localhost",
];
const hosts = [
  ...evil,
  "evil.localhost",
  "0.0.0.0",
  "10.0.0.1",
  "192.168.1.1:8080",
  "169.254.169.254",
  "[::2]",
  "[::ffff:10.0.0.1]",
  "127.0.0.2",
  "127.1",
  "2130706433",
  "0x7f000001",
  "localhost.",
  "LOCALHOST.evil.example",
  "localhost@evil.example",
  "evil.example#localhost",
  "a".repeat(300),
  "xn--lclhost-n4a.example",
  "metadata.google.internal",
  "assistant.local",
  "home.arpa",
];
const origins = [
  ...evil.map((host) => `http://${host}`),
  "https://evil.example",
  "null",
  "file://",
  "data:",
  "about:blank",
  "chrome-extension://abcdefgh",
  "moz-extension://abcdefgh",
  "http://localhost.evil.example",
  "http://127.0.0.1:1",
  "http://127.0.0.1",
  "https://127.0.0.1:1",
  "http://[::1]:1",
  "http://localhost:1",
  "javascript:alert(1)",
  "http://user@127.0.0.1:1",
  "evil",
  "*",
  "http://",
  "http://evil.example, http://localhost",
  "capacitor://localhost",
];

test("No route takes any of fifty hostile Hosts and Origins, whoever brings them", async () => {
  expect(hosts.length + origins.length).toBeGreaterThanOrEqual(50);
  const routes = new Set(app.app.routes.filter(({ method }) => method !== "WS").map(routeName));
  const bad = [...hosts.map((host) => ({ host })), ...origins.map((origin) => ({ origin }))];
  const credentials = app.headers("admin's session");
  const { "sec-fetch-site": _, ...cookie } = credentials;
  let refused = 0;
  const accepted: string[] = [];
  for (const route of routes) {
    const [method = "GET", path = "/"] = route.split(" ");
    for (const headers of bad) {
      const reply = await app.app.handle(
        new Request(`${app.url}${path}`, {
          method,
          headers: { host: hostOf(app.url), ...cookie, ...headers },
        }),
      );
      if (reply.status === 403) refused++;
      else accepted.push(`${route} ${JSON.stringify(headers)}: ${reply.status}`);
      await reply.body?.cancel();
    }
  }
  // The same requests from our own pages pass the authentication: it is the Host or the Origin that was refused.
  for (const route of routes) {
    const [method = "GET", path = "/"] = route.split(" ");
    const headers = { host: hostOf(app.url), ...app.headers("admin's session"), origin: app.url };
    const reply = await app.app.handle(new Request(`${app.url}${path}`, { method, headers }));
    expect([route, reply.status]).not.toEqual([route, 403]);
    await reply.body?.cancel();
  }
  expect(accepted).toEqual([]);
  expect(refused).toBe(routes.size * bad.length);
});

test("No WebSocket is opened to any of the fifty, which no browser keeps a page from asking for", async () => {
  const bad = [...hosts.map((host) => ({ host })), ...origins.map((origin) => ({ origin }))];
  const { "sec-fetch-site": _, ...cookie } = app.headers("admin's session");
  for (const path of sockets) {
    for (const headers of bad) {
      const { status } = await upgradeReply(app.url, path, { ...cookie, ...headers });
      if (status !== 403) expect([path, headers, status]).toEqual([path, headers, 400]);
    }
    expect((await upgradeReply(app.url, path, { ...cookie, origin: app.url })).status).toBe(101);
  }
});

describe("What another site makes a browser ask for", () => {
  test("is refused but for a link that is followed", async () => {
    const ask = (path: string, headers: Record<string, string>, method = "GET") =>
      fetch(app.url + path, {
        method,
        redirect: "manual",
        headers: { ...app.headers("owner's session"), ...headers },
      });
    for (const site of ["cross-site", "same-site"]) {
      const asked = { "sec-fetch-site": site };
      for (const path of ["/memories", "/api/export", "/live", "/"])
        expect((await ask(path, { ...asked, "sec-fetch-mode": "no-cors" })).status).toBe(403);
      expect((await ask("/", { ...asked, "sec-fetch-mode": "navigate" })).status).toBe(200);
      expect((await ask("/logout", { ...asked, "sec-fetch-mode": "navigate" }, "POST")).status).toBe(403);
    }
  });

  test("a request with a session that does not say where it comes from changes nothing; one with a key needs not say", async () => {
    const { "sec-fetch-site": _, ...cookie } = app.headers("owner's session");
    const body = JSON.stringify({ key: "k", value: "v" });
    const memorize = (headers: Record<string, string>) =>
      fetch(`${app.url}/memorize`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      });
    expect((await memorize(cookie)).status).toBe(403);
    expect((await memorize({ ...cookie, origin: app.url })).status).toBe(200);
    expect((await memorize(app.headers("owner's key"))).status).toBe(200);
  });

  test("is answered without any CORS header, and the preflight refused", async () => {
    const reply = await fetch(`${app.url}/memories`, { headers: app.headers("owner's key") });
    expect([...reply.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    const preflight = await fetch(`${app.url}/chat`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(preflight.status).toBe(403);
  });
});

describe("CORS_ORIGINS", () => {
  const origin = "https://tool.example";
  test("lets the pages of that origin in with a key, never with the session of who looks at them, and no others", async () => {
    await using open = await openGuardedApp({ settings: { CORS_ORIGINS: origin } });
    const preflight = await fetch(`${open.url}/chat`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
    const read = (headers: Record<string, string>) => fetch(`${open.url}/memories`, { headers });
    const withKey = await read({ origin, ...open.headers("owner's key") });
    expect(withKey.status).toBe(200);
    expect(withKey.headers.get("access-control-allow-origin")).toBe(origin);
    expect((await read({ origin, ...open.headers("owner's session") })).status).toBe(401);
    expect((await read({ origin: "https://other.example", ...open.headers("owner's key") })).status).toBe(
      403,
    );
  });
});

test("A key that is not known is told so, by OpenAI's code", async () => {
  const reply = await fetch(`${app.url}/v1/models`, { headers: { authorization: "Bearer sk-none" } });
  expect([reply.status, (await reply.json()).error]).toEqual([
    401,
    expect.objectContaining({
      code: "invalid_api_key",
      message: expect.stringContaining("This API key is unknown"),
    }),
  ]);
});

describe("CORS_ORIGINS, as long as there are no users", () => {
  const origin = "https://tool.example";
  const headers = { origin, "content-type": "application/json" };
  test("lets nobody in: a page of that origin could read everything, and make itself the first admin", async () => {
    await using app = openAnsweringApp({ settings: { CORS_ORIGINS: origin } });
    const send = (method: string, path: string, more: Record<string, string> = {}, body?: string) =>
      fetch(app.url + path, {
        method,
        headers: { ...headers, ...more },
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
      });
    expect((await send("GET", "/api/conversations")).status).toBe(401);
    expect((await send("GET", "/memories", { authorization: "Bearer any" })).status).toBe(401);
    expect((await send("POST", "/chat", {}, '{"message":"Hello?"}')).status).toBe(401);
    expect((await send("POST", "/api/engines/llama/stop")).status).toBe(401);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const first = "name=eve&password=correct+horse+battery&again=correct+horse+battery";
    expect((await send("POST", "/setup", form, first)).status).toBe(403);
    expect((await send("POST", "/login", form, first)).status).toBe(403);
    expect(app.accounts.users.any()).toBe(false);
    // Whoever sits at the machine is let in as ever.
    expect((await fetch(`${app.url}/memories`)).status).toBe(200);
  });

  test("admits the headers that a program wants to send: OpenAI's package has a dozen of its own", async () => {
    await using app = openAnsweringApp({ settings: { CORS_ORIGINS: origin } });
    const wanted = "authorization,content-type,x-stainless-arch,x-stainless-lang,x-stainless-retry-count";
    const preflight = await fetch(`${app.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": wanted,
      },
    });
    expect(preflight.headers.get("access-control-allow-headers")).toBe(wanted);
  });
});

describe("The session's cookie", () => {
  test("is another one at each port: two programs on one machine logged each other's users out", async () => {
    await using beside = await openGuardedApp({ settings: { PORT: "8081" } });
    const { cookie } = app.headers("owner's session");
    const browser = `${cookie}; session-8081=${"x".repeat(43)}`;
    expect((await fetch(`${app.url}/memories`, { headers: { cookie: browser } })).status).toBe(200);
    expect((await fetch(`${beside.url}/memories`, { headers: { cookie: browser } })).status).toBe(401);
  });

  test("is HttpOnly, SameSite=Lax, of this host alone; under TLS it is __Host- and Secure", async () => {
    const plain = (await logIn()).headers.get("set-cookie") ?? "";
    expect(plain).toMatch(/^session-8080=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
    await using open = await openGuardedApp({ settings: { PUBLIC_ORIGIN: "https://assistant.example" } });
    const secure = await fetch(`${open.url}/login`, {
      ...form({ name: "ben", password }, { origin: "https://assistant.example", host: "assistant.example" }),
    });
    expect(secure.headers.get("set-cookie")).toMatch(
      /^__Host-session-8080=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(secure.headers.get("strict-transport-security")).toContain("max-age=");
  });

  test("is another one after each login, and the one before it is of no use any more", async () => {
    const tokenOf = (reply: Response) =>
      /session-8080=([\w-]+)/.exec(reply.headers.get("set-cookie") ?? "")?.[1] ?? "";
    const first = tokenOf(await logIn());
    const second = tokenOf(await logIn({}, { cookie: `session-8080=${first}` }));
    const status = async (token: string) =>
      (await fetch(`${app.url}/memories`, { headers: { cookie: `session-8080=${token}` } })).status;
    expect(second).not.toBe(first);
    expect(await status(first)).toBe(401);
    expect(await status(second)).toBe(200);
    const out = await fetch(`${app.url}/logout`, form({}, { cookie: `session-8080=${second}` }));
    expect(out.headers.get("set-cookie")).toContain("session-8080=; Max-Age=0");
    expect(await status(second)).toBe(401);
  });

  test("a login cannot be given a token to keep: one that was planted is not taken up", async () => {
    const planted = "p".repeat(43);
    const reply = await logIn({}, { cookie: `session-8080=${planted}` });
    expect(reply.headers.get("set-cookie")).not.toContain(planted);
  });
});

describe("Logging in", () => {
  test("leads to where one wanted, and never to another site", async () => {
    const leadsTo = async (next: string) => (await logIn({ next })).headers.get("location");
    expect(await leadsTo("/c/x?at=1")).toBe("/c/x?at=1");
    for (const next of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
      "evil",
      "http:evil.example",
      "/..//evil.example",
    ])
      expect([next, await leadsTo(next)]).toEqual([next, "/"]);
  });

  test("strangers are led to it from a page, with the way back; programs are told", async () => {
    const page = await fetch(`${app.url}/search?q=gold`, {
      redirect: "manual",
      headers: { accept: "text/html" },
    });
    expect([page.status, page.headers.get("location")]).toEqual([303, "/login?next=%2Fsearch%3Fq%3Dgold"]);
    const htmx = await fetch(`${app.url}/list`, {
      headers: { "hx-request": "true", "hx-current-url": `${app.url}/c/abc`, accept: "text/html" },
    });
    expect([htmx.status, htmx.headers.get("hx-redirect")]).toEqual([401, "/login?next=%2Fc%2Fabc"]);
    expect((await fetch(`${app.url}/list`)).status).toBe(401);
  });

  test("what a page asks for by itself takes it away from nobody: a banner or a meter led to the login while one typed", async () => {
    const asked = async (source: string) => {
      const headers = { "hx-request": "true", "hx-source": source, accept: "text/html" };
      const reply = await fetch(`${app.url}/engine-banner`, { headers });
      return [reply.status, reply.headers.get("hx-redirect"), reply.headers.get("hx-reswap")];
    };
    expect(await asked("div#engine-banner")).toEqual([401, null, "none"]);
    expect(await asked("form#composer")).toEqual([401, "/login", null]);
    expect(await asked("button")).toEqual([401, "/login", null]);
  });

  test("guesses from one address are slowed down with 429 and Retry-After, and are told nothing", async () => {
    await using open = await openGuardedApp();
    const guess = (name: string) =>
      fetch(`${open.url}/login`, {
        ...form({ name, password: "wrong wrong wrong" }, { origin: open.url }),
      });
    const replies: Response[] = [];
    for (let tries = 0; tries < 8; tries++) replies.push(await guess("ben"));
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
    expect(Number(replies.at(-1)?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    const known = await replies[0]?.text();
    const unknown = await (await guess("nobody-has-this-name")).text();
    expect(unknown.replaceAll("nobody-has-this-name", "ben")).toBe(known ?? "");
  });
});

describe("Without users", () => {
  test("the first one is made on the page, takes over what is here, and from then on strangers are kept out", async () => {
    const { openAnsweringApp } = await import("../fakes/answering-app.ts");
    const { addConversation } = await import("../fakes/added-conversation.ts");
    await using open = openAnsweringApp();
    const id = addConversation(open.store, { title: "Mine" });
    expect(
      (await fetch(`${open.url}/api/conversations/${id}`, { headers: { authorization: "Bearer any" } }))
        .status,
    ).toBe(200);
    const setUp = (again: string) =>
      fetch(`${open.url}/setup`, form({ name: "Anna", password, again }, { origin: open.url }));
    expect((await setUp("another one")).status).toBe(422);
    expect(
      (
        await fetch(`${open.url}/setup`, {
          ...form({ name: "Anna", password, again: password }),
          headers: {},
        })
      ).status,
    ).toBe(403);
    const done = await setUp(password);
    expect(done.headers.get("location")).toBe("/account?done=set-up");
    const cookie = (done.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect((await fetch(`${open.url}/api/conversations/${id}`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(`${open.url}/api/conversations/${id}`)).status).toBe(401);
    expect(await (await fetch(`${open.url}/health`)).json()).toEqual({ status: expect.any(String) });
    expect((await setUp(password)).status).toBe(409);
  });

  test("a server that others can reach lets nobody in, and nobody make themselves its first user", async () => {
    const { openAnsweringApp } = await import("../fakes/answering-app.ts");
    await using open = openAnsweringApp({ settings: { ALLOWED_HOSTS: "assistant.lan" } });
    expect((await fetch(`${open.url}/memories`)).status).toBe(401);
    const setUp = await fetch(
      `${open.url}/setup`,
      form({ name: "eve", password, again: password }, { origin: open.url }),
    );
    expect(setUp.status).toBe(403);
    expect(open.accounts.users.any()).toBe(false);
  });
});

test("Without users whoever comes through a proxy that the settings say nothing of is a stranger, and is told what to do", async () => {
  const { openAnsweringApp } = await import("../fakes/answering-app.ts");
  await using open = openAnsweringApp();
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(open.url + path, { redirect: "manual", headers: { accept: "text/html", ...headers } });
  expect((await ask("/")).status).toBe(200);
  for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via"]) {
    const proxied = { [name]: "203.0.113.7" };
    expect((await ask("/memories", { ...proxied, accept: "*/*" })).status).toBe(401);
    expect((await ask("/", proxied)).headers.get("location")).toBe("/login");
    const login = await ask("/login", proxied);
    expect(login.status).toBe(403);
    expect(await login.text()).toContain("bun run users add NAME --admin");
    const setUp = form({ name: "eve", password, again: password }, { ...proxied, origin: open.url });
    expect((await fetch(`${open.url}/setup`, setUp)).status).toBe(403);
  }
  expect(open.accounts.users.any()).toBe(false);
});

describe("Sockets and streams", () => {
  const socket = (headers: Record<string, string>) =>
    new Promise<WebSocket | null>((resolve) => {
      // Bun's own option, which the DOM's types do not know: a browser sends its cookie by itself.
      const options: object = { headers };
      const opened: WebSocket = Reflect.construct(WebSocket, [
        `${app.url.replace("http", "ws")}/chat/stream`,
        options,
      ]);
      opened.addEventListener("open", () => resolve(opened));
      opened.addEventListener("error", () => resolve(null));
    });
  const messages = (opened: WebSocket, until: string) =>
    new Promise<{ type: string; [field: string]: unknown }[]>((resolve) => {
      const all: { type: string; [field: string]: unknown }[] = [];
      opened.addEventListener("message", ({ data }) => {
        const message = JSON.parse(String(data));
        all.push(message);
        if (message.type === until) resolve(all);
      });
    });

  test("a socket is opened for those alone who may ask", async () => {
    for (const credential of [
      "none",
      "wrong key",
      "revoked key",
      "expired session",
      "disabled user's key",
      "owner's read key",
    ] as const)
      expect([credential, await socket(app.headers(credential))]).toEqual([credential, null]);
    const { "sec-fetch-site": _, ...cookie } = app.headers("owner's session");
    expect(await socket({ ...cookie, origin: "https://evil.example" })).toBeNull();
    const own = await socket({ ...cookie, origin: app.url });
    expect(own).not.toBeNull();
    own?.close();
  });

  test("over a socket nobody reads on, stops or asks in what is somebody else's", async () => {
    const things = app.give(app.users.owner);
    const opened = await socket(app.headers("other's key"));
    if (opened === null) throw new Error("The socket was refused.");
    let told = messages(opened, "error");
    opened.send(JSON.stringify({ type: "resume", generation_id: things.generationId }));
    expect(JSON.stringify(await told)).toContain("no answer with this generation_id");
    told = messages(opened, "error");
    opened.send(JSON.stringify({ message: "Hello", conversation_id: things.conversationId }));
    expect(JSON.stringify(await told)).not.toContain(secretWord);
    opened.close();
  });

  test("a live channel tells of one's own conversations alone", async () => {
    const left = new AbortController();
    const reply = await fetch(`${app.url}/live`, {
      headers: app.headers("other's session"),
      signal: left.signal,
    });
    const reader = reply.body?.getReader();
    const text = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await text()).toContain("ok");
    const library = (ownerId: string) => ({ conversationId: ownerId, of: "list" }) as const;
    const theirs = app.give(app.users.owner);
    const own = app.give(app.users.other);
    const told: string[] = [];
    const { ConversationLibrary } = await import("../../src/conversations/library.ts");
    const listened = new ConversationLibrary({
      store: app.store,
      stopAnswers: () => {},
      searchTerms: () => [],
    });
    listened.ofOwner(app.users.other.id).onChange(({ conversationId }) => told.push(conversationId));
    listened.tell(library(theirs.conversationId));
    listened.tell(library(own.conversationId));
    expect(told).toEqual([own.conversationId]);
    left.abort();
  });
});

test("No secret is in the log, in an error, in the metrics or in the status", async () => {
  const secrets = [...app.secrets, password, secretWord];
  const key = app.headers("owner's key");
  const replies: string[] = [];
  const ask = async (path: string, init: RequestInit = {}) =>
    replies.push(await (await fetch(app.url + path, init)).text());
  await ask("/chat", {
    method: "POST",
    headers: { ...key, "content-type": "application/json" },
    body: `{"message": 7, "x": "${password}"}`,
  });
  await ask("/chat", {
    method: "POST",
    headers: { ...key, "content-type": "application/json" },
    body: `{"message": "${secretWord}`,
  });
  await ask("/login", form({ name: password, password: "x".repeat(2000) }));
  await ask("/login?next=1", { ...form({ name: "ben", password: "a guess that is long" }) });
  await ask(`/nowhere?key=${app.secrets[0]}`, { headers: key });
  const admin = app.headers("admin's key");
  for (const path of ["/metrics", "/api/status", "/health", "/api/audit", "/users", "/openapi.json"])
    await ask(path, { headers: admin });
  const { accepted: _, ...written } = {
    accepted: 0,
    log: JSON.stringify(app.logLines),
    replies: replies.join("\n"),
  };
  for (const secret of secrets)
    for (const [where, text] of Object.entries(written)) {
      // The form keeps the name that was typed into it; that somebody typed a password there is theirs to see.
      const shown = where === "replies" ? text.replaceAll(`value="${password}"`, "") : text;
      expect([where, shown.includes(secret)]).toEqual([where, false]);
    }
  expect(app.logLines.length).toBeGreaterThan(0);
});
