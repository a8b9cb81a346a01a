import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { buildContext, memoriesBeforeQuestion, type PromptTurn } from "../../src/chat/context.ts";
import { PromptTooLongError } from "../../src/errors.ts";

const turn = (id: string, role: PromptTurn["role"], content: string): PromptTurn => ({
  id,
  role,
  content,
  promptContext: "",
});
const countWords = async (messages: readonly { readonly content: string }[]) =>
  messages.reduce((sum, { content }) => sum + content.split(" ").length, 0);

const conversation = (exchanges: number) => [
  ...Array.from({ length: exchanges }, (_, n) => [
    turn(`q${n}`, "user", `question number ${n}`),
    turn(`a${n}`, "assistant", `answer number ${n} of some length`),
  ]).flat(),
  turn("now", "user", "the question"),
];

describe("The prompt", () => {
  test("whatever fits: nothing is both kept and dropped, nothing is lost, and the budget holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 30, max: 400 }), async (exchanges, contextSize) => {
        const turns = conversation(exchanges);
        const built = await buildContext({
          systemPrompt: "be brief",
          turns,
          contextSize,
          maxTokens: 10,
          countTokens: countWords,
        });
        expect([...built.droppedMessageIds, ...built.messageIds]).toEqual(turns.map(({ id }) => id));
        expect(built.promptTokens).toBeLessThanOrEqual(built.budgetTokens ?? 0);
        expect(built.messages[0]?.role).toBe("system");
        expect(built.messages.at(-1)?.content).toBe("the question");
      }),
    );
  });

  test("what is dropped changes only every few turns, so that the cache of the rest is of use", async () => {
    const beginnings: (string | undefined)[] = [];
    for (let exchanges = 10; exchanges < 18; exchanges++) {
      const built = await buildContext({
        systemPrompt: "be brief",
        turns: conversation(exchanges),
        contextSize: 100,
        maxTokens: 10,
        countTokens: countWords,
      });
      beginnings.push(built.messageIds[0]);
    }
    expect(new Set(beginnings).size).toBeLessThanOrEqual(3);
  });

  test("a question that never got an answer is left out, and the receipt says so", async () => {
    const built = await buildContext({
      systemPrompt: "be brief",
      turns: [turn("q0", "user", "lost"), turn("a0", "assistant", ""), turn("now", "user", "the question")],
      contextSize: null,
      maxTokens: 10,
      countTokens: countWords,
    });
    expect(built.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(built.droppedMessageIds.toSorted()).toEqual(["a0", "q0"]);
  });

  test("a question that does not fit even alone is refused", async () => {
    const long = buildContext({
      systemPrompt: "be brief",
      turns: [turn("now", "user", "word ".repeat(200))],
      contextSize: 100,
      maxTokens: 10,
      countTokens: countWords,
    });
    expect(await long.catch((error: unknown) => error)).toBeInstanceOf(PromptTooLongError);
  });

  test("a memory cannot break out of its line", () => {
    const text = memoriesBeforeQuestion([{ key: "a\nkey", value: "two\n\nlines" }]);
    expect(text.split("\n").filter((line) => line.startsWith("- "))).toEqual(["- a key: two lines"]);
    expect(memoriesBeforeQuestion([])).toBe("");
  });
});
