import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { onOneLine, PastedText, withLineEnds } from "../../src/terminal/pasted-text.ts";

const paste = (text: string) => `\u001b[200~${text}\u001b[201~`;
const take = (pieces: readonly string[]) => {
  const pasted = new PastedText();
  return pieces.map((piece) => pasted.take(piece)).join("");
};

describe("A paste", () => {
  test("of several lines is one line to edit, and several again when it is sent", () => {
    const edited = take([`> ${paste("one\r\ntwo\rthree\nfour")}!\r`]);
    expect(edited).toBe("> one⏎two⏎three⏎four!\r");
    expect(withLineEnds(edited.slice(2, -1))).toBe("one\ntwo\nthree\nfour!");
  });

  test("presses no keys: what is a control character in it is left out", () => {
    expect(take([paste("rm\u0003 -rf\u001b[A\u0004")])).toBe("rm -rf[A");
  });

  test("is the same however it was cut, but between ESC and the rest of its first mark", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "é", "2", "0", "~", "["), maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, fc.array(fc.nat(60)), (before, inside, after, cuts) => {
        const whole = before + paste(inside) + after;
        const lone = before.length + 1;
        const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length]
          .filter((cut) => cut !== lone)
          .sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => whole.slice(at[index], end));
        expect(take(pieces)).toBe(before + onOneLine(inside) + after);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is not looked for where a key begins like its mark", () => {
    // Escape, Home, Insert, and an arrow, each as the terminal sends it.
    expect(take(["\u001b", "\u001b[1~", "\u001b[2~", "\u001b[A"])).toBe("\u001b\u001b[1~\u001b[2~\u001b[A");
  });
});
