import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Exchange, PromptTurn } from "../../src/chat/context.ts";
import { piecesOf, type SummaryPiece, takeReadable } from "../../src/conversations/summary-pieces.ts";

const turn = (id: string, role: PromptTurn["role"], content: string): PromptTurn => ({
  id,
  role,
  content,
  promptContext: "",
});
const exchange = (n: number, question: string, answer: string): Exchange => [
  turn(`q${n}`, "user", question),
  turn(`a${n}`, "assistant", answer),
];
const length = (texts: readonly string[]) => texts.join("").length;
const whole = (pieces: readonly SummaryPiece[]) => pieces.map(({ text }) => text).join("");

/** Takes all there is, as much at once as `longest` characters. */
async function takeAll(exchanges: readonly Exchange[], longest: number) {
  const steps: (readonly SummaryPiece[])[] = [];
  let rest = piecesOf(exchanges);
  while (rest.length > 0) {
    const step = await takeReadable(rest, async (texts) => length(texts) <= longest);
    if (step === null) return null;
    steps.push(step.taken);
    rest = step.rest;
  }
  return steps;
}

describe("What is read of exchanges", () => {
  test("is all of it at once when it fits, and otherwise up to the end of an exchange", async () => {
    const exchanges = [1, 2, 3].map((n) => exchange(n, "a".repeat(50), "b".repeat(50)));
    const ends = async (longest: number) =>
      (await takeAll(exchanges, longest))?.map((step) => step.at(-1)?.endsWith);
    expect(await ends(1_000)).toEqual(["a3"]);
    expect(await ends(300)).toEqual(["a1", "a3"]);
    expect(await ends(150)).toEqual(["a1", "a2", "a3"]);
  });

  test("whatever it is: nothing is lost, nothing is too long, and only an exchange that is too long is cut", async () => {
    const text = fc.string({ maxLength: 900 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 250, max: 2_500 }),
        async (texts, longest) => {
          const exchanges = texts.map(([question, answer], n) => exchange(n, question, answer));
          const steps = await takeAll(exchanges, longest);
          expect(whole(steps?.flat() ?? [])).toBe(whole(piecesOf(exchanges)));
          for (const step of steps ?? []) {
            expect(length(step.map(({ text }) => text))).toBeLessThanOrEqual(longest);
            if (step.at(-1)?.endsWith === null)
              expect(step.every(({ endsWith }) => endsWith === null)).toBe(true);
          }
        },
      ),
    );
  });

  test("cuts no number, with blanks or without", async () => {
    for (const between of [" and ", "和"]) {
      const prices = Array.from({ length: 300 }, (_, n) => `1,${100 + n}.${n}`);
      const steps = await takeAll([exchange(1, prices.join(between), "")], 300);
      const read = steps?.flat().flatMap(({ text }) => text.match(/[\d.,]+/g) ?? []);
      expect(steps?.length).toBeGreaterThan(5);
      expect(read).toEqual(prices);
    }
  });

  test("counts the tokens of no text that is far too long", async () => {
    let longest = 0;
    await takeReadable(piecesOf([exchange(1, "word ".repeat(100_000), "b")]), async (texts) => {
      longest = Math.max(longest, length(texts));
      return true;
    });
    expect(longest).toBeLessThan(20_000);
  });

  test("is nothing when not even a short piece can be read", async () => {
    const step = await takeReadable(piecesOf([exchange(1, "word ".repeat(500), "b")]), async () => false);
    expect(step).toBeNull();
  });
});
