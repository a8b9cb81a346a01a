/** A reply that is all there already is made piece by piece: the bug was that it was made whole in one turn of the event loop. */
import { expect, test } from "bun:test";
import { downloadResponse } from "../../src/routes/download.ts";
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
