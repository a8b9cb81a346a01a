import { expect, test } from "bun:test";
import { gathered } from "../../src/sse/gathered.ts";
import { withHeartbeat } from "../../src/sse/with-heartbeat.ts";

test("silence is filled, and a frame that comes late is not lost", async () => {
  const late = Promise.withResolvers<void>();
  async function* frames() {
    yield "a";
    await late.promise;
    yield "b";
  }
  const beating = withHeartbeat(frames(), "beat", 2);
  expect((await beating.next()).value).toBe("a");
  for (let beats = 0; beats < 3; beats++) expect((await beating.next()).value).toBe("beat");
  late.resolve();
  const rest = await Array.fromAsync(beating);
  expect(rest.filter((frame) => frame !== "beat")).toEqual(["b"]);
});

test("frames that are ready together leave together, bounded, and before the error behind them", async () => {
  async function* frames() {
    yield* ["a", "b", "c"];
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    yield* ["d", "e", "f", "g"];
    throw new Error("broken");
  }
  const seen: string[] = [];
  const reading = (async () => {
    for await (const together of gathered(frames(), 3)) seen.push(together);
  })();
  expect(reading).rejects.toThrow("broken");
  await reading.catch(() => {});
  expect(seen).toEqual(["abc", "def", "g"]);
});
