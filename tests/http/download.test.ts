import { describe, expect, test } from "bun:test";
import { downloadResponse } from "../../src/http/download.ts";

const options = { type: "text/plain", fileName: "a.txt" };

describe("A download", () => {
  test("is all that its source gives, small pieces together, and ends once", async () => {
    let ends = 0;
    const pieces = Array.from({ length: 50_000 }, (_, index) => `${index},`);
    const response = downloadResponse(pieces.values(), { ...options, onEnd: () => ends++ });
    const chunks: Uint8Array[] = [];
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read())
      chunks.push(next.value);
    expect(new TextDecoder().decode(Buffer.concat(chunks))).toBe(pieces.join(""));
    expect(chunks.length).toBeLessThan(10);
    expect(ends).toBe(1);
  });

  test("is read no faster than it is taken, and ends when its reader leaves", async () => {
    let read = 0;
    const ended = Promise.withResolvers<void>();
    const endless = (function* () {
      for (;;) {
        read++;
        yield "x".repeat(70_000);
      }
    })();
    const reader = downloadResponse(endless, { ...options, onEnd: ended.resolve }).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(read).toBe(2);
    await reader?.cancel();
    await ended.promise;
  });

  test("whose source throws fails, so that nobody takes it for complete", async () => {
    let ends = 0;
    const broken = (function* () {
      yield "x".repeat(70_000);
      throw new Error("The disk is gone.");
    })();
    const response = downloadResponse(broken, { ...options, onEnd: () => ends++ });
    expect(response.text()).rejects.toThrow("The disk is gone.");
    await response.text().catch(() => {});
    expect(ends).toBe(1);
  });

  test("that nobody takes ends after a while, also when it was never begun", async () => {
    const ended = Promise.withResolvers<void>();
    const response = downloadResponse(["x"].values(), { ...options, onEnd: ended.resolve, stallMs: 5 });
    await ended.promise;
    expect(response.text()).rejects.toThrow("took nothing");
  });
});
