import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LetterSlots, slotInstructions } from "../../../src/finance/desk/letter-slots.ts";

const facts = [
  { label: "Position size", value: "0.40", unit: "lots", subject: "EURUSD" },
  { label: "Risk", value: "1234.5", unit: "USD", subject: null },
  { label: "Ratio", value: null, unit: null, subject: null },
];

function fill(pieces: readonly string[]) {
  const slots = new LetterSlots(facts);
  return [...pieces.flatMap((text, index) => slots.push({ text, ids: [index] })), ...slots.end()];
}
const textOf = (pieces: readonly { readonly text: string }[]) => pieces.map(({ text }) => text).join("");

describe("A text with letter slots", () => {
  test("gets values and units as cards show them; an unknown slot says so", () => {
    expect(textOf(fill(["[[A]], [[b]], [[ C ]], [[D]], [[]]"]))).toBe(
      "0.40 lots, 1,234.5 USD, undefined, (no such fact), (no such fact)",
    );
  });

  test("keeps other brackets and slots that never end", () => {
    const text = "[a](b) [[[A]] [[A] x [[\nA]] a[0] [[A";
    expect(textOf(fill([text]))).toBe(text.replace("[[A]]", "0.40 lots"));
  });

  test("has no token ids where a slot was filled, and its own elsewhere", () => {
    expect(fill(["So ", "[[", "A", "]]", " then"])).toEqual([
      { text: "So ", ids: [0] },
      { text: "0.40 lots", ids: [] },
      { text: " then", ids: [4] },
    ]);
  });

  test("is the same, however it is cut", () => {
    const texts = fc
      .array(fc.oneof(fc.constantFrom("[", "]", "A", "[[B]]", "[[Q]]", "\n", "é", "[[A]"), fc.string()))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.array(fc.nat()), (text, cuts) => {
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(textOf(fill(pieces))).toBe(textOf(fill([text])));
        expect(textOf(fill([...text]))).toBe(textOf(fill([text])));
      }),
    );
  });

  test("has a slot for each fact in its instructions, and more than 26", () => {
    const [fact] = facts;
    if (fact === undefined) throw new Error("There is no fact.");
    const lines = slotInstructions(Array.from({ length: 28 }, () => fact)).split("\n");
    expect(lines[1]).toBe("[[A]] Position size (EURUSD)");
    expect(lines[28]).toBe("[[AB]] Position size (EURUSD)");
  });
});
