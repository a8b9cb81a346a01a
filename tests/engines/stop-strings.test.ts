import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { StopStrings } from "../../src/engines/stop-strings.ts";

/** What is shown of pieces that come one after the other. */
function shown(pieces: readonly string[], stops: readonly string[]): { text: string; stopped: boolean } {
  const checker = new StopStrings<number>(stops);
  let text = "";
  for (const [index, piece] of pieces.entries()) {
    const { released, stopped } = checker.push({ text: piece, carried: index });
    text += released.map((release) => release.text).join("");
    if (stopped !== null) return { text: text + stopped.before.text, stopped: true };
  }
  return {
    text:
      text +
      checker
        .flush()
        .map((release) => release.text)
        .join(""),
    stopped: false,
  };
}

describe("Stop strings", () => {
  test("however the text is cut into pieces, what is shown ends before the stop string that is complete first", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 });
    const stop = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), fc.array(stop, { maxLength: 3 }), (pieces, stops) => {
        const whole = pieces.join("");
        const ends = Array.from({ length: whole.length + 1 }, (_, end) => end);
        const end = ends.find((place) => stops.some((one) => whole.slice(0, place).endsWith(one)));
        const { text, stopped } = shown(pieces, stops);
        expect(stopped).toBe(end !== undefined);
        const longest = Math.max(
          0,
          ...stops.filter((one) => whole.slice(0, end).endsWith(one)).map((one) => one.length),
        );
        expect(text).toBe(end === undefined ? whole : whole.slice(0, end - longest));
      }),
      {
        numRuns: 5_000,
        examples: [
          [
            ["ab", "b"],
            ["b", "abb"],
          ],
          [["abb"], ["b", "abb"]],
        ],
      },
    );
  });

  test("text that cannot be the beginning of one is shown at once", () => {
    const checker = new StopStrings<null>(["END"]);
    expect(checker.push({ text: "gold ", carried: null }).released).toHaveLength(1);
    expect(checker.push({ text: "E", carried: null }).released).toHaveLength(0);
    expect(checker.push({ text: "uro", carried: null }).released).toHaveLength(2);
  });
});
