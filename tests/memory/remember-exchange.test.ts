import { expect, test } from "bun:test";
import fc from "fast-check";
import type { NewMemory } from "../../src/memory/memory.ts";
import { rememberExchange, shortened } from "../../src/memory/remember-exchange.ts";
import { memory } from "../store/rows.ts";

async function remembered(question: string, answer: string): Promise<NewMemory[]> {
  const made: NewMemory[] = [];
  const memorize = async (fresh: NewMemory) => {
    made.push(fresh);
    return memory();
  };
  await rememberExchange(
    { memorize, remembersExchanges: () => true },
    { ownerId: null, conversationId: "here", messageId: "answer", question, answer },
  );
  return made;
}

test("an exchange is remembered with its question as the key, and with the conversation it came from", async () => {
  expect(await remembered("How much do I\nsave?", "300 a month.")).toEqual([
    {
      ownerId: null,
      kind: "exchange",
      source: "exchange",
      key: "How much do I save?",
      value: "Question: How much do I save?\nAnswer: 300 a month.",
      category: "conversation",
      conversationId: "here",
      messageId: "answer",
    },
  ]);
});

test("an answer is remembered as it is read, without the signs of its Markdown", async () => {
  const [made] = await remembered(
    "What is a bond?",
    "## Bonds\n\n- A **loan**\n- 5 * 3\n\n| a | b |\n|---|---|",
  );
  expect(made?.value).toBe("Question: What is a bond?\nAnswer: Bonds A loan 5 * 3 · a · b");
});

test("long texts are shortened, and an exchange without an answer is not remembered", async () => {
  const [made] = await remembered("why ".repeat(1_000), "because ".repeat(1_000));
  expect(made?.key.length).toBeLessThanOrEqual(80);
  expect(made?.value.length).toBeLessThan(1_300);
  expect(await remembered("Why?", "  ")).toEqual([]);
});

test("a text is never longer than asked, loses nothing that fits, and breaks no character apart", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      (text, length) => {
        const short = shortened(text, length);
        const line = text.replaceAll(/\s+/g, " ").trim();
        expect(short.length).toBeLessThanOrEqual(length);
        if (line.length <= length) expect(short).toBe(line);
        else expect(line.startsWith(short.slice(0, -1))).toBe(true);
        expect(short.isWellFormed()).toBe(true);
      },
    ),
  );
});
