import { expect, test } from "bun:test";
import { LivePieces } from "../../src/sse/live-pieces.ts";

const piecesOf = (frames: AsyncIterator<string>, intervalMs: number, most: number) => {
  const pieces = new LivePieces(frames, { silence: { beat: "beat", intervalMs }, most });
  return { next: () => pieces.next(), [Symbol.asyncIterator]: () => pieces };
};

test("silence is filled, and a frame that comes late is not lost", async () => {
  const late = Promise.withResolvers<void>();
  async function* frames() {
    yield "a";
    await late.promise;
    yield "b";
  }
  const beating = piecesOf(frames(), 2, 1);
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
    for await (const together of piecesOf(frames(), 60_000, 3)) seen.push(together);
  })();
  expect(reading).rejects.toThrow("broken");
  await reading.catch(() => {});
  expect(seen).toEqual(["abc", "def", "g"]);
});
