/** What a model, a memory or a title says never drives the terminal: laws, over texts that try to. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonOnTerminal, plainLine, plainText } from "../../src/cli/plain-text.ts";
import { attacks, hostileText } from "../terminal/hostile-text.ts";

/** By code point, and not as the program tells it. */
function drives(text: string): boolean {
  return [...text].some((sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return turns || (isControl && sign !== "\n" && sign !== "\t");
  });
}

describe("Plain text", () => {
  test("holds nothing that moves the cursor, sets the title or writes the clipboard, however it was cut", () => {
    fc.assert(
      fc.property(hostileText, fc.array(fc.nat(400)), (text, cuts) => {
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        const shown = pieces.map(plainText).join("");
        expect(drives(shown)).toBe(false);
        expect(shown).toBe(plainText(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test("takes the edge off every known attack, and nothing off the text around it", () => {
    for (const attack of attacks) {
      expect(drives(attack)).toBe(true);
      const shown = plainText(`before${attack}after`);
      expect(drives(shown)).toBe(false);
      expect(shown).toStartWith("before");
      expect(shown).toEndWith("after");
    }
  });

  test("leaves alone what only says something: tables, emoji, Arabic, line ends", () => {
    const text = "Gold\t2,000 $\n– «já» 世界 👩‍👩‍👧 \u200Fمرحبا\u200F ½ …";
    expect(plainText(text)).toBe(text);
  });

  test("is not longer than a line when it shall be one", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 5, max: 60 }), (text, columns) => {
        const line = plainLine(text, columns);
        expect(drives(line)).toBe(false);
        expect(line).not.toMatch(/[\n\t]/);
        expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 500 },
    );
  });

  test("as JSON says everything, and drives nothing either", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = jsonOnTerminal({ text });
        expect(drives(json)).toBe(false);
        expect(JSON.parse(json)).toEqual({ text });
      }),
      { numRuns: 500 },
    );
  });
});
