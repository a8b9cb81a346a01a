import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { TokenText } from "../../../src/engines/llama/token-text.ts";

/** A vocabulary of bytes: the hardest case, in which every character beyond ASCII spans tokens. */
const bytesAsText = (ids: readonly number[]) => new TextDecoder().decode(Uint8Array.from(ids));

describe("The text of tokens", () => {
  test("is whole characters only, and nothing is lost or doubled", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const bytes = [...new TextEncoder().encode(text)];
        const decoder = new TokenText(bytesAsText);
        const parts = bytes.flatMap((byte) => decoder.push(byte) ?? []);
        const rest = decoder.flush();
        const all = rest === null ? parts : [...parts, rest];
        expect(all.map((part) => part.text).join("")).toBe(text);
        expect(all.flatMap((part) => part.ids)).toEqual(bytes);
        expect(all.every((part) => !part.text.includes("\uFFFD") || text.includes("\uFFFD"))).toBe(true);
      }),
    );
  });

  test("an answer that ends inside a character shows what there is", () => {
    const decoder = new TokenText(bytesAsText);
    expect(decoder.push(0xe2)).toBeNull();
    expect(decoder.flush()).toEqual({ text: "\uFFFD", ids: [0xe2] });
  });
});
