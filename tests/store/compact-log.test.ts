import { expect, test } from "bun:test";
import fc from "fast-check";
import { packTokens, unpackTokens } from "../../src/store/compact-tokens.ts";
import type { LoggedToken } from "../../src/store/schema.ts";
import { conversation, generation, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  // Half of a character: a log holds whatever an engine wrote.
  fc.constantFrom("\ud83d", "", " é", "📈"),
);
const ids = fc.array(fc.oneof(fc.nat(300_000), fc.constantFrom(-1, 2 ** 40)), { maxLength: 4 });
const anyToken: fc.Arbitrary<LoggedToken> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ text: anyText, ids }) },
  fc.record({ text: anyText, ids, reasoning: fc.constant(true as const) }),
  fc.record({
    text: anyText,
    ids,
    logprob: fc.double({ noNaN: true, noDefaultInfinity: true, max: -1e-9 }),
    alternatives: fc.array(
      fc.record({ text: anyText, logprob: fc.double({ min: -99, max: -1, noNaN: true }) }),
    ),
  }),
  fc.constantFrom<LoggedToken>(
    { text: "", ids: [], continued: "length" },
    { text: "", ids: [], continued: "stopped", asked: { key: "k", endedAt: 5 } },
    { text: "", ids: [], toolPiece: { id: "c", name: "f", arguments: "" } },
    { text: "", ids: [], toolPiece: { id: "c", arguments: '{"a":' } },
    { text: "", ids: [], toolCall: { id: "c", name: "f", arguments: '{"a":1}' } },
  ),
);
const anyLog = fc.array(anyToken, { maxLength: 60 });

test("packed entries are the very same entries again, to the letter of their JSON", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      expect(JSON.stringify(unpackTokens(packTokens(log)))).toBe(JSON.stringify(log));
    }),
    { numRuns: 300 },
  );
});

test("a log reads the same from any cursor before and after it is packed, and after it was continued", () => {
  fc.assert(
    fc.property(anyLog, anyLog, fc.integer({ min: 1, max: 700 }), (log, rest, copies) => {
      using store = temporaryStore();
      store.conversations.insert(conversation());
      store.messages.insert(message());
      store.generations.insert(generation());
      const id = "generation";
      const append = (tokens: readonly LoggedToken[]) => {
        for (let first = 0; first < tokens.length; first += 7)
          store.tokenLog.append([
            {
              generationId: id,
              firstIndex: store.tokenLog.count(id),
              tokens: tokens.slice(first, first + 7),
            },
          ]);
      };
      append(log);
      append(Array.from({ length: copies % 30 === 0 ? copies : 0 }, () => ({ text: "a", ids: [7] })));
      const views = () => {
        const count = store.tokenLog.count(id);
        const cursors = [0, 1, 3, 8, 511, 512, 513, count - 1, count, count + 1];
        return JSON.stringify(
          cursors.map((cursor) => [
            store.tokenLog.read(id, Math.max(0, cursor)),
            store.tokenLog.read(id, Math.max(0, cursor), cursor + 5),
          ]),
        );
      };
      const before = views();
      store.tokenLog.pack([id]);
      expect(views()).toBe(before);
      append(rest);
      const continued = views();
      store.tokenLog.pack([id]);
      expect(views()).toBe(continued);
    }),
    { numRuns: 30 },
  );
}, 60_000);

test("answers that ended long enough ago wait to be packed, others do not", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  store.messages.insert(message());
  for (const [id, endedAt] of [
    ["a", 5],
    ["b", null],
    ["c", 9],
    ["d", 5],
  ] as const) {
    store.generations.insert(generation({ id, endedAt }));
    for (const firstIndex of [0, 1])
      store.tokenLog.append([{ generationId: id, firstIndex, tokens: [{ text: "x", ids: [1] }] }]);
  }
  expect(store.tokenLog.waiting(9, "", 2)).toEqual({ last: "b", ids: ["a"] });
  expect(store.tokenLog.waiting(9, "b", 9)).toEqual({ last: null, ids: ["d"] });
  store.tokenLog.pack(["a", "d"]);
  expect(store.tokenLog.waiting(9, "", 9)).toEqual({ last: null, ids: [] });
});
