import { expect, test } from "bun:test";
import fc from "fast-check";
import { type ThoughtPiece, ThoughtSplit } from "../../../src/engines/llama/thought-split.ts";

function split(pieces: readonly string[], { isThinking = false } = {}) {
  const thoughts = new ThoughtSplit<number>({ isThinking });
  const told: ThoughtPiece<number>[] = [];
  for (const [carried, text] of pieces.entries()) told.push(...thoughts.push({ text, carried }));
  told.push(...thoughts.flush());
  const of = (reasoning: boolean) =>
    told
      .filter((piece) => piece.reasoning === reasoning)
      .map(({ text }) => text)
      .join("");
  return { told, thought: of(true), said: of(false) };
}

test("an answer without thoughts passes as it is, blanks and all", () => {
  const { told } = split(["\n", "Gold", " <think>", "no"]);
  expect(told).toEqual([
    { text: "\n", reasoning: false, carried: 0 },
    { text: "Gold", reasoning: false, carried: 1 },
    { text: " <think>", reasoning: false, carried: 2 },
    { text: "no", reasoning: false, carried: 3 },
  ]);
});

test("thoughts come first, and neither the marks nor the blank lines after them are told", () => {
  const { thought, said, told } = split(["<think>", "\nHm.", "\n", "</think>", "\n\n", "Gold."]);
  expect(thought).toBe("\nHm.\n");
  expect(said).toBe("Gold.");
  expect(told.at(-1)).toEqual({ text: "Gold.", reasoning: false, carried: 5 });
});

test("thoughts that never end are thoughts", () => {
  expect(split(["<thi", "nk>Hm", " </thi"])).toMatchObject({ thought: "Hm </thi", said: "" });
});

test("what only looks like a mark is said", () => {
  expect(split(["<thin", "g> is"])).toMatchObject({ thought: "", said: "<thing> is" });
  expect(split(["<thi"])).toMatchObject({ thought: "", said: "<thi" });
});

test("a thought that is begun goes on without its first mark", () => {
  const thinking = (pieces: readonly string[]) => split(pieces, { isThinking: true });
  expect(thinking([" Hm", ".</th", "ink>\n\n", "Gold."])).toMatchObject({ thought: " Hm.", said: "Gold." });
  expect(thinking(["</think>", "Gold."])).toMatchObject({ thought: "", said: "Gold." });
  expect(thinking([" <think>", "Hm"])).toMatchObject({ thought: " <think>Hm", said: "" });
});

test("wherever the text is cut into pieces, the same is thought and said", () => {
  const text = "\n<think>\nIs 2 < 3? </thin\n</think>\n\nYes </think> 3.";
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 })), (places) => {
      const cuts = [0, ...places.toSorted((a, b) => a - b), text.length];
      const pieces = cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
      const { thought, said } = split(pieces);
      expect(thought).toBe("\nIs 2 < 3? </thin\n");
      expect(said).toBe("Yes </think> 3.");
    }),
  );
});
