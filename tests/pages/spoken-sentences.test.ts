/** What who hears the page is told of a growing answer. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { lengthOfSentences, SpokenSentences } from "../../src/pages/spoken-sentences.ts";

/** As a stream with one block would: all of it is open until the end. */
function said(texts: readonly string[], open = ""): string[] {
  const spoken = new SpokenSentences(0, open);
  let all = open;
  const pieces = texts.flatMap((text) => {
    all += text;
    return spoken.next(text, 0, all);
  });
  return [...pieces, ...spoken.end()];
}

describe("what is said of a growing answer", () => {
  test("is whole sentences, not tokens, and the rest at the end", () => {
    expect(said(["Gold", " rose. It", " costs 2,150", ".75 USD", " now! And", " then"])).toEqual([
      "Gold rose.",
      "It costs 2,150.75 USD now!",
      "And then",
    ]);
  });

  test("does not begin again for who comes back in the middle, and finished text is silent", () => {
    expect(said(["ed. End"], "One. Two. It end")).toEqual(["It ended.", "End"]);
    expect(said([], "One. Two. ")).toEqual([]);
  });

  test("is bounded in its pieces", () => {
    const pieces = said(["word ".repeat(400)]);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(300);
    expect(pieces.join(" ")).toBe("word ".repeat(400).trim());
  });

  test("has no Markdown in it", () => {
    expect(said(["## **Risk**\n\n- a [link](https://x.y) and `code`\n- *two*\n\n"])).toEqual([
      "Risk a link and code two",
    ]);
    expect(said(["| Kind | Cost |\n|---|---:|\n| Gold | 1 % |\n"])).toEqual(["Kind, Cost. Gold, 1 %."]);
    expect(said(["```js\nlet a = 1.\nb\n```\n"])).toEqual(["Code."]);
    expect(said(["1. One. "])).toEqual(["1. One."]);
    expect(said(["2 * 3 * 4 is 24, a_b too. "])).toEqual(["2 * 3 * 4 is 24, a_b too."]);
  });

  test.each([..."-|[$\\` *_#>.:", "| ", "[^", "\\[", "](", "- ", "$$", "1. ", "```\n", "|-"])(
    "takes no longer than its length asks for (2,000 dashes took seconds): %j",
    (signs) => {
      const text = signs.repeat(50_000 / signs.length);
      expect(said([`${text} x`, " y"]).join("").length).toBeLessThan(200_000);
    },
  );

  test("is each word once, wherever the text is cut and the reader leaves", () => {
    const part = fc.constantFrom("One", " two", ". ", "3.5", "! ", "\n", "“so.” ", "end");
    fc.assert(
      fc.property(fc.array(part), fc.nat(), (texts, leaving) => {
        const at = leaving % (texts.length + 1);
        const before = texts.slice(0, at).join("");
        const whole = said([texts.join("")]).join(" ");
        expect(said(texts).join(" ")).toBe(whole);
        const heard = before.slice(0, lengthOfSentences(before));
        expect(
          [heard, ...said(texts.slice(at), before)].join(" ").split(/\s+/).filter(Boolean).join(" "),
        ).toBe(whole);
      }),
    );
  });
});
