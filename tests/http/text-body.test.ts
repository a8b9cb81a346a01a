/** What is sent as text, over real HTTP: it is stored as it was meant, or refused with how to send it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
beforeAll(() => {
  app = openAnsweringApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** As a program on a Russian Windows sends it. */
const cyrillic = Uint8Array.from([0xd7, 0xf2, 0xee, 0x20, 0xf2, 0xe0, 0xea, 0xee, 0xe5]);
const around = (before: string, bytes: Uint8Array, after: string) =>
  Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
const json = (text: string) => Buffer.from(JSON.stringify({ message: text, max_tokens: 4 }));
const post = (path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(app.url + path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
    redirect: "manual",
  });
const questions = () =>
  app.store.conversations
    .list(null, 1000, { archived: false })
    .flatMap(({ id }) => app.store.messages.path(id))
    .filter(({ role }) => role === "user")
    .map(({ content }) => content);

describe("A body that is not UTF-8", () => {
  const bodies: Readonly<Record<string, Buffer>> = {
    "/chat": around('{"message":"', cyrillic, '","max_tokens":4}'),
    "/memorize": around('{"key":"k","value":"', cyrillic, '"}'),
    "/v1/chat/completions": around('{"messages":[{"role":"user","content":"', cyrillic, '"}]}'),
    "/v1/completions": around('{"prompt":"', cyrillic, '"}'),
    "/v1/responses": around('{"input":"', cyrillic, '"}'),
    "/v1/embeddings": around('{"input":"', cyrillic, '"}'),
    "/api/batch": around('{"messages":["', cyrillic, '"]}'),
  };
  test.each(Object.entries(bodies))(
    "is refused by name, and nothing of it is stored: %s",
    async (path, body) => {
      const before = questions();
      const response = await post(path, new Uint8Array(body));
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("UTF-8")]);
      expect(questions()).toEqual(before);
      expect(app.store.memories.newest(null, 10)).toEqual([]);
    },
  );

  test("of a form is refused too, whether its bytes are escaped, raw or in parts", async () => {
    const before = questions();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const parts = { "content-type": "multipart/form-data; boundary=x" };
    const replies = await Promise.all([
      post("/ask", new Uint8Array(Buffer.from("text=%D7%F2%EE")), form),
      post("/ask", new Uint8Array(around("text=", cyrillic, "")), form),
      post(
        "/ask",
        new Uint8Array(
          around('--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n', cyrillic, "\r\n--x--\r\n"),
        ),
        parts,
      ),
    ]);
    for (const reply of replies)
      expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining("UTF-8")]);
    expect(questions()).toEqual(before);
  });

  test("of a form that is UTF-8 comes through to the letter, in each of its ways", async () => {
    const text = "Что такое 100% + é?";
    const urlencoded = await fetch(`${app.url}/ask`, {
      method: "POST",
      body: new URLSearchParams({ text }),
      redirect: "manual",
    });
    const form = new FormData();
    form.set("text", `${text} again`);
    const parts = await fetch(`${app.url}/ask`, { method: "POST", body: form, redirect: "manual" });
    expect([urlencoded.status, parts.status]).toEqual([303, 303]);
    expect(questions()).toContain(text);
    expect(questions()).toContain(`${text} again`);
  });

  test("of an address is refused: /search?q=%D7%F2, and raw bytes", async () => {
    for (const path of ["/search?q=%D7%F2", "/api/search?q=%ff", "/c/%D7%F2"]) {
      const response = await fetch(app.url + path);
      expect([path, response.status, await response.text()]).toEqual([
        path,
        400,
        expect.stringContaining("UTF-8"),
      ]);
    }
    expect((await fetch(`${app.url}/search?q=%D0%A7%D1%82%D0%BE`)).status).toBe(200);
    expect((await fetch(`${app.url}/search?q=100%`)).status).toBe(200);
  });
});

describe("A charset, a mark or a coding of a body", () => {
  test.each(["iso-8859-1", "windows-1252", "utf-16", '"windows-1251"', "nonsense"])(
    "another charset than UTF-8 is refused by name: %s",
    async (charset) => {
      const response = await post("/chat", new Uint8Array(json("Hello")), {
        "content-type": `application/json; charset=${charset}`,
      });
      expect([response.status, await response.text()]).toEqual([415, expect.stringContaining("UTF-8")]);
    },
  );

  test.each(["utf-8", '"UTF-8"', "utf8", "us-ascii"])("%s is taken", async (charset) => {
    const response = await post("/chat", new Uint8Array(json("Hello")), {
      "content-type": `application/json; charset=${charset}`,
    });
    expect(response.status).toBe(200);
  });

  test("UTF-16 without a charset is told to be no UTF-8, with and without its mark", async () => {
    const utf16 = Buffer.from('{"message":"Hi"}', "utf16le");
    for (const body of [utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])]) {
      const response = await post("/chat", new Uint8Array(body));
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("UTF-8")]);
    }
  });

  test("the zeros behind which C's strings end, and a byte order mark, are no part of it", async () => {
    for (const [before, after] of [
      ["", "\0"],
      ["", "\0\0\0\0"],
      ["\ufeff", ""],
      ["\ufeff", "\n\0"],
    ]) {
      const body = Buffer.from(`${before}{"message":"Zero","max_tokens":4}${after}`);
      expect((await post("/chat", new Uint8Array(body))).status).toBe(200);
    }
    expect(questions().filter((text) => text === "Zero")).toHaveLength(4);
  });

  test("a compressed body is read, never more of it than may be sent, and another coding is refused by name", async () => {
    const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;
    for (const [coding, compress] of Object.entries(codings)) {
      const response = await post("/chat", new Uint8Array(compress(json(`By ${coding}`))), {
        "content-encoding": coding,
      });
      expect([coding, response.status]).toEqual([coding, 200]);
      expect(questions()).toContain(`By ${coding}`);
    }
    const bomb = gzipSync(json(" ".repeat(50_000_000)));
    expect((await post("/chat", new Uint8Array(bomb), { "content-encoding": "gzip" })).status).toBe(413);
    const damaged = await post("/chat", new Uint8Array(json("no gzip")), { "content-encoding": "gzip" });
    expect(await damaged.text()).toContain("Content-Encoding");
    const unknown = await post("/chat", new Uint8Array(json("x")), { "content-encoding": "compress" });
    expect([unknown.status, await unknown.text()]).toEqual([
      415,
      expect.stringContaining("Content-Encoding"),
    ]);
  });

  test("half of a character, which JSON can name, is refused and never stored as another sign", async () => {
    for (const [path, body] of Object.entries({
      "/chat": '{"message":"cut \\ud83d"}',
      "/memorize": '{"key":"\\udc00","value":"v"}',
      "/v1/chat/completions": '{"messages":[{"role":"user","content":"a\\ud83d b"}]}',
    })) {
      const response = await post(path, new Uint8Array(Buffer.from(body)));
      expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
      expect(await response.text()).toContain("UTF-8");
    }
    expect((await post("/chat", new Uint8Array(Buffer.from('{"message":"\\ud83d\\ude00"}')))).status).toBe(
      200,
    );
  });
});

describe("A question that nobody can see", () => {
  test.each([
    "\u3164",
    "\u2800",
    "\u00a0",
    "\u115f\u1160",
    "\uffa0",
    "\ufe0f",
    "\u{e0041}",
    " \u200b\u2060\n",
  ])("is none: %j", async (text) => {
    expect((await post("/chat", new Uint8Array(json(text)))).status).toBe(422);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const body = new Uint8Array(Buffer.from(new URLSearchParams({ text }).toString()));
    expect((await post("/ask", body, form)).status).toBe(422);
  });

  test("but one of signs that are seen is one: an emoji, a flag, a letter with accents", async () => {
    for (const text of ["📈", "🇩🇪", "é", "ㅤ한"])
      expect((await post("/chat", new Uint8Array(json(text)))).status).toBe(200);
  });
});

describe("A connection on which no reply can come", () => {
  /** Everything at once, and then the end of what is sent if wanted. */
  const send = (pieces: readonly string[], isEnd: boolean) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    let reply = "";
    const socket = connect(
      { port: Number(new URL(app.url).port), host: "127.0.0.1", allowHalfOpen: true },
      () => {
        socket.write(pieces.join(""));
        if (isEnd) socket.end();
      },
    );
    socket.on("data", (piece) => {
      reply += piece;
    });
    socket.on("end", () => socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => resolve(reply));
    return promise;
  };
  const asked = (text: string) => {
    const body = JSON.stringify({ message: text, max_tokens: 4 });
    const { host } = new URL(app.url);
    return `POST /chat HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };

  test("asks nothing, so that who asks again asks once: half-closed, two at once, an empty line behind or before", async () => {
    const { host } = new URL(app.url);
    const get = `GET /health HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const cases: readonly (readonly [string, readonly string[], boolean])[] = [
      ["half-closed", [asked("half-closed")], true],
      ["two questions", [asked("two questions"), asked("two questions")], false],
      ["and another request", [asked("and another request"), get], false],
      ["an empty line behind", [asked("an empty line behind"), "\r\n"], false],
      ["an empty line before", ["\r\n", asked("an empty line before")], false],
    ];
    for (const [name, pieces, isEnd] of cases) {
      const reply = await send(pieces, isEnd);
      await app.generations.idle();
      const wasAnswered = reply.includes("HTTP/1.1 200");
      expect([name, questions().includes(name)]).toEqual([name, wasAnswered]);
    }
  });
});

test("A Host that is not known is told how it would be", async () => {
  const response = await fetch(`${app.url}/health`, { headers: { host: "host.docker.internal" } });
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("ALLOWED_HOSTS")]);
});
