/** A reply that is all there already is made piece by piece: the bug was that it was made whole in one turn of the event loop. */
import { expect, test } from "bun:test";
import { downloadResponse } from "../../src/http/download.ts";
import { eventStreamResponse } from "../../src/sse/event-stream.ts";
import { pulledResponse } from "../../src/sse/pulled-response.ts";

const frame = `data: ${"x".repeat(1000)}\n\n`;
const count = 2_000;
/** About as many as there are chunks of 64 KB in it. */
const leastTurns = (frame.length * count) / (64 * 1024) - 4;

async function* ready(): AsyncGenerator<string, void, undefined> {
  for (let index = 0; index < count; index++) yield frame;
}
const replies: readonly (readonly [string, () => Response])[] = [
  ["events that are read again", () => eventStreamResponse(ready(), new Request("http://localhost/"))],
  ["a page or lines in pieces", () => pulledResponse(ready(), "text/plain")],
  [
    "a file",
    () =>
      downloadResponse(Array.from({ length: count }, () => frame).values(), {
        type: "text/plain",
        fileName: "a",
      }),
  ],
];

test.each(replies)("%s leave others their turn", async (_, reply) => {
  let turns = 0;
  let turn = setImmediate(function next() {
    turns += 1;
    turn = setImmediate(next);
  });
  const text = await reply().text();
  clearImmediate(turn);
  expect(text).toEndWith(frame.repeat(count));
  expect(turns).toBeGreaterThanOrEqual(leastTurns);
});

test("a hundred that are read again at once leave others their turn, too: each of them went on in every turn", async () => {
  let made = 0;
  async function* counted() {
    for (let index = 0; index < 500; index++) {
      made += 1;
      yield frame;
    }
  }
  const perTurn: number[] = [];
  let before = 0;
  let turn = setImmediate(function next() {
    perTurn.push(made - before);
    before = made;
    turn = setImmediate(next);
  });
  const replies = Array.from({ length: 100 }, () =>
    eventStreamResponse(counted(), new Request("http://localhost/")).text(),
  );
  await Promise.all(replies);
  clearImmediate(turn);
  expect(made).toBe(50_000);
  // Their beginnings are made when they are asked for, which comes one by one.
  const later = perTurn.slice(2);
  const framesOfAChunk = Math.ceil((64 * 1024) / frame.length) + 1;
  expect(Math.max(...later)).toBeLessThanOrEqual(8 * framesOfAChunk);
});
