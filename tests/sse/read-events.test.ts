import { expect, test } from "bun:test";
import fc from "fast-check";
import { readEvents } from "../../src/sse/read-events.ts";

async function read(pieces: readonly Uint8Array[]): Promise<string[]> {
  async function* arriving() {
    yield* pieces;
  }
  return (await Array.fromAsync(readEvents(arriving()))).map(({ data }) => data);
}

const bytes = (text: string) => new TextEncoder().encode(text);

test("data of several lines is one message; comments, names, ids and unfinished messages are left out", async () => {
  const text =
    ": hello\n\nid: 1\nevent: token\ndata: one\ndata:two\n\ndata\n\ndata: three\r\n\r\ndata: never ended\n";
  expect(await read([bytes(text)])).toEqual(["one\ntwo", "three"]);
});

test("however the bytes are split, the messages are the same", async () => {
  const message = fc.string({ unit: "grapheme" }).filter((text) => text !== "" && !/[\r\n\uFEFF]/.test(text));
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 5 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (messages, end, sizes) => {
        const whole = bytes(messages.map((text) => `data: ${text}${end}${end}`).join(""));
        const pieces: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push(whole.slice(at, at + size));
          at += size;
        }
        // A last carriage return may be half of CRLF, so the reader waits for what follows it.
        expect(await read([...pieces, bytes(": end\n")])).toEqual(messages);
      },
    ),
    { numRuns: 200 },
  );
});
