import { expect, test } from "bun:test";
import { htmlStreamResponse } from "../../src/sse/html-stream.ts";

const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test("pieces come as they come to be, and none is made before the reader wants it", async () => {
  let made = 0;
  async function* pieces() {
    for (;;) yield `<p>${made++}</p>`;
  }
  const reader = htmlStreamResponse(pieces()).body?.getReader();
  expect(made).toBe(0);
  expect(decode((await reader?.read())?.value)).toBe("<p>0</p>");
  expect(decode((await reader?.read())?.value)).toBe("<p>1</p>");
  expect(made).toBe(2);
  await reader?.cancel();
});

test("a reader that leaves while a piece is awaited is no defect, whatever becomes of the piece", async () => {
  for (const outcome of ["piece", "end", "error"] as const) {
    const defects: unknown[] = [];
    const coming = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    async function* pieces() {
      try {
        yield "<p>";
        await coming.promise;
        if (outcome === "error") throw new Error("aborted");
        if (outcome === "piece") yield "late";
      } finally {
        over.resolve();
      }
    }
    const { body } = htmlStreamResponse(pieces(), (error) => defects.push(error));
    const reader = body?.getReader();
    await reader?.read();
    const waiting = reader?.read();
    const cancelled = reader?.cancel();
    coming.resolve();
    await over.promise;
    await cancelled?.catch(() => {});
    expect((await waiting)?.done).toBe(true);
    expect(defects).toEqual([]);
  }
});

test("a source that breaks is reported, and breaks the page off", async () => {
  const defects: unknown[] = [];
  const failure = new Error("broken");
  async function* pieces() {
    yield "<p>";
    throw failure;
  }
  const reply = htmlStreamResponse(pieces(), (error) => defects.push(error));
  await expect(reply.text()).rejects.toBeUndefined();
  expect(defects).toEqual([failure]);
});
