import { expect, test } from "bun:test";
import fc from "fast-check";
import { EventParser, type ReceivedEvent } from "../../src/sse/event-parser.ts";
import { encodeFrame } from "../../src/sse/event-stream.ts";

const parse = (pieces: readonly string[]): ReceivedEvent[] => {
  const parser = new EventParser();
  return pieces.flatMap((piece) => [...parser.take(piece)]);
};

test("an event has the id that was said last, and none before the first", () => {
  const text = ": ok\n\ndata: a\n\nid: 3\ndata: b\n\ndata: c\n\nid:4\nevent: end\ndata: d\n\n";
  expect(parse([text])).toEqual([
    { id: null, data: "a" },
    { id: "3", data: "b" },
    { id: "3", data: "c" },
    { id: "4", data: "d" },
  ]);
});

test("an event that was cut is not there, and neither is its id for those before it", () => {
  expect(parse(["id: 1\ndata: a\n\nid: 2\ndata: b\n"])).toEqual([{ id: "1", data: "a" }]);
});

test("what our own encoder wrote is read again, cut anywhere", () => {
  const data = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/\r/.test(text));
  fc.assert(
    fc.property(fc.array(data, { maxLength: 4 }), fc.array(fc.nat(200)), (texts, cuts) => {
      const events = texts.map((data, index) => ({ id: String(index), data }));
      const whole = events.map(encodeFrame).join("");
      const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
      expect(parse(at.slice(1).map((end, index) => whole.slice(at[index], end)))).toEqual(events);
    }),
    { numRuns: 300 },
  );
});
